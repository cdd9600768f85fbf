"""The page for final answers."""

import pytest

from quizgen.blocks import Grid
from quizgen.documents.answer_sheet import ON_PAPER, answer_sheet
from quizgen.items import ITEM_TYPES
from quizgen.renderers import RENDERERS


@pytest.fixture(scope="module")
def lines(form):
    (grid,) = (block for block in answer_sheet(form).blocks if isinstance(block, Grid))
    return grid.rows


def test_every_part_has_a_line_with_an_empty_box_for_the_answer_and_one_for_the_score(form, lines):
    """The labels stand in the order of the exam, the sum of the points below."""
    parts = [part for item in form.items for part in item.parts]
    assert [row[0] for row in lines] == [*(part.label for part in parts), "Total"]
    assert all(row[1] == row[4] == "" for row in lines)
    assert lines[-1][3] == f"{form.points:g}"


def test_what_a_person_marks_is_written_on_the_exam(form, lines):
    """A line is too short for an essay."""
    parts = [part for item in form.items for part in item.parts]
    by_hand = [part.label for part in parts if not ITEM_TYPES[part.type].key_response(part)]
    assert by_hand
    assert [row[0] for row in lines if row[2] == ON_PAPER] == by_hand


def test_the_sheet_holds_no_key(form):
    """It is for students: no number that is right is on it."""
    text = RENDERERS["txt"].render(answer_sheet(form)).decode()
    keys = [ITEM_TYPES[part.type].key_response(part) for item in form.items for part in item.parts]
    assert not [key for key in keys if len(key) > 3 and key[0].isdigit() and key in text]
