"""The long short-term memory with forget gate: Hochreiter & Schmidhuber (1997), Gers, Schmidhuber & Cummins (2000).

    i, f, o = sigmoid(W h_{t-1} + U x_t + b)  and  g = tanh(...), stacked in the order i, f, g, o, as PyTorch stores
    them
    c_t = f ⊙ c_{t-1} + i ⊙ g,    h_t = o ⊙ tanh(c_t)

With A = dc_t/dh_{t-1} and q = o (1 - tanh² c_t) the Jacobian of one timestep, rows and columns in the order h, c, is

    [[ diag(tanh c · o (1 - o)) W_o + diag(q) A ,  diag(q f) ],
     [ A                                        ,  diag(f)   ]]

Names and shapes of the methods: `quizgen.rnn.cells.Cell`; the state is (h, c).
"""

import numpy as np

from quizgen.rnn.activations import sigmoid, sigmoid_slope, tanh_slope
from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.linear import diagonals, gated_rows, outer, pull, push, room, shifted, summed
from quizgen.values import immutable

FORGET_GATE = 1  # its place in the order i, f, g, o


@immutable
class Lstm:
    """The weights of V networks, stacked i, f, g, o.

    Shapes: W_hh (V, 4n, n), W_xh (V, 4n, m), b (V, 4n), the sum of PyTorch's two biases.
    """

    W_hh: FloatArray
    W_xh: FloatArray
    b: FloatArray

    @property
    def state_size(self) -> int:
        """2n: the state is (h, c)."""
        return 2 * int(self.W_hh.shape[-1])

    @property
    def a_size(self) -> int:
        """4n: those of i, f, g, o."""
        return 4 * int(self.W_hh.shape[-1])

    def first(self, count: int) -> "Lstm":
        """The first ``count`` variants."""
        if count == len(self.b):
            return self
        return Lstm(W_hh=self.W_hh[:count], W_xh=self.W_xh[:count], b=self.b[:count])

    def step(self, state: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """One timestep: the pre-activations of i, f, g, o (…, 4n), and (h_t, c_t)."""
        h, c = _halves(state)
        a = shifted(push(self.W_hh, h) + push(self.W_xh, x), self.b)
        i, f, g, o = _gates(a)
        c_after = f * c + i * g
        return a, np.concatenate([o * np.tanh(c_after), c_after], axis=-1)

    def slopes(self, before: FloatArray, a: FloatArray, after: FloatArray) -> FloatArray:
        """(…, 6, n): how c_t answers to the pre-activations of i, f, g; how h_t answers to that of o and to c_t; f."""
        c, c_after = np.ascontiguousarray(_halves(before)[1]), np.ascontiguousarray(_halves(after)[1])
        a_i, a_f, a_g, a_o = (np.ascontiguousarray(part) for part in np.split(a, 4, axis=-1))
        answers = [
            np.tanh(a_g) * sigmoid_slope(a_i),
            c * sigmoid_slope(a_f),
            sigmoid(a_i) * tanh_slope(a_g),
            np.tanh(c_after) * sigmoid_slope(a_o),
            sigmoid(a_o) * tanh_slope(c_after),
            sigmoid(a_f),
        ]
        return np.stack(answers, axis=-2)

    def jacobian(self, slopes: FloatArray, *, out: FloatArray | None = None) -> FloatArray:
        """d(h_t, c_t)/d(h_{t-1}, c_{t-1}): (…, 2n, 2n)."""
        n = self.W_hh.shape[-1]
        into_c, drive_o = slopes[..., :3, :], slopes[..., 3:4, :]
        through_c, f = slopes[..., 4, :], slopes[..., 5, :]
        shape = (*f.shape[:-1], 2 * n, 2 * n)
        if out is None:
            jacobian = np.zeros(shape)  # which fresh memory is without being written to
        else:
            jacobian = room(out, *shape)
            jacobian[..., n:] = 0.0
        into_h = np.concatenate([through_c[..., None, :] * into_c, drive_o], axis=-2)
        gated_rows(into_h, self.W_hh, out=jacobian[..., :n, :n])
        gated_rows(into_c, self.W_hh[:, : 3 * n], out=jacobian[..., n:, :n])
        diagonals(jacobian[..., :n, n:])[...] = through_c * f
        diagonals(jacobian[..., n:, n:])[...] = f
        return jacobian

    def vjp(self, slopes: FloatArray, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The gradients at (h_{t-1}, c_{t-1}), and the errors at the pre-activations of i, f, g, o."""
        drive_i, drive_f, drive_g, drive_o, through_c, f = np.moveaxis(slopes, -2, 0)
        at_h, at_c = _halves(delta)
        at_c = at_c + through_c * at_h
        errors = np.concatenate([drive_i * at_c, drive_f * at_c, drive_g * at_c, drive_o * at_h], axis=-1)
        return np.concatenate([pull(self.W_hh, errors), at_c * f], axis=-1), errors

    def recurrent_gradients(
        self, slopes: FloatArray, error: FloatArray, before: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """One timestep's share of dL/dW_hh and dL/db."""
        del slopes
        return outer(error, _halves(before)[0]), summed(error)


def _halves(state: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The parts h and c, each (…, n), of a state (…, 2n)."""
    n = state.shape[-1] // 2
    return state[..., :n], state[..., n:]


def _gates(a: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """i, f, g, o, each (…, n), of pre-activations (…, 4n)."""
    n = a.shape[-1] // 4
    gates = sigmoid(a)
    i, f, _, o = np.split(gates, 4, axis=-1)
    return i, f, np.tanh(np.ascontiguousarray(a[..., 2 * n : 3 * n])), o
