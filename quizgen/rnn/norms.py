"""Sizes of vectors and matrices that neither overflow nor underflow on the way.

Squares leave float64 where the numbers are beyond 1.3e154 or below 1.5e-154, so what comes near is first scaled by the
power of two next to its largest entry; that is exact.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Self

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray, IntArray
from quizgen.rnn.lanczos import largest_by_lanczos
from quizgen.rnn.squaring import largest_by_squaring
from quizgen.values import immutable

ACCURACY = 1e-12  # of the square of a norm; what a route leaves in more doubt than this goes to the exact one
SMALL = 32  # up to this size squaring a matrix is cheaper than the vectors of the Lanczos process
_ENTRIES_AT_ONCE = {"small": 2**16, "large": 2**21, "piece": 2**17}  # of matrices; a piece stays in the cache
_ORDINARY = 2.0**-200, 2.0**200  # sums of squares that need no scaling


def balanced(stack: FloatArray, *, axes: int = 2) -> tuple[FloatArray, IntArray]:
    """Scale each array of a stack by a power of two so that its largest entry is about 1.

    Shapes: (..., *a) with ``axes`` trailing axes -> the same, and (...,) exponents: stack = scaled · 2**exponent.
    """
    trailing = tuple(range(-axes, 0))
    _, exponent = np.frexp(np.abs(stack).max(axis=trailing, initial=0.0))
    exponent = np.maximum(exponent, -1022)  # the reciprocal of 2**-1074 would be infinite
    factor = np.ldexp(1.0, -exponent).reshape(exponent.shape + (1,) * axes)
    return stack * factor, exponent.astype(np.int64)


def sums_of_squares(stack: FloatArray) -> FloatArray:
    """Add up the squared entries of each matrix: (N, m, n) -> (N,); 0, infinite or NaN where float64 ends."""
    rows = stack.reshape(len(stack), -1)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        return np.asarray(np.vecdot(rows, rows))


def is_ordinary(squares: FloatArray) -> BoolArray:
    """Whether matrices with these sums of squares can be multiplied without care."""
    return (squares > _ORDINARY[0]) & (squares < _ORDINARY[1])


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

    It is right to 1e-12 relative: each route bounds its own error, and what it cannot settle goes to
    `exact_spectral_norm`. A matrix has the same norm, to the last bit, in every stack.
    A matrix with an infinite or undefined entry has norm NaN.
    """
    *leading, rows, columns = matrices.shape
    stack = matrices.reshape(-1, rows, columns)
    norms = np.empty(len(stack))
    entries = _ENTRIES_AT_ONCE["small" if min(rows, columns) <= SMALL else "large"]
    at_once = max(1, entries // (rows * columns))
    for part in (slice(start, start + at_once) for start in range(0, len(stack), at_once)):
        norms[part] = _norms_at_once(np.ascontiguousarray(stack[part]))
    return norms.reshape(leading)


def exact_spectral_norm(matrices: FloatArray) -> FloatArray:
    """Return the largest singular values by an eigenvalue routine: (..., m, n) -> (...).

    The root of the largest eigenvalue of the Gram matrix, which keeps it to about 1e-15 (but not the smallest).
    """
    scaled, exponent = balanced(matrices)
    is_finite = np.asarray(np.isfinite(scaled).all(axis=(-2, -1)))
    gram = _gram(np.where(is_finite[..., None, None], scaled, 0.0))
    largest = np.sqrt(np.maximum(np.linalg.eigvalsh(gram)[..., -1], 0.0))
    with np.errstate(over="ignore"):
        return np.where(is_finite, np.ldexp(largest, exponent), np.nan)


def spectral_radius(matrices: FloatArray) -> FloatArray:
    """Return the largest modulus of an eigenvalue of each square matrix of a stack: (..., n, n) -> (...)."""
    return np.asarray(np.abs(np.linalg.eigvals(matrices)).max(axis=-1))


def _norms_at_once(stack: FloatArray) -> FloatArray:
    """Norms of matrices that fit the cache: (N, m, n) -> (N,)."""
    squares = sums_of_squares(stack)
    if is_ordinary(squares).all():
        norms, doubt = _largest_singular_values(stack, squares)
    else:
        norms, doubt = _with_scaling(stack, squares)
    is_open = ~(doubt <= ACCURACY)
    if is_open.any():
        norms[is_open] = exact_spectral_norm(stack[is_open])
    return norms


def _with_scaling(stack: FloatArray, squares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The same where some are far from 1; the doubt about a norm that is 0, infinite or undefined is infinite."""
    norms, doubt = np.zeros(len(stack)), np.full(len(stack), np.inf)
    scaled, exponent = balanced(stack)
    stays = is_ordinary(squares)
    scaled[stays], exponent[stays] = stack[stays], 0
    squares = sums_of_squares(scaled)
    can = is_ordinary(squares)
    if can.any():
        found, doubt[can] = _largest_singular_values(scaled[can], squares[can])
        with np.errstate(over="ignore"):
            norms[can] = np.ldexp(found, exponent[can])
    return norms, doubt


def _largest_singular_values(stack: FloatArray, squares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Choose the route by size.

    Returns the values, and bounds on their relative errors.  Shapes: (N, m, n), and the sums of squares (N,).
    """
    rows, columns = stack.shape[1:]
    if min(rows, columns) == 1:
        return np.sqrt(squares), np.zeros(len(stack))
    if (rows, columns) == (2, 2):
        return _closed_form_2x2(stack), np.zeros(len(stack))
    if min(rows, columns) <= SMALL:
        eigenvalues, doubt = largest_by_squaring(_gram(stack))
    else:
        eigenvalues, doubt = largest_by_lanczos(_StackGram(stack, np.arange(len(stack))), squares, first_check=5)
    return np.sqrt(eigenvalues), doubt


@immutable(kw_only=False)
class _StackGram:
    """The Gram matrices AᵀA, never formed, of the ``rows`` of a stack (N, m, n) that are not settled."""

    stack: FloatArray
    rows: IntArray

    @property
    def shape(self) -> tuple[int, int]:
        """How many there are, and n."""
        return len(self.rows), self.stack.shape[-1]

    def pieces(self) -> Iterator[tuple[slice, Callable[[FloatArray], FloatArray]]]:
        """Aᵀ(A v) of a few at a time."""
        at_once = max(1, _ENTRIES_AT_ONCE["piece"] // self.stack[0].size)
        for start in range(0, len(self.rows), at_once):
            rows = self.rows[start : start + at_once]
            is_run = rows[-1] - rows[0] + 1 == len(rows)
            matrices = self.stack[rows[0] : rows[-1] + 1] if is_run else self.stack[rows]
            yield slice(start, start + len(rows)), partial(_gram_products, matrices)

    def without(self, is_settled: BoolArray) -> tuple[Self, BoolArray]:
        """Drop all that are settled."""
        return type(self)(self.stack, self.rows[~is_settled]), ~is_settled


def _gram_products(matrices: FloatArray, vectors: FloatArray) -> FloatArray:
    """Aᵀ(A v) of each matrix with its vector: (N, m, n), (N, n) -> (N, n)."""
    images = matrices @ vectors[:, :, None]
    return np.asarray((images.swapaxes(-1, -2) @ matrices)[:, 0])


def _gram(stack: FloatArray) -> FloatArray:
    """AᵀA or AAᵀ, whichever is smaller: (..., m, n) -> (..., k, k) with k = min(m, n)."""
    rows, columns = stack.shape[-2:]
    transposed = np.ascontiguousarray(stack.swapaxes(-1, -2))  # a product with a copy is a plain, fast product
    return transposed @ stack if columns <= rows else stack @ transposed


def _closed_form_2x2(stack: FloatArray) -> FloatArray:
    """With p = a + d, q = c - b and r = a - d, s = b + c: twice the norm is hypot(p, q) + hypot(r, s)."""
    a, b, c, d = stack.reshape(-1, 4).T
    return np.asarray(0.5 * (np.hypot(a + d, c - b) + np.hypot(a - d, b + c)))
