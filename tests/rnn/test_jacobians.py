"""Norms of products of Jacobians: against plain products, closed forms, and where float64 ends."""

import math

import numpy as np
import pytest

from quizgen.rnn import jacobians
from quizgen.rnn.jacobians import Probe, power_norms, product_norms
from quizgen.rnn.norms import frobenius_norm, spectral_norm

RNG = np.random.default_rng(5)


def everywhere(variants, timesteps, norm=spectral_norm):
    return Probe(norm=norm, asked=np.ones((variants, timesteps + 1), dtype=bool))


def norms_of(jacobians, order, *probes):
    """Product norms of given Jacobians (V, T, n, n), all of the same length."""
    variants, timesteps, n, _ = jacobians.shape
    lengths = np.full(variants, timesteps)
    return product_norms(lambda t, active: jacobians[:active, t - 1], lengths, n, probes, order=order)


@pytest.mark.parametrize("n", [1, 2, 3, 8])
def test_norms_agree_with_plain_products(n):
    """Forward and backward, spectral and Frobenius, against multiplying out and decomposing."""
    J = RNG.standard_normal((4, 6, n, n))
    probes = everywhere(4, 6), everywhere(4, 6, frobenius_norm)
    forward, forward_frobenius = norms_of(J, "forward", *probes)
    backward, _ = norms_of(J, "backward", *probes)
    for v in range(4):
        for k in range(7):
            first = np.linalg.multi_dot([*J[v, :k][::-1], np.eye(n), np.eye(n)])
            last = np.linalg.multi_dot([*J[v, 6 - k :][::-1], np.eye(n), np.eye(n)])
            assert forward.value[v, k] == pytest.approx(np.linalg.svd(first)[1][0], rel=1e-12)
            assert forward_frobenius.value[v, k] == pytest.approx(np.linalg.norm(first), rel=1e-12)
            assert backward.value[v, k] == pytest.approx(np.linalg.svd(last)[1][0], rel=1e-12)


@pytest.mark.parametrize("order", ["forward", "backward"])
@pytest.mark.parametrize("factor", [1e-200, 0.5, 3.0, 1e200])
def test_long_products_stay_in_range(order, factor):
    """A rotation times a factor has norm factor^T, whatever factor^T is."""
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    J = np.broadcast_to(factor * turn, (1, 3000, 2, 2))
    (norms,) = norms_of(J, order, everywhere(1, 3000))
    np.testing.assert_allclose(norms.log10[0], np.arange(3001) * math.log10(factor), rtol=1e-11, atol=1e-11)


def test_nilpotent_products_are_zero():
    """A shift matrix is 0 from its n-th power on: logarithm −infinity, no NaN, no warning."""
    shift = np.eye(3, k=1)
    (norms,) = norms_of(np.broadcast_to(shift, (1, 5, 3, 3)), "forward", everywhere(1, 5))
    assert norms.value[0].tolist() == [1, 1, 1, 0, 0, 0]
    assert norms.log10[0].tolist() == [0, 0, 0, -np.inf, -np.inf, -np.inf]
    assert power_norms(shift[None], 5).value[0].tolist() == [1, 1, 1, 0, 0, 0]


def test_only_what_is_asked_is_measured():
    """Norms that nobody asked for are NaN, and asking for less does not change a bit."""
    J = RNG.standard_normal((2, 9, 5, 5))
    asked = np.zeros((2, 10), dtype=bool)
    asked[0, 3] = asked[1, 9] = True
    (some,) = norms_of(J, "forward", Probe(norm=spectral_norm, asked=asked))
    (whole,) = norms_of(J, "forward", everywhere(2, 9))
    np.testing.assert_array_equal(some.value[asked], whole.value[asked])
    assert np.isnan(some.value[~asked]).all()


@pytest.mark.parametrize("order", ["forward", "backward"])
@pytest.mark.parametrize("n", [4, 36])
def test_unequal_lengths_and_batches_have_the_same_bits(order, n):
    """Fifty variants of lengths 30 down to 1 give what each gives alone."""
    J = RNG.standard_normal((50, 30, n, n))
    lengths = np.sort(RNG.integers(1, 31, 50))[::-1].copy()
    lengths[0] = 30
    (together,) = product_norms(lambda t, active: J[:active, t - 1], lengths, n, [everywhere(50, 30)], order=order)
    for v in (0, 20, 49):
        (alone,) = norms_of(J[v : v + 1, : lengths[v]], order, everywhere(1, lengths[v]))
        np.testing.assert_array_equal(alone.value[0], together.value[v, : lengths[v] + 1])


