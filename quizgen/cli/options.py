"""Options that several commands share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from quizgen.errors import UsageError

FORMATS = ("md", "html")
Decorated = Callable[..., Any]


class Folder(click.Path):
    """A folder to write into, which has a name: an empty one, as from an unset variable, is not the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The folder's path."""
        if value == "":
            self.fail("the folder has no name; write . for the current one", param, ctx)
        return super().convert(value, param, ctx)


def out(function: Decorated) -> Decorated:
    """--out, and --force."""
    folder = click.option("--out", type=Folder(), required=True, help="Folder to write into.")
    return folder(force(function))


def force(function: Decorated) -> Decorated:
    """--force."""
    return click.option(
        "--force", is_flag=True, help="Overwrite what an earlier run wrote; YAML files are kept under another name."
    )(function)


def csv_bom(function: Decorated) -> Decorated:
    """--csv-bom."""
    return click.option("--csv-bom", is_flag=True, help="Begin CSV files with a byte order mark, as Excel wants it.")(
        function
    )


def tell_kept(kept: Mapping[Path, Path]) -> None:
    """Say where the files are that stood in the way and may hold a person's work."""
    for path, backup in kept.items():
        click.echo(f"Kept: what stood in {path} is now {backup}", err=True)


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
        callback=_each_once,
        show_default=True,
        help="Format to write; may be given several times.",
    )(function)


def topics(function: Decorated) -> Decorated:
    """--topic, any number of times; the same one again counts once."""
    return click.option(
        "--topic", "topics", multiple=True, callback=_each_once, help="Only this topic; may be given several times."
    )(function)


def _each_once(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    del context, parameter
    return tuple(dict.fromkeys(value))


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
