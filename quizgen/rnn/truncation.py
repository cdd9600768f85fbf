"""Truncated backpropagation through time, and what it leaves out, for one network at a time.

    sliding   the gradient of every loss goes back through at most k timesteps of weights (k − 1 Jacobians)
    chunked   the sequence is cut after every k timesteps and no gradient crosses a cut

Both leave the forward pass as it is: the state is carried on, only the gradient is cut. In both k = T is the full
gradient. A network is h_t = phi(W h_{t-1} + …) with slopes phi'(a_t); the losses' own gradients at h_t are given.

Shapes: W (n, n); slopes, loss_gradients at t = 1 .. T and states_before h_0 .. h_{T-1} (T, n).
Source: Williams & Peng (1990), their BPTT(h) and BPTT(h; h').
"""

import numpy as np

from quizgen.errors import ParameterError
from quizgen.rnn.arrays import FloatArray


def gradients_by_lag(
    W: FloatArray, slopes: FloatArray, states_before: FloatArray, loss_gradients: FloatArray
) -> FloatArray:
    """Return the parts of dL/dW that come back through just j = 0 .. T − 1 Jacobians: (T, n, n); they add up to it.

    Raises: ParameterError for shapes that do not belong together.
    """
    timesteps, n = _checked(W, slopes, states_before, loss_gradients)
    parts = np.empty((timesteps, n, n))
    errors = slopes * loss_gradients  # row t: from the losses j timesteps after t
    for lag in range(timesteps):
        parts[lag] = errors.T @ states_before[: timesteps - lag]
        errors = slopes[: timesteps - lag - 1] * (errors[1:] @ W)
    return parts


def split_by_sliding(by_lag: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return what windows k = 1 .. T keep of dL/dW, the parts of lag 0 .. k − 1, and what they leave out: (T, n, n).

    Both are sums of parts, neither a difference, so that a small one keeps its digits beside a large one.
    """
    beyond = np.zeros_like(by_lag)
    beyond[:-1] = np.cumsum(by_lag[:0:-1], axis=0)[::-1]
    return np.cumsum(by_lag, axis=0), beyond


def split_by_chunks(
    W: FloatArray, slopes: FloatArray, states_before: FloatArray, loss_gradients: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return what cuts after every k = 1 .. T timesteps keep of dL/dW, and what they leave out: (T, n, n) each.

    Both are swept back on their own, so that a small one keeps its digits beside a large one.
    Raises: ParameterError for shapes that do not belong together.
    """
    timesteps, n = _checked(W, slopes, states_before, loss_gradients)
    windows = np.arange(1, timesteps + 1)
    kept, left_out = np.empty((2, timesteps, timesteps, n))  # errors: window, timestep
    within, beyond = np.zeros((timesteps, n)), np.zeros((timesteps, n))
    for t in range(timesteps, 0, -1):
        is_cut = (t % windows == 0)[:, None]
        beyond = slopes[t - 1] * (beyond + np.where(is_cut, within, 0.0))
        within = slopes[t - 1] * (np.where(is_cut, 0.0, within) + loss_gradients[t - 1])
        kept[:, t - 1], left_out[:, t - 1] = within, beyond
        within, beyond = within @ W, beyond @ W
    return kept.swapaxes(-1, -2) @ states_before, left_out.swapaxes(-1, -2) @ states_before


def _checked(
    W: FloatArray, slopes: FloatArray, states_before: FloatArray, loss_gradients: FloatArray
) -> tuple[int, int]:
    """T and n."""
    timesteps, n = len(slopes), len(W)
    for name, array, expected in (
        ("W", W, (n, n)),
        ("slopes", slopes, (timesteps, n)),
        ("states_before", states_before, (timesteps, n)),
        ("loss_gradients", loss_gradients, (timesteps, n)),
    ):
        if array.shape != expected:
            raise ParameterError(f"{name}: shape {array.shape}: expected {expected}")
    return timesteps, n
