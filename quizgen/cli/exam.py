"""``quizgen exam``: from a blueprint to the student's and the instructor's folder."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options

if TYPE_CHECKING:
    from quizgen.forms.met import Met

STALE: Final = (
    *(f"student/exam.{name}" for name in options.FORMATS),
    *(f"instructor/model-answers.{name}" for name in options.FORMATS),
    *(f"{folder}/figures/question-*.svg" for folder in ("student", "instructor")),
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
@options.out
def exam(
    blueprint: str,
    banks: tuple[Path, ...],
    topics: tuple[str, ...],
    questions: int | None,
    seed: int | None,
    formats: tuple[str, ...],
    out: Path,
    force: bool,
) -> None:
    """Write a practice exam: the quiz for students, and model answers and keys for instructors.

    \b
    OUT/student/     exam.md, exam.html, responses.yaml
    OUT/instructor/  model-answers.md, model-answers.html, form.json, responses-key.yaml
    """  # noqa: D301 - click wants the character that \b stands for
    from quizgen import api
    from quizgen.documents.words import count
    from quizgen.files import write_files

    bank = api.load_bank(banks)
    plan = api.find_blueprint(bank, blueprint)
    form = api.make_form(bank, plan, seed=options.drawn(seed), topics=topics, questions=questions)
    kept = write_files(out, api.exam_files(form, formats), force=force, stale=STALE)
    shown = "html" if "html" in formats else formats[0]
    extent = f"{count(len(form.items), 'question')}, {count(form.points, 'point')}, {count(form.minutes, 'minute')}"
    click.echo(f"Form {form.id}: {extent} (seed {form.seed})")
    for heading, line in met_lines(api.how_met(form, plan)):
        click.echo(f"  {heading:<15} {line}")
    click.echo(f"  exam            {out / 'student' / f'exam.{shown}'}")
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
