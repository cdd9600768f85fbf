"""The fixed words of the pages: called by name where they are needed, kept in one file for each language.

``say`` gives them in English, as a text that remembers its name; `said_in` says the same text in another language. So
whoever builds a page, or grades an answer, need not know in which language it will be read. Words that are put into
others stay known as long as they are put there as values: an f-string makes plain English of them.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial, reduce
from string import Formatter
from typing import Final, NamedTuple

from quizgen.errors import UsageError, did_you_mean
from quizgen.shipped import PAGE_TEMPLATES

ENGLISH: Final = "en"
SHORT: Final = 120  # characters of a value that the word file asks to be {short}
_FOLDER: Final = PAGE_TEMPLATES / "words"

Value = str | float
Words = str | list[str]  # a pair is for one, and for any other number


class Said(str):
    """Fixed words in English, with their name and the values that stand in them."""

    __slots__ = ("name", "values")
    name: str
    values: Mapping[str, Value]


def say(name: str, /, **values: Value) -> Said:
    """The words called ``name`` ("quiz.end") in English, with ``values`` in their places.

    Raises: KeyError for a name that no file has, or a value that is missing: a slip in the code, which tests find.
    """
    said = Said(_said(name, values, ENGLISH))
    said.name, said.values = name, values
    return said


def joined(name: str, texts: Iterable[str]) -> str:
    """``texts`` with the words called ``name`` ("list.or") between each two; what is empty is left out."""
    kept = list(filter(None, texts))
    return reduce(lambda before, after: say(name, before=before, after=after), kept) if kept else ""


def listed(texts: Iterable[str], *, last: str = "list.and") -> str:
    """``texts`` with commas between them, and the words called ``last`` before the last one: "w, h and T"."""
    kept = list(texts)
    return joined(last, (joined("list.comma", kept[:-1]), *kept[-1:]))


def said_in(words: str, language: str) -> str:
    """``words`` in another language, if they are fixed words; any other text stays as it is."""
    return _said(words.name, words.values, language) if isinstance(words, Said) else words


@cache
def words_in(language: str) -> Mapping[str, Mapping[str, Words]]:
    """All words of a language, by section and name.  Raises: UsageError for a language that there is no file for."""
    path = _FOLDER / f"{language}.toml"
    if not path.is_file():
        known = languages()
        raise UsageError(
            f"no page speaks {language!r}", hint=f"{did_you_mean(language, known)}; known: {', '.join(known)}"
        )
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fill(words: Words, /, **values: Value) -> str:
    """``words`` with ``values`` in their places; of a pair, the first if one of them is 1."""
    return _filled(words, values, ENGLISH)


def languages() -> list[str]:
    """The languages that pages speak."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def literally(text: str) -> str:
    r"""``text`` as a text of a template that says just this: no mark, formula or Markdown is left in it.

    >>> print(literally("<<x>> costs $5"))
    \<\<x\>\> costs \$5
    """
    printed = "".join(sign if sign.isprintable() else " " for sign in text)
    return _PUNCTUATION.sub(lambda sign: f"\\{sign[0]}", printed)


def capitalised(text: str) -> str:
    """``text`` with a capital in front."""
    return text[:1].upper() + text[1:]


# -- values in their places --------------------------------------------------------------------------------------------


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def _in_thousands(mark: str, digits: str) -> str:
    return f"{int(digits):,}".replace(",", mark)


_PUNCTUATION: Final = re.compile(r"[!-/:-@\[-`{-~]")

# What a word file may ask of a value, behind a colon: {reason:capital}.
_SHAPES: Final[Mapping[str, Callable[[str], str]]] = {
    "": str,
    "capital": capitalised,
    "literal": literally,
    "short": _cut,
    **{mark: partial(_in_thousands, mark) for mark in (",", ".", " ")},
}


class _Piece(NamedTuple):
    """Words, and the place behind them with the shape that it gives its value; "" where no place follows."""

    words: str
    place: str
    shape: Callable[[str], str]


def _said(name: str, values: Mapping[str, Value], language: str) -> str:
    return _filled(_named(name, language), values, language)


@cache
def _named(name: str, language: str) -> Words:
    section, _, key = name.partition(".")
    return words_in(language)[section][key]


def _filled(words: Words, values: Mapping[str, Value], language: str) -> str:
    """``words`` with ``values`` in their places, those among them that are fixed words in the same language."""
    text = words if isinstance(words, str) else words[0 if 1 in values.values() else 1]
    written = []
    for before, place, shape in _pieces(text):
        written.append(before)
        if place:
            value = values[place]
            written.append(shape(said_in(value, language) if isinstance(value, str) else f"{value:g}"))
    return "".join(written)


@cache
def _pieces(text: str) -> tuple[_Piece, ...]:
    return tuple(_Piece(words, place or "", _SHAPES[shape or ""]) for words, place, shape, _ in Formatter().parse(text))
