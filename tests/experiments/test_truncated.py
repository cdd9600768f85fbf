"""Truncated backpropagation through time: closed forms of one unit, and the order of the biases."""

import numpy as np
import pytest


def test_a_sliding_window_keeps_its_share_of_equal_terms(simulated):
    """A linear unit, one loss at T: all T terms are w^(T-1) h_0, so the window k keeps k/T of them."""
    found = simulated(
        "truncated_bptt", cell="linear", init="identity", gain=0.9, hidden=1.0, timesteps=8.0, input_std=0.0,
        start_std=1.0, loss="last",
    )  # fmt: skip
    k = np.arange(1, 9)
    np.testing.assert_allclose(found.sliding_bias, 1 - k / 8, atol=1e-15)
    np.testing.assert_allclose(found.sliding_norm, found.full_norm * k / 8, rtol=1e-12)
    np.testing.assert_allclose(found.lag_norm, found.full_norm / 8, rtol=1e-12)
    np.testing.assert_allclose(found.sliding_cosine, 1, rtol=1e-12)
    np.testing.assert_allclose(found.chunked_bias, 1 - ((8 - 1) % k + 1) / 8, atol=1e-15)  # the last chunk is left


@pytest.mark.parametrize("loss", ["every", "last"])
def test_the_full_window_is_the_full_gradient(simulated, loss):
    """K = T: no bias, to the last bit, and the norm of the gradient."""
    found = simulated("truncated_bptt", gain=1.1, timesteps=20.0, loss=loss)
    assert found.sliding_bias[-1] == found.chunked_bias[-1] == 0
    assert found.sliding_cosine[-1] == pytest.approx(1)
    assert found.sliding_norm[-1] == pytest.approx(found.full_norm)
    assert found.chunked_norm[-1] == pytest.approx(found.full_norm)


def test_vanishing_gradients_forgive_truncation(simulated):
    """With gain ½ a window of 10 leaves out less than 0.1 %; chunks of 10 still lose what crosses a cut."""
    found = simulated("truncated_bptt", gain=0.5, timesteps=60.0)
    assert found.sliding_bias[9] < 1e-3 < found.chunked_bias[9]
    assert found.sliding_bias[0] > 0.1


def test_nothing_is_left_out_of_nothing(simulated):
    """One timestep from h_0 = 0: the gradient is 0, and so is its bias."""
    found = simulated("truncated_bptt", timesteps=1.0)
    assert (found.full_norm, found.sliding_bias.tolist(), found.chunked_bias.tolist()) == (0, [0], [0])


def test_last_loss_alone_is_bptt_terms(simulated):
    """Of the same network and loss, ‖dL/dW‖ is that of the experiment on the contributions of the timesteps."""
    arguments = {"gain": 0.9, "timesteps": 1.0, "start_std": 1.0, "hidden": 5.0}
    one, other = simulated("truncated_bptt", loss="last", **arguments), simulated("bptt_terms", **arguments)
    assert one.full_norm == pytest.approx(other.total_norm, rel=1e-12)


def test_small_windows_keep_their_digits_beside_a_huge_gradient(simulated):
    """Window 1 keeps the part of lag 0 alone, however the rest explodes, whether it slides or cuts."""
    found = simulated("truncated_bptt", gain=4.0, hidden=32.0, timesteps=150.0, loss="last")
    assert found.full_norm > 1e17 * found.lag_norm[0]
    assert found.sliding_norm[0] == found.lag_norm[0]
    assert found.chunked_norm[0] == pytest.approx(found.lag_norm[0], rel=1e-14)
