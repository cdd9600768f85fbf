"""The instructor's page: every question with its key, worked answer and common mistakes, and its numbers' origin."""

from collections.abc import Iterator

from quizgen.blocks import Block, Document, Facts, Heading, Sentence
from quizgen.documents.questions import answered
from quizgen.documents.quiz import extent
from quizgen.forms.form import Form
from quizgen.items.item import Item


def model_answers(form: Form) -> Document:
    """The exam with its answers."""
    return Document(
        kind="model-answers",
        title=f"Model answers: {form.title}",
        subtitle=f"Form {form.id}",
        blocks=(
            Sentence(text=extent(form), strong=True),
            Sentence(text="For instructors: this page holds the keys."),
            *(answered(item) for item in form.items),
            *_sources(form),
        ),
        footer=(f"Form {form.id}", f"seed {form.seed}", f"quizgen {form.quizgen_version}"),
    )


def _sources(form: Form) -> Iterator[Block]:
    """Where the numbers came from: enough to simulate them again."""
    yield Heading(level=2, text="Where the numbers came from")
    for number, item in enumerate(form.items, start=1):
        yield Facts(rows=((f"Question {number}", item.objective), *_source(item)))


def _source(item: Item) -> Iterator[tuple[str, str]]:
    origin = item.provenance
    yield "Item template", f"{item.template} (seed {origin.seed}, variant {origin.variant}, attempt {origin.attempt})"
    for run, arguments in origin.simulations.items():
        yield f"Simulation {run}", ", ".join(f"{name} {_plain(value)}" for name, value in arguments.items())


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.12g}"
