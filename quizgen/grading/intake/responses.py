"""Responses to one form: files read, and checked against the form before anything is graded."""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from quizgen.errors import Fault, FileFaults, Place, did_you_mean
from quizgen.forms.form import Form
from quizgen.grading.intake import csv_sheets, json_sheets, yaml_sheets
from quizgen.grading.intake.sheets import Sheet, Written, fault
from quizgen.registry import Registry

MAX_BYTES: Final = 5 * 1024 * 1024

READERS: Final = Registry(
    "kind of response file",
    {".yaml": yaml_sheets.read, ".yml": yaml_sheets.read, ".json": json_sheets.read, ".csv": csv_sheets.read},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What one student handed in for one form: the raw string of each label, and where the student is named.

    ``written_labels`` holds the labels that were written otherwise than the form spells them: ``2a`` -> ``2 A``;
    ``attempts`` how often a part was tried, if more than once.
    """

    form: str
    student: str
    responses: Mapping[str, str]
    place: Place
    submitted: str = ""
    written_labels: Mapping[str, str] = field(default_factory=dict)
    attempts: Mapping[str, int] = field(default_factory=dict)


def read_responses(paths: Sequence[Path], form: Form) -> tuple[Response, ...]:
    """The responses in all files, in their order.

    Raises: FileFaults with the faults of all files: unreadable ones, other forms, unknown labels, a student twice.
    """
    faults: list[Fault] = []
    sheets: list[Sheet] = []
    order = [part.label for item in form.items for part in item.parts]
    for path in dict.fromkeys(path for given in paths for path in _files(given)):
        try:
            sheets += read_sheets(path, order)
        except FileFaults as error:
            faults += error.faults
    labels = {_spelling(part.label): part.label for item in form.items for part in item.parts}
    for sheet in sheets:
        faults += _misfits(sheet, form.id, labels)
    faults += _students_twice(sheets)
    if faults:
        raise FileFaults(dict.fromkeys(faults))
    return tuple(_response(sheet, form.id, labels) for sheet in sheets)


def _files(path: Path) -> list[Path]:
    """The file, or all files of a folder but hidden ones: what is no response file there is complained of."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.is_file() and not _is_hidden(file.relative_to(path)))
    return found or [path]


def _is_hidden(path: Path) -> bool:
    return any(step.startswith(".") for step in path.parts)


def read_sheets(path: Path, labels: Sequence[str] = ()) -> list[Sheet]:
    """The sheets of one file, by the ending of its name; ``labels`` are those of the form, in order.

    Raises: FileFaults.
    """
    ending = path.suffix.lower()
    if path.is_dir():
        raise fault(path, "an empty folder", hint="name the folder that holds the response files")
    if ending not in READERS:
        message = f"a response file does not end in {path.suffix!r}"
        raise fault(path, message, hint=did_you_mean(path.suffix, READERS))
    text = read_text(path)
    sheets = csv_sheets.read(path, text, labels) if ending == ".csv" else READERS[ending](path, text)
    return [_named(sheet, path.stem) if len(sheets) == 1 and ending != ".csv" else sheet for sheet in sheets]


def _named(sheet: Sheet, name: str) -> Sheet:
    """The sheet, under the name of its file if whoever practises alone left the name blank."""
    student = sheet.student
    return sheet if student.text.strip() else replace(sheet, student=replace(student, text=name))


def read_text(path: Path) -> str:
    """The text of a file, its size checked before it is read.

    Raises: FileFaults if it cannot be read, is longer than 5 MB, empty, or not text in UTF-8.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"no more than {MAX_BYTES >> 20} MB are read"
            raise fault(path, f"{size / 2**20:.1f} MB long", hint=f"is this a response file? {limit}")
        content = path.read_bytes()
    except OSError as error:
        raise fault(path, f"cannot be read: {error.strerror}") from None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what spreadsheets call Unicode text
        content = _from_utf16(path, content)
    if b"\0" in content:
        raise fault(path, "not text: there are zero bytes in it", hint="save it as plain text in UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = f"not UTF-8: byte 0x{content[error.start]:02x}"
        raise fault(path, message, line=line, column=column, hint="save the file as UTF-8") from None
    if not text.strip():
        raise fault(path, "the file is empty", hint="was it saved?")
    return text


def _from_utf16(path: Path, content: bytes) -> bytes:
    try:
        return content.decode("utf-16").encode()
    except UnicodeError:
        raise fault(path, "not whole UTF-16", hint="save the file as UTF-8") from None


def _spelling(label: str) -> str:
    """What two spellings of one label have in common: ``2 A`` is ``2a``."""
    return "".join(label.split()).lower()


def _misfits(sheet: Sheet, form: str, labels: Mapping[str, str]) -> Iterator[Fault]:
    """What does not belong to this form; ``labels`` are its labels by what their spellings have in common."""
    if sheet.form and sheet.form.text.strip() != form:
        message = f"responses to form {sheet.form.text.strip()!r}, not to {form!r}"
        yield Fault(message=message, place=sheet.form.place, hint="grade them with the form that they name")
        return
    yield from _half_characters(sheet)
    if not sheet.student.text.strip():
        yield Fault(message="no student is named", place=sheet.student.place, hint="write a name or a number")
    seen: dict[str, Written] = {}
    for label, _ in sheet.responses:
        spelling = _spelling(label.text)
        if spelling not in labels:
            message = f"no part {label.text!r} in form {form}"
            yield Fault(message=message, place=label.place, hint=did_you_mean(label.text, labels.values()))
        elif spelling in seen:
            message = f"{label.text!r} is the same part as {seen[spelling].text!r}"
            yield Fault(message=message, place=label.place, hint="keep one of them")
        seen.setdefault(spelling, label)
    for label, count in sheet.attempts:
        if _spelling(label.text) not in labels:
            message = f"no part {label.text!r} in form {form}"
            yield Fault(message=message, place=label.place, hint=did_you_mean(label.text, labels.values()))
        if not re.fullmatch("[1-9][0-9]{0,3}", count.text.strip()):
            message = f"{count.text[:20]!r} is not a number of attempts"
            yield Fault(message=message, place=count.place, hint="write 1, 2, 3 and so on")


def _half_characters(sheet: Sheet) -> Iterator[Fault]:
    r"""What no file in UTF-8 can hold: an escape such as \ud800 that stands for half a character."""
    for written in (sheet.student, *(text for pair in sheet.responses for text in pair)):
        try:
            written.text.encode()
        except UnicodeEncodeError as error:
            message = f"not UTF-8: \\u{ord(written.text[error.start]):04x} is half a character"
            yield Fault(message=message, place=written.place, hint="save the file as UTF-8, without such escapes")


def _students_twice(sheets: Iterable[Sheet]) -> Iterator[Fault]:
    first: dict[str, Place] = {}
    for sheet in sheets:
        student = sheet.student.text.strip()
        if student and student in first:
            message = f"student {student!r} a second time"
            yield Fault(message=message, place=sheet.student.place, hint=f"the first one stands at {first[student]}")
        first.setdefault(student, sheet.student.place)


def _response(sheet: Sheet, form: str, labels: Mapping[str, str]) -> Response:
    written = [(labels[_spelling(label.text)], label.text.strip()) for label, _ in sheet.responses]
    return Response(
        form=form,
        student=sheet.student.text.strip(),
        responses={labels[_spelling(label.text)]: response.text for label, response in sheet.responses},
        place=sheet.student.place,
        submitted=sheet.submitted,
        written_labels={label: text for label, text in written if text != label},
        attempts={labels[_spelling(label.text)]: int(count.text) for label, count in sheet.attempts},
    )
