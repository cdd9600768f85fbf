"""The student's page: questions, boxes and lines, and nothing from which a key follows."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from quizgen import prose
from quizgen.blocks import Block, Document, Fields, Grid, Sentence
from quizgen.documents.questions import asked
from quizgen.documents.words import count
from quizgen.forms.form import Form

WIDEST: Final = 10  # questions in one score table


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
            *_score_tables([(question.label, question.points or 0.0) for question in questions]),
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


def _score_tables(rows: Sequence[tuple[str, float]]) -> Iterator[Grid]:
    """Where the scores are entered: a table for every ten questions, so that none is wider than the paper."""
    total = ("Total", sum(points for _, points in rows))
    for start in range(0, len(rows), WIDEST):
        columns = list(rows[start : start + WIDEST])
        if start + WIDEST >= len(rows):
            columns.append(total)
        yield _score_table(columns, caption="Score" if start == 0 else "")


def _score_table(columns: Sequence[tuple[str, float]], *, caption: str) -> Grid:
    centre: Literal["centre"] = "centre"
    labels, points = zip(*columns, strict=True)
    return Grid(
        header=("Question", *labels),
        rows=(("Points", *(f"{value:g}" for value in points)), ("Score", *("" for _ in columns))),
        align=("left", *(centre for _ in columns)),
        caption=caption,
    )
