"""An exam of four parts in a folder, and three students who answered it."""

import pytest
import yaml

from quizgen.forms import record
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.items.choice import ChoiceKey
from quizgen.items.item import CarriedError, Item, Part, Provenance
from quizgen.items.number_key import NumericKey
from quizgen.items.offers import KeyOption
from quizgen.items.open import Criterion, OpenKey

CLASS = """\
student,1a,1b,2,3
Ann,0.5,0.25,A,The product shrinks.
Bo,0.4,0.16,B,
Cy,0.5,0.3,,It grows.
"""


def numeric(label, name, points, value, printed, **more):
    key = NumericKey(value=value, printed=printed, rtol=0.01, atol=0, unit="", fractions=False, percent=False)
    return Part(label=label, id=name, type="numeric", points=points, ask="How large?", key=key, **more)


def criterion(text, *words):
    return Criterion(criterion=text, points=2, evidence=(words,), contradicted_by=("grow*",))


def options():
    for letter, right in (("A", True), ("B", False), ("C", False), ("D", False)):
        yield KeyOption(letter=letter, text=f"Option {letter}", right=right, because="", misconception="")


CARRIED = CarriedError(part="rate", name="rate", low=0.05, high=0.95, steps=(("key", "rate ** 2"),), values={})
ITEMS = (
    (numeric("1a", "rate", 1, 0.5, "0.500"), numeric("1b", "square", 2, 0.25, "0.250", follows=CARRIED)),
    (
        Part(
            label="2",
            id="cure",
            type="choice",
            points=2,
            ask="Which helps?",
            key=ChoiceKey(options=tuple(options()), several=False, score="balanced"),
        ),
    ),
    (
        Part(
            label="3",
            id="why",
            type="open",
            points=4,
            ask="Why?",
            key=OpenKey(criteria=(criterion("A product.", "product"), criterion("It shrinks.", "shrink")), lines=4),
        ),
    ),
)


def item(*parts):
    return Item(
        template=parts[0].id,
        digest="0" * 64,
        title=parts[0].id.capitalize(),
        topic="vanishing",
        level="apply",
        minutes=5,
        objective="Find it.",
        stem="A network.",
        parts=parts,
        numbers={},
        truths={},
        figure=None,
        model_answer={},
        provenance=Provenance(seed=1, variant=0, attempt=0, source="", simulations={}),
    )


def make_form():
    """The form f-1 with the parts 1a, 1b, 2 and 3, of nine points."""
    return Form(
        schema=SCHEMA_VERSION,
        id="f-1",
        title="Practice",
        blueprint="practice",
        seed=1,
        minutes=10,
        instructions="",
        quizgen_version="0",
        numpy_version="0",
        items=tuple(item(*parts) for parts in ITEMS),
    )


@pytest.fixture
def form():
    """The form of four parts."""
    return make_form()


@pytest.fixture
def exam(tmp_path, form):
    """A folder with form.json and class.csv: Ann right, Bo consistently wrong, Cy half of it."""
    (tmp_path / "form.json").write_text(record.to_json(form))
    (tmp_path / "class.csv").write_text(CLASS)
    return tmp_path


@pytest.fixture
def grade(quizgen, exam):
    """``grade("--void", "2")`` grades the class; ``grade(..., responses=[...])`` other files of the folder."""

    def run(*options, responses=("class.csv",)):
        return quizgen("grade", exam / "form.json", *(exam / name for name in responses), *options)

    return run


@pytest.fixture
def sheet(grade, exam):
    """``sheet(Ann=(2, 1), Cy=(0, None))`` is a marking sheet that was filled in so, and where it lies."""

    def fill(name="filled.yaml", *, comment="", **scores):
        if not (exam / "blank").exists():
            assert grade("--out", exam / "blank").code == 0
        plain = yaml.safe_load((exam / "blank" / "marking-sheet.yaml").read_text())
        for student in plain["students"]:
            (part,) = student["parts"]
            for line, points in zip(part["rubric"], scores.get(student["student"], (None, None)), strict=True):
                line["score"] = points
            part["comment"] = comment
        path = exam / name
        path.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False))
        return path

    return fill
