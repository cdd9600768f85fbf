"""The gated recurrent unit of Cho et al. (2014), in the variants that libraries and papers disagree about.

    r, z = sigmoid(W h_{t-1} + U x_t + b),    weights stacked in the order r, z, n, as PyTorch stores them
    n    = tanh(U_n x_t + b_xn + r ⊙ (W_n h_{t-1} + b_hn))       reset after the product  (PyTorch, cuDNN, Cho v1)
    n    = tanh(U_n x_t + b_xn + W_n (r ⊙ h_{t-1}) + b_hn)       reset before the product (Cho v3, Chung et al. 2014)
    h_t  = k ⊙ h_{t-1} + (1 - k) ⊙ n,    k the share that is kept

k = z in Cho et al. and PyTorch; k = 1 - z in Chung et al. (2014). The Jacobian of one timestep is

    J_t = diag(k) + diag((h_{t-1} - n) k') W_z + diag((1 - k) (1 - n²)) K,    k' = ± z (1 - z)
    K   = diag(r) W_n + diag((W_n h_{t-1} + b_hn) r (1 - r)) W_r              reset after
    K   = W_n (diag(r) + diag(h_{t-1} r (1 - r)) W_r)                         reset before

Names and shapes of the methods: `quizgen.rnn.cells.Cell`.
"""

from typing import Literal

import numpy as np

from quizgen.rnn.activations import sigmoid, sigmoid_slope, tanh_slope
from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.linear import diagonals, gated_rows, outer, pull, push, room, scaled_rows, shifted, summed
from quizgen.values import immutable

Reset = Literal["after", "before"]
UPDATE_GATE = 1  # its place in the order r, z, n


@immutable
class Gru:
    """The weights of V networks, stacked r, z, n.

    Shapes: W_hh (V, 3n, n), W_xh (V, 3n, m), b (V, 3n) on the input's side, b_hh (V, 3n) on the recurrent side.
    ``z_keeps``: the update gate z is the share of the old state that stays; otherwise 1 - z is.
    """

    W_hh: FloatArray
    W_xh: FloatArray
    b: FloatArray
    b_hh: FloatArray
    reset: Reset = "after"
    z_keeps: bool = True

    @property
    def state_size(self) -> int:
        """n: the state is h."""
        return int(self.W_hh.shape[-1])

    @property
    def a_size(self) -> int:
        """4n: those of r, z, n, and what the reset gate scales."""
        return 4 * int(self.W_hh.shape[-1])

    def first(self, count: int) -> "Gru":
        """The first ``count`` variants."""
        if count == len(self.b):
            return self
        return Gru(
            W_hh=self.W_hh[:count],
            W_xh=self.W_xh[:count],
            b=self.b[:count],
            b_hh=self.b_hh[:count],
            reset=self.reset,
            z_keeps=self.z_keeps,
        )

    def step(self, state: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """One timestep: the pre-activations of r, z, n and what r scales, W_n h + b_hn or h, (…, 4n); and h_t."""
        n = self.state_size
        a = shifted(push(self.W_xh, x), self.b)
        if self.reset == "after":
            recurrent = shifted(push(self.W_hh, state), self.b_hh)
            gates = a[..., : 2 * n] + recurrent[..., : 2 * n]
            scaled = recurrent[..., 2 * n :]
            candidate = a[..., 2 * n :] + sigmoid(gates[..., :n]) * scaled
        else:
            gates = a[..., : 2 * n] + shifted(push(self.W_hh[:, : 2 * n], state), self.b_hh[:, : 2 * n])
            scaled = state
            fed = sigmoid(gates[..., :n]) * scaled
            candidate = a[..., 2 * n :] + shifted(push(self.W_hh[:, 2 * n :], fed), self.b_hh[:, 2 * n :])
        a_z = gates[..., n:]
        after = self._keep(a_z) * state + self._replaced(a_z) * np.tanh(candidate)
        return np.concatenate([gates, candidate, scaled], axis=-1), after

    def slopes(self, before: FloatArray, a: FloatArray, after: FloatArray) -> FloatArray:
        """(…, 5, n): k; how h_t answers to z's and n's pre-activations; how r ⊙ scaled answers to r's; r."""
        del after
        a_r, a_z, a_n, scaled = (np.ascontiguousarray(part) for part in np.split(a, 4, axis=-1))
        keep = self._keep(a_z)
        sign = 1.0 if self.z_keeps else -1.0
        return np.stack(
            [
                keep,
                sign * (before - np.tanh(a_n)) * sigmoid_slope(a_z),
                self._replaced(a_z) * tanh_slope(a_n),
                scaled * sigmoid_slope(a_r),
                sigmoid(a_r),
            ],
            axis=-2,
        )

    def jacobian(self, slopes: FloatArray, *, out: FloatArray | None = None) -> FloatArray:
        """dh_t/dh_{t-1}: (…, n, n)."""
        n = self.state_size
        keep, drive_z, drive_n, drive_r, r = np.moveaxis(slopes, -2, 0)
        jacobian = room(out, *keep.shape, n)
        if self.reset == "after":
            gated_rows(np.stack([drive_n * drive_r, drive_z, drive_n * r], axis=-2), self.W_hh, out=jacobian)
        else:
            fed = scaled_rows(drive_r, self.W_hh[:, :n])
            diagonals(fed)[...] += r
            np.matmul(scaled_rows(drive_n, self.W_hh[:, 2 * n :]), fed, out=jacobian)
            jacobian += scaled_rows(drive_z, self.W_hh[:, n : 2 * n])
        diagonals(jacobian)[...] += keep
        return jacobian

    def vjp(self, slopes: FloatArray, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The gradient at h_{t-1}, and the errors at the pre-activations of r, z, n."""
        n = self.state_size
        keep, drive_z, drive_n, drive_r, r = np.moveaxis(slopes, -2, 0)
        e_z, e_n = drive_z * delta, drive_n * delta
        if self.reset == "after":
            e_r = drive_r * e_n
            errors = np.concatenate([e_r, e_z, e_n], axis=-1)
            return keep * delta + pull(self.W_hh, np.concatenate([e_r, e_z, r * e_n], axis=-1)), errors
        at_fed = pull(self.W_hh[:, 2 * n :], e_n)
        e_r = drive_r * at_fed
        gates = np.concatenate([e_r, e_z], axis=-1)
        back = keep * delta + r * at_fed + pull(self.W_hh[:, : 2 * n], gates)
        return back, np.concatenate([gates, e_n], axis=-1)

    def recurrent_gradients(
        self, slopes: FloatArray, error: FloatArray, before: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """One timestep's share of dL/dW_hh and dL/db_hh."""
        n = self.state_size
        r = slopes[..., 4, :]
        gates, e_n = error[..., : 2 * n], error[..., 2 * n :]
        if self.reset == "after":
            recurrent = np.concatenate([gates, r * e_n], axis=-1)
            return outer(recurrent, before), summed(recurrent)
        return np.concatenate([outer(gates, before), outer(e_n, r * before)], axis=1), summed(error)

    def _keep(self, a_z: FloatArray) -> FloatArray:
        """k, from the update gate's pre-activations."""
        return sigmoid(a_z if self.z_keeps else -a_z)

    def _replaced(self, a_z: FloatArray) -> FloatArray:
        """1 - k, with full relative precision."""
        return sigmoid(-a_z if self.z_keeps else a_z)
