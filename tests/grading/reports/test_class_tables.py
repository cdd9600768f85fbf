"""A class as tables in CSV."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.grading.grade import grade
from quizgen.grading.reports.class_tables import ITEM_COLUMNS, SCORE_COLUMNS, items_csv, safe, scores_csv
from quizgen.items.contract import Settings


@pytest.fixture
def reports(form, respond):
    ann = respond("=HYPERLINK(1)", _1a="-0.5", _1b="9.1e-13", _2="A", _3='Two\nlines; "quoted", and é')
    bo = respond("Bo", _1a="1,5", _2="A B", _3="")
    return [grade(form, response, Settings()) for response in (ann, bo)]


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_scores_have_a_row_for_each_student_and_part(reports):
    """Tidy: every row says whose it is, of which part, and what became of it."""
    rows = rows_of(scores_csv(reports))
    assert tuple(rows[0]) == SCORE_COLUMNS
    assert [(row["student"], row["label"]) for row in rows[:5]] == [
        *(("'=HYPERLINK(1)", label) for label in ("1a", "1b", "2", "3")),
        ("Bo", "1a"),
    ]
    assert (rows[0]["response"], rows[0]["read_as"], rows[0]["key"]) == ("'-0.5", "−0.5", "0.500")
    assert (rows[1]["status"], rows[1]["score"], rows[1]["points"]) == ("right", "2", "2")
    assert (rows[3]["status"], rows[3]["score"]) == ("needs-review", "")
    assert rows[3]["response"] == 'Two\nlines; "quoted", and é'
    assert (rows[4]["status"], rows[4]["template"], rows[4]["part"], rows[4]["topic"]) == (
        *("unreadable", "decay", "rate", "vanishing"),
    )


def test_items_have_a_row_for_each_part(reports):
    """Counts of every status; figures that are undefined are blank."""
    rows = rows_of(items_csv(reports))
    assert tuple(rows[0]) == ITEM_COLUMNS
    assert (rows[0]["labels"], rows[0]["students"], rows[0]["answers"], rows[0]["difficulty"]) == ("1a", "2", "1", "0")
    assert (rows[0]["wrong"], rows[0]["unreadable"], rows[0]["discrimination"]) == ("1", "1", "")
    assert (rows[2]["difficulty"], rows[3]["difficulty"], rows[3]["needs_review"]) == ("0.75", "", "1")


def test_the_byte_order_mark_is_there_only_if_asked_for(reports):
    """Programs stumble over it, and Excel over its absence."""
    assert scores_csv(reports, bom=True) == b"\xef\xbb\xbf" + scores_csv(reports)
    assert items_csv(reports, bom=True).startswith(b"\xef\xbb\xbftemplate,")


@given(st.text())
def test_no_cell_is_a_formula_and_nothing_is_lost(text):
    """What a spreadsheet would run begins with ' instead; taking one away gives the text back."""
    cell = safe(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert (cell[1:] if cell.startswith("'") else cell) == text
