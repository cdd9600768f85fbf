"""Every rule of tolerance is a window of numbers."""

import math
from decimal import Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import ParameterError
from quizgen.numbers.comparing import accepts, agrees_to_figures, log10_ratio
from quizgen.numbers.tolerance import Tolerance, meets, widened, window

keys = st.floats(allow_nan=False, allow_infinity=False)
sensible = st.floats(1e-300, 1e300).flatmap(lambda size: st.sampled_from([size, -size]))


@pytest.mark.parametrize(
    ("response", "key", "tolerance", "right"),
    [
        ("1.01", 1.0, {"rtol": 0.01}, True),
        ("1.0101", 1.0, {"rtol": 0.01}, False),
        ("0.05", 0.0, {"atol": 0.05}, True),
        ("17", 17.0, {}, True),
        ("17.0000001", 17.0, {}, False),
        ("1.23", 1.2345, {"figures": 3}, True),
        ("1.24", 1.2345, {"figures": 3}, False),
        ("1.235", 1.2345, {"figures": 3}, True),
        ("1.00", 0.9996, {"figures": 3}, True),
        ("10.04", 9.996, {"figures": 3}, True),  # both round to 10.0
        ("10.06", 9.996, {"figures": 3}, False),
        ("-10.04", -9.996, {"figures": 3}, True),
        ("3.14e-400", Decimal("3.1416e-400"), {"figures": 3}, True),
        ("0", 3e-12, {"figures": 1}, False),
        ("0.12", 0.1249, {"decimals": 2}, True),
        ("0.13", 0.1249, {"decimals": 2}, False),
        ("0.13", 0.125, {"decimals": 2}, True),  # a tie may be rounded either way
        ("0.12", 0.125, {"decimals": 2}, True),
        ("0", 0.004, {"decimals": 2}, True),
        ("3e-12", 1e-12, {"decades": 0.5}, True),
        ("3.2e-12", 1e-12, {"decades": 0.5}, False),
        ("-1e-12", 1e-12, {"decades": 0.5}, False),
        ("1e-400", Decimal("2e-400"), {"decades": 0.5}, True),
        ("0", 1e-300, {"decades": 5}, False),
        ("0", 0.0, {"decades": 1}, True),
    ],
)
def test_each_rule_by_its_examples(response, key, tolerance, right):
    """Edges are included; nothing under- or overflows; a wrong sign is wrong."""
    assert meets(Decimal(response), key, Tolerance(**tolerance)) is right


@given(key=keys, rtol=st.sampled_from([0.0, 0.001, 0.05]), response=st.decimals("-1e6", "1e6", places=6))
def test_the_relative_rule_is_the_one_of_comparing(key, rtol, response):
    """One definition of a relative tolerance."""
    assert meets(response, key, Tolerance(rtol=rtol)) is accepts(response, key, rtol=rtol)


@given(key=sensible, figures=st.integers(1, 6), step=st.integers(-30, 30))
def test_the_rule_of_figures_is_agreement_to_figures(key, figures, step):
    """Against the definition: round both, or measure the distance; near every edge."""
    centre = Decimal(repr(key))
    tenth = Decimal((0, (1,), centre.adjusted() - figures))
    response = Context(prec=60, Emax=10**6, Emin=-(10**6)).add(centre, tenth * step)
    assert meets(response, key, Tolerance(figures=figures)) is agrees_to_figures(response, key, figures=figures)


@given(key=st.floats(-1e6, 1e6), decimals=st.integers(0, 4), step=st.integers(-30, 30))
def test_the_rule_of_decimals_is_half_a_unit_or_the_same_rounding(key, decimals, step):
    """An oracle in fractions."""
    response = Decimal(repr(key)) + step * Decimal((0, (1,), -decimals - 1))
    unit = Fraction(1, 10**decimals)
    distance = abs(Fraction(response) - Fraction(repr(key)))
    same = math.floor(Fraction(response) / unit + Fraction(1, 2)) == math.floor(
        Fraction(repr(key)) / unit + Fraction(1, 2)
    )
    if distance <= unit / 2 or same:
        assert meets(response, key, Tolerance(decimals=decimals))
    if distance > unit:
        assert not meets(response, key, Tolerance(decimals=decimals))


@given(key=sensible, factor=st.floats(0.01, 100), decades=st.sampled_from([0.3, 0.5, 1.0]))
def test_the_rule_of_decades_is_the_logarithm_of_the_ratio(key, factor, decades):
    """Away from the very edge, where two ways of rounding may differ."""
    response = Context(prec=60).multiply(Decimal(repr(key)), Decimal(repr(factor)))
    distance = abs(log10_ratio(response, key))
    if abs(distance - decades) > 1e-6:
        assert meets(response, key, Tolerance(decades=decades)) is (distance <= decades)


@given(
    key=sensible,
    tolerance=st.sampled_from([{"rtol": 0.01}, {"figures": 3}, {"decimals": 2}, {"decades": 0.5}, {}, {"atol": 1.0}]),
)
def test_the_key_is_always_right_and_windows_grow_with_their_share(key, tolerance):
    """Half a window lies in the window, and the window in the double one."""
    rule = Tolerance(**tolerance)
    assert meets(Decimal(repr(key)), key, rule)
    low, high = window(key, rule)
    for share, inner in ((0.5, True), (2.0, False)):
        least, greatest = widened(key, rule, share)
        assert (low <= least <= greatest <= high) if inner else (least <= low <= high <= greatest)


@pytest.mark.parametrize(
    ("tolerance", "told"),
    [
        ({"figures": 0}, "figures is 0"),
        ({"figures": 16}, "figures is 16"),
        ({"decimals": -1}, "decimals is -1"),
        ({"decades": 0}, "decades is 0"),
        ({"rtol": 1.0}, "rtol is 1"),
        ({"rtol": 0.01, "figures": 3}, "one rule decides"),
        ({"figures": 3, "decimals": 2}, "one rule decides"),
    ],
)
def test_a_tolerance_out_of_its_range_is_refused(tolerance, told):
    """With the name of what is wrong."""
    with pytest.raises(ParameterError, match=told):
        meets(Decimal(1), 1.0, Tolerance(**tolerance))
