"""``quizgen grade``: responses to one form, graded and reported."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options
from quizgen.cli.progress import ProgressBar
from quizgen.errors import QuizgenError, UsageError

if TYPE_CHECKING:
    from quizgen.forms.form import Form
    from quizgen.grading.regrading import Change
    from quizgen.grading.scores import ScoreReport
    from quizgen.renderers.contract import Look

LOG: Final = "regrading.jsonl"
# What a grading of other students, or one that left something to a person, leaves behind.
STALE: Final = (
    *(f"students/*/report.{name}" for name in options.FORMATS),
    *(f"marking-sheet.{name}" for name in (*options.FORMATS, "yaml")),
)
_FILE: Final = click.Path(path_type=Path)


@click.command()
@click.argument("form_path", metavar="FORM.json", type=_FILE)
@click.argument("response_paths", metavar="RESPONSES...", type=_FILE, nargs=-1, required=True)
@click.option("--out", type=options.Folder(), help="Folder to write the reports into.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a student, each on a line of its own.")
@click.option("--decimal-comma", is_flag=True, help="Students were told to write 1,5 for one and a half.")
@click.option("--policy", "policy_path", type=_FILE, help="What wrong answers and retries cost, rounding, grades.")
@click.option(
    "--marks",
    "marks_paths",
    type=_FILE,
    multiple=True,
    help="A marking sheet that a person has filled in; may be given several times.",
)
@click.option("--void", multiple=True, metavar="LABEL", help="Take a part out: it counts for nobody.")
@click.option("--also-accept", multiple=True, metavar="LABEL=ANSWER", help="Count this answer as right as well.")
@click.option("--key", "keys", multiple=True, metavar="LABEL=ANSWER", help="Put this answer in the place of the key.")
@click.option("--before", type=_FILE, metavar="FORM.json", help="Compare with the form as it was before a correction.")
@click.option("--edited", is_flag=True, help="Take FORM.json although it was edited by hand.")
@options.formats
@options.look
@options.csv_bom
@options.bank
@options.force
@click.pass_context
def grade(
    context: click.Context,
    form_path: Path,
    response_paths: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    decimal_comma: bool,
    policy_path: Path | None,
    marks_paths: tuple[Path, ...],
    void: tuple[str, ...],
    also_accept: tuple[str, ...],
    keys: tuple[str, ...],
    before: Path | None,
    edited: bool,
    formats: tuple[str, ...],
    look: "Look",
    csv_bom: bool,
    banks: tuple[Path, ...],
    force: bool,
) -> None:
    """Grade RESPONSES to FORM.json; name the mistake behind a wrong number.

    For a cohort, name its instructor folder in the place of FORM.json: each response is graded with the form it names.

    RESPONSES are files, or folders of them: YAML or JSON for one student, CSV with a row a student, Moodle's export.

    \b
    OUT/report.md, report.html             the class, with statistics of its questions
    OUT/scores.csv, items.csv              the same as tables: text that begins with = + - @ has a ' in front
    OUT/students/<name>/report.md, .html   each student: a folder to hand out
    OUT/marking-sheet.yaml                 what a person must grade, if anything: fill it in for --marks
    OUT/marking-sheet.md, .html            the same to print, a page for each student

    With --void, --also-accept, --key or --before everything is graded twice, before and after the correction. The
    new reports go to OUT/regraded-1, -2, …, and OUT/regrading.jsonl grows by a line; earlier reports stay.
    """  # noqa: D301 - click wants the character that \b stands for
    if form_path.is_dir():
        from quizgen.cli.grade_cohort import grade_cohort, refuse

        refuse({"--void": void, "--also-accept": also_accept, "--key": keys, "--before": before})
        grade_cohort(
            context, form_path, response_paths, out=out, as_json=as_json, decimal_comma=decimal_comma,
            policy_path=policy_path, marks_paths=marks_paths, edited=edited, formats=formats, look=look,
            csv_bom=csv_bom, banks=banks, force=force,
        )  # fmt: skip
        return
    from quizgen import api
    from quizgen.forms import record
    from quizgen.grading.corrections import read_corrections
    from quizgen.grading.grade import settings_for
    from quizgen.grading.intake.responses import read_responses
    from quizgen.grading.marking.filled_sheet import read_marks
    from quizgen.grading.marking.marks import used, with_marks
    from quizgen.grading.policy import NO_POLICY, read_policy
    from quizgen.grading.regrading import changes, reasons
    from quizgen.grading.regrading import to_text as regraded_text
    from quizgen.grading.reports.report_text import to_text

    form = record.read(form_path, edited=edited)
    earlier = _earlier(before, form) if before else form
    policy = read_policy(policy_path) if policy_path else NO_POLICY
    given = read_marks(marks_paths, form)
    corrections = read_corrections(void, also_accept, keys, form)
    responses = read_responses(response_paths, form)
    settings = settings_for(form, decimal_comma=decimal_comma)
    with ProgressBar("Grading") as progress:
        graded = api.grade_responses(
            form, responses, settings=settings, policy=policy, corrections=corrections, progress=progress
        )
    marks = used(given, graded)
    reports = [with_marks(report, marks) for report in graded]
    _tell_unused(slot for slot, mark in given.items() if not (mark.is_blank or slot in marks or slot[1] in void))
    is_again = bool(corrections or before)
    why: Mapping[str, str] = reasons(form, corrections, before=earlier if before else None) if is_again else {}
    found: tuple[Change, ...] = ()
    if is_again:
        settings = settings_for(earlier, decimal_comma=decimal_comma)
        old = api.grade_responses(earlier, responses, settings=settings, policy=policy, marks=given)
        found = changes(old, reports, why)
    folder = _next_folder(out) if out and is_again else out
    if folder:
        from quizgen.files import write_files

        called = api.names([form], banks)
        files = api.report_files(
            form, graded, formats, called=called, marks=marks, corrected=why, bom=csv_bom, look=look
        )
        options.tell_kept(write_files(folder, files, force=force, stale=STALE))
    if out and folder and is_again:
        _log(out, folder, form.id, why, found)
    if as_json:
        print_json(reports)
    else:
        click.echo(regraded_text(why, found) if is_again else to_text(reports))
    if folder and not as_json:
        click.echo(f"\nReports: {folder / 'report'}.{options.shown(formats)}")
    fail_loudly(context, reports)


def _earlier(path: Path, form: "Form") -> "Form":
    """The form as it was before a correction.  Raises: UsageError for another form."""
    from quizgen.forms import record

    found = record.read(path)
    if found.id != form.id:
        raise UsageError(f"--before {path}: form {found.id!r}, not {form.id!r}", hint="name the same form as it was")
    return found


def print_json(reports: Sequence["ScoreReport"]) -> None:
    """One JSON object a student, each on a line of its own."""
    import json
    import sys

    from quizgen.grading.reports.report_json import to_plain

    escaped = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"  # another one may lack a sign
    for report in reports:
        click.echo(json.dumps(to_plain(report), ensure_ascii=escaped))


def _tell_unused(slots: Iterable[tuple[str, str]]) -> None:
    for student, label in slots:
        click.echo(f"Marks for {student}, part {label}: nothing there waits for a person; they were not used", err=True)


def _next_folder(out: Path) -> Path:
    return next(folder for number in count(1) if not (folder := out / f"regraded-{number}").exists())


def _log(out: Path, folder: Path, form: str, why: Mapping[str, str], found: Sequence["Change"]) -> None:
    """Add a line to the log of regradings; what stands there is never changed."""
    from datetime import datetime

    from quizgen.grading.regrading import log_entry

    when = datetime.now().astimezone().isoformat(timespec="seconds")
    try:
        with (out / LOG).open("a", encoding="utf-8") as log:
            log.write(log_entry(form, why, found, when=when, folder=folder.name))
    except OSError as error:
        raise QuizgenError(f"{out / LOG}: cannot be written: {error.strerror}") from None


def fail_loudly(context: click.Context, reports: Sequence["ScoreReport"]) -> None:
    """Say which parts a fault of the program kept from being graded, and end as a bug of ours does."""
    faults = [f"{report.student}, {part.fault}" for report in reports for part in report.parts if part.fault]
    for fault in faults:
        click.echo(f"fault in quizgen: {fault}", err=True)
    if faults:
        click.echo("These parts earned no points; a person must grade them. Please report this.", err=True)
        context.exit(3)
