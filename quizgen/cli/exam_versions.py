"""``quizgen exam --versions``: the same questions in several orders, with other numbers, for neighbours in a room."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options

if TYPE_CHECKING:
    from quizgen.renderers.contract import Look

STALE: Final = tuple(f"instructor/keys.{name}" for name in options.FORMATS)


def option_of_versions(function: options.Decorated) -> options.Decorated:
    """--versions."""
    return click.option(
        "--versions", metavar="A,B,C", help="Make versions: the same templates in other orders, with other numbers."
    )(function)


def write_versions(
    *,
    versions: str,
    blueprint: str,
    own: Mapping[str, str],
    banks: tuple[Path, ...],
    topics: tuple[str, ...],
    questions: int | None,
    seed: int | None,
    formats: tuple[str, ...],
    look: "Look",
    out: Path,
    force: bool,
) -> None:
    """Make a form for each version, the keys of all of them, and a sheet for the answers to each."""
    from quizgen import api
    from quizgen.documents.quiz import extent
    from quizgen.files import write_files
    from quizgen.forms.versions import version_names

    names = version_names(versions)
    own_seed = options.drawn(seed)
    bank = api.load_bank(banks)
    plan = api.find_blueprint(bank, blueprint, own)
    look = api.with_logo(look, plan)
    made = api.make_versions(bank, plan, names, seed=own_seed, topics=topics, questions=questions)
    kept = write_files(out, api.version_files(made, formats, look), force=force, stale=STALE)
    shown = options.shown(formats)
    click.echo(f"{len(made)} versions: {extent(made[0].form).removesuffix('.')} (seed {own_seed})")
    for version in made:
        click.echo(
            f"  version {version.name:<7} form {version.form.id}  {out / 'student' / version.name / f'exam.{shown}'}"
        )
    click.echo(f"  all keys        {out / 'instructor' / f'keys.{shown}'}")
    options.tell_kept(kept)
    click.echo("Next: have each version's responses graded against its own form:")
    first = made[0].name
    click.echo(f"  quizgen grade {out / 'instructor' / first / 'form.json'} RESPONSES")
