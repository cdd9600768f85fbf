"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from quizgen.errors import UsageError

FORMATS = ("md", "html")
Decorated = Callable[..., Any]


def out(function: Decorated) -> Decorated:
    """--out and --force."""
    force = click.option("--force", is_flag=True, help="Overwrite files that exist.")
    folder = click.option(
        "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write into."
    )
    return folder(force(function))


def bank(function: Decorated) -> Decorated:
    """--bank, any number of times."""
    return click.option(
        "--bank",
        "banks",
        type=click.Path(path_type=Path),
        multiple=True,
        help="Folder of item templates, added to the bank that comes with quizgen; may be given several times.",
    )(function)


def formats(function: Decorated) -> Decorated:
    """--format, any number of times; all of them by default."""
    return click.option(
        "--format",
        "formats",
        type=click.Choice(FORMATS),
        multiple=True,
        default=FORMATS,
        show_default=True,
        help="Format to write; may be given several times.",
    )(function)


def topics(function: Decorated) -> Decorated:
    """--topic, any number of times."""
    return click.option("--topic", "topics", multiple=True, help="Only this topic; may be given several times.")(
        function
    )


def seed(function: Decorated) -> Decorated:
    """--seed; without it a fresh one is drawn and printed."""
    return click.option(
        "--seed", type=click.IntRange(min=0), help="Seed; the same seed gives the same files. Drawn if left out."
    )(function)


def drawn(seed_given: int | None) -> int:
    """The seed that was given, or a fresh one: too many to be found from a form by trying them all."""
    import secrets

    return secrets.randbits(53) if seed_given is None else seed_given


def positive(context: click.Context, parameter: click.Parameter, value: int | None) -> int | None:
    """A callback that refuses numbers below 1."""
    del context
    if value is not None and value < 1:
        raise UsageError(f"--{parameter.name} {value}: expected a number of at least 1")
    return value
