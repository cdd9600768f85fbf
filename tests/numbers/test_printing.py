"""How a value becomes the number on the page."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizgen.numbers.columns import spell_all
from quizgen.numbers.printing import Precision

FINITE = st.floats(-1e308, 1e308)


@pytest.mark.parametrize(
    ("value", "figures", "printed"),
    [
        (0.03125, 3, "0.0313"),
        (3.2e-12, 3, "3.20e-12"),
        (0.0009999, 2, "0.0010"),
        (0.00012345, 3, "1.23e-4"),
        (9.999, 3, "10.0"),
        (1.625, 3, "1.63"),
        (8.125, 3, "8.13"),
        (0.285, 2, "0.29"),
        (-2.5, 1, "-3"),
        (1.2345e308, 4, "1.235e308"),
        (99.96, 3, "100"),
        (123456.0, 3, "1.23e5"),
        (-0.5, 2, "-0.50"),
        (0.0, 3, "0"),
        (5e-324, 3, "4.94e-324"),
    ],
)
def test_figures_are_significant_and_trailing_zeros_stand(value, figures, printed):
    """A number printed to n figures shows n figures, plainly where that is short."""
    assert Precision(kind="figures", count=figures).spell(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.005, "0.01"), (0.015, "0.02"), (-0.001, "0.00"), (2.0, "2.00"), (1e300, f"1{'0' * 300}.00")],
)
def test_decimals_never_print_a_negative_zero(value, printed):
    """-0.00 would be read as a sign that means something."""
    assert Precision(kind="decimals", count=2).spell(value) == printed


@given(FINITE, st.integers(1, 12))
def test_a_printed_number_is_within_half_a_unit_of_its_last_figure(value, figures):
    """Rounding is to nearest: the printed number is off by at most half a unit of the last figure."""
    number = Precision(kind="figures", count=figures).print(value)
    exact, shown = Decimal(repr(value)) if abs(value) > 1e-307 else Decimal(value), Decimal(number.printed)
    unit = Decimal(1).scaleb(shown.adjusted() - figures + 1) if shown else Decimal(0)
    assert abs(shown - exact) <= unit / 2
    assert number.raw == value


@pytest.mark.parametrize(("value", "printed"), [(3.0, "3"), (0.25, "0.25"), (1e-7, "1e-7"), (1e22, "1e22")])
def test_exact_numbers_have_one_spelling(value, printed):
    """Whole numbers without a point, exponents without padding."""
    assert Precision(kind="exact").spell(value) == printed


@given(st.floats(-1e14, 1e14, allow_nan=False))
def test_exact_numbers_read_back_as_themselves(value):
    """Nothing is lost when a number is printed exactly."""
    assert Precision(kind="exact").print(value).value == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1.7976931348623157e308])
def test_what_is_not_finite_cannot_be_printed(value):
    """Infinity never reaches a page, not even by rounding."""
    with pytest.raises(ValueError, match=r"cannot be printed|beyond the range"):
        Precision(kind="figures", count=3).print(value)


@given(
    st.lists(FINITE | st.floats(-1e6, 1e6) | st.integers(-2000, 2000).map(lambda n: n / 8), max_size=30),
    st.builds(Precision, kind=st.just("figures"), count=st.integers(1, 12))
    | st.builds(Precision, kind=st.just("decimals"), count=st.integers(0, 15))
    | st.just(Precision(kind="exact")),
)
@example([1.7976931348623158e301, 5e-324, 0.0], Precision(kind="decimals", count=7))
@example([1e308, -1e-308], Precision(kind="figures", count=3))
def test_a_column_is_spelt_as_its_values_are(values, precision):
    """Printing many numbers at once changes no figure, halfway cases and subnormal numbers among them."""
    column = np.array(values, dtype=float)
    assert spell_all(precision, column) == [precision.spell(value) for value in column.tolist()]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
def test_a_column_rounds_halves_and_powers_of_ten_as_people_do(count):
    """Where float64 cannot tell which way to round, a column asks for each number what a person would do."""
    halves = [(10 ** (count - 1) + k + 0.5) * 10.0**power for k in range(20) for power in range(-30, 30)]
    powers = [
        sign * 10.0**power * (1 + tiny)
        for power in range(-30, 30)
        for tiny in (-1e-16, 0, 1e-16, -1e-4)
        for sign in (1, -1)
    ]
    column = np.array([*halves, *powers])
    for precision in (Precision(kind="figures", count=count), Precision(kind="decimals", count=count)):
        assert spell_all(precision, column) == [precision.spell(value) for value in column.tolist()]
