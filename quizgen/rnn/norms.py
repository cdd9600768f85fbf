"""Sizes of vectors and matrices that neither overflow nor underflow on the way.

Squares leave float64 where the numbers are beyond 1.3e154 or below 1.5e-154, so everything is first scaled by the power
of two next to its largest entry; that is exact.
"""

import numpy as np

from quizgen.rnn.arrays import FloatArray, IntArray


def balanced(stack: FloatArray, *, axes: int = 2) -> tuple[FloatArray, IntArray]:
    """Scale each array of a stack by a power of two so that its largest entry is about 1.

    Shapes: (..., *a) with ``axes`` trailing axes -> the same, and (...,) exponents: stack = scaled · 2**exponent.
    """
    trailing = tuple(range(-axes, 0))
    _, exponent = np.frexp(np.abs(stack).max(axis=trailing, initial=0.0))
    exponent = np.maximum(exponent, -1022)  # the reciprocal of 2**-1074 would be infinite
    factor = np.ldexp(1.0, -exponent).reshape(exponent.shape + (1,) * axes)
    return stack * factor, exponent.astype(np.int64)


def euclidean_norm(vectors: FloatArray, *, axes: int = 1) -> FloatArray:
    """Return the square root of the sum of squares over the last ``axes`` axes; infinite only if it really is.

    Shapes: (..., n) -> (...) with one axis; (..., m, n) -> (...) with two, where it is the Frobenius norm.
    """
    scaled, exponent = balanced(vectors, axes=axes)
    rows = scaled.reshape(*exponent.shape, -1)
    with np.errstate(over="ignore"):
        return np.asarray(np.ldexp(np.sqrt(np.square(rows).sum(axis=-1)), exponent))


def frobenius_norm(matrices: FloatArray) -> FloatArray:
    """Return the Frobenius norm of each matrix of a stack: (..., m, n) -> (...)."""
    return euclidean_norm(matrices, axes=2)


def spectral_norm(matrices: FloatArray) -> FloatArray:
    """Return the largest singular value of each matrix of a stack: (..., m, n) -> (...).

    Of 2×2 matrices by the closed form, of others as the root of the largest eigenvalue of the Gram matrix, which keeps
    the largest singular value to about 1e-15 (it would not keep the smallest).
    A matrix with an infinite or undefined entry has norm NaN.
    """
    scaled, exponent = balanced(matrices)
    is_finite = np.asarray(np.isfinite(scaled).all(axis=(-2, -1)))
    safe = np.where(is_finite[..., None, None], scaled, 0.0)
    rows, columns = matrices.shape[-2:]
    if min(rows, columns) == 1:
        largest = np.sqrt(np.square(safe).sum(axis=(-2, -1)))
    elif (rows, columns) == (2, 2):
        largest = _spectral_norm_2x2(safe)
    else:
        gram = safe.swapaxes(-1, -2) @ safe if columns <= rows else safe @ safe.swapaxes(-1, -2)
        largest = np.sqrt(np.maximum(np.linalg.eigvalsh(gram)[..., -1], 0.0))
    with np.errstate(over="ignore"):
        return np.where(is_finite, np.ldexp(largest, exponent), np.nan)


def spectral_radius(matrices: FloatArray) -> FloatArray:
    """Return the largest modulus of an eigenvalue of each square matrix of a stack: (..., n, n) -> (...)."""
    return np.asarray(np.abs(np.linalg.eigvals(matrices)).max(axis=-1))


def _spectral_norm_2x2(matrices: FloatArray) -> FloatArray:
    """With p = a + d, q = c - b and r = a - d, s = b + c: twice the norm is hypot(p, q) + hypot(r, s)."""
    a, b = matrices[..., 0, 0], matrices[..., 0, 1]
    c, d = matrices[..., 1, 0], matrices[..., 1, 1]
    return np.asarray(0.5 * (np.hypot(a + d, c - b) + np.hypot(a - d, b + c)))
