"""Where the right option stands."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.certificate.places import IMPROBABLE, chi_square_tail, places


# Source: the table of critical values of chi-square in the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
@pytest.mark.parametrize(
    ("statistic", "degrees", "probability"),
    [
        (3.841, 1, 0.05),
        (5.991, 2, 0.05),
        (7.815, 3, 0.05),
        (9.488, 4, 0.05),
        (16.919, 9, 0.05),
        (10.828, 1, 0.001),
        (16.266, 3, 0.001),
        (27.877, 9, 0.001),
    ],
)
def test_the_tail_agrees_with_the_published_table(statistic, degrees, probability):
    """Critical values are printed to three decimals."""
    assert chi_square_tail(statistic, degrees) == pytest.approx(probability, rel=2e-3)


def test_without_degrees_of_freedom_nothing_is_improbable():
    """One option stands where it stands."""
    assert chi_square_tail(0.0, 0) == 1.0
    assert places([(0, 1)] * 50).fault == ""


def test_always_the_same_place_is_a_fault():
    """The fault tells how often the right option stood where."""
    found = places([(2, 4)] * 100)
    assert found.counts == (0, 0, 100, 0)
    assert "A 0, B 0, C 100, D 0" in found.fault


def test_too_few_variants_are_not_judged():
    """Five of a kind among four places may be chance, and Pearson's statistic is no chi-square yet."""
    assert places([(2, 4)] * 19).fault == ""
    assert places([]) is None


@given(st.integers(2, 10), st.integers(0, 2**32))
def test_shuffled_options_are_no_fault(size, seed):
    """Places drawn at random pass."""
    draw = random.Random(seed)  # noqa: S311
    assert places([(draw.randrange(size), size) for _ in range(200)]).fault == ""


def test_numbers_of_options_are_judged_apart():
    """A place that only longer lists have is no fault; one that all lists avoid is."""
    fair = [(k % 3, 3) for k in range(60)] + [(k % 5, 5) for k in range(100)]
    assert places(fair).probability == pytest.approx(1.0)
    assert places(fair).counts == (40, 40, 40, 20, 20)
    assert places([(0, 3)] * 60 + [(0, 5)] * 100).probability < IMPROBABLE
