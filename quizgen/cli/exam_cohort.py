"""``quizgen exam --copies`` and ``--roster``: an individual form for each student."""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from quizgen.cli import options
from quizgen.cli.progress import CountBar
from quizgen.errors import UsageError

if TYPE_CHECKING:
    from quizgen.cohort.index import Balance
    from quizgen.cohort.roster import Roster
    from quizgen.renderers.contract import Look


def options_of_cohorts(function: options.Decorated) -> options.Decorated:
    """The options that make many individual forms of an exam."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS: Final = (
    click.option("--copies", type=int, callback=options.positive, help="Make so many individual exams, numbered."),
    click.option(
        "--roster",
        type=click.Path(path_type=Path),
        metavar="FILE.csv",
        help="Make an individual exam for each student: a CSV with the columns id, and perhaps name, group, seed, "
        "extra time.",
    ),
    click.option(
        "--jobs", type=int, default=1, show_default=True, callback=options.positive, help="How many processes work."
    ),
    click.option("--cluster", metavar="ADDRESS", help="Address of a Dask cluster that does the work."),
    click.option("--resume", is_flag=True, help="Go on with what an interrupted run left in OUT."),
    click.option("--embed-font", is_flag=True, help="Put the fonts into every page instead of into one shared folder."),
    click.option("--quiet", is_flag=True, help="Say nothing but what went wrong."),
)


def write_cohort(
    *,
    blueprint: str,
    own: Mapping[str, str],
    banks: tuple[Path, ...],
    topics: tuple[str, ...],
    questions: int | None,
    seed: int | None,
    formats: tuple[str, ...],
    look: "Look",
    out: Path,
    copies: int | None,
    roster: Path | None,
    jobs: int,
    cluster: str | None,
    resume: bool,
    embed_font: bool,
    quiet: bool,
) -> None:
    """Make an individual form for each student, and say how to go on, whatever ends the work."""
    from dataclasses import replace

    from quizgen.api.banks import find_blueprint, load_bank
    from quizgen.cohort import state
    from quizgen.cohort.index import balance
    from quizgen.cohort.order import Order
    from quizgen.cohort.plan import plan_questions, plan_seats
    from quizgen.cohort.run import make_cohort
    from quizgen.cohort.workers import workers_of
    from quizgen.renderers.html import ASSETS
    from quizgen.renderers.logo import data_address

    students = _students(copies, roster, quiet=quiet).students
    begun = state.begun(out) if resume else None
    own_seed = begun.seed if begun and seed is None else options.drawn(seed)
    bank = load_bank(banks, cache=options.cache_folder())
    plan = find_blueprint(bank, blueprint, own)
    asked = plan_questions(bank, plan, seed=own_seed, topics=topics, questions=questions)
    shared_fonts = "" if embed_font else f"../{ASSETS}"
    logo = data_address(Path(plan.logo)) if plan.logo else look.logo
    page_look = replace(look, fonts=shared_fonts, logo=logo)
    order = Order(questions=asked, out=out.absolute(), formats=formats, look=page_look)
    seats = plan_seats(asked, students)
    workers = workers_of(jobs=jobs, cluster=cluster)
    state.begin(order, seats, resume=resume)
    with CountBar("Exams", total=len(seats), quiet=quiet) as progress:
        try:
            made = make_cohort(order, seats, workers, progress=progress)
        except KeyboardInterrupt:
            progress.close()
            again = _again(own_seed)
            click.echo(f"{progress.done} of {len(seats)} exams are there; go on with\n  {again}", err=True)
            raise
    if not quiet:
        _tell(out, len(seats), made, own_seed, balance(out / "instructor" / "index.csv"))


def _students(copies: int | None, roster: Path | None, *, quiet: bool) -> "Roster":
    from quizgen.cohort.roster import numbered, read_roster

    if copies is not None and roster is not None:
        raise UsageError("--copies and --roster were both given", hint="a roster says how many there are")
    if roster is None:
        return numbered(copies or 0)
    found = read_roster(roster)
    for note in found.notes if not quiet else ():
        click.echo(f"{roster}: {note}", err=True)
    return found


def _again(seed: int) -> str:
    """The command that goes on with this one."""
    given = [word for word in sys.argv[1:] if word != "--resume"]
    fixed = [] if any(word.startswith("--seed") for word in given) else ["--seed", str(seed)]
    return shlex.join(["quizgen", *given, *fixed, "--resume"])


def _tell(out: Path, students: int, made: int, seed: int, found: "Balance") -> None:
    before = f", {students - made} of them before" if made < students else ""
    click.echo(f"{students} individual exams (seed {seed}){before}")
    click.echo(f"  for students    {out / 'student'}")
    click.echo(f"  index and keys  {out / 'instructor' / 'index.html'}, index.csv")
    spread = f"{found.least:g} to {found.most:g}, median" if found.most > found.least else "the same in all:"
    click.echo(f"  difficulty      {spread} {found.median:g} operations")
    if found.shared:
        names = ", ".join(found.shared_templates)
        click.echo(f"  shared          {found.shared} students have a question that a neighbour has: {names}")
    click.echo("Next: have the responses graded, whoever they are from:")
    click.echo(f"  quizgen grade {out / 'instructor'} RESPONSES")
