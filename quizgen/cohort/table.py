"""A table in CSV as spreadsheets write it: rows with the lines on which they begin."""

import csv
import io
import re
from pathlib import Path
from typing import Final

from quizgen.errors import Fault, FileFaults, Place
from quizgen.values import immutable

_SEPARATORS: Final = (",", ";", "\t")


@immutable(kw_only=False)
class Row:
    """The cells of a row without the blank ones at the end of the table, and its first line, counted from 1."""

    line: int
    cells: tuple[str, ...]


def read_table(path: Path, text: str) -> list[Row]:
    """The rows that are not blank; at least one.  Raises: FileFaults if it is empty or no CSV."""
    first, _, after = text.partition("\n")
    declared = re.fullmatch(r"sep=(.)\r?", first)  # how a spreadsheet is told
    separator = declared[1] if declared else max(_SEPARATORS, key=first.count)
    body = after if declared else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    before = 1 if declared else 0
    line = before + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, _without_blank_end(cells, len(rows[0].cells) if rows else 0)))
            line = before + reader.line_num + 1
    except csv.Error as error:
        hint = 'write a double quote inside a cell twice: ""'
        raise FileFaults([Fault(message=f"not CSV: {error}", place=Place(path=path, line=line), hint=hint)]) from None
    if not rows:
        hint = "the first row names the columns, the others hold a student each"
        raise FileFaults([Fault(message="nothing in it", place=Place(path=path), hint=hint)])
    return rows


def _without_blank_end(cells: list[str], width: int) -> tuple[str, ...]:
    """The cells without blank ones beyond the ``width`` of the table, which spreadsheets add."""
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])
