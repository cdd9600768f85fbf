"""An exam with numbers of their own for every student of a cohort."""

from collections.abc import Callable, Sequence
from pathlib import Path

from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint
from quizgen.cohort import state
from quizgen.cohort.order import Order
from quizgen.cohort.plan import Seat, plan_questions, plan_seats
from quizgen.cohort.roster import Roster
from quizgen.cohort.run import make_cohort as _make_cohort
from quizgen.cohort.workers import workers_of
from quizgen.renderers.contract import USUAL, Look


def plan_cohort(
    bank: Bank,
    blueprint: Blueprint,
    roster: Roster,
    *,
    seed: int,
    out: Path,
    formats: Sequence[str],
    topics: Sequence[str] = (),
    questions: int | None = None,
    look: Look = USUAL,
    resume: bool = False,
) -> tuple[Order, tuple[Seat, ...]]:
    """What is to be made for whom; noted down in ``out``, or compared with what is noted there if ``resume``.

    Raises: UsageError if the bank cannot give the exam, or if something else lies in ``out``.
    """
    asked = plan_questions(bank, blueprint, seed=seed, topics=topics, questions=questions)
    seats = plan_seats(asked, roster.students)
    order = Order(questions=asked, out=out.absolute(), formats=tuple(formats), look=look)
    state.begin(order, seats, resume=resume)
    return order, seats


def make_cohort(
    order: Order,
    seats: Sequence[Seat],
    *,
    jobs: int = 1,
    cluster: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Make what is missing of a cohort, and return for how many students; the bytes do not depend on who works.

    Raises: QuizgenError if a folder cannot be written, an item cannot be made, or the cluster cannot be used.
    """
    return _make_cohort(order, seats, workers_of(jobs=jobs, cluster=cluster), progress=progress)
