"""Responses to one form: files read, and checked against the form before anything is graded."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from quizgen.errors import Fault, FileFaults, Place, did_you_mean
from quizgen.forms.form import Form
from quizgen.grading.intake import csv_sheets, json_sheets, yaml_sheets
from quizgen.grading.intake.files import MAX_CLASS_BYTES, files_in, read_text
from quizgen.grading.intake.sheets import Sheet, Written, fault
from quizgen.registry import Registry
from quizgen.values import immutable

STUDENT_READERS: Final = Registry(
    "kind of response file", {".yaml": yaml_sheets.read, ".yml": yaml_sheets.read, ".json": json_sheets.read}
)
# Spreadsheets call tabs and UTF-16 "Unicode text", and end the name so.
CLASS_READERS: Final = Registry(
    "kind of class file", {".csv": csv_sheets.read, ".tsv": csv_sheets.read, ".txt": csv_sheets.read}
)


@immutable
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
    for path in dict.fromkeys(path for given in paths for path in files_in(given)):
        try:
            sheets += read_sheets(path, order)
        except FileFaults as error:
            faults += error.faults
    if faults:
        faults += _faults_of(sheets, form)
        raise FileFaults(dict.fromkeys(faults))
    return responses_to(form, sheets)


def responses_to(form: Form, sheets: Sequence[Sheet]) -> tuple[Response, ...]:
    """The responses that sheets hold.  Raises: FileFaults for other forms, unknown labels, a student twice."""
    if faults := _faults_of(sheets, form):
        raise FileFaults(dict.fromkeys(faults))
    labels = _labels(form)
    return tuple(_response(sheet, form.id, labels) for sheet in sheets)


def _labels(form: Form) -> Mapping[str, str]:
    """The labels of a form by what their spellings have in common."""
    return {_spelling(part.label): part.label for item in form.items for part in item.parts}


def _faults_of(sheets: Sequence[Sheet], form: Form) -> list[Fault]:
    labels = _labels(form)
    faults = [fault for sheet in sheets for fault in _misfits(sheet, form.id, labels)]
    return [*faults, *_students_twice(sheets)]


def read_sheets(path: Path, labels: Sequence[str] = ()) -> list[Sheet]:
    """The sheets of one file, by the ending of its name; ``labels`` are those of the form, in order.

    Raises: FileFaults.
    """
    ending = path.suffix.lower()
    if path.is_dir():
        raise fault(path, "an empty folder", hint="name the folder that holds the response files")
    if ending in CLASS_READERS:
        return CLASS_READERS[ending](path, read_text(path, most=MAX_CLASS_BYTES), labels)
    if ending not in STUDENT_READERS:
        message = f"a response file does not end in {path.suffix!r}"
        raise fault(path, message, hint=_hint_for(path))
    return [_named(sheet, path.stem) for sheet in STUDENT_READERS[ending](path, read_text(path))]


def _hint_for(path: Path) -> str:
    if path.suffix.lower() in (".xlsx", ".xls", ".ods"):
        return "open it in the spreadsheet program, and save the sheet as “CSV UTF-8”"
    return did_you_mean(path.suffix, (*STUDENT_READERS, *CLASS_READERS))


def _named(sheet: Sheet, name: str) -> Sheet:
    """The sheet, under the name of its file if whoever practises alone left the name blank."""
    student = sheet.student
    return sheet if student.text.strip() else replace(sheet, student=replace(student, text=name))


@lru_cache(maxsize=4096)
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
    yield from _misnamed([label for label, _ in sheet.responses], form, labels)
    yield from _misnamed([label for label, _ in sheet.attempts], form, labels)
    for _, count in sheet.attempts:
        if not re.fullmatch("[1-9][0-9]{0,3}", count.text.strip()):
            message = f"{count.text[:20]!r} is not a number of attempts"
            yield Fault(message=message, place=count.place, hint="write 1, 2, 3 and so on")


def _misnamed(written: Iterable[Written], form: str, labels: Mapping[str, str]) -> Iterator[Fault]:
    """Labels that the form does not have, and two spellings of one."""
    seen: dict[str, Written] = {}
    for label in written:
        spelling = _spelling(label.text)
        if spelling not in labels:
            message = f"no part {label.text!r} in form {form}"
            yield Fault(message=message, place=label.place, hint=did_you_mean(label.text, labels.values()))
        elif spelling in seen:
            message = f"{label.text!r} is the same part as {seen[spelling].text!r}"
            yield Fault(message=message, place=label.place, hint="keep one of them")
        seen.setdefault(spelling, label)


def _half_characters(sheet: Sheet) -> Iterator[Fault]:
    r"""What no file in UTF-8 can hold: an escape such as \ud800 that stands for half a character."""
    for written in (sheet.student, *(text for pair in sheet.responses for text in pair)):
        if written.text.isascii():
            continue
        try:
            written.text.encode()
        except UnicodeEncodeError as error:
            message = f"not UTF-8: \\u{ord(written.text[error.start]):04x} is half a character"
            yield Fault(message=message, place=written.place, hint="save the file as UTF-8, without such escapes")


def _students_twice(sheets: Iterable[Sheet]) -> Iterator[Fault]:
    first: dict[str, Written] = {}
    for sheet in sheets:
        student = sheet.student.text.strip()
        same = " ".join(unicodedata.normalize("NFC", student).split())  # what looks the same on a page
        if student and same in first:
            message = f"student {student!r} a second time"
            hint = f"the first one stands at {first[same].place}"
            yield Fault(message=message, place=sheet.student.place, hint=hint)
        first.setdefault(same, sheet.student)


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
