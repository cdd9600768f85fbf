"""``quizgen bank show``: one item with its model answer, in the terminal."""

from pathlib import Path

import click

from quizgen.cli import options


@click.command()
@click.argument("template", metavar="ID")
@options.bank
@options.seed
def show(template: str, banks: tuple[Path, ...], seed: int | None) -> None:
    """Print one item of a template with its model answer, as Markdown."""
    from quizgen import api

    click.echo(api.show(api.load_bank(banks), template, seed=options.drawn(seed)), nl=False)
