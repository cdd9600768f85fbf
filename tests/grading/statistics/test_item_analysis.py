"""Difficulty and discrimination against published examples, NumPy, and counting by hand."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import ParameterError
from quizgen.grading.statistics.item_analysis import (
    analyse_items,
    correlation,
    difficulty,
    extreme_groups,
    fisher_interval,
    quality,
    upper_lower,
)
from quizgen.grading.statistics.score_table import by_part, tabulate
from tests.grading.statistics.conftest import made_part, made_report
from tests.grading.statistics.test_reliability import DENIS, WUENSCH


def figures(reports):
    return analyse_items(tabulate(reports), by_part(reports))


def test_difficulty_is_the_mean_share():
    """75 right of 100 make 0.75; nobody, nothing."""
    assert difficulty(np.array([1.0] * 75 + [0.0] * 25)) == 0.75
    assert difficulty(np.array([])) is None


def test_discrimination_is_the_corrected_item_total_correlation_of_a_published_example(reports_of):
    """SPSS reports 0.712 for the first item of Denis's data; the rest by NumPy."""
    found = [item.discrimination for item in figures(reports_of(DENIS, points=[20] * 5))]
    assert found[0] == pytest.approx(0.712, abs=5e-4)
    for part, own in enumerate(found):
        rest = np.delete(DENIS, part, axis=1).sum(axis=1)
        assert own == pytest.approx(np.corrcoef(DENIS[:, part], rest)[0, 1], abs=1e-12)


def test_shares_and_points_give_the_same_discrimination(reports_of):
    """Parts that weigh differently are compared with the rest of the points."""
    points = np.array([2, 1, 4, 1, 1, 3, 1, 1, 1, 1])
    found = [item.discrimination for item in figures(reports_of(WUENSCH * points, points=points))]
    for part, own in enumerate(found):
        rest = np.delete(WUENSCH * points, part, axis=1).sum(axis=1)
        assert own == pytest.approx(np.corrcoef(WUENSCH[:, part], rest)[0, 1], abs=1e-12)


def test_correlations_without_variation_are_undefined():
    """Everyone right, everyone equal, or too few pairs."""
    ramp = np.arange(5.0)
    assert correlation(np.ones(5), ramp) is None
    assert correlation(ramp, np.full(5, 0.1) + 1e-17) is None
    assert correlation(ramp[:2], ramp[:2]) is None
    assert correlation(np.array([1, 2, np.nan, 3, 5]), ramp) == pytest.approx(
        np.corrcoef([1, 2, 3, 5], [0, 1, 3, 4])[0, 1]
    )


def test_fishers_interval_is_that_of_the_tables():
    """The tables of Fisher's z give 0.3095 for r = 0.30; over 30 students the reach is 1.96/√27."""
    low, high = fisher_interval(0.30, students=30)
    assert (math.atanh(low), math.atanh(high)) == pytest.approx((0.3095 - 0.3772, 0.3095 + 0.3772), abs=1e-4)
    assert fisher_interval(0.0, students=10) == pytest.approx((-0.6295, 0.6295), abs=1e-3)  # why ten are the fewest
    assert fisher_interval(1.0, students=10) == (1, 1)
    with pytest.raises(ParameterError, match="expected 4"):
        fisher_interval(0.5, students=3)


def test_d_of_40_students_by_hand():
    """27 % of 40 are 11: 9 of the best 11 right, 3 of the weakest, so D = 6/11 = 0.55."""
    totals = np.arange(40.0)
    right = np.zeros(40)
    right[-9:] = 1
    right[:3] = 1
    assert upper_lower(right, totals) == pytest.approx(6 / 11)
    assert upper_lower(right, np.ones(40)) is None


@given(totals=st.lists(st.integers(0, 3), min_size=2, max_size=6))
def test_ties_share_the_places(totals):
    """A student's part in a group is the chance of being in it if ties are broken by lot."""
    size = max(1, round(0.27 * len(totals)))
    orders = [sorted(order, key=lambda one: -totals[one]) for order in permutations(range(len(totals)))]
    wanted = [sum(one in order[:size] for order in orders) / len(orders) for one in range(len(totals))]
    upper, lower = extreme_groups(np.array(totals, dtype=float))
    assert upper == pytest.approx(wanted)
    assert (upper.sum(), lower.sum()) == pytest.approx((size, size))


@pytest.mark.parametrize(
    ("d", "verdict"),
    [
        (0.40, "very good"),
        (0.39, "good"),
        (0.30, "good"),
        (0.29, "marginal"),
        (0.20, "marginal"),
        (0.19, "poor"),
        (0.0, "poor"),
        (-0.01, "negative"),
    ],
)
def test_d_is_judged_by_the_table_of_ebel_and_frisbie(d, verdict):
    """0.40 and up, 0.30 to 0.39, 0.20 to 0.29, below 0.19."""
    assert quality(d) == verdict


def test_nine_students_have_a_difficulty_and_no_discrimination(reports_of):
    """Difficulty is a count; a correlation over nine says nothing."""
    found = figures(reports_of(WUENSCH[:9]))
    assert {(item.discrimination, item.upper_lower) for item in found} == {(None, None)}
    assert found[0].difficulty == pytest.approx(WUENSCH[:9, 0].mean())


def test_what_could_not_be_read_makes_no_part_difficult():
    """It is left out of the part's own figures, and said to be there."""
    answers = [("right", 1), ("wrong", 0), ("unreadable", 0), ("not-answered", 0)]
    reports = [made_report(status, [made_part("a", score, status=status)]) for status, score in answers]
    (item,) = figures(reports)
    assert (item.difficulty, item.students, item.answers) == (pytest.approx(1 / 3), 4, 3)
    assert item.statuses["unreadable"] == 1


def test_a_part_that_waits_for_a_person_has_no_figures_yet():
    """For nobody, if it waits for anyone; the others are not touched."""
    reports = [
        made_report("Ann", [made_part("a", 1), made_part("b", 3, 4)]),
        made_report("Bo", [made_part("a", 0), made_part("b", 0, 4, status="needs-review")]),
    ]
    table = tabulate(reports)
    assert [key.part for key in table.parts] == ["a"]
    assert (table.totals.tolist(), table.obtainable.tolist()) == ([1, 0], [1, 1])
    assert [item.difficulty for item in figures(reports)] == [0.5, None]


def test_parts_are_the_same_by_template_whatever_their_label():
    """Two forms number their questions differently."""
    reports = [
        made_report("Ann", [made_part("a", 1, label="1"), made_part("b", 0, label="2")], "f-1"),
        made_report("Bo", [made_part("b", 1, label="1"), made_part("c", 1, label="2")], "f-2"),
    ]
    found = {item.key.part: item for item in figures(reports)}
    assert {name: item.labels for name, item in found.items()} == {"a": ("1",), "b": ("2", "1"), "c": ("2",)}
    assert {name: item.difficulty for name, item in found.items()} == {"a": 1, "b": 0.5, "c": 1}
