"""Which variants stand apart from the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.certificate.spread import Outlier, spread


def test_one_variant_far_from_many_is_named():
    """Ninety-nine numbers around 10 and one of 30."""
    found = {seed: 10 + seed % 5 for seed in range(99)} | {99: 30}
    assert spread(found, floor=0).outliers == (Outlier(seed=99, value=30),)


def test_where_all_agree_the_floor_decides():
    """A deviation of 0 makes no outlier of a difference that does not matter."""
    found = {0: 4, 1: 4, 2: 4, 3: 6, 4: 7}
    assert [outlier.seed for outlier in spread(found, floor=2).outliers] == [4]


def test_sizes_are_compared_by_their_logarithms():
    """A thousandth among hundredths stands apart, a thousand times the largest difference does not matter."""
    found = {0: 0.01, 1: 0.02, 2: 0.011, 3: 0.018, 4: 0.00001}
    assert [outlier.seed for outlier in spread(found, floor=1, decades=True).outliers] == [4]
    assert spread(found, floor=1).outliers == ()


def test_of_nothing_there_is_no_spread():
    """A part without wrong values has no nearest one."""
    assert spread({}, floor=1) is None


@given(st.dictionaries(st.integers(0, 500), st.floats(-100, 100), min_size=1))
def test_fewer_than_half_stand_apart(found):
    """Whatever the numbers, most variants are normal, and the ends hold all of them."""
    one = spread(found, floor=0)
    assert 2 * len(one.outliers) <= len(found)
    assert one.least <= one.median <= one.most
    assert spread(found, floor=201).outliers == ()


def test_a_normal_distribution_has_few_outliers():
    """Three standard deviations leave out 0.27 % of normal numbers; of 1,000 quantiles, 2 or 4."""
    from statistics import NormalDist

    quantiles = {k: NormalDist().inv_cdf((k + 0.5) / 1000) for k in range(1000)}
    assert len(spread(quantiles, floor=0).outliers) == pytest.approx(2.7, abs=1.5)
