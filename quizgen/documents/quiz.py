"""The student's page: questions, boxes and lines, and nothing from which a key follows."""

from typing import Literal

from quizgen import prose
from quizgen.blocks import Block, Document, Fields, Grid, Sentence
from quizgen.documents.questions import asked
from quizgen.documents.words import count
from quizgen.forms.form import Form


def quiz(form: Form) -> Document:
    """The exam to hand out."""
    questions = tuple(asked(item) for item in form.items)
    return Document(
        kind="quiz",
        title=form.title,
        subtitle=f"Form {form.id}",
        blocks=(
            Fields(fields=(("Name", 3.0), ("Student number", 2.0), ("Date", 1.4))),
            Sentence(text=extent(form), strong=True),
            *_instructions(form),
            _score_table([(question.label, question.points or 0.0) for question in questions]),
            *questions,
            Sentence(text="End of the exam"),
        ),
        footer=(f"Form {form.id}", f"quizgen {form.quizgen_version}"),
    )


def extent(form: Form) -> str:
    """How much there is to do: 10 questions, 42 points, 60 minutes."""
    parts = (count(len(form.items), "question"), count(form.points, "point"), count(form.minutes, "minute"))
    return f"{', '.join(parts)}."


def _instructions(form: Form) -> tuple[Block, ...]:
    return (prose.fill(form.instructions, numbers={}, truths={}),) if form.instructions.strip() else ()


def _score_table(rows: list[tuple[str, float]]) -> Grid:
    centre: Literal["centre"] = "centre"
    labels, points = zip(*rows, strict=True)
    total = sum(points)
    return Grid(
        header=("Question", *labels, "Total"),
        rows=(("Points", *(f"{value:g}" for value in points), f"{total:g}"), ("Score", *([""] * (len(rows) + 1)))),
        align=("left", *(centre for _ in range(len(rows) + 1))),
        caption="Score",
    )
