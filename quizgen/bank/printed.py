"""What the printed page demands of a template's fields that are no texts: one line, no marks, room on the paper."""

from collections.abc import Iterator
from typing import Final

from quizgen.bank.yaml_file import Entry
from quizgen.items.interval import IntervalSpec
from quizgen.items.magnitude import MagnitudeSpec
from quizgen.items.numeric import NumericSpec
from quizgen.items.open import OpenSpec
from quizgen.items.template import FigureSpec, ItemTemplate, PartSpec
from quizgen.items.vector import VectorSpec

MOST_PARTS: Final = 10  # they are labelled from a to j
MOST_LINES: Final = 100  # about four pages of writing lines
_MARKS: Final = ("<<", ">>", "$")  # of texts: a figure's own words are printed as they stand

Found = tuple[Entry, str, str]
"""An entry, what is wrong with it, and a hint."""


def printed_faults(template: ItemTemplate) -> Iterator[Found]:
    """What a page of this template could not print as its author means it."""
    yield from one_line(("title",), template.title)
    if template.minutes <= 0:
        yield ("minutes",), f"{template.minutes:g}: expected a time greater than 0", ""
    if template.figure:
        yield from _figure_faults(template.figure)
    if len(template.parts) > MOST_PARTS:
        message = f"{len(template.parts)} parts: expected at most {MOST_PARTS}"
        yield ("parts",), message, "make two item templates of it"
    for index, part in enumerate(template.parts):
        yield from _part_faults(("parts", index, part.type), part)


def one_line(entry: Entry, text: str) -> Iterator[Found]:
    """A fault if ``text``, which is printed within a line, has several."""
    if "\n" in text:
        yield entry, f"{text.strip()[:40]!r}: expected a single line", "write it on the line of its key, without | or >"


def _figure_faults(figure: FigureSpec) -> Iterator[Found]:
    words: list[tuple[Entry, str]] = [(("figure", "x"), figure.x), (("figure", "y"), figure.y)]
    words += [(("figure", "lines"), label) for label in figure.lines]
    for entry, text in words:
        yield from one_line(entry, text)
        if marks := [mark for mark in _MARKS if mark in text]:
            yield entry, f"{text[:40]!r}: {marks[0]!r} would be printed as it stands", "use plain words, such as: lag k"


def _part_faults(entry: Entry, part: PartSpec) -> Iterator[Found]:
    match part.spec:
        case NumericSpec(unit=unit) | VectorSpec(unit=unit) | IntervalSpec(unit=unit) | MagnitudeSpec(unit=unit):
            yield from one_line((*entry, "unit"), unit)
        case OpenSpec(lines=lines) if lines > MOST_LINES:
            yield (*entry, "lines"), f"{lines}: expected at most {MOST_LINES} lines to write on", ""
