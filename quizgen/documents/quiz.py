"""The student's page: questions, boxes and lines, and nothing from which a key follows."""

import math
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from quizgen import prose
from quizgen.blocks import Block, Document, Entry, Fields, Grid, Notice, Question, Sentence
from quizgen.documents.entry import with_inputs
from quizgen.documents.questions import asked
from quizgen.forms.form import Form
from quizgen.items.item import Item
from quizgen.words import say

WIDEST: Final = 10  # questions in one score table


def quiz(form: Form, *, practice: bool = False) -> Document:
    """The exam to hand out; or, for ``practice``, the same page with the keys in it, to be checked on the screen."""
    questions = tuple(question(item, practice=practice) for item in form.items)
    return Document(
        kind="quiz",
        title=form.title,
        subtitle=say("head.form", form=form.id),
        masthead=form.masthead,
        blocks=(
            Fields(fields=((say("head.name"), 3.0), (say("head.student_number"), 2.0), (say("head.date"), 1.4))),
            *((_for_practice(),) if practice else ()),
            Sentence(text=extent(form), strong=True),
            *_instructions(form),
            *_score_tables([(one.label, one.points or 0.0) for one in questions]),
            *questions,
            Sentence(text=say("quiz.end")),
        ),
        footer=(say("head.form", form=form.id), say("head.version", version=form.quizgen_version)),
        entry=Entry(form=form.id, decimal_comma=form.decimal_comma, thousands=form.thousands, for_practice=practice),
    )


def question(item: Item, *, practice: bool = False) -> Question:
    """An item as the page asks it."""
    return with_inputs(asked(item), item, practice=practice)


def _for_practice() -> Notice:
    note = Sentence(text=say("quiz.practice_note"))
    return Notice(kind="warning", title=say("quiz.practice"), blocks=(note,))


def extent(form: Form) -> str:
    """How much there is to do: 10 questions, 42 points, 60 minutes."""
    return say(
        "quiz.extent",
        questions=say("quiz.questions", count=len(form.items)),
        points=say("quiz.points", count=form.points),
        minutes=say("quiz.minutes", count=form.minutes),
    )


def _instructions(form: Form) -> tuple[Block, ...]:
    return (prose.fill(form.instructions, numbers={}, truths={}),) if form.instructions.strip() else ()


def _score_tables(rows: Sequence[tuple[str, float]]) -> Iterator[Grid]:
    """Where the scores are entered: tables of about equal width, none of more than ten questions and the total."""
    columns = [*rows, (say("quiz.total"), sum(points for _, points in rows))]
    tables = max(1, math.ceil(len(rows) / WIDEST))
    for number in range(tables):
        start, end = (math.ceil(len(columns) * place / tables) for place in (number, number + 1))
        yield _score_table(columns[start:end], caption=say("quiz.score") if number == 0 else "")


def _score_table(columns: Sequence[tuple[str, float]], *, caption: str) -> Grid:
    centre: Literal["centre"] = "centre"
    labels, points = zip(*columns, strict=True)
    return Grid(
        header=(say("page.question"), *labels),
        rows=(
            (say("quiz.point_row"), *(f"{value:g}" for value in points)),
            (say("quiz.score"), *("" for _ in columns)),
        ),
        align=("left", *(centre for _ in columns)),
        caption=caption,
    )
