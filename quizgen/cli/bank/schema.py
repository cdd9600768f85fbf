"""``quizgen bank schema``: what an editor needs to complete and check while one writes."""

from typing import Final

import click

KINDS: Final = ("template", "topic", "blueprint", "misconceptions", "claims")


@click.command()
@click.option("--of", "kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True, help="The kind of file.")
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file, for editors that complete and check while you write.

    Save it, and begin a file with the line: # yaml-language-server: $schema=PATH
    """
    import json

    from quizgen.bank.schema import json_schema

    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))
