"""``quizgen bank check``: certify item templates on many seeds."""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options
from quizgen.cli.bank.check_words import HEAD, RIGHT, cells, details
from quizgen.cli.bank.tables import row_line
from quizgen.errors import QuizgenError
from quizgen.values import immutable

if TYPE_CHECKING:
    from quizgen.certificate.check import TemplateCheck
    from quizgen.items.template import ItemTemplate

SHOWN_FAULTS: Final = 3  # of one template


@immutable
class Timed:
    """What certifying one template showed, and how long it took."""

    check: "TemplateCheck"
    seconds: float

    @property
    def milliseconds(self) -> float:
        """The time that one variant took."""
        return 1000 * self.seconds / max(self.check.seeds, 1)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@options.bank
@click.option(
    "--seeds", type=int, default=50, show_default=True, callback=options.positive, help="How many seeds to try."
)
@click.option(
    "--jobs", type=int, default=1, show_default=True, callback=options.positive, help="How many processes share it."
)
@click.option("--verbose", is_flag=True, help="Tell everything that was found about each template.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="File to write all of it into, as JSON."
)
def check(
    paths: tuple[Path, ...], banks: tuple[Path, ...], seeds: int, jobs: int, verbose: bool, report: Path | None
) -> None:
    """Certify item templates on many seeds: those in PATHs (files, topics' folders or banks), those of --bank, or all.

    A template passes when every seed gives an item, at least half of them at the first draw, and no place of the right
    option is worth guessing. A PATH may also be a topic.yaml or a blueprint: nothing in it is drawn, so it is read and
    checked against its bank.

    \b
    different   pages among those that were made
    operations  of arithmetic on the way to all keys
    apart       variants that are harder or easier than the others: --verbose names them
    words       on the student's page
    """  # noqa: D301 - click wants the character that \b stands for
    from quizgen.cli.bank.named import named_templates

    templates = named_templates(paths, banks)
    if not templates:
        return
    found = _certify(templates, seeds=seeds, jobs=jobs, verbose=verbose)
    if report:
        _write_report(report, found)
    failed = [one.check for one in found if one.check.faults]
    for one in failed:
        for fault in one.faults[:SHOWN_FAULTS]:
            click.echo(f"{one.template}: {fault}")
    if failed:
        hint = f"look at one: quizgen bank show {failed[0].template} --seed N"
        raise QuizgenError(f"{len(failed)} of {len(found)} item templates failed", hint=hint)
    click.echo(f"All passed: {len(found)} of {len(found)} on {seeds} seeds each.")


def _certify(templates: "Sequence[ItemTemplate]", *, seeds: int, jobs: int, verbose: bool) -> list[Timed]:
    """Certify each template and print its line as soon as it is known."""
    from quizgen.cli.progress import StatusLine
    from quizgen.cli.workers import spread

    widths = (len("failed"), max(2, *(len(template.id) for template in templates)), *map(len, HEAD[2:]))
    click.echo(row_line(HEAD, widths, RIGHT))
    status = StatusLine()
    found: list[Timed] = []
    try:
        status.show(f"0 of {len(templates)}")
        for one in spread(partial(_timed, seeds=seeds), templates, jobs=jobs):
            found.append(one)
            status.clear()
            click.echo(row_line(cells(one.check), widths, RIGHT))
            for line in details(one.check, one.milliseconds) if verbose else ():
                click.echo(f"        {line}")
            status.show(f"{len(found)} of {len(templates)}")
    finally:
        status.clear()
    return found


def _timed(template: "ItemTemplate", *, seeds: int) -> Timed:
    """Certify one template: in a process of its own, perhaps."""
    from quizgen import api

    start = time.perf_counter()
    found = api.check_template(template, seeds=seeds)
    return Timed(check=found, seconds=time.perf_counter() - start)


def _write_report(path: Path, found: Sequence[Timed]) -> None:
    """All that was found, for programs to read."""
    import json
    from dataclasses import asdict

    from quizgen import __version__
    from quizgen.files import write_files

    entries = [
        {**asdict(one.check), "outliers": one.check.outliers, "milliseconds": round(one.milliseconds, 3)}
        for one in found
    ]
    text = json.dumps({"quizgen": __version__, "templates": entries}, indent=1, ensure_ascii=False)
    write_files(path.parent, {path.name: f"{text}\n".encode()}, force=True)
    click.echo(f"Wrote {path}")
