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
    """Certify item templates on many seeds: those in PATHs (files, topics' folders or banks), those of --bank, or all.

    A template passes when every seed gives an item, and at least half of them at the first draw. A PATH may also be
    a topic.yaml or a blueprint: nothing in it is drawn, so it is read and checked against its bank.
    """
    from quizgen import api

    templates = _chosen(paths, banks)
    if not templates:
        return
    widths, right = (len("failed"), max(2, *(len(template.id) for template in templates)), len("first draw"), 0), (2,)
    click.echo(_row(("", "id", "first draw", "drawn again for"), widths, right))
    found = []
    for template in templates:
        one = api.check_template(template, seeds=seeds)
        found.append(one)
        redraws = sorted(one.redraws.items(), key=lambda pair: -pair[1])
        cells = (
            "failed" if one.faults else "passed",
            one.template,
            f"{100 * one.accepted_at_first:.0f} %",
            ", ".join(f"{rule} ({count})" for rule, count in redraws),
        )
        click.echo(_row(cells, widths, right))
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
    from quizgen.bank.folders import BLUEPRINTS, TOPIC_FILE
    from quizgen.bank.rules import ID_HINT, is_id
    from quizgen.bank.starter import starter_template, starter_topic
    from quizgen.files import write_files
    from quizgen.shipped import QUESTION_BANK

    for name in (template, topic):
        if not is_id(name):
            raise UsageError(f"{name!r} cannot be an id", hint=ID_HINT)
    path = folder / topic / f"{template}.yaml"
    if topic == BLUEPRINTS or path.name == TOPIC_FILE:
        raise UsageError(f"{path} could hold no item template", hint="choose another name: a bank means this one")
    for standing in (path, *QUESTION_BANK.glob(f"*/{path.name}"), *folder.glob(f"*/{path.name}")):
        if standing.exists() and standing.parent.name != BLUEPRINTS:
            raise UsageError(f"{standing} exists already", hint="choose another id")
    files = {path.name: starter_template(template, topic).encode()}
    if not any((bank / topic / TOPIC_FILE).exists() for bank in (QUESTION_BANK, folder)):
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
    """The templates in the files and banks that were named, or all; a file needs nothing of the bank around it.

    Topics and blueprints among the files are checked as what they are, and one line tells of each.
    """
    from quizgen import api
    from quizgen.bank.bank import kind_of, read_blueprint, read_templates
    from quizgen.bank.folders import BLUEPRINTS, is_folder, is_topic_folder
    from quizgen.shipped import QUESTION_BANK

    topics = [path for path in paths if is_topic_folder(path)]
    named = [path for path in paths if not is_folder(path) and path.exists()]
    files = [*named, *(file for topic in topics for file in sorted(topic.glob("*.yaml")))]
    folders = [*banks, *(path for path in paths if path not in named and path not in topics)]
    kinds = {path: kind_of(path) for path in files}
    for path, kind in kinds.items():
        around = path.absolute().parent.parent
        if kind == "topic" or path.absolute().parent.name == BLUEPRINTS:
            api.load_bank([*banks, around])
        elif kind == "blueprint":
            read_blueprint(path, api.load_bank(banks))
        if kind != "item template":
            click.echo(f"{path}: a {kind}, nothing wrong with it")
    named_templates = [path for path, kind in kinds.items() if kind == "item template"]
    chosen = read_templates(named_templates, banks=[QUESTION_BANK, *banks])
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
        click.echo(_row(row, widths, right))


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    """One line of a table."""
    padded = [
        cell.rjust(width) if index in right else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()
