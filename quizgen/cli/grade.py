"""``quizgen grade``: responses to one form, graded and reported."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options

if TYPE_CHECKING:
    from quizgen.forms.form import Form
    from quizgen.grading.grade import ScoreReport

FORMATS: Final = ("md", "html")
# What a grading of other students, or one that left something to a person, leaves behind.
STALE: Final = (*(f"students/*/report.{name}" for name in FORMATS), "marking-sheet.yaml")


@click.command()
@click.argument("form_path", metavar="FORM.json", type=click.Path(path_type=Path))
@click.argument("response_paths", metavar="RESPONSES...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--out", type=options.Folder(), help="Folder to write the reports into.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a student, each on a line of its own.")
@click.option("--decimal-comma", is_flag=True, help="Students were told to write 1,5 for one and a half.")
@options.force
@click.pass_context
def grade(
    context: click.Context,
    form_path: Path,
    response_paths: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    decimal_comma: bool,
    force: bool,
) -> None:
    """Grade RESPONSES (YAML, JSON, or CSV with a row a student) to FORM.json; name the mistake behind a wrong number.

    \b
    OUT/report.md, report.html             the class
    OUT/students/<name>/report.md, .html   each student
    OUT/marking-sheet.yaml                 what a person must grade, if anything
    """  # noqa: D301 - click wants the character that \b stands for
    import json
    import sys

    from quizgen.files import write_files
    from quizgen.forms import record
    from quizgen.grading.grade import grade as grade_one
    from quizgen.grading.intake.responses import read_responses
    from quizgen.grading.reports.report_text import to_plain, to_text
    from quizgen.items.contract import Settings

    form = record.read(form_path)
    settings = Settings(decimal_comma=decimal_comma)
    reports = [grade_one(form, response, settings) for response in read_responses(response_paths, form)]
    if out:
        options.tell_kept(write_files(out, report_files(form, reports), force=force, stale=STALE))
    if as_json:
        escaped = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"  # another one may lack a sign
        for report in reports:
            click.echo(json.dumps(to_plain(report), ensure_ascii=escaped))
    else:
        click.echo(to_text(reports))
        if out:
            click.echo(f"\nReports: {out / 'report.html'}")
    _fail_loudly(context, reports)


def report_files(form: "Form", reports: Sequence["ScoreReport"]) -> Mapping[str, bytes]:
    """Every file of a grading by its name: reports on the class and each student, a marking sheet if one is needed."""
    from quizgen.api import document_files
    from quizgen.grading.marking.marking_sheet import to_yaml
    from quizgen.grading.reports.class_report import class_document
    from quizgen.grading.reports.folders import folder_names
    from quizgen.grading.reports.student_report import student_document

    folders = folder_names(report.student for report in reports)
    files = dict(document_files("report", class_document(reports), FORMATS))
    for report in reports:
        name = f"students/{folders[report.student]}/report"
        files |= document_files(name, student_document(report), FORMATS)
    if sheet := to_yaml(form, reports):
        files["marking-sheet.yaml"] = sheet.encode()
    return files


def _fail_loudly(context: click.Context, reports: Sequence["ScoreReport"]) -> None:
    """Say which parts a fault of the program kept from being graded, and end as a bug of ours does."""
    faults = [f"{report.student}, {part.fault}" for report in reports for part in report.parts if part.fault]
    for fault in faults:
        click.echo(f"fault in quizgen: {fault}", err=True)
    if faults:
        click.echo("These parts earned no points; a person must grade them. Please report this.", err=True)
        context.exit(3)
