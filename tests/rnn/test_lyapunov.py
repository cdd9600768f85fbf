"""Lyapunov exponents against closed forms, exact identities and a published spectrum."""

import math

import numpy as np
import pytest

from quizgen.errors import ParameterError
from quizgen.rnn.lyapunov import exponents, gaussian_product_exponents, log_stretches


def spectrum_of(matrices, discarded=0):
    """The exponents of one sequence of matrices (T, n, n)."""
    lengths = np.array([len(matrices)])
    stretches = log_stretches(lambda t, active: matrices[None, t - 1], lengths, matrices.shape[-1])
    return exponents(stretches, lengths, np.array([discarded]))[0]


def test_a_constant_diagonal_matrix_stretches_by_its_entries():
    """The exponents are the logarithms of the diagonal, largest first, however far apart after 2,000 timesteps."""
    diagonal = np.array([0.5, 1e-3, 1.1])
    found = spectrum_of(np.tile(np.diag(diagonal), (2000, 1, 1)))
    np.testing.assert_allclose(found, np.log([1.1, 0.5, 1e-3]), rtol=1e-12)


def test_a_constant_matrix_stretches_by_its_eigenvalues():
    """In the long run, the logarithms of |eigenvalue|."""
    W = np.random.default_rng(0).standard_normal((4, 4))
    W = W @ np.diag([2.0, 0.9, 0.4, 0.1]) @ np.linalg.inv(W)
    found = spectrum_of(np.tile(W, (3000, 1, 1)), discarded=200)
    np.testing.assert_allclose(found, np.log([2.0, 0.9, 0.4, 0.1]), atol=1e-12)


@pytest.mark.parametrize("discarded", [0, 7])
def test_exponents_add_up_to_the_mean_log_determinant(discarded):
    """Exactly, for any number of timesteps, whatever is left out."""
    matrices = np.random.default_rng(1).standard_normal((40, 5, 5))
    logs = np.log(np.abs(np.linalg.det(matrices)))
    assert spectrum_of(matrices, discarded).sum() == pytest.approx(logs[discarded:].mean(), rel=1e-12)


def test_gaussian_products_have_newmans_spectrum():
    """N = 2: −0.28861 and −0.98176; a product of 20,000 drawn matrices agrees within its standard error."""
    closed = gaussian_product_exponents(2, np.array([1 / math.sqrt(2)]))[0]
    np.testing.assert_allclose(closed, [-0.5772156649 / 2, -0.2886078324 - math.log(2)], atol=1e-9)
    drawn = spectrum_of(np.random.default_rng(2).standard_normal((20_000, 2, 2)) / math.sqrt(2))
    np.testing.assert_allclose(drawn, closed, atol=0.02)


def test_newmans_exponents_add_up_to_the_mean_log_determinant():
    """Of a Gaussian matrix: the sum of ½ (ln 2σ² + digamma(k/2)) over k = 1 .. n, with digamma by its integral."""
    ds = np.linspace(1e-9, 60, 600_001)
    step = ds[1] - ds[0]

    def digamma(x):
        f = np.exp(-ds) / ds - np.exp(-x * ds) / -np.expm1(-ds)
        return (f.sum() - (f[0] + f[-1]) / 2) * step

    expected = sum(0.5 * (math.log(2 * 0.49) + digamma(k / 2)) for k in range(1, 6))
    assert gaussian_product_exponents(5, np.array([0.7]))[0].sum() == pytest.approx(expected, abs=1e-5)


def test_a_lost_direction_has_minus_infinity():
    """A singular Jacobian loses one direction for ever; the others keep their exponents, and nothing is undefined."""
    found = spectrum_of(np.tile(np.diag([0.5, 0.0]), (10, 1, 1)))
    assert found.tolist() == [math.log(0.5), -math.inf]
    assert spectrum_of(np.zeros((3, 2, 2))).tolist() == [-math.inf, -math.inf]


def test_variants_end_at_their_own_length():
    """A shorter variant has the exponents that it has alone."""
    matrices = np.random.default_rng(3).standard_normal((2, 9, 3, 3))
    lengths = np.array([9, 4])
    both = log_stretches(lambda t, active: matrices[:active, t - 1], lengths, 3)
    alone = log_stretches(lambda t, active: matrices[1:, t - 1], np.array([4]), 3)
    np.testing.assert_array_equal(both[1, :4], alone[0])
    assert not both[1, 4:].any()


def test_one_timestep_must_remain():
    """All of T cannot be left out."""
    with pytest.raises(ParameterError, match="discarded"):
        spectrum_of(np.ones((3, 1, 1)), discarded=3)
