"""Options that several commands share."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from quizgen.errors import UsageError

FORMATS = ("md", "html", "pdf")
USUAL_FORMATS = ("md", "html")
PAPERS = ("a4", "letter")
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
    """--format, any number of times; by default those that need nothing but quizgen."""
    return click.option(
        "--format",
        "formats",
        type=click.Choice(FORMATS),
        multiple=True,
        default=USUAL_FORMATS,
        callback=_each_once,
        show_default=True,
        help="Format to write; may be given several times. PDF needs the extra `pdf`.",
    )(function)


def look(function: Decorated) -> Decorated:
    """--paper, --large-print, --language and --template-dir, which the command gets together as its ``look``."""

    @wraps(function)
    def with_look(
        *args: Any, paper: Any, large_print: bool, language: str, template_dir: Path | None, **others: Any
    ) -> Any:
        from quizgen.pages import check_own_templates
        from quizgen.renderers.contract import Look
        from quizgen.words import words_in

        words_in(language)  # refuses one that no page speaks

        if template_dir:
            check_own_templates(template_dir)
        look = Look(paper=paper, large_print=large_print, language=language, template_dir=str(template_dir or ""))
        return function(*args, look=look, **others)

    paper = click.option(
        "--paper", type=click.Choice(PAPERS), default=PAPERS[0], show_default=True, help="Paper to print on."
    )
    large_print = click.option("--large-print", is_flag=True, help="Print in 14 pt, for those who see little.")
    own_templates = click.option(
        "--template-dir",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        metavar="DIR",
        help="Folder of page templates of your own; each stands in for the one of the same name.",
    )
    language = click.option(
        "--language",
        default="en",
        show_default=True,
        metavar="CODE",
        help="Language of the pages' own words, such as de; what authors wrote stays as it is.",
    )
    return paper(large_print(language(own_templates(with_look))))


def own_head(function: Decorated) -> Decorated:
    """--title, --course and so on, which the command gets together as ``own``: what replaces the blueprint's words."""

    @wraps(function)
    def with_own(*args: Any, **given: Any) -> Any:
        own = {name: value for name in _HEAD if (value := given.pop(name)) is not None}
        return function(*args, own=own, **given)

    decorated: Decorated = with_own
    for name, meaning in reversed(_HEAD.items()):
        kind: Any = click.Path(exists=True, dir_okay=False) if name == "logo" else str
        note = f"{meaning}; in place of what the blueprint says."
        decorated = click.option(f"--{name}", type=kind, metavar="FILE" if name == "logo" else "TEXT", help=note)(
            decorated
        )
    return decorated


_HEAD = {
    "title": "The title of the exam",
    "institution": "Who holds the exam",
    "course": "The course that it belongs to",
    "date": "When it is held",
    "logo": "A picture for the first page (PNG, JPEG or SVG)",
}


def shown(formats: Sequence[str]) -> str:
    """The format to look at first."""
    return "html" if "html" in formats else formats[0]


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


def cache_folder() -> Path | None:
    """Where what need not be read again is kept: QUIZGEN_CACHE, or the user's folder for such files; "" for nowhere."""
    import os

    own = os.environ.get("QUIZGEN_CACHE")
    if own is not None:
        return Path(own) if own else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "quizgen"


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
