"""The largest eigenvalue θ of tridiagonal matrices T = (β, α, β), and how far it can be from that of a larger matrix.

Elimination of x - T from the first row down and from the last row up has the pivots

    p_i = x - α_i - β_{i-1}² / p_{i-1},    u_i = x - α_i - β_i² / u_{i+1},    γ_i = p_i + u_i - (x - α_i)

and 1 / γ_i is entry (i, i) of the inverse. Let j be where |γ_i| is least, z_j = 1, and z_i = z_{i+1} β_i / p_i above,
z_i = z_{i-1} β_{i-1} / u_i below: then (x - T) z = γ_j e_j. Near θ, z is its eigenvector, and the next x is its
Rayleigh quotient x - γ_j / ‖z‖², which is Newton's step for γ_j = 0. Where that is not sure to lead to θ, x goes to the
middle of what is known to enclose θ: all p_i above j and u_i below are positive where x exceeds the eigenvalues of T
without row j, so that only θ can be above. Sources: Fernando (1997), On computing an eigenvector of a tridiagonal
matrix; Parlett (1998), The Symmetric Eigenvalue Problem, chapters 3 and 4.

T is the corner of a larger matrix G without negative eigenvalues, to which β_k leads. Some eigenvalue of G lies within
r = β_k z_k / ‖z‖ of θ. All the others add up to tr G - θ at most; where that is below θ, the largest exceeds θ by
r² / (2θ - tr G) at most (Kato and Temple). Source: Parlett (1998), chapter 10.

k entries, N matrices at once; what one matrix gets does not depend on the others.
"""

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray

_MOST_STEPS = 60  # halving alone takes 45
_SLACK = 1e-15  # the rounding of what is known of θ
_ROUNDING = 1e-14  # of γ, relative to x; the first of those below is j: further down, rounding has made copies of θ
_ENOUGH = 1e-13  # a misfit of z, relative to θ, that is small enough: it moves θ by its square only
_LITTLE = 2.0**-10  # of the way to what θ cannot exceed: after a step of Newton's, which falls short by little
_FAR = 1e-12, 1e-6  # an r that is too large for the first bound, and for the second: θ and z need few digits then


def largest_eigenvalue(
    alphas: FloatArray, betas: FloatArray, known: FloatArray, traces: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return θ, and a bound on how far it is from G's, relative; not finite where nothing is known.

    Shapes: α_1 .. α_k (k, N), β_1 .. β_k (k, N), a number that θ is not below (N,), tr G (N,) -> (N,), (N,).
    """
    low, high = known * (1.0 - _SLACK), _row_sums(alphas, betas) * (1.0 + _SLACK)
    x = np.where(known > 0, known, high)
    far = np.where(2.0 * x > traces, _FAR[1], _FAR[0])
    theta, misfit, residual, moving = x.copy(), np.full_like(x, np.inf), np.full_like(x, np.inf), np.arange(len(x))
    is_newton = np.zeros(len(x), dtype=np.bool_)  # whether Newton's step led to this x
    with np.errstate(all="ignore"):  # of pivots that are rounded to 0
        for _ in range(_MOST_STEPS):
            at = x[moving]
            gamma, is_near, last, length = _solve(at, alphas[:, moving], betas[:-1, moving])
            is_above = is_near & (gamma > 0)
            low[moving], high[moving] = np.where(is_above, low[moving], at), np.where(is_above, at, high[moving])
            is_sure = (is_near | (high[moving] - low[moving] <= _ENOUGH * at)) & np.isfinite(length)
            theta[moving] = newer = np.where(is_sure, at - gamma / np.square(length), at)
            misfit[moving] = left = np.where(is_sure, np.abs(gamma) / length, np.inf)
            residual[moving] = r = betas[-1, moving] * last
            is_enclosed = is_sure & (newer >= low[moving]) & (newer <= high[moving])
            share = np.where(is_newton[moving] & ~is_near, _LITTLE, 0.5)
            elsewhere = low[moving] + np.maximum(share * (high[moving] - low[moving]), 0.5 * _ENOUGH * at)
            x[moving], is_newton[moving] = np.where(is_enclosed, newer, elsewhere), is_enclosed
            is_hopeless = (left <= 0.1 * r) & (r > far[moving] * at)
            moving = moving[(left > _ENOUGH * at) & ~is_hopeless]
            if len(moving) == 0:
                break
        r = residual + np.where(misfit > _ENOUGH * theta, misfit, 0.0)
        gap = 2.0 * theta - traces
        return theta, np.where(gap > 0, np.minimum(r, np.square(r) / gap), r) / theta


def _row_sums(alphas: FloatArray, betas: FloatArray) -> FloatArray:
    """The largest row sum of each, which θ does not exceed (Gershgorin)."""
    sums = alphas.copy()
    sums[1:] += betas[:-1]
    sums[:-1] += betas[:-1]
    return np.asarray(sums.max(axis=0))


def _solve(
    x: FloatArray, alphas: FloatArray, betas: FloatArray
) -> tuple[FloatArray, BoolArray, FloatArray, FloatArray]:
    """γ_j, whether x exceeds all eigenvalues of T without row j, |z_k| / ‖z‖ and ‖z‖: (N,) each.

    Both eliminations go through the same loop, side by side: the one from below on T turned round.
    """
    count, size = len(x), len(alphas)
    diagonal = x - alphas
    pivots = np.concatenate([diagonal, diagonal[::-1]], axis=1)
    steps = np.concatenate([betas, betas[::-1]], axis=1)
    rows = list(pivots)
    for i, square in enumerate(np.square(steps)):
        rows[i + 1] -= square / rows[i]
    gammas = pivots[:, :count] + pivots[::-1, count:] - diagonal
    j = np.argmin(np.maximum(np.abs(gammas), _ROUNDING * x), axis=0)
    of_j = np.concatenate([j, size - 1 - j])  # counted from where each elimination begins
    is_before = np.arange(size)[:, None] < of_j
    smallest = np.where(is_before, pivots, np.inf).min(axis=0)
    z, total = np.ones(2 * count), np.zeros(2 * count)
    for ratio in np.where(is_before[:-1], steps / pivots[:-1], 1.0)[::-1]:  # from j on outwards, and 1 until there
        z *= ratio
        total += z * z
    length = np.sqrt(total[:count] + total[count:] - (size - 2))
    is_near = np.minimum(smallest[:count], smallest[count:]) > 0
    return gammas[j, np.arange(count)], is_near, np.abs(z[count:]) / length, length
