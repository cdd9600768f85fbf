"""``quizgen sheet``: a study sheet of one topic, several, or all."""

from pathlib import Path
from typing import Final

import click

from quizgen.cli import options

STALE: Final = (*(f"sheet.{name}" for name in options.FORMATS), "figures/question-*.svg")


@click.command()
@options.bank
@options.topics
@options.seed
@options.formats
@options.out
def sheet(
    banks: tuple[Path, ...], topics: tuple[str, ...], seed: int | None, formats: tuple[str, ...], out: Path, force: bool
) -> None:
    """Write a study sheet: definitions, formulas, a worked example with measured numbers, common mistakes."""
    from quizgen import api
    from quizgen.files import write_files

    chosen = options.drawn(seed)
    files = api.sheet_files(api.load_bank(banks), seed=chosen, formats=formats, topics=topics)
    options.tell_kept(write_files(out, files, force=force, stale=STALE))
    click.echo(f"Study sheet (seed {chosen}):")
    for name in formats:
        click.echo(f"  {out / f'sheet.{name}'}")
