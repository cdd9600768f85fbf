"""Backpropagation through time, for every cell.

    delta_T = dL/dh_T,    e_t = phi'(a_t) ⊙ delta_t,    delta_{t-1} = W_hhᵀ e_t
    dL/dW_hh = sum over t of e_t h_{t-1}ᵀ,    dL/dW_xh = sum of e_t x_tᵀ,    dL/db = sum of e_t

in an Elman network; other cells have more gates, and their own way back (`Cell.vjp`).
Sources: Rumelhart, Hinton & Williams (1986); Werbos (1990); truncated: Williams & Peng (1990).
"""

import numpy as np

from quizgen.errors import ParameterError
from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.cells import Cell
from quizgen.rnn.forward import Trajectory, running
from quizgen.rnn.linear import outer, summed
from quizgen.rnn.norms import euclidean_norm
from quizgen.values import immutable


@immutable
class Backward:
    """What the backward pass found.

    Shapes: deltas, dL/d(state) 0 .. T, as the states; errors e_1 .. e_T, dL/d(pre-activation of each gate on the
    input's side), (V, T, Gn); and the gradients as the weights. ``b`` is that of the biases on the input's side,
    ``b_hh`` of those on the recurrent side; they differ only in a GRU with reset after.
    """

    deltas: FloatArray
    errors: FloatArray
    W_hh: FloatArray
    W_xh: FloatArray
    b: FloatArray
    b_hh: FloatArray

    def named(self) -> dict[str, FloatArray]:
        """The gradients of the weights, by PyTorch's names."""
        return {
            "weight_ih_l0": self.W_xh,
            "weight_hh_l0": self.W_hh,
            "bias_ih_l0": self.b,
            "bias_hh_l0": self.b_hh,
        }


def backward(
    cell: Cell,
    trajectory: Trajectory,
    loss_gradient: FloatArray,
    *,
    along: FloatArray | None = None,
    window: int | None = None,
    chunk: int | None = None,
) -> Backward:
    """Sweep back from the loss.

    Shapes: loss_gradient dL/d(last state) (V, s); ``along`` (V, T, s), what the losses of timesteps 1 .. T add to the
    gradient of their own states. With B sequences for each network, (V, B, s) and (V, T, B, s).

    ``window`` = k stops after the last k timesteps (one loss, at the end); ``chunk`` = k cuts the gradient, never the
    state, between timesteps k and k + 1, 2k and 2k + 1, ….
    Raises: ParameterError for a shape that does not fit the trajectory, or a window or chunk below 1.
    """
    _check(trajectory, loss_gradient, along, window, chunk)
    lengths, slopes = trajectory.lengths, trajectory.slopes(cell)
    deltas = np.zeros_like(trajectory.states)
    errors = np.zeros((*trajectory.pre_activations.shape[:-1], cell.b.shape[-1]))
    delta = loss_gradient.copy()
    deltas[np.arange(len(delta)), lengths] = delta
    for t in range(int(lengths.max(initial=0)), 0, -1):
        active = running(lengths, t)
        if along is not None:
            delta[:active] += along[:active, t - 1]
            deltas[:active, t] = delta[:active]
        back, error = cell.first(active).vjp(slopes[:active, t - 1], delta[:active])
        if window is not None and t > 1:
            back[lengths[:active] - t + 1 >= window] = 0.0
        if chunk is not None and t > 1 and (t - 1) % chunk == 0:
            back[:] = 0.0
        errors[:active, t - 1], deltas[:active, t - 1], delta[:active] = error, back, back
    return _with_weights(cell, trajectory, slopes, deltas, errors)


def _with_weights(
    cell: Cell, trajectory: Trajectory, slopes: FloatArray, deltas: FloatArray, errors: FloatArray
) -> Backward:
    """Add up the gradients of the weights, in one product for all variants of the same length.

    Each variant's own length, so that its last digit does not depend on how long the others are.
    """
    gradients = Backward(
        deltas=deltas,
        errors=errors,
        W_hh=np.zeros(cell.W_hh.shape),
        W_xh=np.zeros(cell.W_xh.shape),
        b=np.zeros(cell.b.shape),
        b_hh=np.zeros(cell.b.shape),
    )
    for length in sorted(set(trajectory.lengths.tolist())):
        rows = np.flatnonzero(trajectory.lengths == length)
        error = _in_a_row(errors[rows, :length])
        before, inputs = _in_a_row(trajectory.states[rows, :length]), _in_a_row(trajectory.inputs[rows, :length])
        at = _in_a_row(slopes[rows, :length], axes=2)
        gradients.W_hh[rows], gradients.b_hh[rows] = cell.recurrent_gradients(at, error, before)
        gradients.W_xh[rows], gradients.b[rows] = outer(error, inputs), summed(error)
    return gradients


