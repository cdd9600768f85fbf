"""Backpropagation through time for Elman networks whose loss L depends on the last hidden state.

    delta_T = dL/dh_T,    e_t = phi'(a_t) ⊙ delta_t,    delta_{t-1} = W_hhᵀ e_t
    dL/dW_hh = sum over t of e_t h_{t-1}ᵀ,    dL/dW_xh = sum of e_t x_tᵀ,    dL/db = sum of e_t

Sources: Rumelhart, Hinton & Williams (1986); Werbos (1990).
"""

from dataclasses import dataclass

import numpy as np

from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.elman import Elman, matvec
from quizgen.rnn.forward import Trajectory, running


@dataclass(frozen=True, slots=True, kw_only=True)
class Backward:
    """What the backward pass found.

    Shapes: deltas dL/dh_0 .. dL/dh_T (V, T + 1, n), errors e_1 .. e_T (V, T, n), and the gradients as the weights.
    """

    deltas: FloatArray
    errors: FloatArray
    W_hh: FloatArray
    W_xh: FloatArray
    b: FloatArray


def backward(cell: Elman, trajectory: Trajectory, loss_gradient: FloatArray) -> Backward:
    """Sweep back from the loss.  Shapes: loss_gradient dL/dh_T (V, n)."""
    deltas = np.zeros_like(trajectory.states)
    errors = np.zeros_like(trajectory.pre_activations)
    delta = loss_gradient.copy()
    W_transposed = np.ascontiguousarray(cell.W_hh.swapaxes(-1, -2))
    gradients = Backward(
        deltas=deltas,
        errors=errors,
        W_hh=np.zeros_like(cell.W_hh),
        W_xh=np.zeros(cell.W_xh.shape),
        b=np.zeros(cell.b.shape),
    )
    deltas[np.arange(len(delta)), trajectory.lengths] = delta
    for t in range(int(trajectory.lengths.max(initial=0)), 0, -1):
        active = running(trajectory.lengths, t)
        error = cell.activation.derivative(trajectory.pre_activations[:active, t - 1]) * delta[:active]
        delta[:active] = matvec(W_transposed[:active], error)
        errors[:active, t - 1], deltas[:active, t - 1] = error, delta[:active]
        gradients.W_hh[:active] += _outer(error, trajectory.states[:active, t - 1])
        gradients.W_xh[:active] += _outer(error, trajectory.inputs[:active, t - 1])
        gradients.b[:active] += error
    return gradients


def recurrent_terms(trajectory: Trajectory, gradients: Backward) -> FloatArray:
    """The contribution of each timestep to dL/dW_hh, e_t h_{t-1}ᵀ: (V, T, n, n); they add up to ``gradients.W_hh``."""
    return gradients.errors[..., :, None] * trajectory.states[:, :-1, None, :]


def squared_loss(prediction: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """L = ½ ‖prediction − target‖² and its gradient.  Shapes: (V, n), (V, n) -> (V,), (V, n)."""
    miss = prediction - target
    return 0.5 * np.square(miss).sum(axis=-1), miss


def _outer(left: FloatArray, right: FloatArray) -> FloatArray:
    return left[:, :, None] * right[:, None, :]
