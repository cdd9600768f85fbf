"""The largest eigenvalue of tridiagonal matrices without negative entries, and its eigenvector, by Noda's iteration.

    T = tridiagonal(β, α, β),    (x - T) z = s,    x ← x - min(s_i / z_i),    s ← z / max(z_i)

The eigenvector of the largest eigenvalue θ is positive (Perron). From any s > 0 and from x = max((T s)_i / s_i) ≥ θ
(Collatz) x falls to θ, quadratically, and never below. All numbers on the way are positive and only x - α is a
difference: s_k is right to its last digits even where it is 1e-13. Sources: Noda (1971); Elsner (1976).

T is the corner of a larger matrix G without negative eigenvalues, to which β_k leads. Some eigenvalue of G lies within
r = β_k s_k / ‖s‖ of θ. All the others add up to tr G - θ at most; where that is below θ, the largest exceeds θ by
r² / (2θ - tr G) at most (Kato and Temple). Source: Parlett (1998), The Symmetric Eigenvalue Problem, chapter 10.

k entries, N matrices at once.
"""

import numpy as np

from quizgen.rnn.arrays import FloatArray

_MOST_STEPS = 30
_SLACK = 1e-15  # keeps x above θ where rounding would not
_ENOUGH = 1e-13  # a misfit of s, relative to θ, that is small enough
_FAR = 1e-12, 1e-6  # an r that is too large for the first bound, and for the second: θ and s need few digits then
_LEAST = 1e-300  # what stays positive


def perron_pair(
    alphas: FloatArray, betas: FloatArray, start: FloatArray, traces: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return θ, its eigenvector s with largest entry 1, and a bound on how far θ is from G's, relative.

    Shapes: α_1 .. α_k (k, N), β_1 .. β_k (k, N), a positive start (k, N), tr G (N,) -> (N,), (k, N), (N,).
    """
    s = np.fmax(start, _LEAST)
    image = alphas * s
    image[1:] += betas[:-1] * s[:-1]
    image[:-1] += betas[:-1] * s[1:]
    x = (image / s).max(axis=0) * (1.0 + _SLACK)
    far = np.where(2.0 * x > traces, _FAR[1], _FAR[0])
    misfit, residual, moving = np.full_like(x, np.inf), np.full_like(x, np.inf), np.arange(len(x))
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # of a pivot that is rounded to 0
        for _ in range(_MOST_STEPS):
            at, before, r_before = x[moving], s[:, moving], residual[moving]
            z = _solve(at - alphas[:, moving], betas[:-1, moving], before)
            largest = np.abs(z).max(axis=0)
            x[moving] = at = (at - (before / z).min(axis=0)) * (1.0 + _SLACK)
            s[:, moving] = z / largest
            misfit[moving] = left = np.sqrt(len(z)) / largest  # ≥ ‖s‖ / ‖z‖ = ‖T z - x z‖ / ‖z‖
            residual[moving] = r = betas[-1, moving] * z[-1] / largest
            is_hopeless = (left <= 0.1 * r) & (r > far[moving] * at)
            is_fading = (r > _ENOUGH * at) & (r < 0.5 * r_before)  # the vector of a close eigenvalue, out of s
            moving = moving[((left > _ENOUGH * at) & ~is_hopeless) | is_fading]
            if len(moving) == 0:
                break
        r = residual + np.where(misfit > _ENOUGH * x, misfit, 0.0)  # a small misfit moves θ by its square only
        gap = 2.0 * x - traces
        return x, s, np.where(gap > 0, np.minimum(r, np.square(r) / gap), r) / x


def lengthened(s: FloatArray, known: int) -> FloatArray:
    """Continue vectors (k, N) after their first ``known`` entries, half as large each time; 1 if none is known."""
    if known == 0:
        return np.ones_like(s)
    ratios = 0.5 ** np.arange(1, len(s) - known + 1)
    return np.concatenate([s[:known], s[known - 1] * ratios[:, None]])


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
