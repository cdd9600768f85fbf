"""The largest eigenvalue of symmetric positive semidefinite matrices G by the Lanczos process, many of them at once.

    β_k q_{k+1} = G q_k - α_k q_k - β_{k-1} q_{k-1},    T_k = tridiagonal(α, β)

The largest eigenvalue θ of T_k approaches that of G from below; `perron_pair` finds it and says how far it can be from
that of G. The process ends when this is little. Nothing is orthogonalised again: rounding makes copies of eigenvalues
that have converged, which does not harm the largest.

Sources: Lanczos (1950); Paige (1980) on rounding; Parlett (1998), The Symmetric Eigenvalue Problem, chapter 13.
"""

import math
from typing import Protocol, Self

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray
from quizgen.rnn.perron import lengthened, perron_pair

_TOLERANCE = 1e-14  # relative; a start that leans to the wrong one of two close eigenvalues makes 1e-12 of it
_NEARLY = 1e-6  # a bound that should only fall from here on


class GramOperator(Protocol):
    """N matrices G of one size, known by what they do to vectors."""

    @property
    def shape(self) -> tuple[int, int]:
        """(N, n)."""

    def __call__(self, vectors: FloatArray) -> FloatArray:
        """Multiply each vector with its matrix: (N, n) -> (N, n)."""

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
    q, q_before, beta = np.tile(_start(size), (count, 1)), np.zeros((count, size)), np.zeros(count)
    alphas, betas, vectors = np.zeros((most, count)), np.zeros((most, count)), np.ones((most, count))
    shift, pending = np.empty_like(q), np.ones(count, dtype=np.bool_)
    known, check = 0, first_check
    for k in range(1, most + 1):
        w = gram(q)
        alphas[k - 1, rows] = alpha = np.vecdot(q, w)
        w -= np.multiply(q, alpha[:, None], out=shift)
        w -= np.multiply(q_before, beta[:, None], out=shift)
        betas[k - 1, rows] = beta = np.sqrt(np.vecdot(w, w))
        q_before, q = q, np.divide(w, np.where(beta > 0, beta, 1.0)[:, None], out=w)
        if k < check:
            continue
        open_ = rows[pending[rows]]
        start = lengthened(vectors[:k, open_], known)
        theta, vectors[:k, open_], bound = perron_pair(alphas[:k, open_], betas[:k, open_], start, traces[open_])
        is_lost = (doubt[open_] < _NEARLY) & ~(bound < doubt[open_])  # to a copy of θ: it will not come back
        largest[open_], doubt[open_] = theta, bound
        pending[open_] = ~((bound <= _TOLERANCE) | is_lost)
        if not pending.any():
            break
        if not pending[rows].all():
            gram, kept = gram.without(~pending[rows])
            rows, q, q_before, shift, beta = rows[kept], q[kept], q_before[kept], shift[kept], beta[kept]
        known, check = k, min(check + max(2, check // 6), most)
    return largest, doubt


def most_steps(size: int) -> int:
    """Steps of the process after which an eigenvalue routine is the better choice; random matrices need half of it."""
    return 16 + 4 * math.isqrt(size)


def _start(size: int) -> FloatArray:
    """The same unit vector each time, without any structure that a network could have."""
    start = np.random.default_rng(0).standard_normal(size)
    return np.asarray(start / np.sqrt(np.vecdot(start, start)))
