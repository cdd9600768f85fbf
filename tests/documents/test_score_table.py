"""Where the scores of an exam are entered."""

from dataclasses import replace

import pytest

from quizgen.blocks import Grid
from quizgen.documents.quiz import quiz
from quizgen.forms.assemble import label


def score_tables(form, count):
    """The score tables of an exam of ``count`` questions."""
    items = tuple(label(form.items[number % len(form.items)], number + 1) for number in range(count))
    return [block for block in quiz(replace(form, items=items)).blocks if isinstance(block, Grid)]


@pytest.mark.parametrize(
    ("count", "columns"), [(1, [2]), (10, [11]), (11, [6, 6]), (12, [7, 6]), (20, [11, 10]), (21, [8, 7, 7])]
)
def test_tables_share_the_questions_and_the_total_evenly(form, count, columns):
    """Up to ten questions stand in one table; more in tables of about equal width, none of a single question."""
    tables = score_tables(form, count)
    assert [len(table.header) - 1 for table in tables] == columns
    said = [name for table in tables for name in table.header[1:]]
    assert said == [*(str(number) for number in range(1, count + 1)), "Total"]
    assert [bool(table.caption) for table in tables] == [True] + [False] * (len(tables) - 1)
