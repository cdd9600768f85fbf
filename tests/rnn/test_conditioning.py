"""The smallest singular value of long products, against singular values in extended range."""

import math
from fractions import Fraction

import numpy as np
import pytest

from quizgen.rnn.conditioning import smallest_singular_values


def smallest(W, slopes):
    lengths = np.array([len(slopes)])
    asked = np.ones((1, len(slopes) + 1), dtype=bool)
    return smallest_singular_values(W[None], slopes[None], lengths, asked)


def test_short_products_agree_with_svd():
    """σ_min of each product by plain NumPy, while float64 still has it."""
    rng = np.random.default_rng(0)
    W, slopes = rng.standard_normal((4, 4)), rng.uniform(0.3, 1, (6, 4))
    product, expected = np.eye(4), [1.0]
    for s in slopes:
        product = s[:, None] * W @ product
        expected.append(np.linalg.svd(product, compute_uv=False)[-1])
    np.testing.assert_allclose(smallest(W, slopes).value[0], expected, rtol=1e-9)


def test_a_long_product_keeps_what_float64_has_lost():
    """diag(1, ½) after 300 timesteps: 2⁻³⁰⁰ beside 1, turned by an orthogonal matrix so that no entry shows it."""
    c, s = 0.6, 0.8
    Q = np.array([[c, -s], [s, c]])
    W = Q @ np.diag([1.0, 0.5]) @ Q.T
    found = smallest(W, np.ones((300, 2)))
    assert found.log10[0, -1] == pytest.approx(-300 * np.log10(2), rel=1e-12)


def log10(number):
    """Of a fraction of any size."""
    return math.log10(number.numerator) - math.log10(number.denominator)


def test_a_product_of_exact_fractions():
    """2 × 2, 200 random factors: σ_min = |det|/σ_max, both from exact arithmetic; κ is beyond 1e20."""
    rng = np.random.default_rng(4)
    W, slopes = np.array([[1.25, 0.5], [-0.25, 0.75]]), rng.integers(1, 9, (200, 2)) / 8
    exact = np.array([[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]])
    for row in slopes:
        exact = np.array([[Fraction(row[i]) * Fraction(W[i, j]) for j in range(2)] for i in range(2)]) @ exact
    largest = max(abs(entry) for entry in exact.flat)
    log_norm = log10(largest) + math.log10(np.linalg.norm((exact / largest).astype(float), 2))
    log_determinant = log10(abs(exact[0, 0] * exact[1, 1] - exact[0, 1] * exact[1, 0]))
    assert 2 * log_norm - log_determinant > 20
    assert smallest(W, slopes).log10[0, -1] == pytest.approx(log_determinant - log_norm, rel=1e-12)


def test_a_dead_unit_makes_it_zero_from_there_on():
    """Slope 0 in timestep 2 of 3: σ_min is 0 and its logarithm −infinity, without a warning."""
    slopes = np.ones((3, 2))
    slopes[1, 0] = 0
    found = smallest(np.array([[1.0, 0.3], [0.2, 1.0]]), slopes)
    assert (found.value[0] > 0).tolist() == [True, True, False, False]
    assert found.log10[0, 2:].tolist() == [-np.inf, -np.inf]


@pytest.mark.parametrize("W", [np.zeros((2, 2)), np.ones((2, 2)), np.outer([1.0, 0.1], [0.3, 0.7])])
def test_a_singular_matrix_has_none(W):
    """Exactly singular or so to the precision of float64."""
    assert smallest(W, np.ones((2, 2))).value[0].tolist() == [1, 0, 0]
