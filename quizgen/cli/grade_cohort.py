"""``quizgen grade`` for the instructor folder of a cohort: each response graded with the form that it names."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options
from quizgen.cli.grade import fail_loudly, print_json
from quizgen.cli.progress import CountBar
from quizgen.errors import UsageError

if TYPE_CHECKING:
    from quizgen.forms.form import Form
    from quizgen.grading.marking.marks import Marks
    from quizgen.grading.scores import ScoreReport
    from quizgen.renderers.contract import Look

STALE: Final = (
    *(f"students/*/report.{name}" for name in options.FORMATS),
    *(f"to-mark/*.{name}" for name in (*options.FORMATS, "yaml")),
)  # what a grading of other students leaves behind
_FORM_LINE: Final = re.compile(r"^form:\s*[\"']?([A-Z2-7]{4}-[A-Z2-7]{4})", re.MULTILINE)


def refuse(given: Mapping[str, object]) -> None:
    """Raise UsageError for options that correct the one form of a class."""
    for name, value in given.items():
        if value:
            hint = "name one student's form.json, or mend the template and make the forms again"
            raise UsageError(f"{name} corrects one form, and a cohort has many", hint=hint)


def grade_cohort(
    context: click.Context,
    folder: Path,
    response_paths: Sequence[Path],
    *,
    out: Path | None,
    as_json: bool,
    decimal_comma: bool,
    policy_path: Path | None,
    marks_paths: Sequence[Path],
    edited: bool,
    formats: tuple[str, ...],
    look: "Look",
    csv_bom: bool,
    banks: Sequence[Path],
    force: bool,
) -> None:
    """Grade responses to the forms in ``folder``, and report on all of them together."""
    from quizgen import api
    from quizgen.files import write_files
    from quizgen.grading.grade import settings_for
    from quizgen.grading.intake.forms_folder import forms_in, read_responses_by_form
    from quizgen.grading.marking.marks import with_marks
    from quizgen.grading.policy import NO_POLICY, read_policy
    from quizgen.grading.reports.report_text import to_text

    policy = read_policy(policy_path) if policy_path else NO_POLICY
    paths = forms_in(folder)
    found = read_responses_by_form(response_paths, paths, edited=edited)
    marks = _marks(marks_paths, paths)
    graded: list[ScoreReport] = []
    with CountBar("Grading", total=sum(len(responses) for _, responses in found)) as progress:
        for form, responses in found:
            settings = settings_for(form, decimal_comma=decimal_comma)
            graded += api.grade_responses(form, responses, settings=settings, policy=policy)
            progress(len(graded))
    reports = [with_marks(report, marks) for report in graded]
    if out:
        forms: dict[str, Form] = {form.id: form for form, _ in found}
        called = api.names(list(forms.values()), banks)
        files = api.cohort_report_files(forms, graded, formats, called=called, marks=marks, bom=csv_bom, look=look)
        options.tell_kept(write_files(out, files, force=force, stale=STALE))
    if as_json:
        print_json(reports)
    else:
        click.echo(to_text(reports))
        if out:
            click.echo(f"\nReports: {out / 'report'}.{options.shown(formats)}")
    fail_loudly(context, reports)


def _marks(sheets: Sequence[Path], forms: Mapping[str, Path]) -> "Marks":
    """The points in filled-in marking sheets, each of which names its form.  Raises: UsageError, FileFaults."""
    from quizgen.forms import record
    from quizgen.grading.intake.files import read_text
    from quizgen.grading.marking.filled_sheet import read_marks

    by_form: dict[str, list[Path]] = {}
    for path in sheets:
        named = _FORM_LINE.search(read_text(path))
        if not named or named[1] not in forms:
            raise UsageError(f"{path}: names no form of this cohort", hint="name sheets that its grading wrote")
        by_form.setdefault(named[1], []).append(path)
    return {
        slot: mark for form, own in by_form.items() for slot, mark in read_marks(own, record.read(forms[form])).items()
    }
