"""A small form made by hand: two linked numbers, a choice, and an open part."""

from pathlib import Path

import pytest

from quizgen.errors import Place
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.grading.intake.responses import Response
from quizgen.items.choice import ChoiceKey
from quizgen.items.item import CarriedError, Item, Misconception, Part, Provenance
from quizgen.items.number_key import NumericKey
from quizgen.items.offers import KeyOption
from quizgen.items.open import Criterion, OpenKey
from quizgen.numbers.printing import Number


def numeric_key(value: float, printed: str, rtol: float = 0.01) -> NumericKey:
    return NumericKey(value=value, printed=printed, rtol=rtol, atol=0.0, unit="", fractions=False, percent=False)


def item(title: str, *parts: Part, numbers: dict[str, Number] | None = None) -> Item:
    return Item(
        template=title.lower(),
        digest="0" * 64,
        title=title,
        topic="vanishing",
        level="apply",
        minutes=5,
        objective="Find it.",
        stem="A network is given.",
        parts=parts,
        numbers=numbers or {},
        truths={},
        figure=None,
        model_answer={},
        provenance=Provenance(seed=1, variant=0, attempt=0, source="", simulations={}),
    )


DECAY = item(
    "Decay",
    Part(
        label="1a",
        id="rate",
        type="numeric",
        points=1,
        ask="What is $r$?",
        key=numeric_key(0.5, "0.500"),
        misconceptions=(
            Misconception(
                id="arithmetic-mean", value=0.03125, because="You divided $<< first >>$ by 10; take the root."
            ),
        ),
    ),
    Part(
        label="1b",
        id="norm",
        type="numeric",
        points=2,
        ask="What is the norm?",
        key=numeric_key(0.5**40, "9.09e-13", 0.05),
        follows=CarriedError(
            part="rate", name="rate", low=0.05, high=0.995, steps=(("key", "rate ** T"),), values={"T": 40.0}
        ),
    ),
    numbers={"first": Number(printed="0.312", raw=0.3125)},
)


def option(letter: str, *, right: bool, because: str = "", misconception: str = "") -> KeyOption:
    return KeyOption(letter=letter, text=f"Option {letter}", right=right, because=because, misconception=misconception)


CURE = item(
    "Cure",
    Part(
        label="2",
        id="cure",
        type="choice",
        points=2,
        ask="Which help?",
        key=ChoiceKey(
            options=(
                option("A", right=True),
                option("B", right=True),
                option("C", right=False, because="Clipping only shortens.", misconception="clipping-cures-vanishing"),
                option("D", right=False),
            ),
            several=True,
            score="balanced",
        ),
    ),
)
EXPLAIN = item(
    "Explain",
    Part(
        label="3",
        id="why",
        type="open",
        points=4,
        ask="Why?",
        key=OpenKey(
            criteria=(
                Criterion(
                    criterion="Names the product of $T$ Jacobians.",
                    points=2,
                    evidence=(("product", "multiplied"), ("Jacobian",)),
                    contradicted_by=("sum of Jacobians",),
                ),
                Criterion(
                    criterion="Says that it shrinks.",
                    points=2,
                    evidence=(("vanish", "shrink"),),
                    contradicted_by=("gradient grows",),
                ),
            ),
            lines=10,
        ),
    ),
)


@pytest.fixture(scope="session")
def form() -> Form:
    """The form f-1 with the labels 1a, 1b, 2 and 3, and nine points."""
    return Form(
        schema=SCHEMA_VERSION,
        id="f-1",
        title="Practice",
        blueprint="practice",
        seed=1,
        minutes=20,
        instructions="",
        quizgen_version="0",
        numpy_version="0",
        items=(DECAY, CURE, EXPLAIN),
    )


@pytest.fixture(scope="session")
def respond():
    """Make a response to the form from its labels."""

    def make(student: str = "Ann", **by_label: str) -> Response:
        labels = {label.removeprefix("_"): text for label, text in by_label.items()}
        return Response(form="f-1", student=student, responses=labels, place=Place(path=Path("ann.yaml")))

    return make
