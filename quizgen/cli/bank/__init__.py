"""``quizgen bank``: what an author of item templates needs. One file per command."""

import click

from quizgen.cli.bank.check import check
from quizgen.cli.bank.explain import explain
from quizgen.cli.bank.listing import list_templates
from quizgen.cli.bank.new import new
from quizgen.cli.bank.preview import preview
from quizgen.cli.bank.schema import schema
from quizgen.cli.bank.show import show


@click.group()
def bank() -> None:
    """List, show, check and begin item templates."""


for _command in (list_templates, show, explain, preview, check, new, schema):
    bank.add_command(_command)
