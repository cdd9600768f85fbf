"""The long short-term memory with forget gate: Hochreiter & Schmidhuber (1997), Gers, Schmidhuber & Cummins (2000).

    i, f, o = sigmoid(W h_{t-1} + U x_t + b)  and  g = tanh(...), stacked in the order i, f, g, o, as PyTorch stores
    them c_t = f ⊙ c_{t-1} + i ⊙ g,    h_t = o ⊙ tanh(c_t)

With A = dc_t/dh_{t-1} and q = o (1 - tanh² c_t) the Jacobian of one timestep, rows and columns in the order h, c, is

    [[ diag(tanh c · o (1 - o)) W_o + diag(q) A ,  diag(q f) ],
     [ A                                        ,  diag(f)   ]]

V variants, n hidden units, m inputs.
"""

from dataclasses import dataclass

import numpy as np

from quizgen.rnn.activations import sigmoid, sigmoid_slope, tanh_slope
from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.elman import matvec

FORGET_GATE = 1  # its place in the order i, f, g, o


@dataclass(frozen=True, slots=True, kw_only=True)
class Lstm:
    """The weights of V networks.  Shapes: W_hh (V, 4n, n), W_xh (V, 4n, m), b (V, 4n)."""

    W_hh: FloatArray
    W_xh: FloatArray
    b: FloatArray

    def first(self, count: int) -> "Lstm":
        """The first ``count`` variants."""
        if count == len(self.b):
            return self
        return Lstm(W_hh=self.W_hh[:count], W_xh=self.W_xh[:count], b=self.b[:count])


@dataclass(frozen=True, slots=True, kw_only=True)
class LstmStep:
    """What one timestep went through: pre-activations and gates (V, 4, n); cell states before and after, h (V, n)."""

    a: FloatArray
    gates: FloatArray
    c_before: FloatArray
    c: FloatArray
    h: FloatArray


def step(cell: Lstm, h: FloatArray, c: FloatArray, x: FloatArray) -> LstmStep:
    """One timestep.  Shapes: h, c (V, n), x (V, m)."""
    variants, n = h.shape
    a = (matvec(cell.W_hh, h) + matvec(cell.W_xh, x) + cell.b).reshape(variants, 4, n)
    gates = sigmoid(a)
    gates[:, 2] = np.tanh(np.ascontiguousarray(a[:, 2]))
    i, f, g, o = gates.swapaxes(0, 1)
    c_after = f * c + i * g
    return LstmStep(a=a, gates=gates, c_before=c, c=c_after, h=o * np.tanh(c_after))


def step_jacobian(cell: Lstm, taken: LstmStep) -> FloatArray:
    """d(h_t, c_t)/d(h_{t-1}, c_{t-1}): (V, 2n, 2n)."""
    variants, n = taken.c.shape
    W_i, W_f, W_g, W_o = cell.W_hh.reshape(variants, 4, n, n).swapaxes(0, 1)
    drive_i, drive_f, drive_g, drive_o, through_h = _local_slopes(taken)
    A = drive_i[:, :, None] * W_i + drive_f[:, :, None] * W_f + drive_g[:, :, None] * W_g
    f = taken.gates[:, FORGET_GATE]
    units = np.arange(n)
    jacobian = np.zeros((variants, 2 * n, 2 * n))
    jacobian[:, :n, :n] = drive_o[:, :, None] * W_o + through_h[:, :, None] * A
    jacobian[:, n:, :n] = A
    jacobian[:, units, n + units] = through_h * f
    jacobian[:, n + units, n + units] = f
    return jacobian


def step_vjp(cell: Lstm, taken: LstmStep, delta_h: FloatArray, delta_c: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Carry the gradients at h_t and c_t (V, n) back to h_{t-1} and c_{t-1}."""
    drive_i, drive_f, drive_g, drive_o, through_h = _local_slopes(taken)
    at_c = delta_c + through_h * delta_h
    errors = np.concatenate([drive_i * at_c, drive_f * at_c, drive_g * at_c, drive_o * delta_h], axis=1)
    return matvec(cell.W_hh.swapaxes(-1, -2), errors), at_c * taken.gates[:, FORGET_GATE]


def _local_slopes(taken: LstmStep) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """How c_t answers to the pre-activations of i, f and g, and h_t to that of o and to c_t: (V, n) each."""
    i, _, g, o = taken.gates.swapaxes(0, 1)
    slopes = sigmoid_slope(taken.a)
    tanh_c = np.tanh(taken.c)
    return (
        g * slopes[:, 0],
        taken.c_before * slopes[:, 1],
        i * tanh_slope(np.ascontiguousarray(taken.a[:, 2])),
        tanh_c * slopes[:, 3],
        o * tanh_slope(taken.c),
    )
