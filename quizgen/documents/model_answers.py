"""The instructor's page: every question with its key, worked answer and common mistakes, and its numbers' origin."""

from dataclasses import replace

from quizgen.blocks import Block, Document, Facts, Question, Sentence
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
            *(_with_source(item) for item in form.items),
        ),
        footer=(f"Form {form.id}", f"seed {form.seed}", f"quizgen {form.quizgen_version}"),
    )


def _with_source(item: Item) -> Question:
    question = answered(item)
    return replace(question, blocks=(*question.blocks, _source(item)))


def _source(item: Item) -> Block:
    """Where the numbers came from."""
    origin = item.provenance
    draw = f"seed {origin.seed}, variant {origin.variant}, attempt {origin.attempt}"
    runs = [
        (f"Simulation {run}", ", ".join(f"{name} {_plain(value)}" for name, value in arguments.items()))
        for run, arguments in origin.simulations.items()
    ]
    return Facts(rows=(("Objective", item.objective), ("Item template", f"{item.template} ({draw})"), *runs))


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.12g}"
