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

_S: Final = SLOT.pattern
_BESIDE: Final = re.compile(rf"(?<=[0-9+\-−±]){_S}|(?<=[0-9][.,]){_S}|{_S}(?=[.,]?[0-9]|{_S})")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_BESIDE_HINT: Final = "the digits would run together: put a word, a space or an operation between"


def lint(source: str) -> tuple[TextFault, ...]:
    """Everything that an author should mend in ``source``, once each, in the order of the text.

    Marks that cannot be read hide the rest. Of more than six conditions each is tried both ways, not all combinations.
    """
    try:
        text = texts.parse(source)
    except TextFaults as error:
        return error.faults
    faults = {fault for truths in _branches(text) for fault in _faults(text.trace(truths))}
    return tuple(sorted(faults))


def _branches(text: Text) -> Iterator[dict[str, bool]]:
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
