"""The fixed words of the pages: called by name where they are needed, kept in one file for each language.

``say`` gives them in English, as a text that remembers its name; `said_in` says the same text in another language. So
whoever builds a page need not know in which language it will be read.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, reduce
from typing import Final

from quizgen.errors import UsageError, did_you_mean
from quizgen.shipped import PAGE_TEMPLATES

ENGLISH: Final = "en"
_FOLDER: Final = PAGE_TEMPLATES / "words"

Value = str | float
Words = str | list[str]  # a pair is for one, and for any other number


class Said(str):
    """Fixed words in English, with their name and the values that stand in them."""

    __slots__ = ("name", "values")
    name: str
    values: Mapping[str, Value]


def say(name: str, **values: Value) -> Said:
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


def fill(words: Words, **values: Value) -> str:
    """``words`` with ``values`` in their places; of a pair, the first if one of them is 1."""
    text = words if isinstance(words, str) else words[0 if 1 in values.values() else 1]
    return text.format(**{place: value if isinstance(value, str) else f"{value:g}" for place, value in values.items()})


def languages() -> list[str]:
    """The languages that pages speak."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def _said(name: str, values: Mapping[str, Value], language: str) -> str:
    section, _, key = name.partition(".")
    return fill(
        words_in(language)[section][key],
        **{place: said_in(value, language) if isinstance(value, str) else value for place, value in values.items()},
    )
