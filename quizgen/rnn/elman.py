"""The simple recurrent network of Elman (1990).

    a_t = W_hh h_{t-1} + W_xh x_t + b,    h_t = phi(a_t),    t = 1 .. T

J_t = dh_t/dh_{t-1} = diag(phi'(a_t)) W_hh; rows are outputs. diag() is never built: it scales rows.
Names and shapes of the methods: `quizgen.rnn.cells.Cell`.
"""

from quizgen.rnn.activations import Activation
from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.linear import outer, pull, push, room, scaled_rows, shifted, summed
from quizgen.values import immutable


@immutable
class Elman:
    """The weights of V networks.  Shapes: W_hh (V, n, n), W_xh (V, n, m), b (V, n), the sum of PyTorch's two biases."""

    activation: Activation
    W_hh: FloatArray
    W_xh: FloatArray
    b: FloatArray

    @property
    def state_size(self) -> int:
        """n: the state is h."""
        return int(self.W_hh.shape[-1])

    @property
    def a_size(self) -> int:
        """n: one for each unit."""
        return int(self.W_hh.shape[-1])

    def first(self, count: int) -> "Elman":
        """The first ``count`` variants."""
        if count == len(self.b):
            return self
        return Elman(activation=self.activation, W_hh=self.W_hh[:count], W_xh=self.W_xh[:count], b=self.b[:count])

    def step(self, state: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """One timestep: a_t and h_t, both (…, n)."""
        a = shifted(push(self.W_hh, state) + push(self.W_xh, x), self.b)
        return a, self.activation.function(a)

    def slopes(self, before: FloatArray, a: FloatArray, after: FloatArray) -> FloatArray:
        """phi'(a): (…, 1, n)."""
        del before, after
        return self.activation.derivative(a)[..., None, :]

    def jacobian(self, slopes: FloatArray, *, out: FloatArray | None = None) -> FloatArray:
        """diag(phi'(a)) W_hh: (…, n, n)."""
        n = self.state_size
        return scaled_rows(slopes[..., 0, :], self.W_hh, out=room(out, *slopes.shape[:-2], n, n))

    def vjp(self, slopes: FloatArray, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """W_hhᵀ e and e = phi'(a) ⊙ delta."""
        error = slopes[..., 0, :] * delta
        return pull(self.W_hh, error), error

    def recurrent_gradients(
        self, slopes: FloatArray, error: FloatArray, before: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """One timestep's share of dL/dW_hh and dL/db."""
        del slopes
        return outer(error, before), summed(error)
