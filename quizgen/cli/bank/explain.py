"""``quizgen bank explain``: where each number of an item came from."""

from pathlib import Path

import click

from quizgen.cli import options


@click.command()
@click.argument("template", metavar="ID")
@options.bank
@options.seed
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, with all digits.")
def explain(template: str, banks: tuple[Path, ...], seed: int | None, as_json: bool) -> None:
    """Tell where each number of an item came from: what was drawn, run, measured, rounded and computed."""
    from quizgen import api
    from quizgen.cli.bank.explain_words import lines

    explanation = api.explain(api.load_bank(banks), template, seed=options.drawn(seed))
    if as_json:
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(explanation), indent=2, ensure_ascii=False))
        return
    for line in lines(explanation):
        click.echo(line)
