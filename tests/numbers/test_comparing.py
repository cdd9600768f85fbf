"""Comparing a number that was read with the key."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import ParameterError
from quizgen.numbers.comparing import accepts, agrees_to_figures, log10_ratio, tolerance_faults


@pytest.mark.parametrize(
    ("response", "key", "rtol", "right"),
    [
        ("1.01", 1.0, 0.01, True),
        ("0.99", 1.0, 0.01, True),
        ("1.0101", 1.0, 0.01, False),
        ("-1", 1.0, 0.5, False),
        ("3e-12", 3e-12, 0.01, True),
        ("0", 3e-12, 0.01, False),
        ("3.1e-12", 3e-12, 0.01, False),
        ("1e-400", 3e-12, 0.01, False),
        ("1e-400", 5e-324, 0.99, False),
        ("1e300", 1e300, 0.01, True),
        ("1e301", 1e300, 0.01, False),
        ("1e400", 1.7e308, 0.5, False),
        ("17", 17.0, 0.0, True),
        ("17.0", 17.0, 0.0, True),
        ("17.000001", 17.0, 0.0, False),
        ("0.3", 0.1 + 0.2, 1e-12, True),
    ],
)
def test_the_tolerance_is_relative(response, key, rtol, right):
    """Edges are included, and neither tiny nor huge numbers meet an absolute floor."""
    assert accepts(Decimal(response), key, rtol=rtol) is right


def test_an_absolute_tolerance_counts_where_declared():
    """A key of 0 is met within atol; the wider of the two tolerances decides."""
    assert accepts(Decimal("0.05"), 0.0, rtol=0.01, atol=0.05)
    assert accepts(Decimal("-0.05"), 0.0, rtol=0.01, atol=0.05)
    assert not accepts(Decimal("0.0501"), 0.0, rtol=0.01, atol=0.05)
    assert accepts(Decimal("0"), 0.0, rtol=0.01)
    assert not accepts(Decimal("1e-300"), 0.0, rtol=0.01)
    assert accepts(Decimal("101"), 100.0, rtol=0.01, atol=0.5)


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(key=finite, rtol=st.floats(0, 0.5))
def test_the_key_is_accepted_and_its_negative_is_not(key, rtol):
    """A key meets itself; a wrong sign is an error, however wide the tolerance."""
    assert accepts(Decimal(repr(key)), key, rtol=rtol)
    assert key == 0 or not accepts(Decimal(repr(-key)), key, rtol=rtol)
    assert key == 0 or not accepts(Decimal(0), key, rtol=rtol)


@given(
    response=st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e6", max_value="1e6", places=9),
    key=st.floats(-1e6, 1e6),
    rtol=st.sampled_from([0.0, 0.01, 0.05]),
)
def test_acceptance_agrees_with_exact_fractions(response, key, rtol):
    """An independent oracle: the inequality in exact rational arithmetic, with its slack."""
    distance = abs(Fraction(response) - Fraction(repr(key)))
    widest = Fraction(repr(rtol)) * abs(Fraction(repr(key)))
    assert accepts(response, key, rtol=rtol) is (distance <= widest * (1 + Fraction(1, 10**9)))


@pytest.mark.parametrize(
    ("response", "right"),
    [
        ("1.23", True),
        ("1.2349", True),
        ("1.235", True),
        ("1.2251", True),
        ("1.239", True),  # half a unit from 1.2345
        ("1.24", False),
        ("-1.23", False),
        ("0.123", False),
        ("0", False),
    ],
)
def test_agreement_to_figures_allows_either_way_of_rounding(response, right):
    """1.2345 to 3 figures: the same 3 figures, or no further than half a unit of the third."""
    assert agrees_to_figures(Decimal(response), 1.2345, figures=3) is right


def test_agreement_to_figures_at_the_ends():
    """A key of 0 is met by 0 only; a carry into the next decade is no obstacle; tiny keys are as any other."""
    assert agrees_to_figures(Decimal(0), 0.0, figures=2)
    assert not agrees_to_figures(Decimal("1e-30"), 0.0, figures=2)
    assert agrees_to_figures(Decimal("1.00"), 0.9996, figures=3)
    assert agrees_to_figures(Decimal("3.14e-300"), 3.1416e-300, figures=3)
    with pytest.raises(ParameterError, match="figures is 0"):
        agrees_to_figures(Decimal(1), 1.0, figures=0)


def test_log_ratio_counts_orders_of_magnitude():
    """The ratio survives where floats under- and overflow; a wrong sign or a lone 0 is infinitely far."""
    assert log10_ratio(Decimal("1e-400"), 1e-12) == pytest.approx(-388)
    assert log10_ratio(Decimal("2e5"), 2e2) == pytest.approx(3)
    assert log10_ratio(Decimal("-8"), -8.0) == 0
    assert log10_ratio(Decimal(0), 0.0) == 0
    assert log10_ratio(Decimal("-8"), 8.0) == math.inf
    assert log10_ratio(Decimal(8), 0.0) == math.inf
    assert log10_ratio(Decimal(0), 8.0) == -math.inf


@pytest.mark.parametrize(
    ("key", "rtol", "atol", "fault"),
    [
        (0.0, 0.01, 0.0, "declare atol"),
        (1e-9, 0.01, 1e-6, "larger than rtol"),
        (0.0, 0.01, 0.1, None),
        (100.0, 0.01, 0.5, None),
    ],
)
def test_tolerances_that_defeat_the_key_are_named(key, rtol, atol, fault):
    """An absolute floor that swamps the key, or a key of 0 without one, is a fault of the author."""
    faults = list(tolerance_faults(key, rtol=rtol, atol=atol))
    assert [fault in faults[0]] == [True] if fault else faults == []


@pytest.mark.parametrize(
    ("key", "rtol", "atol"),
    [(math.inf, 0.1, 0), (math.nan, 0.1, 0), (1, 1, 0), (1, -0.1, 0), (1, 0.1, -1), (1, math.nan, 0)],
)
def test_what_cannot_be_compared_is_refused(key, rtol, atol):
    """Keys are finite; tolerances lie in their ranges."""
    with pytest.raises(ParameterError):
        accepts(Decimal(1), key, rtol=rtol, atol=atol)
