"""Every route to the spectral norm against the singular value decomposition, and what each says about its own error."""

import numpy as np
import pytest

from quizgen.rnn import norms
from quizgen.rnn.norms import exact_spectral_norm, spectral_norm
from quizgen.rnn.squaring import largest_by_squaring

SIZES = [1, 2, 3, 8, 32, 33, 64]  # closed forms, squaring up to 32, the Lanczos process above


def orthogonal(rng, count, n):
    return np.linalg.qr(rng.standard_normal((count, n, n)))[0]


def with_singular_values(rng, values, count=3):
    """Random matrices with these singular values."""
    n = len(values)
    return orthogonal(rng, count, n) * values @ orthogonal(rng, count, n)


def by_decomposition(stack):
    return np.linalg.svd(stack, compute_uv=False)[..., 0]


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("scale", [1.0, 2.0**-400, 2.0**400, 2.0**-1000, 2.0**1000])
def test_random_matrices_of_every_scale(n, scale):
    """Powers of two are exact, so the norm of a scaled matrix is the scaled norm, to the last digits."""
    stack = np.random.default_rng(n).standard_normal((20, n, n))
    np.testing.assert_allclose(spectral_norm(stack * scale), by_decomposition(stack) * scale, rtol=1e-12)


@pytest.mark.parametrize("n", SIZES[2:])
@pytest.mark.parametrize("gap", [0.0, 1e-15, 1e-13, 1e-12, 1e-11, 1e-9, 1e-6, 1e-3, 0.1])
def test_nearly_equal_singular_values(n, gap):
    """The largest is found however close the second is, and however many are the same."""
    rng = np.random.default_rng(n)
    for many in (1, n // 2):
        values = np.linspace(0.9, 0.1, n)
        values[0], values[1 : 1 + many] = 1.0, 1.0 - gap
        stack = with_singular_values(rng, values, count=8)
        np.testing.assert_allclose(spectral_norm(stack), by_decomposition(stack), rtol=1e-12)


@pytest.mark.parametrize("n", SIZES[1:])
@pytest.mark.parametrize("rank", [1, 2])
def test_matrices_that_have_lost_their_rank(n, rank):
    """Long products are of rank one to rounding, or exactly."""
    rng = np.random.default_rng(n)
    exact = rng.standard_normal((9, n, rank)) @ rng.standard_normal((9, rank, n))
    faded = with_singular_values(rng, 10.0 ** -np.linspace(0, 300, n))
    for stack in (exact, faded):
        np.testing.assert_allclose(spectral_norm(stack), by_decomposition(stack), rtol=1e-12)


@pytest.mark.parametrize("n", SIZES[1:])
def test_matrices_with_structure(n):
    """Orthogonal, identity, shift, diagonal and block-diagonal matrices, and a single entry."""
    rng = np.random.default_rng(n)
    block = np.kron(np.eye(2), rng.standard_normal((n, n)))[:n, :n]
    single = np.zeros((n, n))
    single[-1, 0] = -3.0
    stack = np.stack([orthogonal(rng, 1, n)[0], np.eye(n), np.eye(n, k=1), np.diag(np.arange(n) - 2.5), block, single])
    np.testing.assert_allclose(spectral_norm(stack), by_decomposition(stack), rtol=1e-12)


@pytest.mark.parametrize("n", SIZES)
def test_zeros_and_undefined_matrices_among_others(n):
    """They have their own norms, and do not touch their neighbours'."""
    stack = np.random.default_rng(n).standard_normal((6, n, n))
    expected = by_decomposition(stack)
    stack[1], stack[2, 0, 0], stack[3, 0, 0] = 0.0, np.nan, np.inf
    found = spectral_norm(stack)
    assert found[1] == 0
    assert np.isnan(found[2:4]).all() or n == 1
    np.testing.assert_allclose(found[[0, 4, 5]], expected[[0, 4, 5]], rtol=1e-12)


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (70, 40), (40, 70), (1, 50), (50, 1), (100, 20)])
def test_rectangular_matrices(shape):
    """Whichever side is longer."""
    stack = np.random.default_rng(1).standard_normal((2, 3, *shape))
    np.testing.assert_allclose(spectral_norm(stack), by_decomposition(stack), rtol=1e-12)


@pytest.mark.parametrize("n", SIZES)
def test_a_matrix_has_the_same_bits_in_every_stack(n):
    """Alone, among 50 and among 200 that need more or fewer steps; in any order."""
    rng = np.random.default_rng(n)
    stack = rng.standard_normal((200, n, n))
    stack[::3] = stack[::3] @ stack[1::3][:67] @ stack[::3] * 1e-80
    stack[::7] = np.eye(n)
    stack[5], stack[6] = 0.0, 1e-200
    together, order = spectral_norm(stack), rng.permutation(200)
    np.testing.assert_array_equal(spectral_norm(stack[order]), together[order])
    np.testing.assert_array_equal(spectral_norm(stack[:50]), together[:50])
    for v in range(0, 200, 17):
        assert spectral_norm(stack[v : v + 1])[0] == together[v]


@pytest.mark.parametrize("n", [3, 8, 32])
def test_squaring_knows_its_own_error(n):
    """The bound holds, also where the values are too close for it to settle."""
    rng = np.random.default_rng(n)
    for gap in (0.0, 1e-9, 1e-3, 0.03, 0.3):
        values = np.full(n, 1.0 - gap)
        values[0] = 1.0
        roots = with_singular_values(rng, np.sqrt(values))
        found, doubt = largest_by_squaring(roots.swapaxes(1, 2) @ roots)
        settled = doubt <= 1e-12
        assert settled.all() == (gap > 0.003)
        np.testing.assert_allclose(found[settled], 1.0, rtol=1e-13)


@pytest.mark.parametrize(("n", "width"), [(8, 0.001), (64, 0.5)])
def test_what_an_iteration_cannot_settle_goes_to_the_exact_route(n, width, monkeypatch):
    """Many singular values close to the largest: the eigenvalue routine is asked, and only for these."""
    asked = []

    def recorded(stack):
        asked.append(len(stack))
        return exact_spectral_norm(stack)

    monkeypatch.setattr(norms, "exact_spectral_norm", recorded)
    rng = np.random.default_rng(n)
    crowd = with_singular_values(rng, 1.0 - width * np.linspace(0.0, 1.0, n) ** 2, count=2)
    easy = with_singular_values(rng, 0.5 ** np.arange(n), count=5)
    np.testing.assert_allclose(spectral_norm(np.concatenate([easy, crowd])), 1.0, rtol=1e-12)
    assert asked == [2]
