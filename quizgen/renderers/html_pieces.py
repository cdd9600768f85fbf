"""Where a question may be broken on paper: a browser can be told what to keep whole, but not how tall that may be."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Final

from quizgen.blocks import (
    AnswerBox,
    Block,
    DisplayMaths,
    Figure,
    Grid,
    ListBlock,
    Options,
    Pattern,
    Prose,
    Question,
    Sentence,
    TableBlock,
    WritingLines,
)
from quizgen.numbers.printing import Number
from quizgen.prose.words import words

TALL: Final = 100.0  # mm, 40 % of a page: what is taller is broken where it can be
LETTERS: Final = 85  # on a line
FIRST_LINES: Final = 28.0  # mm of lines to write on, which stand with what comes before them
# Heights in mm: of a line, of a row of a table, of the room after a paragraph, of a formula of its own, of a drawing
# with its title, of a final answer, of an option. Nothing is measured that differs between variants that look alike.
LINE, ROW, GAP, FORMULA, DRAWING, ANSWER, OPTION = 5.5, 6.5, 3.5, 9.0, 72.0, 12.0, 9.0

_ANY_NUMBER: Final = Number(printed="0.123", raw=0.123)


def pieces(question: Question) -> tuple[tuple[Block, ...], ...]:
    """The blocks of a question in pieces that stay whole, of which the first follows the question's head.

    That is all up to the first part, then each further part, or the lines to write on. A piece that is too tall for
    that ends before its first part, after its figure or table, and after each place to answer.
    """
    found: list[tuple[Block, ...]] = []
    kept = _cut(question.blocks, _at_parts_and_lines(question.blocks))
    for piece, following in zip_longest(kept, kept[1:], fillvalue=()):
        lines = FIRST_LINES if any(isinstance(block, WritingLines) for block in following) else 0.0
        is_tall = sum(map(height, piece)) + lines > TALL
        found += _cut(piece, _within(piece)) if is_tall else [piece]
    return tuple(found) or ((),)


def height(block: Block) -> float:
    """About how tall a block is on paper, in mm; nothing for what may be broken anywhere."""
    match block:
        case Prose():
            return _text_height(block.pattern)
        case Sentence():
            return LINE + GAP
        case Options(options=options):
            return OPTION * len(options) + GAP
        case Grid(rows=rows):
            return ROW * (len(rows) + 1) + GAP
        case Figure():
            return DRAWING
        case AnswerBox(working_mm=working):
            return working + ANSWER
        case Question(blocks=blocks):
            return sum(map(height, blocks)) + 2 * GAP
        case _:
            return 0.0


@lru_cache(maxsize=4096)
def _text_height(pattern: Pattern) -> float:
    """The height of a text, whatever its numbers are."""
    said = words(Prose(pattern, {slot.name: _ANY_NUMBER for slot in pattern.slots}))
    rows = sum(len(block.rows) + 1 for block in pattern.blocks if isinstance(block, TableBlock))
    entries = sum(len(block.entries) for block in pattern.blocks if isinstance(block, ListBlock))
    formulas = sum(isinstance(block, DisplayMaths) for block in pattern.blocks)
    lines = math.ceil(len(said) / LETTERS) + entries
    return LINE * lines + GAP * len(pattern.blocks) + FORMULA * formulas + ROW * rows


def _has_table(prose: Prose) -> bool:
    return any(isinstance(block, TableBlock) for block in prose.pattern.blocks)


def _at_parts_and_lines(blocks: Sequence[Block]) -> Iterator[int]:
    first = next((place for place, block in enumerate(blocks) if isinstance(block, Question)), len(blocks))
    yield from range(first + 1, len(blocks))
    for place, block in enumerate(blocks):
        if isinstance(block, WritingLines):
            yield from (place, place + 1)


def _within(blocks: Sequence[Block]) -> Iterator[int]:
    for place, block in enumerate(blocks):
        match block:
            case Question():
                yield place
            case Figure() | Options() | AnswerBox():
                yield place + 1
            case Prose() if _has_table(block):
                yield place + 1


def _cut(blocks: tuple[Block, ...], places: Iterator[int]) -> list[tuple[Block, ...]]:
    """``blocks`` in stretches, each of at least one block, that end at ``places``."""
    ends = sorted({0, *places, len(blocks)})
    return [blocks[start:end] for start, end in pairwise(ends)]
