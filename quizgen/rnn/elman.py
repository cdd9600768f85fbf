"""The simple recurrent network of Elman (1990).

    a_t = W_hh h_{t-1} + W_xh x_t + b,    h_t = phi(a_t),    t = 1 .. T

J_t = dh_t/dh_{t-1} = diag(phi'(a_t)) W_hh; rows are outputs. diag() is never built: it scales rows.
V variants, n hidden units, m inputs.
"""

from dataclasses import dataclass

import numpy as np

from quizgen.rnn.activations import Activation
from quizgen.rnn.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Elman:
    """The weights of V networks.  Shapes: W_hh (V, n, n), W_xh (V, n, m), b (V, n)."""

    activation: Activation
    W_hh: FloatArray
    W_xh: FloatArray
    b: FloatArray

    def first(self, count: int) -> "Elman":
        """The first ``count`` variants."""
        if count == len(self.b):
            return self
        return Elman(activation=self.activation, W_hh=self.W_hh[:count], W_xh=self.W_xh[:count], b=self.b[:count])


def matvec(matrices: FloatArray, vectors: FloatArray) -> FloatArray:
    """Multiply each matrix with its vector: (V, m, n), (V, n) -> (V, m)."""
    return np.asarray((matrices @ vectors[..., None])[..., 0])


def step(cell: Elman, h: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """One timestep.  Shapes: h (V, n), x (V, m) -> pre-activation a (V, n), next hidden state (V, n)."""
    a = matvec(cell.W_hh, h) + matvec(cell.W_xh, x) + cell.b
    return a, cell.activation.function(a)


def step_jacobian(cell: Elman, a: FloatArray) -> FloatArray:
    """J_t = diag(phi'(a_t)) W_hh.  Shapes: a (V, n) -> (V, n, n)."""
    return cell.activation.derivative(a)[..., None] * cell.W_hh


def step_vjp(cell: Elman, a: FloatArray, delta: FloatArray) -> FloatArray:
    """Carry a gradient one timestep back: J_tᵀ delta_t.  Shapes: a, delta (V, n) -> (V, n)."""
    return matvec(cell.W_hh.swapaxes(-1, -2), cell.activation.derivative(a) * delta)
