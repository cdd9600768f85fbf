"""Norms of long products of Jacobians, where plain float64 would have underflowed or overflowed long ago.

    forward    F_k = J_k … J_1           = dh_k/dh_0
    backward   B_k = J_T … J_{T-k+1}     = dh_T/dh_{T-k}      (k factors, the lag)

Only the last product is kept, scaled after every factor by a power of two, which is exact. Norms are taken where they
are asked. Variants may differ in length if the longest come first (see `quizgen.rnn.forward`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray, IntArray
from quizgen.rnn.forward import running
from quizgen.rnn.norms import balanced, spectral_norm
from quizgen.rnn.scaled import Scaled, split

# jacobian(t, active) -> J_t of the first `active` variants: (active, n, n)
JacobianAt = Callable[[int, int], FloatArray]
Order = Literal["forward", "backward"]

_BUFFERED_ENTRIES = 2**21  # 16 MiB of matrices wait for their norms at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A norm, (N, n, n) -> (N,), and where it is asked: ``asked[v, k]`` for the product of k factors of variant v."""

    norm: Callable[[FloatArray], FloatArray]
    asked: BoolArray


def running_products(
    jacobian: JacobianAt, lengths: IntArray, size: int, *, order: Order
) -> Iterator[tuple[IntArray, FloatArray, IntArray]]:
    """Multiply the Jacobians one by one, forward from J_1 or backward from J_T.

    Yields, from no factor on: how many factors each running variant has now (active,), the mantissas (active, n, n) and
    the binary exponents (active,). The mantissas are overwritten by the next step.
    """
    product = np.tile(np.eye(size), (len(lengths), 1, 1))
    exponent = np.zeros(len(lengths), dtype=np.int64)
    yield np.zeros(len(lengths), dtype=np.int64), product, exponent
    longest = int(lengths.max(initial=0))
    for t in range(1, longest + 1) if order == "forward" else range(longest, 0, -1):
        active = running(lengths, t)
        factor = jacobian(t, active)
        grown = factor @ product[:active] if order == "forward" else product[:active] @ factor
        product[:active], shift = balanced(grown)
        exponent[:active] += shift
        factors = np.full(active, t) if order == "forward" else lengths[:active] - t + 1
        yield factors, product[:active], exponent[:active]


def product_norms(
    jacobian: JacobianAt, lengths: IntArray, size: int, probes: Sequence[Probe], *, order: Order
) -> tuple[Scaled, ...]:
    """Return for each probe the norms (V, T + 1) of the products of 0 .. T factors; NaN where it is not asked."""
    gauges = [_Gauge(probe) for probe in probes]
    furthest = max((gauge.furthest for gauge in gauges), default=0)
    for factors, product, exponent in running_products(jacobian, lengths, size, order=order):
        for gauge in gauges:
            gauge.take(factors, product, exponent)
        if furthest == 0 or (order == "forward" and factors[0] == furthest):
            break
    for gauge in gauges:
        gauge.measure()
    return tuple(gauge.norms for gauge in gauges)


class _Gauge:
    """A probe at work: the matrices that wait for their norms, so that many are measured in one call, and the norms."""

    def __init__(self, probe: Probe) -> None:
        self.norms = Scaled(np.full(probe.asked.shape, np.nan), np.zeros(probe.asked.shape, dtype=np.int64))
        self._probe = probe
        self._is_asked = np.asarray(probe.asked.any(axis=0))
        self.furthest = int(np.flatnonzero(self._is_asked).max(initial=0))
        self._places: list[tuple[IntArray, IntArray]] = []
        self._matrices: list[FloatArray] = []
        self._exponents: list[IntArray] = []

    def take(self, factors: IntArray, product: FloatArray, exponent: IntArray) -> None:
        """Take in those products that the probe asks for."""
        if not self._is_asked[factors].any():
            return
        rows = np.flatnonzero(self._probe.asked[np.arange(len(factors)), factors])
        self._places.append((rows, factors[rows]))
        self._matrices.append(product[rows])
        self._exponents.append(exponent[rows])
        if len(self._matrices) * product.size > _BUFFERED_ENTRIES:
            self.measure()

    def measure(self) -> None:
        """Write down the norms of all that wait."""
        if not self._places:
            return
        rows, columns = (np.concatenate(part) for part in zip(*self._places, strict=True))
        sizes = split(self._probe.norm(np.concatenate(self._matrices)))
        self.norms.mantissa[rows, columns] = sizes.mantissa
        self.norms.exponent[rows, columns] = sizes.exponent + np.concatenate(self._exponents)
        for waiting in (self._places, self._matrices, self._exponents):
            waiting.clear()


def power_norms(W: FloatArray, timesteps: int, norm: Callable[[FloatArray], FloatArray] = spectral_norm) -> Scaled:
    """Norms of W^0 .. W^T, by doubling: W^(m+j) = W^m W^j for j = 1 .. m.  Shapes: (V, n, n) -> (V, T + 1).

    About log2 T calls, and an error that grows with log T; a million timesteps take a fraction of a second.
    """
    variants, size, _ = W.shape
    powers = np.empty((variants, timesteps + 1, size, size))
    exponents = np.zeros((variants, timesteps + 1), dtype=np.int64)
    powers[:, 0] = np.eye(size)
    if timesteps:
        powers[:, 1], exponents[:, 1] = balanced(W)
    known = 1
    while known < timesteps:
        more = min(known, timesteps - known)
        grown = powers[:, known, None] @ powers[:, 1 : more + 1]
        powers[:, known + 1 : known + more + 1], shift = balanced(grown)
        exponents[:, known + 1 : known + more + 1] = exponents[:, known, None] + exponents[:, 1 : more + 1] + shift
        known += more
    sizes = split(norm(powers))
    return Scaled(sizes.mantissa, sizes.exponent + exponents)
