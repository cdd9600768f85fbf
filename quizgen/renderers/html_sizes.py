"""How large the words of cards and cheat sheets are printed: as large as fits, by estimates with room to spare."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from quizgen.blocks import (
    Block,
    CodeBlock,
    DisplayMaths,
    Facts,
    Grid,
    ListBlock,
    Notice,
    Options,
    Paragraph,
    Pattern,
    Prose,
    Question,
    TableBlock,
    TextBlock,
)
from quizgen.prose.words import words

USUAL_SIZES: Final = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)  # of 9.6 pt; in smaller type nobody would read
CARD: Final = 54.0  # mm that a card of eight on a page has below its head
SHEET: Final = 556.0  # mm of both columns of a cheat sheet on A4, and what the estimate is above what is needed
CARD_LETTERS, SHEET_LETTERS = 50, 54  # on a line of 9.6 pt
# Heights in mm at 9.6 pt: of a line, of the room after a paragraph, of a formula of its own, of a row; and what entries
# of a list are closer than paragraphs.
LINE, GAP, FORMULA, ROW, CLOSER = 4.5, 2.6, 11.0, 6.5, 1.4


def card_share(side: Iterable[Block]) -> float | None:
    """The largest size, of 9.6 pt, at which one side of a card holds its blocks; None if it holds them at none."""
    return _share(tuple(side), CARD, CARD_LETTERS)


def sheet_share(blocks: Iterable[Block]) -> float | None:
    """The largest size, of 9.6 pt, at which two columns of one page hold a cheat sheet; None if they do at none."""
    return _share(tuple(blocks), SHEET, SHEET_LETTERS)


def _share(blocks: Sequence[Block], room: float, letters: float) -> float | None:
    fits = (size for size in USUAL_SIZES if size * sum(_height(one, letters / size) for one in blocks) <= room)
    return next(fits, None)


def _height(block: Block, letters: float) -> float:
    """About how tall a block is where so many ``letters`` stand on a line, in mm of the usual size."""
    match block:
        case Prose():
            return _prose(block, letters)
        case Options(options=options):
            texts = [_prose(one.text, 0.9 * letters) for one in options]
            reasons = [_prose(one.because, 0.9 * letters) for one in options if one.because]
            return sum(texts) + sum(reasons)
        case Facts(rows=rows):
            return sum(_prose(said, 0.7 * letters) if isinstance(said, Prose) else LINE for _, said in rows)
        case Grid(rows=rows):
            return ROW * (1 + len(rows))
        case Question(blocks=blocks) | Notice(blocks=blocks):
            return LINE + GAP + sum(_height(one, letters) for one in blocks)
        case _:
            return LINE + GAP


def _prose(prose: Prose, letters: float) -> float:
    return sum(_text(block, prose, letters) for block in prose.pattern.blocks)


def _text(block: TextBlock, prose: Prose, letters: float) -> float:
    match block:
        case DisplayMaths():
            return FORMULA
        case TableBlock(rows=rows):
            return ROW * (1 + len(rows))
        case ListBlock(entries=entries):
            return GAP + sum(_text(one, prose, 0.94 * letters) - CLOSER for entry in entries for one in entry)
        case CodeBlock(text=text):
            return LINE * (1 + text.count("\n")) + GAP
        case Paragraph():
            said = words(Prose(Pattern((block,), prose.pattern.slots), prose.numbers))
            return LINE * math.ceil(len(said) / letters) + GAP
