"""``python -m quizgen``: the command line."""

from quizgen.cli import command

command()
