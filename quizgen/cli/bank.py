"""``quizgen bank``: list, show, check and begin item templates."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli import options
from quizgen.errors import QuizgenError, UsageError

if TYPE_CHECKING:
    from quizgen.items.template import ItemTemplate

SHOWN_FAULTS = 3  # of one template


@click.group()
def bank() -> None:
    """List, show, check and begin item templates."""


@bank.command("list")
@options.bank
@options.topics
def list_templates(banks: tuple[Path, ...], topics: tuple[str, ...]) -> None:
    """List the item templates of a bank."""
    from quizgen import api

    loaded = api.load_bank(banks)
    chosen = {loaded.topics[topic].id for topic in topics} or set(loaded.topics)
    rows = [
        (
            template.id,
            template.topic,
            template.level,
            f"{sum(part.points for part in template.parts):g}",
            f"{template.minutes:g}",
            ", ".join(dict.fromkeys(part.type for part in template.parts)),
            template.title,
        )
        for template in loaded.templates.values()
        if template.topic in chosen
    ]
    _print_table(("id", "topic", "level", "points", "minutes", "types", "title"), rows, right=(3, 4))


@bank.command()
@click.argument("template", metavar="ID")
@options.bank
@options.seed
def show(template: str, banks: tuple[Path, ...], seed: int | None) -> None:
    """Print one item of a template with its model answer, as Markdown."""
    from quizgen import api

    click.echo(api.show(api.load_bank(banks), template, seed=options.drawn(seed)), nl=False)


@bank.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@options.bank
@click.option(
    "--seeds", type=int, default=50, show_default=True, callback=options.positive, help="How many seeds to try."
)
def check(paths: tuple[Path, ...], banks: tuple[Path, ...], seeds: int) -> None:
    """Certify item templates on many seeds: those in PATHs (files, or banks), those of --bank, or all.

    A template passes when every seed gives an item, and at least half of them at the first draw.
    """
    from quizgen import api

    chosen = _chosen(paths, banks)
    found = [api.check_template(template, seeds=seeds) for template in chosen]
    rows = [
        (
            "failed" if one.faults else "passed",
            one.template,
            f"{100 * one.accepted_at_first:.0f} %",
            ", ".join(f"{rule} ({count})" for rule, count in sorted(one.redraws.items(), key=lambda pair: -pair[1])),
        )
        for one in found
    ]
    _print_table(("", "id", "first draw", "drawn again for"), rows, right=(2,))
    failed = [one for one in found if one.faults]
    for one in failed:
        for fault in one.faults[:SHOWN_FAULTS]:
            click.echo(f"{one.template}: {fault}")
    if failed:
        hint = f"look at one: quizgen bank show {failed[0].template} --seed N"
        raise QuizgenError(f"{len(failed)} of {len(found)} item templates failed", hint=hint)
    click.echo(f"All passed: {len(found)} of {len(found)} on {seeds} seeds each.")


@bank.command()
@click.argument("template", metavar="ID")
@click.option("--topic", default="practice", show_default=True, help="Its topic; begun as well if it is new.")
@click.option(
    "--bank",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("question_bank"),
    show_default=True,
    help="Folder of the bank to write into.",
)
def new(template: str, topic: str, folder: Path) -> None:
    """Begin an item template: write one that works, with comments, to change into your own."""
    from quizgen.bank.folders import TOPIC_FILE
    from quizgen.bank.rules import ID_HINT, is_id
    from quizgen.bank.starter import starter_template, starter_topic
    from quizgen.files import write_files

    for name in (template, topic):
        if not is_id(name):
            raise UsageError(f"{name!r} cannot be an id", hint=ID_HINT)
    path = folder / topic / f"{template}.yaml"
    if path.exists():
        raise UsageError(f"{path} exists already", hint="choose another id")
    files = {f"{template}.yaml": starter_template(template, topic).encode()}
    if not (folder / topic / TOPIC_FILE).exists():
        files[TOPIC_FILE] = starter_topic(topic).encode()
    write_files(folder / topic, files, force=False)
    click.echo(f"Wrote {path}")
    click.echo("Next: change it, look at it, and certify it:")
    click.echo(f"  quizgen bank show {template} --bank {folder}")
    click.echo(f"  quizgen bank check {path}")


@bank.command()
def schema() -> None:
    """Print the JSON Schema of item templates, for editors that complete and check while you write.

    Save it, and begin a template with the line: # yaml-language-server: $schema=PATH
    """
    import json

    from quizgen.bank.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _chosen(paths: Sequence[Path], banks: Sequence[Path]) -> "list[ItemTemplate]":
    """The templates in the files and banks that were named, or all; a file needs nothing of the bank around it."""
    from quizgen import api
    from quizgen.bank.bank import read_templates

    files = [path for path in paths if path.is_file()]
    folders = [*banks, *(path for path in paths if not path.is_file())]
    chosen = read_templates(files)
    if folders or not files:
        loaded = api.load_bank(folders).templates.values()
        chosen += [one for one in loaded if not folders or _stands_in(one.id, folders)]
    return chosen


def _stands_in(template: str, folders: Iterable[Path]) -> bool:
    return any(any(folder.glob(f"*/{template}.yaml")) for folder in folders)


def _print_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int]) -> None:
    """Columns as wide as their widest cell; those in ``right`` hold numbers."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
