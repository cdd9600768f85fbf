"""What is wrong or risky in an author's text, in whichever branch it stands; offsets count from the source's start."""

import re
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Final

from quizgen import texts
from quizgen.blocks import (
    DisplayMaths,
    Inline,
    Link,
    ListBlock,
    Maths,
    MathsNode,
    Paragraph,
    Styled,
    TableBlock,
    TextBlock,
    Words,
)
from quizgen.prose.contexts import ROWS, SLOT
from quizgen.prose.reading import read_blocks
from quizgen.texts import Resolved, Text, TextFault, TextFaults

MAX_CONDITIONS: Final = 6  # as many conditions are tried in all combinations: 64 readings
MAX_WORK: Final = 100_000  # characters of one text, over all its readings
FORMULA_WORK: Final = 100  # characters that are read in the time of one formula
CELL_WORK: Final = 20  # the same of one cell of a table

_S: Final = SLOT.pattern
_BESIDE: Final = re.compile(rf"(?<=[0-9+\-−±]){_S}|(?<=[0-9][.,]){_S}|{_S}(?=[.,]?[0-9]|{_S})")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_BESIDE_HINT: Final = "the digits would run together: put a word, a space or an operation between"


def lint(source: str) -> tuple[TextFault, ...]:
    """Everything that an author should mend in ``source``, once each, in the order of the text.

    Marks that cannot be read hide the rest. Of more than six conditions each is tried both ways, not all combinations.
    A text that would take too long is refused unread.
    """
    if not source.strip():
        return ()
    try:
        text = texts.parse(source)
    except TextFaults as error:
        return error.faults
    if _work(source, text) > MAX_WORK:
        return (_too_long(source, text),)
    faults = {fault for truths in branches(text) for fault in _faults(text.trace(truths))}
    return tuple(sorted(faults))


def reading_work(source: str) -> int:
    """How much `lint` reads, in characters; 0 of what it refuses unread."""
    try:
        work = _work(source, texts.parse(source))
    except TextFaults:
        return 0
    return work if work <= MAX_WORK else 0


def _work(source: str, text: Text) -> int:
    """All characters, and more for formulas and tables, in every reading: the same wherever it is read."""
    return _readings(text) * (len(source) + FORMULA_WORK * _formulas(source) + CELL_WORK * _cells(source))


def _formulas(source: str) -> int:
    """About how many formulas there are, and never too few."""
    return source.count("$") // 2


def _cells(source: str) -> int:
    """How many cells the text would have if all of it were one table: short rows are filled up to the longest."""
    if "|" not in source:
        return 0
    lines = source.split("\n")
    return len(lines) * max(line.count("|") for line in lines)


def _readings(text: Text) -> int:
    """How many combinations of conditions `branches` tries."""
    count = len(text.conditions)
    return 2**count if count <= MAX_CONDITIONS else 2 * (count + 1)


def _too_long(source: str, text: Text) -> TextFault:
    message = (
        f"a text that takes too long to read: {len(source)} characters, {_formulas(source)} formulas, "
        f"{_cells(source)} cells of tables; conditions: {len(text.conditions)}, readings: {_readings(text)}"
    )
    hint = (
        f"at most {MAX_WORK} characters in all readings, where a formula counts as {FORMULA_WORK} and a cell as "
        f"{CELL_WORK}: split the text, or give combinations of conditions a name under compute"
    )
    return TextFault(0, message, hint)


def branches(text: Text) -> Iterator[dict[str, bool]]:
    """The combinations of conditions that are tried, each in the order of the names."""
    names = sorted(text.conditions)
    if len(names) <= MAX_CONDITIONS:
        for combination in product((True, False), repeat=len(names)):
            yield dict(zip(names, combination, strict=True))
        return
    for most in (True, False):
        yield dict.fromkeys(names, most)
        for name in names:
            yield {**dict.fromkeys(names, most), name: not most}


def _faults(resolved: Resolved) -> Iterator[TextFault]:
    reading = read_blocks(resolved)
    yield from reading.faults
    for text in _runs_of_words(reading.blocks):
        for match in _BESIDE.finditer(text):
            yield _at(resolved, match[0], "a value beside a digit, a sign or another value", _BESIDE_HINT)
        yield from _html_tags(text, resolved)
    for tree in _trees(reading.blocks):
        for slot in _slots_beside_numbers(tree):
            yield _at(resolved, slot, "a value beside a number in a formula", _BESIDE_HINT)


def _at(resolved: Resolved, slot: str, message: str, hint: str) -> TextFault:
    """A fault at a slot: its character occurs once in the text."""
    return TextFault(resolved.origin(resolved.text.index(slot)), message, hint)


def _html_tags(text: str, resolved: Resolved) -> Iterator[TextFault]:
    for tag in _TAG.finditer(text):
        offset = max(resolved.text.find(tag[0]), 0)
        hint = "HTML is shown as it is written: use Markdown, or `code` to show it"
        yield TextFault(resolved.origin(offset), f"HTML {tag[0]}", hint)


def _runs_of_words(blocks: tuple[TextBlock, ...]) -> Iterator[str]:
    """Words that stand together, with a space for each formula, and lists' and tables' own words apart."""
    for block in blocks:
        match block:
            case Paragraph(inlines):
                yield _plain(inlines)
            case ListBlock(_, entries):
                yield from (run for entry in entries for run in _runs_of_words(entry))
            case TableBlock(header, rows, _):
                yield from (_plain(cell) for row in (header, *rows) for cell in row)
            case _:
                pass


def _plain(inlines: tuple[Inline, ...]) -> str:
    return "".join(_plain_inline(inline) for inline in inlines)


def _plain_inline(inline: Inline) -> str:
    match inline:
        case Words(text):
            return text
        case Styled("strong" | "emphasis", inlines) | Link(_, inlines):
            return _plain(inlines)
        case _:
            return " "


def _trees(blocks: tuple[TextBlock, ...]) -> Iterator[MathsNode]:
    for block in blocks:
        match block:
            case DisplayMaths(maths):
                yield maths.tree
            case Paragraph(inlines):
                yield from _inline_trees(inlines)
            case ListBlock(_, entries):
                yield from (tree for entry in entries for tree in _trees(entry))
            case TableBlock(header, rows, _):
                yield from (tree for row in (header, *rows) for cell in row for tree in _inline_trees(cell))
            case _:
                pass


def _inline_trees(inlines: tuple[Inline, ...]) -> Iterator[MathsNode]:
    for inline in inlines:
        match inline:
            case Maths(_, tree):
                yield tree
            case Styled(_, inner) | Link(_, inner):
                yield from _inline_trees(inner)
            case _:
                pass


def _slots_beside_numbers(node: MathsNode) -> Iterator[str]:
    for left, right in pairwise(node.children):
        if node.tag in ROWS and _is_number(left) and _is_number(right):
            yield left.text if SLOT.fullmatch(left.text) else right.text
    for child in node.children:
        yield from _slots_beside_numbers(child)


def _is_number(node: MathsNode) -> bool:
    return node.tag == "mn" or SLOT.fullmatch(node.text) is not None
