"""``quizgen bank list``: what a bank holds, and what its templates cover."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli import options
from quizgen.cli.bank.tables import NONE, print_table
from quizgen.errors import UsageError

if TYPE_CHECKING:
    from quizgen.bank.bank import Bank


@click.command("list")
@options.bank
@options.topics
@click.option("--coverage", is_flag=True, help="Count templates by claim and level, parts by topic and item type.")
@click.option("--blueprints", is_flag=True, help="List the blueprints instead.")
def list_templates(banks: tuple[Path, ...], topics: tuple[str, ...], coverage: bool, blueprints: bool) -> None:
    """List the item templates of a bank."""
    from quizgen import api

    if coverage + blueprints + bool(topics) > 1:
        raise UsageError("--coverage, --blueprints and --topic: expected at most one of them")
    loaded = api.load_bank(banks)
    if coverage:
        _print_coverage(loaded)
    elif blueprints:
        _print_blueprints(loaded)
    else:
        _print_templates(loaded, {loaded.topics[topic].id for topic in topics} or set(loaded.topics))


def _print_templates(bank: "Bank", topics: set[str]) -> None:
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
        for template in bank.templates.values()
        if template.topic in topics
    ]
    print_table(("id", "topic", "level", "points", "minutes", "types", "title"), rows, right=(3, 4))


def _print_blueprints(bank: "Bank") -> None:
    from quizgen.cli.counts import count

    rows = [
        (
            blueprint.id,
            count(blueprint.questions, "question"),
            "as its questions" if blueprint.minutes is None else count(blueprint.minutes, "minute"),
            blueprint.title,
        )
        for blueprint in bank.blueprints.values()
    ]
    print_table(("id", "length", "time", "title"), rows)


def _print_coverage(bank: "Bank") -> None:
    from typing import get_args

    from quizgen import api
    from quizgen.items import ITEM_TYPES
    from quizgen.items.template import Level

    found = api.coverage(bank)
    titles = {claim: known.title for claim, known in bank.claims.items()}
    click.echo("Templates by claim and level")
    _print_counts("claim", found.claims, get_args(Level), titles=titles)
    click.echo("\nParts by topic and item type")
    _print_counts("topic", found.topics, list(ITEM_TYPES))
    for title, names in (
        ("Too little", found.shortfalls),
        ("Misconceptions never used", found.misconceptions),
        ("Experiments never used", found.experiments),
    ):
        click.echo(f"\n{title}: {len(names) or 'none'}")
        for name in names:
            click.echo(f"  {name}")


def _print_counts(
    noun: str,
    counts: Mapping[str, Mapping[str, int]],
    columns: Sequence[str],
    *,
    titles: Mapping[str, str] | None = None,
) -> None:
    """A table of counts with sums; a dash where there is none."""
    rows = [
        (name, *_cells(found.get(column, 0) for column in columns), *([titles[name]] if titles else []))
        for name, found in counts.items()
    ]
    head = (noun, *columns, "all", *(["title"] if titles else []))
    print_table(head, rows, right=range(1, len(columns) + 2))


def _cells(counts: Iterable[int]) -> Iterator[str]:
    """The counts, and their sum."""
    found = list(counts)
    yield from (str(count) if count else NONE for count in (*found, sum(found)))
