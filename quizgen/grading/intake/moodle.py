"""Moodle's export of responses to a quiz: its columns respelt as those of a class file.

The n-th ``Response`` is that to the n-th part of the form, and there must be one for each. A student is called by the
ID number, else by the e-mail address, else by name. Grades and times of Moodle's own are passed over, and so is its row
of averages.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

_RESPONSE: Final = re.compile(r"response (\d+)", re.IGNORECASE)
_PASSED_OVER: Final = re.compile(
    r"(state|status|started on|started|completed|time taken|duration|grade/.*|institution|department|username"
    r"|question \d+|right answer \d+|first name|last name|surname|id number|email address|full name)",
    re.IGNORECASE,
)
_BLANK: Final = "-"  # Moodle's word for no answer
_AVERAGES: Final = "overall average"

Table = list[tuple[int, list[str]]]  # rows with their lines


def is_moodle(header: Sequence[str]) -> bool:
    """Whether a first row is that of Moodle's export: responses by number, and a name or an address."""
    names = {name.strip().lower() for name in header}
    people = {"email address", "id number", "last name", "surname", "full name", "username"}
    return any(_RESPONSE.fullmatch(name) for name in names) and bool(names & people)


def numbers(header: Sequence[str]) -> tuple[int, ...]:
    """Which responses there are."""
    return tuple(int(found[1]) for name in header if (found := _RESPONSE.fullmatch(name.strip())))


def to_class(rows: Table, labels: Sequence[str]) -> Table:
    """The rows with the columns ``student`` and the parts' ``labels``; an unknown column stays, to be complained of."""
    line, header = rows[0]
    columns = {name.strip().lower(): index for index, name in enumerate(header)}
    kept = [index for index, name in enumerate(header) if not _PASSED_OVER.fullmatch(name.strip())]
    names = ["student", *(_label(header[index].strip(), labels) for index in kept)]
    table: Table = [(line, names)]
    for number, row in rows[1:]:
        cells = [*row, *[""] * (len(header) - len(row))]
        student = _student(cells, columns)
        if student.lower() != _AVERAGES:
            answers = ["" if cells[index].strip() == _BLANK else cells[index] for index in kept]
            table.append((number, [student, *answers, *row[len(header) :]]))
    return table


def _label(name: str, labels: Sequence[str]) -> str:
    match = _RESPONSE.fullmatch(name)
    return labels[int(match[1]) - 1] if match and 1 <= int(match[1]) <= len(labels) else name


def _student(cells: Sequence[str], columns: Mapping[str, int]) -> str:
    def cell(name: str) -> str:
        return cells[columns[name]].strip() if name in columns else ""

    whole = " ".join(filter(None, (cell("first name"), cell("last name") or cell("surname"))))
    return next(
        filter(None, (cell("id number"), cell("email address"), cell("username"), cell("full name"), whole)), ""
    )
