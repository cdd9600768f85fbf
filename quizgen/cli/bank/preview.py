"""``quizgen bank preview``: one item on a page for its author, written anew whenever the file changes."""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from quizgen.cli import options
from quizgen.errors import QuizgenError

EVERY: Final = 0.5  # seconds between two looks at the file
REFRESH: Final = b'<meta http-equiv="refresh" content="2">'  # a browser shows by itself what was written anew


@click.command()
@click.argument("template", metavar="ID")
@options.bank
@options.seed
@click.option("--watch", is_flag=True, help="Write the page anew whenever the file changes, until Ctrl-C.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write the page into; a temporary one if left out.",
)
@click.option("--open/--no-open", "opens", default=True, help="Whether to open it in the browser.")
def preview(
    template: str, banks: tuple[Path, ...], seed: int | None, watch: bool, out: Path | None, opens: bool
) -> None:
    """Show one item of a template in the browser: as students see it, its model answer, what students who make a known
    mistake are told, and where each number came from. ID may be the path of a template's file.
    """
    source = _file(template, banks)
    chosen = options.drawn(seed)
    page = out or Path(tempfile.mkdtemp(prefix="quizgen-")) / f"{source.stem}.html"
    fault = _write(page, source, banks, seed=chosen, refreshes=watch)
    if fault and not watch:
        raise fault
    click.echo(f"Wrote {page} (seed {chosen})")
    if opens and _has_display():
        click.launch(str(page))
    if watch:
        _watch(page, source, banks, seed=chosen)


def _file(template: str, banks: Sequence[Path]) -> Path:
    """The file of a template.  Raises: UnknownNameError if no bank holds it."""
    from quizgen.bank.folders import find_files
    from quizgen.errors import UnknownNameError
    from quizgen.shipped import QUESTION_BANK

    if template.endswith((".yaml", ".yml")):
        return Path(template)
    files = {path.stem: path for path in find_files([QUESTION_BANK, *banks]).templates}
    if template not in files:
        raise UnknownNameError("item template", template, files)
    return files[template]


def _write(page: Path, source: Path, banks: Sequence[Path], *, seed: int, refreshes: bool) -> QuizgenError | None:
    """Write the page of a template's file; where no item can be made of it, the page and the return value say why."""
    from quizgen import api
    from quizgen.bank.load import read_templates
    from quizgen.files import write_files
    from quizgen.shipped import QUESTION_BANK

    fault = None
    try:
        (template,) = read_templates([source], banks=[QUESTION_BANK, *banks])
        content = api.preview_page(template, seed=seed)
    except QuizgenError as error:
        content, fault = api.broken_page(source.name, error), error
    if refreshes:
        content = content.replace(b"<head>", b"<head>" + REFRESH, 1)
    write_files(page.parent, {page.name: content}, force=True)
    return fault


def _watch(page: Path, source: Path, banks: Sequence[Path], *, seed: int) -> None:
    click.echo(f"Watching {source}; Ctrl-C ends it.")
    seen = _changed(source)
    try:
        while True:
            time.sleep(EVERY)
            if (now := _changed(source)) != seen:
                seen = now
                fault = _write(page, source, banks, seed=seed, refreshes=True)
                click.echo(f"error: {fault}" if fault else f"Wrote {page}", err=bool(fault))
    except KeyboardInterrupt:
        click.echo("Stopped watching.")


def _changed(source: Path) -> tuple[int, ...]:
    """When the file, and the catalogues of its bank, were last changed; 0 where there is none for the moment."""
    from quizgen.bank.folders import CLAIM_FILE, MISCONCEPTION_FILE

    bank = source.absolute().parent.parent
    files = (source, bank / MISCONCEPTION_FILE, bank / CLAIM_FILE)
    return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in files)


def _has_display() -> bool:
    """Whether there is a screen for a browser to open on."""
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
