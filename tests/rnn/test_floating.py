"""Floating-point formats against NumPy's own, and published step counts."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.rnn.floating import FLOAT_FORMATS, first_zero_power, long_product, rounded_products

NATIVE = {"float16": np.float16, "float32": np.float32, "float64": np.float64}


@pytest.mark.parametrize("name", NATIVE)
def test_ranges_are_those_of_numpy(name):
    """Smallest normal, smallest subnormal and largest number of the formats that NumPy has."""
    limits, own = np.finfo(NATIVE[name]), FLOAT_FORMATS[name]
    assert own.smallest_normal == float(limits.smallest_normal)
    assert own.smallest_subnormal == float(limits.smallest_subnormal)
    assert own.largest == float(limits.max)


def test_ranges_of_bfloat16():
    """As published: the range of float32 with 8 bits of precision."""
    own = FLOAT_FORMATS["bfloat16"]
    assert own.smallest_normal == pytest.approx(1.18e-38, rel=0.005)
    assert own.smallest_subnormal == pytest.approx(9.18e-41, rel=0.001)
    assert own.largest == pytest.approx(3.39e38, rel=0.001)


@given(st.floats(allow_nan=False), st.sampled_from(["float16", "float32"]))
def test_rounding_is_that_of_numpy(number, name):
    """Every float64 rounds as a conversion by NumPy does, subnormals, ties and overflow included."""
    with np.errstate(over="ignore"):
        expected = float(np.float64(number).astype(NATIVE[name]))
        assert FLOAT_FORMATS[name].round(np.array([number]))[0] == expected


@pytest.mark.parametrize(
    ("name", "zero", "infinite"),
    [("float16", 25, 16), ("bfloat16", 134, 128), ("float32", 150, 128), ("float64", 1075, 1024)],
)
def test_halving_reaches_zero_and_doubling_infinity(name, zero, infinite):
    """The steps are a property of the formats."""
    product = long_product(np.array([0.5, 2.0]), FLOAT_FORMATS[name], 2000)
    assert product.first_zero.tolist() == [zero, 0]
    assert product.first_infinite.tolist() == [0, infinite]


@pytest.mark.parametrize(("name", "first", "stall"), [("float16", 93, 4), ("float32", 829, 4), ("float64", 6724, 5)])
def test_nine_tenths_stalls_above_zero(name, first, stall):
    """0.9^n leaves the normal numbers at a known step and stops at a few units of the smallest subnormal."""
    product = long_product(np.array([0.9]), FLOAT_FORMATS[name], 20_000)
    assert product.first_subnormal[0] == first
    assert product.first_zero[0] == 0
    assert product.final[0] / FLOAT_FORMATS[name].smallest_subnormal == stall


def test_float32_product_is_that_of_numpy():
    """Step by step the emulated product equals NumPy's float32."""
    own, native = np.array([1.0]), np.float32(1)
    for _ in range(900):
        own = FLOAT_FORMATS["float32"].round(own * float(np.float32(0.9)))
        native = np.float32(native * np.float32(0.9))
        assert own[0] == float(native)


@pytest.mark.parametrize("name", ["float16", "float32", "float64"])
@pytest.mark.parametrize("factor", [0.9, 0.5, 0.3, 1.1, -0.7])
def test_rounded_products_are_those_of_numpy(name, factor):
    """A running product in NumPy's own format, subnormals and infinities included."""
    native, products = NATIVE[name](factor), [NATIVE[name](1)]
    with np.errstate(over="ignore", under="ignore"):
        for _ in range(300):
            products.append(NATIVE[name](products[-1] * native))
    found = rounded_products(np.array([factor]), FLOAT_FORMATS[name], 300)[0]
    np.testing.assert_array_equal(found, np.array(products, dtype=np.float64))


@pytest.mark.parametrize("name", FLOAT_FORMATS)
@pytest.mark.parametrize("factor", [0.9, 0.75, 0.5, 0.25, -0.6])
def test_a_power_is_zero_where_half_the_smallest_number_is(name, factor):
    """In exact fractions: the first k with factor^k ≤ half the smallest subnormal, however the product stalls."""
    own = FLOAT_FORMATS[name]
    size = abs(Fraction(float(own.round(np.array([factor]))[0])))
    k = int(first_zero_power(np.array([factor]), own)[0])
    half = Fraction(2) ** (own.min_exponent - own.precision)
    assert size**k <= half < size ** (k - 1)


def test_a_power_of_one_or_more_is_never_zero():
    """0 stands for never; 0 itself is 0 at once."""
    assert first_zero_power(np.array([1.0, 2.0, 0.0]), FLOAT_FORMATS["float32"]).tolist() == [0, 0, 1]
