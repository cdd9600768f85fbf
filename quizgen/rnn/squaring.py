"""The largest eigenvalue of symmetric positive semidefinite matrices by repeated squaring.

    M_0 = G / tr G,    M_{k+1} = M_k²,    so that M_k is proportional to G^p with p = 2^k

k squarings are 2^k steps of power iteration. Let x_i be the eigenvalues of M_k / tr M_k: they add up to 1, and their
squares to the purity s = tr(M_k²) / (tr M_k)². That encloses the largest of them, without any eigenvector: if s > 1/2,

    (1 + √(2s - 1)) / 2  ≤  x_1  ≤  √s,    and the logarithms of the two differ by less than (1 - s)².

The p-th root of x_1 tr(M_k) is the eigenvalue of M_0, with a relative error p times smaller. Where a product of small
matrices costs less than a microsecond, this is several times faster than an eigenvalue routine.
Source: Wilkinson (1965), The Algebraic Eigenvalue Problem, chapter 9 (powers of the matrix itself).
"""

import numpy as np

from quizgen.rnn.arrays import FloatArray

_TOLERANCE = 1e-14
_MOST_SQUARINGS = 12  # tells apart eigenvalues that differ by 0.4 %; beyond, an eigenvalue routine is as fast
_SQUARINGS_PER_SCALING = 4  # in between, tr M = 1 shrinks to n^-15 at most


def largest_by_squaring(grams: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the largest eigenvalue of each matrix, and a bound on its relative error, infinite where there is none.

    Shapes: (N, n, n), with traces within 2^±500 -> (N,), (N,).
    """
    trace = np.trace(grams, axis1=1, axis2=2)
    log_largest, doubt = np.log(trace), np.full(len(grams), np.inf)
    open_ = np.arange(len(grams))  # these are not settled yet; M and size = tr M belong to them
    M, size = grams / trace[:, None, None], np.ones(len(grams))
    for k in range(_MOST_SQUARINGS + 1):
        grown = np.vecdot(M.reshape(len(M), -1), M.reshape(len(M), -1))  # = tr M²
        purity = grown / np.square(size)
        log_largest[open_] += np.log(purity) / 2.0 ** (k + 1)  # as if x_1 were √s
        doubt[open_] = bound = np.where(purity > 0.5, np.square(1.0 - purity) / 2.0**k, np.inf)
        remain = bound > _TOLERANCE
        if k == _MOST_SQUARINGS or not remain.any():
            break
        if not remain.all():
            open_, M, size, grown = open_[remain], M[remain], size[remain], grown[remain]
        if k % _SQUARINGS_PER_SCALING == _SQUARINGS_PER_SCALING - 1:
            M, grown = M / size[:, None, None], grown / np.square(size)
        M, size = M @ M, grown
    return np.exp(log_largest), doubt
