"""The numbers behind the figures of a document as CSV: in files beside a page, or attached to it."""

import csv
import io
from collections.abc import Iterable, Iterator

from quizgen.blocks import Block, Figure, Grid, Notice, Question
from quizgen.prose.words import words


def figures_in(blocks: Iterable[Block]) -> Iterator[Figure]:
    """The figures that stand in ``blocks``, in reading order."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Notice(blocks=inner) | Question(blocks=inner):
                yield from figures_in(inner)
            case _:
                pass


def to_csv(grid: Grid) -> bytes:
    """The header and the rows of a table, in UTF-8."""
    rows = [grid.header, *([cell if isinstance(cell, str) else words(cell) for cell in row] for row in grid.rows)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
