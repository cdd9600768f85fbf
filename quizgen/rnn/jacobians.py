"""Norms of long products of Jacobians, where plain float64 would have underflowed or overflowed long ago.

    forward    F_k = J_k … J_1           = dh_k/dh_0
    backward   B_k = J_T … J_{T-k+1}     = dh_T/dh_{T-k}      (k factors, the lag)

A product is scaled by a power of two, which is exact, before it leaves float64. Norms are taken where they are asked,
of many products in one call. Variants may differ in length if the longest come first (see `quizgen.rnn.forward`).
"""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray, IntArray
from quizgen.rnn.forward import running
from quizgen.rnn.norms import balanced, is_ordinary, spectral_norm, sums_of_squares
from quizgen.rnn.scaled import Scaled, split
from quizgen.values import immutable

# jacobian(t, active) -> J_t of the first `active` variants: (active, n, n)
JacobianAt = Callable[[int, int], FloatArray]
Order = Literal["forward", "backward"]

_ENTRIES_KEPT = 2**20  # 8 MiB of products wait for their norms at most


@immutable
class Probe:
    """A norm, (N, n, n) -> (N,), and where it is asked: ``asked[v, k]`` for the product of k factors of variant v."""

    norm: Callable[[FloatArray], FloatArray]
    asked: BoolArray


def product_norms(
    jacobian: JacobianAt, lengths: IntArray, size: int, probes: Sequence[Probe], *, order: Order
) -> tuple[Scaled, ...]:
    """Return for each probe the norms (V, T + 1) of the products of 0 .. T factors; NaN where it is not asked."""
    longest = int(lengths.max(initial=0))
    furthest = max((int(np.flatnonzero(probe.asked.any(axis=0)).max(initial=0)) for probe in probes), default=0)
    last = longest if furthest else 0  # no norm of a product, no product
    timesteps = range(1, furthest + 1) if order == "forward" else range(last, 0, -1)
    chain = _Chain(len(lengths), size, probes)
    for t in timesteps:
        active = running(lengths, t)
        factors = np.full(active, t) if order == "forward" else lengths[:active] - t + 1
        chain.extend(jacobian(t, active), factors, order)
    return chain.measured()


class _Chain:
    """Products, each made from the one before it; those that a probe asks for are kept until their norms are taken.

    Shapes, with K places: products (K, V, n, n), exponents (K, V), and of how many factors each is (K, V); -1: of none
    that counts.
    """

    def __init__(self, variants: int, size: int, probes: Sequence[Probe]) -> None:
        self._probes = probes
        self._found = tuple(_unknown(probe.asked.shape) for probe in probes)
        self._is_asked = np.any([probe.asked for probe in probes], axis=0) if probes else np.zeros((variants, 1), bool)
        wanted = int(np.count_nonzero(self._is_asked.any(axis=0)))
        places = min(wanted, max(1, _ENTRIES_KEPT // max(1, variants * size * size))) + 2
        self._products = np.empty((places, variants, size, size))
        self._exponents = np.zeros((places, variants), dtype=np.int64)
        self._factors = np.full((places, variants), -1)
        self._newest, self._free = 0, list(range(places - 1, 0, -1))
        self._products[0], self._factors[0] = np.eye(size), 0
        self._variants, self._is_wanted = np.arange(variants), bool(self._is_asked[:, 0].any())

    def extend(self, factor: FloatArray, factors: IntArray, order: Order) -> None:
        """Multiply the first variants' products by one more factor (active, n, n)."""
        if not self._free:
            self._measure()
        active, before, place = len(factor), self._newest, self._free.pop()
        known, grown = self._products[before, :active], self._products[place, :active]
        shift = multiply(factor, known, out=grown) if order == "forward" else multiply(known, factor, out=grown)
        self._exponents[place, :active] = self._exponents[before, :active] + shift
        self._factors[place] = -1
        self._factors[place, :active] = factors
        if order == "backward":  # the shorter ones have not begun yet, and go along as they are
            self._products[place, active:] = self._products[before, active:]
        if not self._is_wanted:
            self._free.append(before)
        self._newest, self._is_wanted = place, bool(self._is_asked[self._variants[:active], factors].any())

    def measured(self) -> tuple[Scaled, ...]:
        """The norms that each probe asked for."""
        self._measure()
        return self._found

    def _picked(self, is_asked: BoolArray) -> FloatArray:
        """The products that are asked: (K, V) -> (N, n, n); without a copy where whole places stand together."""
        whole = np.flatnonzero(is_asked.all(axis=1))
        if whole.size * is_asked.shape[1] == np.count_nonzero(is_asked) and np.ptp(whole) + 1 == whole.size:
            return self._products[whole[0] : whole[-1] + 1].reshape(-1, *self._products.shape[2:])
        return self._products[is_asked]

    def _measure(self) -> None:
        """Write down the norms of all products that are asked, and make room; the newest stays."""
        for probe, norms in zip(self._probes, self._found, strict=True):
            is_asked = (self._factors >= 0) & probe.asked[self._variants, self._factors]
            if is_asked.any():
                sizes = split(probe.norm(self._picked(is_asked)))
                where = np.nonzero(is_asked)[1], self._factors[is_asked]
                norms.mantissa[where] = sizes.mantissa
                norms.exponent[where] = sizes.exponent + self._exponents[is_asked]
        self._factors[:] = -1
        self._free = [place for place in range(len(self._products) - 1, -1, -1) if place != self._newest]


def multiply(left: FloatArray, right: FloatArray, *, out: FloatArray) -> IntArray:
    """Write left @ right into ``out``, scaled by 2**-exponent only where it would leave float64; return the exponents.

    Shapes: (V, n, n), (V, n, n) -> (V,).
    """
    exponent = np.zeros(len(out), dtype=np.int64)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        np.matmul(left, right, out=out)
        is_wild = ~is_ordinary(sums_of_squares(out))
        if is_wild.any():
            (left, left_exponent), (right, right_exponent) = balanced(left[is_wild]), balanced(right[is_wild])
            out[is_wild], exponent[is_wild] = balanced(left @ right)
            exponent[is_wild] += left_exponent + right_exponent
    return exponent


def _unknown(shape: tuple[int, ...]) -> Scaled:
    return Scaled(np.full(shape, np.nan), np.zeros(shape, dtype=np.int64))


def power_norms(W: FloatArray, timesteps: int, norm: Callable[[FloatArray], FloatArray] = spectral_norm) -> Scaled:
    """Norms of W^0 .. W^T, by doubling: W^(m+j) = W^m W^j for j = 1 .. m.  Shapes: (V, n, n) -> (V, T + 1).

    About log2 T calls, and an error that grows with T (1e-10 at a million, which take a fraction of a second).
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