@pytest.mark.parametrize("order", ["forward", "backward"])
@pytest.mark.parametrize("entries", [1, 500, 3000])
def test_how_many_products_wait_for_their_norms_does_not_matter(order, entries, monkeypatch):
    """With room for one, a few or all of them the norms have the same bits, also of unequal lengths and few asked."""
    J = RNG.standard_normal((6, 20, 5, 5))
    lengths = np.array([20, 20, 13, 8, 8, 1])
    asked = RNG.random((6, 21)) < 0.4
    probes = [everywhere(6, 20), Probe(norm=frobenius_norm, asked=asked)]
    expected = product_norms(lambda t, active: J[:active, t - 1], lengths, 5, probes, order=order)
    monkeypatch.setattr(jacobians, "_ENTRIES_KEPT", entries)
    found = product_norms(lambda t, active: J[:active, t - 1], lengths, 5, probes, order=order)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one.value, other.value)


@pytest.mark.parametrize("scale", [1e-307, 1e-160, 1e160, 1e305])
def test_a_factor_at_the_edge_of_float64(scale):
    """Factors whose squares or sums leave float64 keep their digits, among others that do not."""
    J = RNG.standard_normal((2, 8, 40, 40))
    edge = J.copy()
    edge[0, ::2] *= scale
    (plain,) = norms_of(J, "forward", everywhere(2, 8))
    (found,) = norms_of(edge, "forward", everywhere(2, 8))
    np.testing.assert_array_equal(found.value[1], plain.value[1])
    steps = np.ceil(np.arange(9) / 2)
    np.testing.assert_allclose(found.log10[0], plain.log10[0] + steps * math.log10(scale), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("n", [3, 8, 40])
@pytest.mark.parametrize("faded", [1e-3, 1e-9, 1e-30])
def test_a_direction_that_has_faded_can_overtake(n, faded):
    """One direction shrinks while another, down to almost nothing, grows: the norm is the larger of the two throughout.

    With J_t = Q_t diag(g_t) Q_{t-1}ᵀ the product has the singular values g_1 … g_t, whatever the orthogonal Q are.
    """
    gains = np.full((24, n), 0.5)
    gains[:12, 0], gains[12:, 0] = 1.0, 1e-3
    gains[:12, 1], gains[12:, 1] = faded ** (1 / 12), 1.1
    Q = np.linalg.qr(np.random.default_rng(n).standard_normal((25, n, n)))[0]
    J = (Q[1:] * gains[:, None]) @ Q[:-1].swapaxes(1, 2)
    (norms,) = norms_of(J[None], "forward", everywhere(1, 24))
    np.testing.assert_allclose(norms.value[0, 1:], np.cumprod(gains, axis=0).max(axis=1), rtol=1e-12)


@pytest.mark.parametrize("n", [8, 40])
def test_dead_units_and_close_singular_values(n):
    """Products of a ReLU network that loses units one after another, and of near-copies of an orthogonal matrix."""
    rng = np.random.default_rng(n)
    alive = np.arange(n) < np.linspace(n, 1, 12).astype(int)[:, None]
    dying = alive[:, :, None] * rng.standard_normal((12, n, n))
    near = np.linalg.qr(rng.standard_normal((12, n, n)))[0] * (1 + 1e-8 * rng.standard_normal((12, 1, n)))
    (norms,) = norms_of(np.stack([dying, near]), "forward", everywhere(2, 12))
    for v, jacobians_ in enumerate((dying, near)):
        product = np.eye(n)
        for t, factor in enumerate(jacobians_, start=1):
            product = factor @ product
            assert norms.value[v, t] == pytest.approx(np.linalg.svd(product)[1][0], rel=1e-12)


@pytest.mark.parametrize("factor", [0.999, 1.001])
def test_a_million_constant_jacobians(factor):
    """‖(factor · reflection)^T‖ = factor^T at T = 1,000,000."""
    W = factor * np.array([[[0.0, 1.0], [1.0, 0.0]]])
    assert power_norms(W, 1_000_000).log10[0, -1] == pytest.approx(1e6 * math.log10(factor), rel=1e-9)


def test_powers_of_a_jordan_block():
    """W^t = [[λ^t, t λ^(t-1)], [0, λ^t]] for λ = 0.9: the norm peaks at t = 9 with 3.912567."""
    norms = power_norms(np.array([[[0.9, 1.0], [0.0, 0.9]]]), 60).value[0]
    t = np.arange(61)
    a, b = 0.9**t, t * 0.9 ** (t - 1.0)
    np.testing.assert_allclose(norms, (b + np.sqrt(b**2 + 4 * a**2)) / 2, rtol=1e-13)
    assert norms.argmax() == 9
    assert norms.max() == pytest.approx(3.912567, abs=5e-7)


def test_a_relu_product_grows_although_the_radius_is_below_one():
    """Radius 0.7071 is no guarantee: with only the first unit active the product grows as 2^(T-1) √13."""
    W = np.array([[2.0, 3.0], [-1.5, -2.0]])
    assert np.abs(np.linalg.eigvals(W)).max() == pytest.approx(math.sqrt(0.5))
    masked = np.diag([1.0, 0.0]) @ W
    (norms,) = norms_of(np.broadcast_to(masked, (1, 12, 2, 2)), "forward", everywhere(1, 12))
    np.testing.assert_allclose(norms.value[0, 1:], 2.0 ** np.arange(12) * math.sqrt(13))
