"""``quizgen exam``: from a blueprint to the student's and the instructor's folder."""

from pathlib import Path
from typing import Final

import click

from quizgen.cli import options

STALE: Final = (
    *(f"student/exam.{name}" for name in options.FORMATS),
    *(f"instructor/model-answers.{name}" for name in options.FORMATS),
    *(f"{folder}/figures/question-*.svg" for folder in ("student", "instructor")),
)  # what an exam of another form leaves behind where this one has other formats or figures


@click.command()
@click.option(
    "--blueprint", default="practice", show_default=True, metavar="NAME|FILE", help="What the exam must contain."
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
    form = api.make_form(
        bank, api.find_blueprint(bank, blueprint), seed=options.drawn(seed), topics=topics, questions=questions
    )
    kept = write_files(out, api.exam_files(form, formats), force=force, stale=STALE)
    shown = "html" if "html" in formats else formats[0]
    extent = f"{count(len(form.items), 'question')}, {count(form.points, 'point')}, {count(form.minutes, 'minute')}"
    click.echo(f"Form {form.id}: {extent} (seed {form.seed})")
    click.echo(f"  exam            {out / 'student' / f'exam.{shown}'}")
    click.echo(f"  model answers   {out / 'instructor' / f'model-answers.{shown}'}")
    options.tell_kept(kept)
    click.echo("Next: fill in the responses, then have them graded:")
    click.echo(f"  quizgen grade {out / 'instructor' / 'form.json'} {out / 'student' / 'responses.yaml'}")