def _in_a_row(array: FloatArray, *, axes: int = 1) -> FloatArray:
    """Put timesteps, and sequences, on one axis before the last ``axes``: (V, T, …, q) -> (V, T · …, q)."""
    return array.reshape(len(array), -1, *array.shape[-axes:])


def norm_ratios(cell: Cell, trajectory: Trajectory, loss_gradient: FloatArray) -> FloatArray:
    """The ratios ‖delta_{t-1}‖/‖delta_t‖ for t = 1 .. T of one loss at the end: (V, s) -> (V, T), 0 beyond the end.

    delta is brought back to norm 1 after every timestep, so that none of them is too small or too large for float64.
    A ratio is 0 where there is no gradient any more.
    """
    lengths, slopes = trajectory.lengths, trajectory.slopes(cell)
    ratios = np.zeros((len(lengths), int(lengths.max(initial=0))))
    delta = _of_norm_one(loss_gradient, euclidean_norm(loss_gradient))
    for t in range(ratios.shape[1], 0, -1):
        active = running(lengths, t)
        back, _ = cell.first(active).vjp(slopes[:active, t - 1], delta[:active])
        ratios[:active, t - 1] = euclidean_norm(back)
        delta[:active] = _of_norm_one(back, ratios[:active, t - 1])
    return ratios


def _of_norm_one(vectors: FloatArray, norms: FloatArray) -> FloatArray:
    """``vectors`` over their norms; those that are 0 stay 0."""
    return vectors / np.where(norms == 0, 1.0, norms)[:, None]


def timestep_gradients(cell: Cell, trajectory: Trajectory, gradients: Backward) -> dict[str, FloatArray]:
    """The contribution of each timestep to each gradient, by PyTorch's names: (V, T, …), adding up to the gradient."""
    slopes, states = trajectory.slopes(cell), trajectory.states
    steps = range(gradients.errors.shape[1])
    recurrent = [cell.recurrent_gradients(slopes[:, t], gradients.errors[:, t], states[:, t]) for t in steps]
    return {
        "weight_ih_l0": np.stack([outer(gradients.errors[:, t], trajectory.inputs[:, t]) for t in steps], axis=1),
        "weight_hh_l0": np.stack([in_W_hh for in_W_hh, _ in recurrent], axis=1),
        "bias_ih_l0": np.stack([summed(gradients.errors[:, t]) for t in steps], axis=1),
        "bias_hh_l0": np.stack([in_b_hh for _, in_b_hh in recurrent], axis=1),
    }


def squared_loss(prediction: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """L = ½ ‖prediction − target‖² and its gradient.  Shapes: (V, n), (V, n) -> (V,), (V, n)."""
    miss = prediction - target
    return 0.5 * np.square(miss).sum(axis=-1), miss


def _check(
    trajectory: Trajectory, loss_gradient: FloatArray, along: FloatArray | None, window: int | None, chunk: int | None
) -> None:
    variants, _, *rest = trajectory.states.shape
    if loss_gradient.shape != (variants, *rest):
        raise ParameterError(f"loss_gradient: shape {loss_gradient.shape}: expected {(variants, *rest)}")
    expected = (variants, trajectory.inputs.shape[1], *rest)
    if along is not None and along.shape != expected:
        raise ParameterError(f"along: shape {along.shape}: expected {expected}")
    for name, timesteps in (("window", window), ("chunk", chunk)):
        if timesteps is not None and timesteps < 1:
            raise ParameterError(f"{name}: {timesteps}: expected a whole number of timesteps, at least 1")
    if window is not None and along is not None:
        raise ParameterError("window: expected one loss at the end, but along was given", hint="use chunk instead")
