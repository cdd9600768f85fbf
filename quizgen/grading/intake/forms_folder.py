"""The forms of a cohort in their folder, and responses to them: each is matched by the form that it names."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from quizgen.errors import Fault, FileFaults, UsageError, did_you_mean
from quizgen.forms import record
from quizgen.forms.form import Form
from quizgen.grading.intake.files import files_in
from quizgen.grading.intake.responses import Response, read_sheets, responses_to
from quizgen.grading.intake.sheets import Sheet

FORM: Final = "form.json"
INDEX: Final = "index.csv"


def forms_in(folder: Path) -> Mapping[str, Path]:
    """Where each form of a folder lies, by its id: as the index says, or else by reading them all.

    Raises: UsageError if there is none; QuizgenError for one that cannot be read.
    """
    if (folder / INDEX).is_file():
        with (folder / INDEX).open(encoding="utf-8", newline="") as stream:
            found = {row["form"]: folder / row["folder"] / FORM for row in csv.DictReader(stream)}
    else:
        found = {record.read(path).id: path for path in sorted(folder.glob(f"*/{FORM}"))}
    if not found:
        raise UsageError(f"{folder}: no forms", hint="name the instructor folder of a cohort, or one form.json")
    return found


def read_responses_by_form(
    paths: Sequence[Path], forms: Mapping[str, Path], *, edited: bool = False
) -> list[tuple[Form, tuple[Response, ...]]]:
    """The forms that responses name, each with its responses, in the order in which they are first named.

    Raises: FileFaults with the faults of all files: unreadable ones, unknown forms and labels, a student twice for a
    form; QuizgenError for a form that cannot be read.
    """
    faults: list[Fault] = []
    named: dict[str, list[Sheet]] = {}
    for path in dict.fromkeys(path for given in paths for path in files_in(given)):
        try:
            for sheet in read_sheets(path):
                named.setdefault(_known_form(sheet, forms), []).append(sheet)
        except FileFaults as error:
            faults += error.faults
    read = [(record.read(forms[form], edited=edited), sheets) for form, sheets in named.items()]
    found: list[tuple[Form, tuple[Response, ...]]] = []
    for form, sheets in read:
        try:
            found.append((form, responses_to(form, sheets)))
        except FileFaults as error:
            faults += error.faults
    if faults:
        raise FileFaults(dict.fromkeys(faults))
    return found


def _known_form(sheet: Sheet, forms: Mapping[str, Path]) -> str:
    """The form that a sheet names.  Raises: FileFaults for none, or one that is not there."""
    place = sheet.student.place
    if sheet.form is None or not sheet.form.text.strip():
        hint = "each response to a cohort says which form it is to, as responses.yaml does"
        raise FileFaults([Fault(message="no form is named", place=place, hint=hint)])
    form = sheet.form.text.strip()
    if form not in forms:
        hint = did_you_mean(form, forms)
        raise FileFaults([Fault(message=f"no form {form!r} in this cohort", place=sheet.form.place, hint=hint)])
    return form
