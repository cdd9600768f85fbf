"""Norms of all Jacobians diag(d_t) W of a network at once, against writing each out and decomposing it."""

import numpy as np
import pytest

from quizgen.rnn.step_norms import step_norms

SIZES = [1, 2, 5, 32, 33, 72]


def network(n, *, variants=3, timesteps=40, seed=0):
    """Slopes in (0, 1], as of tanh, and weights of gain 1."""
    rng = np.random.default_rng(seed)
    slopes = 1.0 - np.tanh(rng.standard_normal((variants, timesteps, n))) ** 2
    return slopes, rng.standard_normal((variants, n, n)) / np.sqrt(n)


def by_decomposition(slopes, W):
    return np.linalg.svd(slopes[..., None] * W[:, None], compute_uv=False)[..., 0]


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("scale", [1.0, 2.0**-500, 2.0**500])
def test_random_networks(n, scale):
    """Within 1e-12 of the decomposition, for weights of any scale."""
    slopes, W = network(n)
    np.testing.assert_allclose(step_norms(slopes, W * scale), by_decomposition(slopes, W) * scale, rtol=1e-12)


@pytest.mark.parametrize("n", SIZES)
def test_orthogonal_weights(n):
    """‖diag(d) g Q‖ = g max|d|, the closed form; and weights that are nearly orthogonal take the other route."""
    slopes, W = network(n)
    Q = np.linalg.qr(W)[0]
    np.testing.assert_allclose(step_norms(slopes, 1.7 * Q), 1.7 * slopes.max(axis=-1), rtol=1e-13)
    nearly = Q + 1e-9 * W
    np.testing.assert_allclose(step_norms(slopes, nearly), by_decomposition(slopes, nearly), rtol=1e-12)


@pytest.mark.parametrize("n", SIZES)
def test_dead_units_and_slopes_of_any_size(n):
    """All units dead: exactly 0. Slopes of 1e-200 and 1e200: as many digits as ever."""
    slopes, W = network(n)
    expected = by_decomposition(slopes, W)
    slopes[0, 3], slopes[1, 4] = 0.0, slopes[1, 4] * 2.0**-600
    slopes[2, 5] *= 2.0**600
    found = step_norms(slopes, W)
    assert found[0, 3] == 0
    expected[0, 3], expected[1, 4] = 0.0, expected[1, 4] * 2.0**-600
    expected[2, 5] *= 2.0**600
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    np.testing.assert_array_equal(step_norms(np.zeros_like(slopes), W), 0.0)
    np.testing.assert_array_equal(step_norms(slopes, np.zeros_like(W)), 0.0)


@pytest.mark.parametrize("n", SIZES)
def test_undefined_entries_stay_where_they_are(n):
    """A NaN or infinite slope makes its own norm NaN, such a weight those of its variant."""
    slopes, W = network(n)
    expected = step_norms(slopes, W)
    slopes[0, 1, 0], slopes[0, 2, 0], W[2, 0, 0] = np.nan, np.inf, np.inf
    found = step_norms(slopes, W)
    assert np.isnan(found[0, 1:3]).all()
    assert np.isnan(found[2]).all()
    np.testing.assert_array_equal(found[1], expected[1])
    np.testing.assert_array_equal(found[0, 3:], expected[0, 3:])


@pytest.mark.parametrize("n", SIZES)
def test_the_batch_the_length_and_the_question_do_not_change_a_bit(n):
    """A timestep has the same norm alone, in a longer run, among other variants, and with fewer norms asked."""
    slopes, W = network(n, variants=20)
    together = step_norms(slopes, W)
    for v in (0, 7, 19):
        np.testing.assert_array_equal(step_norms(slopes[v : v + 1], W[v : v + 1])[0], together[v])
        np.testing.assert_array_equal(step_norms(slopes[v : v + 1, :9], W[v : v + 1])[0], together[v, :9])
    asked = np.zeros(together.shape, dtype=bool)
    asked[3, 39] = asked[5, 2] = True
    some = step_norms(slopes, W, asked)
    np.testing.assert_array_equal(some[asked], together[asked])
    assert np.isnan(some[~asked]).all()


@pytest.mark.parametrize("n", [33, 100])
def test_more_timesteps_than_one_block_holds(n):
    """Each has its own norm, the last as well, which fills up the last block."""
    slopes, W = network(n, variants=1, timesteps=103)
    np.testing.assert_allclose(step_norms(slopes, W), by_decomposition(slopes, W), rtol=1e-12)


@pytest.mark.parametrize("smallest", [1e-3, 1e-30, 1e-170])
def test_rows_of_every_size_behind_dead_units(smallest):
    """Where the units with large weights are dead, what the small ones give keeps its digits."""
    slopes, W = network(40)
    W *= np.logspace(0, np.log10(smallest), 40)[:, None]
    slopes[:, ::2, :35] = 0.0
    np.testing.assert_allclose(step_norms(slopes, W), by_decomposition(slopes, W), rtol=1e-12)


def test_two_equal_networks_side_by_side():
    """Each singular value twice, or nearly: blocks that hardly touch each other."""
    slopes, W = network(20)
    double, both = np.concatenate([slopes, slopes], axis=-1), np.zeros((3, 40, 40))
    both[:, :20, :20] = both[:, 20:, 20:] = W
    for coupling in (0.0, 1e-15, 1e-12, 1e-10, 1e-7):
        both[:, :20, 20:] = coupling
        np.testing.assert_allclose(step_norms(double, both), by_decomposition(double, both), rtol=1e-12)
