"""``quizgen stats``: what the scores of one class, or of a term's classes together, say about the questions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli import options

if TYPE_CHECKING:
    from quizgen.renderers.contract import Look


@click.command()
@click.argument("paths", metavar="GRADED.json...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--form",
    "form_paths",
    metavar="FORM.json",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A form that was graded, to tell options by what they say; may be given several times.",
)
@click.option("--out", type=options.Folder(), help="Folder to write the statistics into.")
@options.formats
@options.look
@options.csv_bom
@options.bank
@options.force
def stats(
    paths: tuple[Path, ...],
    form_paths: tuple[Path, ...],
    out: Path | None,
    formats: tuple[str, ...],
    look: "Look",
    csv_bom: bool,
    banks: tuple[Path, ...],
    force: bool,
) -> None:
    """Difficulty, discrimination, reliability and mistakes over GRADED.json..., which `quizgen grade --json` printed.

    Files of several classes are taken together; questions of different forms are the same if their template is.

    \b
    OUT/statistics.md, statistics.html   what is printed here, as pages
    OUT/scores.csv                       a row for each student and part
    OUT/items.csv                        a row for each part
    """  # noqa: D301 - click wants the character that \b stands for
    from quizgen.api import names, statistics_files
    from quizgen.files import write_files
    from quizgen.forms import record
    from quizgen.grading.reports.report_json import read_graded
    from quizgen.grading.reports.report_text import document_text
    from quizgen.grading.reports.statistics_report import statistics_document

    reports = read_graded(paths)
    forms = [record.read(path) for path in form_paths]
    called = names(forms, banks)
    if out:
        files = statistics_files(reports, formats, forms=forms, called=called, bom=csv_bom, look=look)
        options.tell_kept(write_files(out, files, force=force))
    click.echo(document_text(statistics_document(reports, forms=forms, names=called)))
    if out:
        click.echo(f"\nStatistics: {out / 'statistics'}.{options.shown(formats)}")
