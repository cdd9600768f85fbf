"""The largest eigenvalue of symmetric positive semidefinite matrices G by the Lanczos process, many of them at once.

    β_k q_{k+1} = G q_k - α_k q_k - β_{k-1} q_{k-1},    T_k = tridiagonal(α, β)

The largest eigenvalue θ of T_k approaches that of G from below; `quizgen.rnn.tridiagonal` finds it and says how far it
can be from that of G. The process ends when this is little. Nothing is orthogonalised again: rounding makes copies of
eigenvalues that have converged, which does not harm the largest.

Sources: Lanczos (1950); Paige (1980) on rounding; Parlett (1998), The Symmetric Eigenvalue Problem, chapter 13.
"""

import math
from collections.abc import Callable, Iterator
from typing import Protocol, Self

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray
from quizgen.rnn.tridiagonal import largest_eigenvalue

_TOLERANCE = 1e-14  # relative; a start that leans to the wrong one of two close eigenvalues makes 1e-12 of it
_NEARLY = 1e-6  # a bound that should only fall from here on


class GramOperator(Protocol):
    """N matrices G of one size, known by what they do to vectors."""

    @property
    def shape(self) -> tuple[int, int]:
        """(N, n)."""

    def pieces(self) -> Iterator[tuple[slice, Callable[[FloatArray], FloatArray]]]:
        """A few matrices at a time, which stay in the cache: which ones, and how to multiply each with its vector."""

    def without(self, is_settled: BoolArray) -> tuple[Self, BoolArray]:
        """Return the operator of fewer matrices, among them all that are not settled, and which it keeps: (N,)."""


def largest_by_lanczos(gram: GramOperator, traces: FloatArray, *, first_check: int) -> tuple[FloatArray, FloatArray]:
    """Return the largest eigenvalue of each matrix, and a bound on its relative error, not finite where there is none.

    The bounds are looked at after ``first_check`` steps and then now and then, up to `most_steps`.
    Shapes: traces (N,), within 2^±400 -> (N,), (N,).
    """
    count, size = gram.shape
    most = most_steps(size)
    largest, doubt, rows = np.zeros(count), np.full(count, np.inf), np.arange(count)
    q, q_before = np.tile(_start(size), (count, 1)), np.zeros((count, size))
    alphas, betas = np.zeros((most, count)), np.zeros((most, count))
    pending = np.ones(count, dtype=np.bool_)
    known, k = 0, min(first_check, most)
    while True:
        for piece, multiply in gram.pieces():
            before = betas[known - 1, rows[piece]] if known else np.zeros(len(rows[piece]))
            found = _continued(multiply, q[piece], q_before[piece], before, k - known)
            q[piece], q_before[piece], alphas[known:k, rows[piece]], betas[known:k, rows[piece]] = found
        open_ = rows[pending[rows]]
        theta, bound = largest_eigenvalue(alphas[:k, open_], betas[:k, open_], largest[open_], traces[open_])
        is_lost = (doubt[open_] < _NEARLY) & ~(bound < doubt[open_])  # to a copy of θ: it will not come back
        largest[open_], doubt[open_] = theta, bound
        pending[open_] = ~((bound <= _TOLERANCE) | is_lost)
        if k == most or not pending.any():
            break
        if not pending[rows].all():
            gram, kept = gram.without(~pending[rows])
            rows, q, q_before = rows[kept], q[kept], q_before[kept]
        known, k = k, min(k + max(3, k // 12), most)
    return largest, doubt


def _continued(
    multiply: Callable[[FloatArray], FloatArray], q: FloatArray, q_before: FloatArray, beta: FloatArray, steps: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Some more steps: the next q_{k+1} and q_k (N, n), and the new α and β (steps, N)."""
    alphas, betas = np.empty((steps, len(q))), np.empty((steps, len(q)))
    shift = np.empty_like(q)
    for k in range(steps):
        w = multiply(q)
        alphas[k] = alpha = np.vecdot(q, w)
        w -= np.multiply(q, alpha[:, None], out=shift)
        w -= np.multiply(q_before, beta[:, None], out=shift)
        betas[k] = beta = np.sqrt(np.vecdot(w, w))
        q_before, q = q, np.divide(w, np.where(beta > 0, beta, 1.0)[:, None], out=w)
    return q, q_before.copy(), alphas, betas


def most_steps(size: int) -> int:
    """Steps of the process after which an eigenvalue routine is the better choice; random matrices need half of it."""
    return 16 + 4 * math.isqrt(size)


def _start(size: int) -> FloatArray:
    """The same unit vector each time, without any structure that a network could have."""
    start = np.random.default_rng(0).standard_normal(size)
    return np.asarray(start / np.sqrt(np.vecdot(start, start)))
