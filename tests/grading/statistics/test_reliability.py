"""Cronbach's α, its interval and the standard error against published worked examples."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizgen.errors import ParameterError
from quizgen.grading.statistics.reliability import (
    alpha_if_deleted,
    cronbach_alpha,
    feldt_interval,
    reliabilities,
    standard_error,
    with_and_without,
)
from quizgen.grading.statistics.score_table import tabulate

# Denis, Applied Univariate, Bivariate, and Multivariate Statistics: five items of ten persons, with the output of SPSS.
DENIS = np.array(
    [
        [10, 12, 15, 11, 12],
        [12, 18, 12, 12, 1],
        [8, 16, 14, 14, 4],
        [6, 8, 16, 8, 6],
        [4, 7, 8, 7, 5],
        [6, 6, 3, 7, 3],
        [3, 4, 6, 5, 8],
        [7, 3, 7, 9, 9],
        [8, 9, 4, 10, 10],
        [9, 5, 6, 11, 12],
    ],
    dtype=float,
)
# Wuensch (East Carolina University, KR20.txt): ten students, ten items; Σpq = 2.18, variance of the totals 5.84.
WUENSCH = np.array(
    [
        [1, 1, 1, 1, 1, 1, 0, 1, 1, 0],
        [1, 0, 1, 1, 0, 1, 1, 1, 0, 1],
        [1, 1, 1, 1, 0, 1, 1, 0, 0, 1],
        [0, 0, 1, 0, 0, 0, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 0, 0, 1, 0],
        [1, 1, 1, 0, 1, 1, 1, 1, 1, 1],
        [1, 1, 0, 1, 1, 1, 0, 1, 1, 1],
        [1, 1, 1, 1, 1, 1, 1, 1, 0, 1],
        [0, 1, 0, 1, 1, 1, 1, 1, 0, 1],
        [1, 1, 0, 1, 1, 0, 1, 1, 1, 0],
    ],
    dtype=float,
)


def test_alpha_is_that_of_a_published_example():
    """SPSS reports 0.633 for the data of Denis."""
    assert cronbach_alpha(DENIS) == pytest.approx(0.633, abs=5e-4)


def test_alpha_of_right_and_wrong_is_kr_20():
    """From the sums that Wuensch prints: 10/9 · (1 − 2.18/5.84)."""
    assert cronbach_alpha(WUENSCH) == pytest.approx(10 / 9 * (1 - 2.18 / 5.84), rel=1e-12)


@pytest.mark.parametrize(
    ("alpha", "students", "parts", "low", "high"),
    [
        (0.913, 873, 20, 0.9044024, 0.9211588),  # Evans, feldt1 in R, in the statistics wiki of the MRC CBU, Cambridge
    ],
)
def test_feldts_interval_is_that_of_a_published_example(alpha, students, parts, low, high):
    """To the seven figures that are printed there."""
    assert feldt_interval(alpha, students=students, parts=parts) == pytest.approx((low, high), abs=5e-8)


def test_feldts_interval_covers_as_often_as_it_says():
    """Of made classes of parallel parts, whose true α is known, about 95 % have it inside."""
    generator = np.random.default_rng(5)
    students, parts, share = 25, 8, 0.3  # each part: true score with this share of its variance
    truth = parts * share / (1 + (parts - 1) * share)
    inside = 0
    for _ in range(600):
        true = generator.normal(size=(students, 1)) * math.sqrt(share)
        scores = true + generator.normal(size=(students, parts)) * math.sqrt(1 - share)
        low, high = feldt_interval(cronbach_alpha(scores), students=students, parts=parts)
        inside += low <= truth <= high
    assert 0.92 < inside / 600 < 0.98


@given(arrays(float, st.tuples(st.integers(3, 12), st.integers(3, 6)), elements=st.integers(0, 5).map(float)))
def test_alpha_is_the_mean_covariance_formula(scores):
    """α = k·c̄ / (v̄ + (k − 1)·c̄), from NumPy's covariance matrix; left-out parts likewise; the error is s√(1 − α)."""

    def by_covariances(matrix):
        covariances = np.cov(matrix.T)
        k = len(covariances)
        between = (covariances.sum() - np.trace(covariances)) / (k * (k - 1))
        total = np.trace(covariances) / k + (k - 1) * between
        return k * between / total if total > 1e-9 else None

    wanted = by_covariances(scores)
    found = cronbach_alpha(scores)
    assert (found is None) == (wanted is None)
    if wanted is not None:
        assert found == pytest.approx(wanted, abs=1e-8)
    for part, alpha in enumerate(alpha_if_deleted(scores)):
        without = by_covariances(np.delete(scores, part, axis=1))
        assert (alpha is None) == (without is None)
        if without is not None:
            assert alpha == pytest.approx(without, abs=1e-8)
    if found is not None and found >= 0:
        sd = np.std(scores.sum(axis=1), ddof=1)
        assert standard_error(scores) == pytest.approx(sd * math.sqrt(1 - found), abs=1e-9)


def test_what_is_undefined_is_none():
    """One student, one part, or totals that are all equal; a negative α has no standard error."""
    assert cronbach_alpha(np.ones((1, 4))) is None
    assert cronbach_alpha(np.array([[1.0], [0.0]])) is None
    assert cronbach_alpha(np.array([[1.0, 0.0], [0.0, 1.0]])) is None
    opposed = np.array([[2.0, 0.0], [0.0, 1.0], [1.0, 0.5]])
    assert cronbach_alpha(opposed) < 0
    assert standard_error(opposed) is None
    with pytest.raises(ParameterError, match="expected 2 or more"):
        feldt_interval(0.5, students=1, parts=4)


def test_a_small_class_gets_no_alpha(reports_of):
    """Nine students are too few; the tenth makes it defined."""
    (few,) = reliabilities(tabulate(reports_of(WUENSCH[:9])))
    assert (few.alpha, few.low, few.standard_error, few.students) == (None, None, None, 9)
    (enough,) = reliabilities(tabulate(reports_of(WUENSCH)))
    assert enough.alpha == pytest.approx(cronbach_alpha(WUENSCH))
    assert enough.low < enough.alpha < enough.high


def test_each_set_of_questions_has_its_own_alpha(reports_of):
    """Students with other parts, or other points for them, are not thrown together; the largest set comes first."""
    other = reports_of(WUENSCH[:, :4], points=[2, 1, 1, 1], form="f-2")
    found = reliabilities(tabulate([*other, *reports_of(np.vstack([WUENSCH, WUENSCH[:3]]))]))
    assert [(one.students, len(one.parts)) for one in found] == [(13, 10), (10, 4)]
    alphas = with_and_without(found)
    assert [alphas[key] for key in found[0].parts] == [(found[0].alpha, one) for one in found[0].without]
