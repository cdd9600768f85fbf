"""``quizgen exam``: from a blueprint to the student's and the instructor's folder."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options
from quizgen.cli.exam_cohort import options_of_cohorts, write_cohort
from quizgen.cli.exam_versions import option_of_versions, write_versions
from quizgen.errors import UsageError

if TYPE_CHECKING:
    from quizgen.forms.met import Met
    from quizgen.renderers.contract import Look

STALE: Final = (
    *(f"student/exam.{name}" for name in options.FORMATS),
    *(f"student/answer-sheet.{name}" for name in options.FORMATS),
    "self-check/exam.html",
    *(f"instructor/model-answers.{name}" for name in options.FORMATS),
    *(f"{folder}/figures/question-*.{kind}" for folder in ("student", "instructor") for kind in ("svg", "csv")),
)  # what an exam of another form leaves behind where this one has other formats or figures


HEADINGS: Final = {
    "points": "points",
    "minutes": "working time",
    "levels": "levels",
    "topics": "topics",
    "types": "item types",
    "claims": "claims",
}  # what the terminal calls the amounts of an exam


@click.command()
@click.option(
    "--blueprint",
    default="practice",
    show_default=True,
    metavar="NAME|FILE",
    help="What the exam must contain; `quizgen bank list --blueprints` lists the names.",
)
@options.bank
@options.topics
@click.option(
    "--questions", type=int, callback=options.positive, help="How many questions; as the blueprint if left out."
)
@options.seed
@options.formats
@options.own_head
@options.look
@click.option(
    "--self-check", is_flag=True, help="Also write the exam as a page that checks answers; it holds the keys."
)
@click.option("--answer-sheet", is_flag=True, help="Also write a page to enter the final answers on.")
@option_of_versions
@options_of_cohorts
@options.out
def exam(
    blueprint: str,
    banks: tuple[Path, ...],
    topics: tuple[str, ...],
    questions: int | None,
    seed: int | None,
    formats: tuple[str, ...],
    own: dict[str, str],
    look: "Look",
    self_check: bool,
    answer_sheet: bool,
    versions: str | None,
    out: Path,
    force: bool,
    copies: int | None,
    roster: Path | None,
    jobs: int,
    cluster: str | None,
    resume: bool,
    embed_font: bool,
    quiet: bool,
) -> None:
    """Write a practice exam: the quiz for students, and model answers and keys for instructors.

    \b
    OUT/student/     exam.md, exam.html, responses.yaml
    OUT/instructor/  model-answers.md, model-answers.html, form.json, responses-key.yaml
    OUT/self-check/  exam.html, if --self-check is given: for practice, with the keys in it

    With --versions A,B,C each version has folders of its own, OUT/student/A and OUT/instructor/A, with an answer
    sheet; OUT/instructor/keys.html has the keys of all. As PDF all versions have the same, even number of pages.

    With --copies or --roster each student gets the same questions with numbers of their own, in folders
    OUT/student/<id> and OUT/instructor/<id>; OUT/instructor/index.html and index.csv say who has which form.
    """  # noqa: D301 - click wants the character that \b stands for
    if versions is not None:
        if self_check or copies is not None or roster is not None:
            raise UsageError("--versions goes with neither --copies, --roster nor --self-check", hint="make them apart")
        write_versions(
            versions=versions, blueprint=blueprint, own=own, banks=banks, topics=topics, questions=questions, seed=seed,
            formats=formats, look=look, out=out, force=force,
        )  # fmt: skip
        return
    if copies is not None or roster is not None:
        if self_check:
            raise UsageError("--self-check: one exam at a time", hint="leave out --copies and --roster")
        write_cohort(
            blueprint=blueprint, own=own, banks=banks, topics=topics, questions=questions, seed=seed, formats=formats,
            look=look, out=out, copies=copies, roster=roster, jobs=jobs, cluster=cluster, resume=resume,
            embed_font=embed_font, quiet=quiet,
        )  # fmt: skip
        return
    if resume or cluster or jobs > 1:
        raise UsageError(
            "--resume, --jobs and --cluster are for many exams", hint="add --copies N or --roster FILE.csv"
        )
    from quizgen import api
    from quizgen.cli.counts import count
    from quizgen.files import write_files

    bank = api.load_bank(banks, cache=options.cache_folder())
    plan = api.find_blueprint(bank, blueprint, own)
    look = api.with_logo(look, plan)
    form = api.make_form(bank, plan, seed=options.drawn(seed), topics=topics, questions=questions)
    files = api.exam_files(form, formats, look, self_check=self_check, with_sheet=answer_sheet)
    kept = write_files(out, files, force=force, stale=STALE)
    shown = options.shown(formats)
    extent = f"{count(len(form.items), 'question')}, {count(form.points, 'point')}, {count(form.minutes, 'minute')}"
    click.echo(f"Form {form.id}: {extent} (seed {form.seed})")
    for heading, line in met_lines(api.how_met(form, plan)):
        click.echo(f"  {heading:<15} {line}")
    click.echo(f"  exam            {out / 'student' / f'exam.{shown}'}")
    if answer_sheet:
        click.echo(f"  answer sheet    {out / 'student' / f'answer-sheet.{shown}'}")
    if self_check:
        click.echo(f"  self-check      {out / 'self-check' / 'exam.html'}")
    click.echo(f"  model answers   {out / 'instructor' / f'model-answers.{shown}'}")
    options.tell_kept(kept)
    click.echo("Next: fill in the responses, then have them graded:")
    click.echo(f"  quizgen grade {out / 'instructor' / 'form.json'} {out / 'student' / 'responses.yaml'}")


def met_lines(found: "Iterable[Met]") -> Iterator[tuple[str, str]]:
    """What an exam came to, with the blueprint's bounds beside it: a heading and a line for each kind of amount.

    Points and minutes, which the line above tells, have one only if they are bounded.
    """
    for kind, group in groupby(found, key=lambda met: met.kind):
        shown = [met for met in group if met.name or met.bound]
        amounts = [f"{met.name} {met.amount:g}".lstrip() for met in shown]
        bounds = [str(met.bound or "") for met in shown]
        if len(bounds) > 1 and bounds[0] and len(set(bounds)) == 1:
            yield HEADINGS[kind], f"{', '.join(amounts)} (each {bounds[0]})"
        elif shown:
            pairs = zip(amounts, bounds, strict=True)
            yield HEADINGS[kind], ", ".join(f"{amount} ({bound})" if bound else amount for amount, bound in pairs)
