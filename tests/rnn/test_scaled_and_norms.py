"""Numbers beyond float64, and norms that neither overflow nor underflow."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizgen.rnn.norms import euclidean_norm, frobenius_norm, spectral_norm, spectral_radius
from quizgen.rnn.scaled import running_product, split

MODERATE = st.floats(-1e3, 1e3, allow_subnormal=False)


def test_a_million_factors_neither_underflow_nor_overflow():
    """The logarithm of a product of a million factors is a million times the factor's."""
    factors = np.stack([np.full(1_000_000, factor) for factor in (0.999, 1.001, 1e-300, 1e300)])
    product = running_product(factors)
    expected = 1e6 * np.log10(factors[:, 0])
    np.testing.assert_allclose(product.log10[:, -1], expected, rtol=1e-12)
    assert product.value[:, -1].tolist() == [0.0, np.inf, 0.0, np.inf]
    assert product.value[:, 0].tolist() == [1.0] * 4


def test_scaled_products_have_the_digits_of_plain_ones():
    """Where plain multiplication stays in range, the result is the same to the last bit."""
    factors = np.random.default_rng(1).uniform(0.5, 1.9, 1200)
    plain = np.multiply.accumulate(np.concatenate([[1.0], factors]))
    np.testing.assert_array_equal(running_product(factors).value, plain)


def test_a_zero_factor_makes_the_logarithm_minus_infinity():
    """A product with a zero in it is 0 from there on, without NaN and without a warning."""
    product = running_product(np.array([0.5, 0.0, 3.0, 0.0]))
    assert product.value.tolist() == [1.0, 0.5, 0.0, 0.0, 0.0]
    assert product.log10.tolist() == [0.0, math.log10(0.5), -np.inf, -np.inf, -np.inf]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_splitting_loses_nothing(number):
    """Mantissa and exponent give back the number."""
    assert split(np.array([number])).value[0] == number


@given(arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 5)), elements=MODERATE))
def test_spectral_norm_is_the_largest_singular_value(matrices):
    """It agrees with the singular value decomposition for every shape."""
    expected = np.linalg.svd(matrices, compute_uv=False)[..., 0]
    np.testing.assert_allclose(spectral_norm(matrices), expected, rtol=1e-12, atol=1e-300)


@given(arrays(np.float64, (3, 2, 2), elements=MODERATE))
def test_two_by_two_closed_form(matrices):
    """For 2×2 matrices σ_max² is the larger root of x² − ‖W‖_F² x + det² = 0."""
    for matrix, norm in zip(matrices, spectral_norm(matrices), strict=True):
        (a, b), (c, d) = [[Fraction(float(x)) for x in row] for row in matrix]
        s, det = a * a + b * b + c * c + d * d, a * d - b * c
        assert norm == pytest.approx(math.sqrt((s + Fraction(math.sqrt(s * s - 4 * det * det))) / 2), rel=1e-12)


@pytest.mark.parametrize("scale", [1e-320, 1e-200, 1e200, 1e307])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_norms_survive_numbers_whose_squares_do_not(scale, size):
    """A scaled identity has spectral norm |scale|, and Frobenius norm √n times that."""
    matrix = scale * np.eye(size)[None]
    assert spectral_norm(matrix)[0] == pytest.approx(scale, rel=1e-12)
    assert frobenius_norm(matrix)[0] == pytest.approx(math.sqrt(size) * scale, rel=1e-3 if scale < 1e-307 else 1e-12)


def test_zero_infinite_and_undefined_matrices():
    """The norm of 0 is 0, an infinite vector has an infinite norm, and an undefined matrix an undefined one."""
    assert spectral_norm(np.zeros((1, 3, 3)))[0] == 0
    assert euclidean_norm(np.array([[1.0, np.inf]]))[0] == np.inf
    assert np.isnan(spectral_norm(np.array([[[np.nan, 1.0], [0.0, 1.0]]])))[0]


def test_spectral_radius_of_a_rotation():
    """Eigenvalues may be complex: a scaled rotation has radius and norm equal to the scale."""
    turn = 0.7 * np.array([[[0.6, -0.8], [0.8, 0.6]]])
    assert spectral_radius(turn)[0] == pytest.approx(0.7)
    assert spectral_norm(turn)[0] == pytest.approx(0.7)
