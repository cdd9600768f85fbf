"""Who gets an exam: a CSV file with a row for each student, or just so many copies."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from quizgen.cohort.table import Row, read_table
from quizgen.errors import Fault, FileFaults, Place, UsageError
from quizgen.values import immutable

COLUMNS: Final = ("id", "name", "group", "seed", "extra time")
LARGEST_SEED: Final = 2**53 - 1  # what every reader of JSON keeps whole
_ALIASES: Final = {"student": "id", "student id": "id", "student number": "id", "extra": "extra time"}
_EXTRA: Final = re.compile(r"(?P<amount>\d{1,4}(?:[.,]\d{1,2})?)\s*(?P<unit>%|min|minutes?|)")
_ID_HINT: Final = "each student needs an id of their own"


@immutable
class ExtraTime:
    """What is added to the working time: minutes, and a share of it."""

    minutes: float = 0.0
    share: float = 0.0

    def added_to(self, minutes: float) -> float:
        """The working time of a student with this extra time, up to the next whole minute."""
        total = minutes * (1 + self.share) + self.minutes
        return float(-(-round(total, 6) // 1)) if self != NO_EXTRA_TIME else minutes


NO_EXTRA_TIME: Final = ExtraTime()


@immutable
class Student:
    """One student; ``seed`` is None where the cohort's own is to be drawn from."""

    id: str
    name: str = ""
    group: str = ""
    seed: int | None = None
    extra_time: ExtraTime = NO_EXTRA_TIME


@immutable
class Roster:
    """The students in their order, and what the reader of the file should know about how it was read."""

    students: tuple[Student, ...]
    notes: tuple[str, ...] = ()


def numbered(copies: int) -> Roster:
    """So many students without names: 001, 002 and so on.

    >>> [student.id for student in numbered(10).students][-2:]
    ['09', '10']
    """
    width = len(str(copies))
    return Roster(students=tuple(Student(id=f"{number:0{width}d}") for number in range(1, copies + 1)))


def read_roster(path: Path) -> Roster:
    """The students of a CSV file in UTF-8, UTF-16 or Latin-1; commas, semicolons or tabs stand between its cells.

    Raises: UsageError if there is no such file; FileFaults with every row that is at fault.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", hint="name a CSV file with a row for each student") from None
    text, notes = decode(path, content)
    header, *rows = read_table(path, text)
    columns, unused = _columns(path, header)
    faults: list[Fault] = []
    students = [student for row in rows if (student := _student(path, row, columns, len(header.cells), faults))]
    faults += _repeated(path, [row for row in rows if len(row.cells) >= len(header.cells)], columns)
    if not rows:
        faults.append(Fault(message="no student under the first row", place=Place(path=path, line=header.line)))
    if faults:
        raise FileFaults(faults)
    if unused:
        notes = (*notes, f"columns that were not used: {', '.join(unused)}")
    return Roster(students=tuple(students), notes=notes)


def decode(path: Path, content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file as a spreadsheet saved it, with a note if that had to be guessed.

    Raises: FileFaults if it is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ()
        except UnicodeDecodeError:
            raise FileFaults([Fault(message="not whole UTF-16", place=Place(path=path))]) from None
    if b"\0" in content:
        hint = "save the sheet as CSV"
        raise FileFaults([Fault(message="not text: there are zero bytes in it", place=Place(path=path), hint=hint)])
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        note = f"not UTF-8 (line {line}), so it was read as Latin-1; if names look wrong, save it as “CSV UTF-8”"
        return content.decode("cp1252", errors="replace"), (note,)


def _columns(path: Path, header: Row) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """Where each known column stands, and what the others are called.  Raises: FileFaults."""
    names = [_column(cell) for cell in header.cells]
    place = Place(path=path, line=header.line)
    twice = [name for name in COLUMNS if names.count(name) > 1]
    faults = [Fault(message=f"column {name!r} stands there twice", place=place) for name in twice]
    if "id" not in names:
        hint = f"the first row names the columns: {', '.join(COLUMNS)}; this one reads {', '.join(names)[:80]}"
        faults.append(Fault(message="no column 'id'", place=place, hint=hint))
    others = [name for name in names if name and name not in COLUMNS]
    for name in others:
        if near := get_close_matches(name, COLUMNS, n=1, cutoff=0.75):
            hint = f"did you mean {near[0]!r}? known: {', '.join(COLUMNS)}"
            faults.append(Fault(message=f"no column is called {name!r}", place=place, hint=hint))
    if faults:
        raise FileFaults(faults)
    return {name: place for place, name in enumerate(names) if name in COLUMNS}, tuple(others)


def _column(cell: str) -> str:
    name = " ".join(cell.replace("_", " ").replace("-", " ").lower().split())
    return _ALIASES.get(name, name)


def _student(path: Path, row: Row, columns: Mapping[str, int], width: int, faults: list[Fault]) -> Student | None:
    """The student of a row; what is wrong with it is added to ``faults``."""
    place = Place(path=path, line=row.line)
    if len(row.cells) != width:
        message = f"{len(row.cells)} cells, where the first row has {width}"
        faults.append(Fault(message=message, place=place, hint='put a name with a comma in double quotes: "Doe, Jo"'))
        return None
    cells = {name: " ".join(row.cells[index].split()) for name, index in columns.items()}
    found = [Fault(message=message, place=place, hint=hint) for message, hint in _faults_of(cells)]
    if found:
        faults += found
        return None
    seed = cells.get("seed", "")
    return Student(
        id=cells["id"],
        name=cells.get("name", ""),
        group=cells.get("group", ""),
        seed=int(seed) if seed else None,
        extra_time=_extra_time(cells.get("extra time", "")) or NO_EXTRA_TIME,
    )


def _faults_of(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a row, each with a hint."""
    if not cells["id"]:
        yield "no id", _ID_HINT
    for name, cell in cells.items():
        if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") for sign in cell):
            yield f"{name}: {cell[:40]!r} holds characters that do not print", "delete them"
    seed = cells.get("seed", "")
    if seed and not (seed.isascii() and seed.isdigit() and int(seed[:20]) <= LARGEST_SEED):
        yield f"seed {seed[:40]!r}: expected a whole number from 0 to {LARGEST_SEED}", "leave it out to have it drawn"
    if _extra_time(cells.get("extra time", "")) is None:
        yield f"extra time {cells['extra time'][:40]!r}", "write minutes, such as 15, or a share, such as 25 %"


def _extra_time(text: str) -> ExtraTime | None:
    """``25 %`` or ``15``; None for what is neither."""
    if not text:
        return NO_EXTRA_TIME
    found = _EXTRA.fullmatch(text.lower())
    if not found:
        return None
    amount = float(found["amount"].replace(",", "."))
    return ExtraTime(share=amount / 100) if found["unit"] == "%" else ExtraTime(minutes=amount)


def _repeated(path: Path, rows: Sequence[Row], columns: Mapping[str, int]) -> Iterator[Fault]:
    """Ids and seeds that an earlier row has: two students would share a folder, or an exam."""
    for name in ("id", "seed"):
        first: dict[str, int] = {}
        for row in rows if name in columns else ():
            cell = unicodedata.normalize("NFC", " ".join(row.cells[columns[name]].split()))
            if cell and cell in first:
                hint = _ID_HINT if name == "id" else "two students would get the same exam; leave one out"
                message = f"{name} {cell[:40]!r} stands in row {first[cell]} already"
                yield Fault(message=message, place=Place(path=path, line=row.line), hint=hint)
            first.setdefault(cell, row.line)
