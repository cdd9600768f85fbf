"""A hidden state that keeps a part of itself: residual networks through time, and leaky integrators.

    h_t = s h_{t-1} + α phi(a_t),    J_t = s I + α diag(phi'(a_t)) W_hh

s = α = 1 is the residual (skip) form; s = 1 - α the leaky integrator of Jaeger et al. (2007).
A skip connection alone guarantees nothing: one linear unit has (s + α w)^T, which explodes for w > 0 and s = α = 1.
Names and shapes of the methods: `quizgen.rnn.cells.Cell`.
"""

from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.elman import Elman
from quizgen.rnn.linear import diagonals
from quizgen.values import immutable


@immutable
class Leaky:
    """An Elman network, and for each of its V variants the skip s (V,) and the scale α (V,)."""

    inner: Elman
    skip: FloatArray
    scale: FloatArray

    @property
    def state_size(self) -> int:
        """n: the state is h."""
        return self.inner.state_size

    @property
    def a_size(self) -> int:
        """n: one for each unit."""
        return self.inner.a_size

    @property
    def W_hh(self) -> FloatArray:
        """The recurrent weights."""
        return self.inner.W_hh

    @property
    def W_xh(self) -> FloatArray:
        """The input weights."""
        return self.inner.W_xh

    @property
    def b(self) -> FloatArray:
        """The biases."""
        return self.inner.b

    def first(self, count: int) -> "Leaky":
        """The first ``count`` variants."""
        return Leaky(inner=self.inner.first(count), skip=self.skip[:count], scale=self.scale[:count])

    def step(self, state: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """One timestep: a_t and h_t, both (…, n)."""
        a, new = self.inner.step(state, x)
        return a, _each(self.skip, state) * state + _each(self.scale, new) * new

    def slopes(self, before: FloatArray, a: FloatArray, after: FloatArray) -> FloatArray:
        """α phi'(a): (…, 1, n)."""
        slopes = self.inner.slopes(before, a, after)
        return _each(self.scale, slopes) * slopes

    def jacobian(self, slopes: FloatArray, *, out: FloatArray | None = None) -> FloatArray:
        """J = s I + α diag(phi'(a)) W_hh: (…, n, n)."""
        jacobian = self.inner.jacobian(slopes, out=out)
        diagonal = diagonals(jacobian)
        diagonal += _each(self.skip, diagonal)
        return jacobian

    def vjp(self, slopes: FloatArray, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Back: s delta + W_hhᵀ e and e = α phi'(a) ⊙ delta."""
        back, error = self.inner.vjp(slopes, delta)
        return _each(self.skip, delta) * delta + back, error

    def recurrent_gradients(
        self, slopes: FloatArray, error: FloatArray, before: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """One timestep's share of dL/dW_hh and dL/db."""
        return self.inner.recurrent_gradients(slopes, error, before)


def _each(numbers: FloatArray, like: FloatArray) -> FloatArray:
    """One number for each variant, (V,), in a shape that multiplies ``like`` (V, …)."""
    return numbers.reshape(-1, *(1,) * (like.ndim - 1))
