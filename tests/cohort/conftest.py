"""A small cohort that takes a tenth of a second, and what lies in its folder."""

from dataclasses import replace

import pytest

from quizgen.cohort import order as orders
from quizgen.cohort import state
from quizgen.cohort.order import Order
from quizgen.cohort.plan import Questions, plan_seats
from quizgen.cohort.roster import numbered
from quizgen.cohort.run import make_cohort
from quizgen.renderers.contract import USUAL

TEMPLATES = ("forget-gate-memory", "which-gate", "vanishing-open")


@pytest.fixture(scope="session")
def questions(bank):
    """Three short questions: numbers, a choice and an open one."""
    templates = tuple(bank.templates[name] for name in TEMPLATES)
    return Questions(blueprint=bank.blueprints["practice"], templates=templates, seed=7)


@pytest.fixture
def small_runs(monkeypatch):
    """Runs of four seats, so that a small cohort has several."""
    monkeypatch.setattr(orders, "SEATS_AT_ONCE", 4)


@pytest.fixture
def cohort(questions, small_runs):
    """Makes a cohort of so many students in a folder, and returns its files by name."""

    def make(out, students=10, workers=None, *, resume=False, formats=("html",), roster=None):
        order = Order(questions=questions, out=out, formats=formats, look=replace(USUAL, fonts="../assets"))
        seats = plan_seats(questions, roster or numbered(students).students)
        state.begin(order, seats, resume=resume)
        make_cohort(order, seats, workers, progress=lambda done: None)
        return contents(out)

    return make


def contents(folder):
    """Every file in a folder, hidden ones too, by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
