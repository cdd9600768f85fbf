"""Truncated backpropagation for all windows at once, against one sweep for each and the definition."""

import numpy as np
import pytest

from quizgen.errors import ParameterError
from quizgen.rnn.bptt import backward
from quizgen.rnn.forward import forward
from quizgen.rnn.truncation import gradients_by_lag, split_by_chunks, split_by_sliding

T = 11


@pytest.fixture
def network(make_elman):
    """A cell, its trajectory, and losses at every timestep."""
    rng = np.random.default_rng(5)
    cell = make_elman(variants=1, n=4)
    trajectory = forward(cell, rng.standard_normal((1, T, 2)), rng.standard_normal((1, 4)))
    return cell, trajectory, rng.standard_normal((1, T, 4))


def parts(network):
    cell, trajectory, along = network
    slopes = cell.activation.derivative(trajectory.pre_activations)
    return cell.W_hh[0], slopes[0], trajectory.states[0, :-1], along[0]


def test_all_lags_together_are_the_full_gradient(network):
    """And so is what k = T leaves, which is nothing."""
    cell, trajectory, along = network
    full = backward(cell, trajectory, np.zeros((1, 4)), along=along).W_hh[0]
    by_lag = gradients_by_lag(*parts(network))
    np.testing.assert_allclose(by_lag.sum(axis=0), full, rtol=1e-12)
    for kept, left_out in (split_by_sliding(by_lag), split_by_chunks(*parts(network))):
        assert not left_out[-1].any()
        np.testing.assert_allclose(kept[-1], full, rtol=1e-12)


@pytest.mark.parametrize("k", range(1, T + 1))
def test_chunks_are_those_of_the_sweep_that_is_cut(network, k):
    """For each k the gradient of `backward` with its own cuts."""
    cell, trajectory, along = network
    none = np.zeros((1, 4))
    full, cut = (backward(cell, trajectory, none, along=along, chunk=chunk).W_hh[0] for chunk in (None, k))
    kept, left_out = split_by_chunks(*parts(network))
    np.testing.assert_allclose(left_out[k - 1], full - cut, atol=1e-14)
    np.testing.assert_allclose(kept[k - 1], cut, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("k", [1, 3, 10])
def test_a_window_slides_with_each_loss(network, k):
    """The definition: for each loss alone, the sweep that stops after k timesteps; their sum."""
    cell, trajectory, along = network
    kept = np.zeros((4, 4))
    for t in range(1, T + 1):
        until = forward(cell, trajectory.inputs[:, :t], trajectory.states[:, 0])
        kept += backward(cell, until, along[:, t - 1], window=k).W_hh[0]
    by_lag = gradients_by_lag(*parts(network))
    np.testing.assert_allclose(by_lag[:k].sum(axis=0), kept, rtol=1e-11)
    np.testing.assert_allclose(split_by_sliding(by_lag)[1][k - 1], by_lag.sum(axis=0) - kept, atol=1e-13)


def test_shapes_that_do_not_belong_together_are_named(network):
    """One state too many."""
    W, slopes, states, losses = parts(network)
    with pytest.raises(ParameterError, match=r"states_before: shape \(12, 4\): expected \(11, 4\)"):
        gradients_by_lag(W, slopes, np.vstack([states, states[:1]]), losses)
