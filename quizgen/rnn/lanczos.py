"""The largest eigenvalue of symmetric positive semidefinite matrices G by the Lanczos process, many of them at once.

    β_k q_{k+1} = G q_k - α_k q_k - β_{k-1} q_{k-1},    T_k = tridiagonal(α, β)

The largest eigenvalue θ of T_k approaches that of G from below. If s is its eigenvector, ‖s‖ = 1, some eigenvalue of G
lies within r = |β_k s_k| of θ. Since the eigenvalues add up to tr G and none is negative, all others are at most
tr G - θ; where that is below θ, the largest exceeds θ by r² / (2θ - tr G) at most (Kato and Temple). The process ends
when a bound is small. Nothing is orthogonalised again: rounding makes copies of eigenvalues that have converged, and
does not harm the largest.

T_k has no negative entry, so s is positive, and Noda's iteration finds both: from x > θ and s > 0,

    (x - T) z = s,    x ← x - min(s_i / z_i) ≥ θ,    s ← z / max(z_i)

converges from every start, quadratically, and adds positive numbers only: s_k is right to its last digits even where it
is 1e-13. Sources: Lanczos (1950); Paige (1980); Parlett (1998), The Symmetric Eigenvalue Problem, chapters 11 and 13;
Noda (1971); Elsner (1976).
"""

import math
from typing import Protocol, Self

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray

_TOLERANCE = 1e-14  # relative; a start that leans to the wrong one of two close eigenvalues makes 1e-12 of it
_NEARLY = 1e-6  # a bound that should only fall from here on
_MOST_NODA_STEPS = 30
_SLACK = 1e-15  # keeps x above θ where rounding would not
_ENOUGH = 1e-13  # a misfit of s that is small enough


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
    pending = np.ones(count, dtype=np.bool_)
    q, q_before, beta = np.tile(_start(size), (count, 1)), np.zeros((count, size)), np.zeros(count)
    alphas, betas = np.zeros((most, count)), np.zeros((most, count))
    shift = np.empty_like(q)
    check = first_check
    for k in range(1, most + 1):
        w = gram(q)
        alphas[k - 1] = alpha = np.vecdot(q, w)
        w -= np.multiply(q, alpha[:, None], out=shift)
        w -= np.multiply(q_before, beta[:, None], out=shift)
        betas[k - 1] = beta = np.sqrt(np.vecdot(w, w))
        q_before, q = q, np.divide(w, np.where(beta > 0, beta, 1.0)[:, None], out=w)
        if k < check:
            continue
        check = min(check + max(2, check // 6), most)
        open_ = rows[pending[rows]]
        theta, radius = _perron_pair(alphas[:k, pending[rows]], betas[:k, pending[rows]])
        gap = 2.0 * theta - traces[open_]
        excess = np.divide(radius**2, gap, out=np.full_like(gap, np.inf), where=gap > 0)
        bound = np.minimum(radius, excess) / theta
        is_lost = (doubt[open_] < _NEARLY) & ~(bound < doubt[open_])  # to a copy of θ: it will not come back
        largest[open_], doubt[open_], pending[open_] = theta, bound, ~((bound <= _TOLERANCE) | is_lost)
        if not pending[rows].any():
            break
        if not pending[rows].all():
            gram, kept = gram.without(~pending[rows])
            rows, q, q_before, shift = rows[kept], q[kept], q_before[kept], shift[kept]
            alphas, betas, beta = alphas[:, kept], betas[:, kept], beta[kept]
    return largest, doubt


def most_steps(size: int) -> int:
    """Steps of the process after which an eigenvalue routine is the better choice; random matrices need half of it."""
    return 16 + 4 * math.isqrt(size)


def _perron_pair(alphas: FloatArray, betas: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return θ of each T_k, and how far an eigenvalue of G is from it at most: (k, N), (k, N) -> (N,), (N,)."""
    reach = alphas.copy()  # Gershgorin's discs
    reach[1:] += betas[:-1]
    reach[:-1] += betas[:-1]
    x, s = reach.max(axis=0) * (1.0 + _SLACK), np.ones_like(alphas)
    misfit, cut = np.full_like(x, np.inf), np.full_like(x, np.inf)
    moving = np.arange(len(x))
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # of a pivot that is rounded to 0
        for _ in range(_MOST_NODA_STEPS):
            at, before, cut_before = x[moving], s[:, moving], cut[moving]
            z = _solve(at - alphas[:, moving], betas[:-1, moving], before)
            largest = np.abs(z).max(axis=0)
            x[moving] = at = (at - (before / z).min(axis=0)) * (1.0 + _SLACK)
            s[:, moving] = z / largest
            misfit[moving] = left = np.sqrt(len(z)) / largest  # ≥ ‖s‖ / ‖z‖ = ‖T z - x z‖ / ‖z‖
            cut[moving] = shorter = betas[-1, moving] * z[-1] / largest
            is_found = left <= np.maximum(_ENOUGH * at, 0.1 * shorter)
            is_shrinking = (shorter > _ENOUGH * at) & (shorter < 0.5 * cut_before)  # a copy of θ fades from s
            moving = moving[~is_found | is_shrinking]
            if len(moving) == 0:
                break
    return x, np.where(misfit <= _ENOUGH * x, cut, np.inf)  # a misfit moves θ by its square only


def _solve(diagonal: FloatArray, betas: FloatArray, right: FloatArray) -> FloatArray:
    """Solve tridiagonal(-β, diagonal, -β) z = right by elimination.  Shapes: (k, N), (k - 1, N), (k, N) -> (k, N)."""
    pivots, z = list(diagonal.copy()), right.copy()
    rows = list(z)
    for i, beta in enumerate(betas):
        factor = beta / pivots[i]
        pivots[i + 1] -= factor * beta
        rows[i + 1] += factor * rows[i]
    rows[-1] /= pivots[-1]
    for i in range(len(betas) - 1, -1, -1):
        rows[i] += betas[i] * rows[i + 1]
        rows[i] /= pivots[i]
    return z


def _start(size: int) -> FloatArray:
    """The same unit vector each time, without any structure that a network could have."""
    start = np.random.default_rng(0).standard_normal(size)
    return np.asarray(start / np.sqrt(np.vecdot(start, start)))
