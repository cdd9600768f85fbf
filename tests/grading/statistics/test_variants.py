"""Variants that differ in difficulty."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.grading.statistics.variants import compare_variants, holm, permutation_p
from tests.grading.statistics.conftest import made_part, made_report


def shares(right, wrong):
    return np.array([1.0] * right + [0.0] * wrong)


def test_fishers_tea_tasting():
    """Three of four cups named right: 34 of the 70 ways are as extreme; all four: 2 of 70 (Fisher 1935, chapter 2)."""
    assert permutation_p([shares(3, 1), shares(1, 3)]) == pytest.approx(34 / 70)
    assert permutation_p([shares(4, 0), shares(0, 4)]) == pytest.approx(2 / 70)


def test_the_mice_of_efron_and_tibshirani():
    """Survival of 7 treated and 9 other mice; theirs is one-sided, 0.132 of 1,000 random permutations."""
    treated = np.array([94, 197, 16, 38, 99, 141, 23.0])
    others = np.array([52, 104, 146, 10, 51, 30, 40, 27, 46.0])
    assert permutation_p([treated, others]) / 2 == pytest.approx(0.132, abs=0.03)


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=2, max_size=3), min_size=2, max_size=3))
def test_the_exact_p_counts_all_assignments(groups):
    """Against every assignment of scores to groups of these sizes, written down one by one."""
    groups = [np.array(group) for group in groups]
    pooled, sizes = np.concatenate(groups), [len(group) for group in groups]

    def spread(labels):
        return sum(
            len(group) * (group.mean() - pooled.mean()) ** 2
            for group in (pooled[np.array(labels) == one] for one in range(len(sizes)))
        )

    observed = spread(np.repeat(np.arange(len(sizes)), sizes))
    ways = [
        way for way in product(range(len(sizes)), repeat=len(pooled)) if [*map(way.count, range(len(sizes)))] == sizes
    ]
    wanted = sum(spread(way) >= observed - 1e-9 for way in ways) / len(ways)
    assert permutation_p(groups) == pytest.approx(wanted)


def test_many_ways_are_sampled_close_to_the_exact_p():
    """16 of 20 against 9 of 20: the hypergeometric distribution gives the two-sided p, by differences as large."""
    exact = sum(comb(25, k) * comb(15, 20 - k) for k in range(5, 21) if abs(k - 12.5) >= 3.5) / comb(40, 20)
    found = permutation_p([shares(16, 4), shares(9, 11)])
    assert found == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 9999) ** 0.5)
    assert found == permutation_p([shares(16, 4), shares(9, 11)])


def test_holms_correction_of_a_worked_example():
    """0.01, 0.04, 0.03, 0.005 become 0.03, 0.06, 0.06, 0.02 (as R's p.adjust gives them)."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([]) == ()
    assert holm([0.9, 0.8]) == (1.0, 1.0)


def test_variants_are_compared_where_five_students_answered_each():
    """By form and variant; what could not be read does not count."""
    easy = [made_report(f"a{n}", [made_part("a", 1.0), made_part("b", 1.0)], "f-1") for n in range(6)]
    hard = [made_report(f"b{n}", [made_part("a", 0.0, variant=2)], "f-2") for n in range(6)]
    lost = [made_report("c", [made_part("a", 0.0, status="unreadable")], "f-1")]
    few = [made_report(f"d{n}", [made_part("b", 0.0)], "f-2") for n in range(4)]
    (test,) = compare_variants([*easy, *hard, *lost, *few])
    assert (test.key.part, test.variants) == ("a", (("f-1", 6, 1.0), ("f-2, variant 2", 6, 0.0)))
    assert test.p == test.adjusted == pytest.approx(2 / comb(12, 6))
