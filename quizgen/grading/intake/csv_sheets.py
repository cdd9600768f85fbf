"""Response files in CSV: a row for each student; columns ``student``, perhaps ``form``, and one for each label.

Commas, semicolons or tabs stand between the cells, as spreadsheets write them. Blank cells beyond the columns are
passed over. Moodle's export is read as what it is.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from quizgen.errors import Fault, FileFaults, Place
from quizgen.grading.intake import moodle
from quizgen.grading.intake.sheets import Sheet, Written, fault, repeated

_SEPARATORS: Final = (",", ";", "\t")
_ABOUT: Final = ("form", "student", "submitted")


def read(path: Path, text: str, labels: Sequence[str] = ()) -> list[Sheet]:
    """The sheets of a file, in its order; blank rows are passed over. ``labels`` are those of the form, in order.

    Raises: FileFaults with every row and column that is at fault.
    """
    rows = _rows(path, text)
    if not rows:
        raise fault(path, "every cell is blank", hint="the first row names the columns: student, then the parts")
    if moodle.is_moodle(rows[0][1]):
        _check_moodle(path, rows, labels)
        rows = moodle.to_class(rows, labels)
    line, names = rows[0]
    names = names[: _filled(names)]
    header = [Written(_column(name), Place(path=path, line=line)) for name in names]
    faults = list(repeated(header))
    if "student" not in [column.text for column in header]:
        hint = f"the first row names the columns; this one reads {', '.join(names)[:60]}"
        faults.append(Fault(message="no column 'student'", place=header[0].place, hint=hint))
    sheets = []
    for line, row in rows[1:]:
        cells = row[: max(len(header), _filled(row))]
        if len(cells) != len(header):
            message = f"{len(cells)} cells, where the first row has {len(header)}"
            hint = 'put a response with a comma in double quotes: "A, C"'
            faults.append(Fault(message=message, place=Place(path=path, line=line), hint=hint))
        elif not faults:
            sheets.append(_sheet(path, line, header, cells))
    if faults:
        raise FileFaults(faults)
    if not sheets:
        raise fault(path, "no row under the first one", hint="one row for each student")
    return sheets


def _check_moodle(path: Path, rows: moodle.Table, labels: Sequence[str]) -> None:
    """Refuse an export whose responses cannot be told apart by their order.  Raises: FileFaults."""
    line, header = rows[0]
    found = moodle.numbers(header)
    if sorted(found) != list(range(1, len(labels) + 1)):
        message = f"responses {', '.join(map(str, found))}, where the form has {len(labels)} parts"
        hint = f"Response 1, 2, … stand for {', '.join(labels)} in this order; or name the columns so, and student"
        raise fault(path, message, line=line, hint=hint)


def _column(name: str) -> str:
    """A column's name as it is looked up: ``Student`` is ``student``; labels are left to be compared with the form."""
    return name.strip().lower() if name.strip().lower() in _ABOUT else name.strip()


def _filled(cells: list[str]) -> int:
    """How many cells there are without the blank ones at the end, which spreadsheets add."""
    number = len(cells)
    while number and not cells[number - 1].strip():
        number -= 1
    return number


def _rows(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with its first line."""
    first, _, after = text.partition("\n")
    declared = re.fullmatch(r"sep=(.)\r?", first)  # how a spreadsheet is told
    separator = declared[1] if declared else max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(after if declared else text, newline=""), delimiter=separator, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise fault(path, f"not CSV: {error}", line=line, hint='write a double quote inside a cell twice: ""') from None
    return rows


def _sheet(path: Path, line: int, header: list[Written], cells: list[str]) -> Sheet:
    place = Place(path=path, line=line)
    row = {column.text: Written(cell, place) for column, cell in zip(header, cells, strict=True)}
    form = row.get("form")
    return Sheet(
        form=form if form and form.text.strip() else None,
        student=row["student"],
        responses=tuple((column, row[column.text]) for column in header if column.text not in _ABOUT),
        submitted=row["submitted"].text if "submitted" in row else "",
    )
