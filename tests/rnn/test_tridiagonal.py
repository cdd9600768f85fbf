"""The largest eigenvalue of tridiagonal matrices without negative entries, against an eigenvalue routine."""

import numpy as np
import pytest

from quizgen.rnn.tridiagonal import largest_eigenvalue


def corners(k, count, *, seed=0):
    """What the Lanczos process makes of random matrices: the corners α, β of semidefinite matrices, and their traces."""
    rng = np.random.default_rng(seed)
    upper = np.triu(np.tril(rng.uniform(0.1, 1.0, (count, k + 1, k + 1)), 1))  # bidiagonal, so upperᵀ upper is not
    whole = upper.swapaxes(1, 2) @ upper
    alphas = np.diagonal(whole, axis1=1, axis2=2).T[:k]
    betas = np.diagonal(whole, 1, axis1=1, axis2=2).T[:k]
    return alphas.copy(), betas.copy(), np.trace(whole, axis1=1, axis2=2), whole


def by_routine(alphas, betas):
    matrices = [np.diag(a) + np.diag(b[:-1], 1) + np.diag(b[:-1], -1) for a, b in zip(alphas.T, betas.T, strict=True)]
    return np.linalg.eigvalsh(matrices)[:, -1]


@pytest.mark.parametrize("k", [1, 2, 3, 10, 60])
def test_what_it_settles_is_the_largest_eigenvalue(k):
    """Whatever the start, from nothing known to the eigenvalue itself; the corner is the whole where β_k is 0."""
    alphas, betas, traces, _ = corners(k, 50)
    betas[-1] = 0.0
    expected = by_routine(alphas, betas)
    for known in (np.zeros(50), 0.9 * expected, expected):
        theta, bound = largest_eigenvalue(alphas, betas, known, traces)
        assert (bound <= 1e-12).all()
        np.testing.assert_allclose(theta, expected, rtol=1e-13)


@pytest.mark.parametrize("k", [2, 5, 20])
def test_the_bound_holds_for_the_larger_matrix(k):
    """Where it is small, some eigenvalue of the larger matrix is that near."""
    alphas, betas, traces, whole = corners(k, 200, seed=1)
    betas[-1] *= np.logspace(-12, 0, 200)
    whole[:, k, k - 1] = whole[:, k - 1, k] = betas[-1]
    theta, bound = largest_eigenvalue(alphas, betas, np.zeros(200), traces)
    nearest = np.abs(np.linalg.eigvalsh(whole) - theta[:, None]).min(axis=1)
    assert (nearest <= (bound + 1e-12) * theta).all()
    assert (bound < 1e-6).any()


def test_copies_of_the_largest_eigenvalue_do_no_harm():
    """Blocks that have come apart, as where rounding repeats what has converged."""
    alphas, betas, _, _ = corners(6, 30, seed=2)
    for coupling in (0.0, 1e-300, 1e-16, 1e-12):
        betas[-1] = coupling
        twice, joints = np.concatenate([alphas, alphas]), np.concatenate([betas, betas])
        joints[-1] = 0.0
        theta, bound = largest_eigenvalue(twice, joints, np.zeros(30), 3 * twice.sum(axis=0))
        assert (bound <= 1e-12).all()
        np.testing.assert_allclose(theta, by_routine(alphas, betas), rtol=1e-11)


def test_a_matrix_has_the_same_bits_in_every_batch():
    """Alone or among 200."""
    alphas, betas, traces, _ = corners(30, 200, seed=3)
    together = largest_eigenvalue(alphas, betas, np.zeros(200), traces)
    for v in (0, 57, 199):
        one = slice(v, v + 1)
        alone = largest_eigenvalue(alphas[:, one], betas[:, one], np.zeros(1), traces[one])
        assert [found[0] for found in alone] == [found[v] for found in together]


def test_a_matrix_of_zeros_is_left_to_others():
    """There is no relative error of 0."""
    bound = largest_eigenvalue(np.zeros((3, 2)), np.zeros((3, 2)), np.zeros(2), np.zeros(2))[1]
    assert not np.isfinite(bound).any()
