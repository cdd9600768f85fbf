"""Languages that a test can tell from English at a glance: fixed words in Cyrillic letters, authors' texts in Greek."""

import json
import re
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter, ascii_lowercase
from typing import Final

LANGUAGE: Final = "qaa"  # a code that stands for no language
_FIXED: Final = "".join(chr(ord("а") + place) for place in range(26))
_AUTHORS: Final = "".join(chr(ord("α") + min(place, 24)) for place in range(26))
_ENGLISH_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_NO_TEXT: Final = re.compile(r"<<.*?>>|<%.*?%>|\$.*?\$|\[\[.*?\]\]|`.*?`", re.DOTALL)  # marks, formulas, gaps, code
_LABELS: Final = ("alt", "aria-label", "content", "placeholder", "title")
_MARGIN: Final = re.compile(r"@(\w+-\w+) \{[^}]*content: *((?:\"(?:[^\"\\]|\\.)*\" *|counter\(\w+\) *)+)")

# A text of an author stands under one of these, wherever it is; of a matching pair, `right` is one too.
_TEXTS: Final = {
    *("title", "objective", "summary", "stem", "ask", "text", "because", "model_answer", "left", "accept", "reject"),
    *("criterion", "evidence", "contradicted_by", "name", "why", "remedy", "claim", "meaning", "instructions"),
    *("define", "cause", "effect", "example", "solution", "why_recurrent", "conclusion", "unit", "alt", "x", "y"),
    *("institution", "course", "label"),
}


def fixed(words: str | list[str]) -> str | list[str]:
    """Fixed words in Cyrillic letters; the places for values stay."""
    if isinstance(words, list):
        return [fixed(one) for one in words]
    pieces = []
    for text, place, shape, _ in Formatter().parse(words):
        pieces.append(_spelt(text, _FIXED))
        if place is not None:
            pieces.append(f"{{{place}:{shape}}}" if shape else f"{{{place}}}")
    return "".join(pieces)


def of_an_author(text: str) -> str:
    """A text in Greek letters; marks, formulas and gaps stay."""
    kept = iter([*_NO_TEXT.findall(text), ""])
    return "".join(_spelt(words, _AUTHORS) + next(kept) for words in _NO_TEXT.split(text))


def authored(value, key: str = ""):
    """What a file of a bank says, its texts in Greek letters."""
    if key == "interval":
        return value  # its example is a number
    if isinstance(value, dict):
        is_pair = "left" in value
        return {name: authored(one, "left" if is_pair and name == "right" else name) for name, one in value.items()}
    if isinstance(value, list):
        return [authored(one, key) for one in value]
    return of_an_author(value) if isinstance(value, str) and key in _TEXTS else value


def _spelt(text: str, letters: str) -> str:
    small = dict(zip(ascii_lowercase, letters, strict=True))
    return text.translate(str.maketrans({**small, **{one.upper(): other.upper() for one, other in small.items()}}))


# -- reading pages -----------------------------------------------------------------------------------------------------


def english_in(text: str, known: re.Pattern[str]) -> list[str]:
    """The words of two letters or more from A to Z that are not ``known``."""
    return _ENGLISH_WORD.findall(known.sub(" ", text))


def visible(path: Path) -> str:
    """What a reader sees of a page, or hears of it, but for its formulas."""
    if path.suffix == ".pdf":
        return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout  # noqa: S607
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".html":
        text = re.sub(r"\]\([^)]*\)|\$\$.*?\$\$|\$.*?\$|`[^`]*`", " ", text, flags=re.DOTALL)
        return re.sub(r"^(\| :?-.*|---)$", " ", text, flags=re.MULTILINE)
    page = _Page()
    page.feed(text)
    return "\n".join(page.said)


class _Page(HTMLParser):
    """The texts of a page: between its tags, in labels, in what style sheets print, and in what its script says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside: list[str] = []
        self._id = ""

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag not in ("meta", "link", "input", "img", "br", "hr", "col"):
            self._inside.append(tag)
            self._id = named.get("id", "")
        if tag != "meta":
            self.said += [named[label] for label in _LABELS if named.get(label)]

    def handle_endtag(self, tag):
        if tag in self._inside:
            del self._inside[len(self._inside) - 1 - self._inside[::-1].index(tag) :]

    def handle_data(self, text):
        if "math" in self._inside or not self._inside:
            return
        if self._inside[-1] == "style":
            in_margins = dict(_MARGIN.findall(text))  # a later rule replaces an earlier one
            self.said += [_unescaped(printed) for printed in in_margins.values()]
        elif self._inside[-1] == "script":
            self.said += list(_texts(json.loads(text))) if self._id == "words" else []
        else:
            self.said.append(text)


def _unescaped(css: str) -> str:
    without = re.sub(r"counter\(\w+\)", "", css)
    return re.sub(r"\\([0-9a-f]{1,6}) ?", lambda code: chr(int(code[1], 16)), without).replace('"', "")


def _texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
