"""``quizgen verify``: a form simulated again and compared with its record."""

from pathlib import Path

import click

from quizgen.errors import QuizgenError


@click.command()
@click.argument("form_path", metavar="FORM.json", type=click.Path(path_type=Path))
def verify(form_path: Path) -> None:
    """Simulate every item of FORM.json again, and report each number that differs from the record."""
    from quizgen import api
    from quizgen.cli.counts import count
    from quizgen.forms import record

    form = record.read(form_path)
    drifts = api.verify(form)
    for drift in drifts:
        click.echo(f"question {drift.label}: {drift.name}: recorded {drift.recorded}, now {drift.measured}")
    if drifts:
        raise QuizgenError(
            f"{count(len(drifts), 'difference')} from the record (made with NumPy {form.numpy_version})",
            hint="grading goes by the record; it does not simulate again",
        )
    numbers = sum(len(item.numbers) for item in form.items)
    simulated = f"{count(len(form.items), 'item')} simulated again, {count(numbers, 'number')} as recorded"
    click.echo(f"Form {form.id}: {simulated}.")
