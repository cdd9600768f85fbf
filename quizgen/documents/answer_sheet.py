"""The page on which students enter their final answers: one line for each part, and room for its score."""

from typing import Final

from quizgen.blocks import Block, Document, Fields, Grid, Sentence
from quizgen.forms.form import Form
from quizgen.items import ITEM_TYPES
from quizgen.items.item import Part
from quizgen.words import say

ON_PAPER: Final = say("answer_sheet.on_paper")  # what a person marks is too long for a line


def answer_sheet(form: Form) -> Document:
    """One form's sheet; it holds no key."""
    return Document(
        kind="answer-sheet",
        title=say("answer_sheet.title"),
        subtitle=say("answer_sheet.subtitle", exam=form.title, form=form.id),
        masthead=form.masthead,
        blocks=(
            Fields(fields=((say("head.name"), 3.0), (say("head.student_number"), 2.0), (say("head.date"), 1.4))),
            Sentence(text=say("answer_sheet.request")),
            _lines(form),
        ),
        footer=(say("head.form", form=form.id), say("head.version", version=form.quizgen_version)),
    )


def _lines(form: Form) -> Block:
    rows = [(part.label, "", _what(part), f"{part.points:g}", "") for item in form.items for part in item.parts]
    total = (say("quiz.total"), "", "", f"{form.points:g}", "")
    return Grid(
        header=(
            say("page.part"),
            say("page.answer"),
            say("answer_sheet.what_to_write"),
            say("quiz.point_row"),
            say("quiz.score"),
        ),
        rows=(*rows, total),
        align=("left", "left", "left", "right", "left"),
    )


def _what(part: Part) -> str:
    item_type = ITEM_TYPES[part.type]
    return item_type.how_to_answer(part) if item_type.key_response(part) else ON_PAPER
