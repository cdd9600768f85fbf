"""How scores are spread."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.grading.statistics.distribution import describe_scores, histogram


@given(st.lists(st.floats(0, 100), min_size=2, max_size=50))
def test_numbers_are_those_of_the_standard_library(scores):
    """Inclusive quartiles, mean, and standard deviation with n − 1."""
    found = describe_scores(np.array(scores), np.array(scores) / 100)
    lower, median, upper = statistics.quantiles(scores, n=4, method="inclusive")
    assert (found.lower, found.median, found.upper) == pytest.approx((lower, median, upper))
    assert (found.least, found.most, found.students) == (min(scores), max(scores), len(scores))
    assert (found.mean, found.sd) == pytest.approx((statistics.fmean(scores), statistics.stdev(scores)), abs=1e-9)
    assert sum(found.bins) == len(scores)


def test_quartiles_of_a_published_example():
    """Ten numbers with the quartiles that R's default (type 7) gives: 3.25, 5.5 and 7.75 for 1 to 10."""
    found = describe_scores(np.arange(1.0, 11.0), np.arange(1.0, 11.0) / 10)
    assert (found.lower, found.median, found.upper) == (3.25, 5.5, 7.75)


def test_each_tenth_begins_at_its_border():
    """0.3 counts from 30 % on, whatever its binary dust, and full points in the last tenth."""
    assert histogram(np.array([0.0, 0.1 * 3, 0.3, 0.29, 1.0, 0.9, -0.2, np.nan])) == (2, 0, 1, 2, 0, 0, 0, 0, 0, 2)


def test_one_student_has_no_spread_and_none_no_distribution():
    """Nothing is made up."""
    assert describe_scores(np.array([3.0]), np.array([0.5])).sd is None
    assert describe_scores(np.array([np.nan]), np.array([np.nan])) is None
