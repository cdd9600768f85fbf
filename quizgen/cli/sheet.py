"""``quizgen sheet``: a study sheet of one topic, several, all, or what a student got wrong; a cheat sheet; cards."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options
from quizgen.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from quizgen.grading.scores import ScoreReport
    from quizgen.renderers.contract import Look

TITLES: Final = {"sheet": "Study sheet", "cheat-sheet": "Cheat sheet", "cards": "Cards"}
STALE: Final = (
    *(f"{kind}.{name}" for kind in TITLES for name in options.FORMATS),
    *(f"figures/{name}-*.{suffix}" for name in ("question", "demonstration") for suffix in ("svg", "csv")),
)


@click.command()
@options.bank
@options.topics
@click.option(
    "--from",
    "graded",
    type=click.Path(path_type=Path),
    metavar="REPORT.json",
    help="Only what a student got wrong: a report that `quizgen grade --json` printed.",
)
@click.option("--student", help="Whose report of the file it is, if it holds several.")
@click.option("--cheat-sheet", is_flag=True, help="Write a page of definitions and formulas instead.")
@click.option("--cards", is_flag=True, help="Write question and answer cards to cut out instead.")
@options.seed
@options.formats
@options.look
@options.out
def sheet(
    banks: tuple[Path, ...],
    topics: tuple[str, ...],
    graded: Path | None,
    student: str | None,
    cheat_sheet: bool,
    cards: bool,
    seed: int | None,
    formats: tuple[str, ...],
    look: "Look",
    out: Path,
    force: bool,
) -> None:
    """Write a study sheet: ideas, formulas, a measured demonstration, a worked example, common mistakes, a self-test.

    For example: quizgen sheet --topic clipping --out sheet

    Or for one student of a class: quizgen sheet --from scores.jsonl --student ada --out ada
    """
    from quizgen import api
    from quizgen.files import write_files

    report = _report(graded, student)
    kinds = [kind for kind, is_asked in (("cheat-sheet", cheat_sheet), ("cards", cards)) if is_asked] or ["sheet"]
    chosen = options.drawn(seed)
    files = api.sheet_files(
        api.load_bank(banks), seed=chosen, formats=formats, topics=topics, report=report, kinds=kinds, look=look
    )
    options.tell_kept(write_files(out, files, force=force, stale=STALE))
    for kind in kinds:
        click.echo(f"{TITLES[kind]} (seed {chosen}):")
        for name in formats:
            click.echo(f"  {out / f'{kind}.{name}'}")


def _report(graded: Path | None, student: str | None) -> "ScoreReport | None":
    """The report of one student.  Raises: UsageError unless the file holds it, and leaves no doubt which it is."""
    if graded is None:
        if student is not None:
            raise UsageError("--student needs a report", hint="name the file with --from")
        return None
    from quizgen.grading.reports.report_json import read_graded

    reports = read_graded([graded])
    found = [report for report in reports if student in (None, report.student)]
    names = list(dict.fromkeys(report.student for report in reports))
    if not found:
        raise UsageError(f"{graded}: no report on a student {student!r}", hint=did_you_mean(str(student), names))
    if len(found) > 1 and student is None:
        raise UsageError(f"{graded}: reports on {len(names)} students", hint=f"choose one: --student {names[0]}")
    if len(found) > 1:
        hint = "put the one to study from into a file of its own"
        raise UsageError(f"{graded}: {len(found)} reports on student {student!r}", hint=hint)
    return found[0]
