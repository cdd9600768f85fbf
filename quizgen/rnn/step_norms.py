"""Spectral norms of the Jacobians J_t = diag(d_t) W of all timesteps of a network, which share one W.

With K = W Wᵀ, made once, J_t J_tᵀ = diag(d_t) K diag(d_t) is applied to the vectors of many timesteps by one matrix
product. Timesteps go together in blocks, filled up at the end, so that what a timestep gets depends on nothing but its
place.

If W is g times an orthogonal matrix, K = g² I and ‖diag(d) W‖₂ = g max|d_i|. With K = g² (I + E) its square is right
to ‖E‖.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Self

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray
from quizgen.rnn.lanczos import largest_by_lanczos, most_steps
from quizgen.rnn.norms import ACCURACY, SMALL, balanced, exact_spectral_norm, frobenius_norm, spectral_norm
from quizgen.values import immutable

_BLOCK = 50  # timesteps, and twice as many of large networks: lengths are often round, and little is filled up
_ENTRIES_AT_ONCE = 2**16  # of the vectors of one round: 512 KiB
_PIECE = 2**14  # of the vectors that go through several steps together: 128 KiB
_MATRIX_ENTRIES_AT_ONCE = 2**21  # of Jacobians that are written out: 16 MiB
_ROUNDING = 1e-13  # how far, relative, W Wᵀ may be from g² I
_TINY = 2.0**-400  # a squared norm below may have lost digits to underflow


def step_norms(slopes: FloatArray, W: FloatArray, asked: BoolArray | None = None) -> FloatArray:
    """Return ‖diag(d_t) W‖₂ where it is asked, everywhere if None, and NaN elsewhere; right to 1e-12 relative.

    A Jacobian with an infinite or undefined entry has norm NaN.
    Shapes: slopes d_1 .. d_T (V, T, n), W (V, n, n), asked (V, T) -> (V, T).
    """
    asked = np.ones(slopes.shape[:2], dtype=np.bool_) if asked is None else asked
    is_sound = np.asarray(np.isfinite(W).all(axis=(1, 2)))
    is_defined = np.asarray(np.isfinite(slopes).all(axis=-1)) & is_sound[:, None]
    asked = asked & is_defined
    scaled, exponent = balanced(np.where(is_sound[:, None, None], W, 0.0))
    K = scaled @ np.ascontiguousarray(scaled.swapaxes(-1, -2))  # a product with a copy is a plain, fast product
    gain, is_orthogonal = _orthogonal_gain(K)
    gain = np.ldexp(gain, exponent)
    closed = asked & is_orthogonal[:, None]
    norms = np.where(closed, gain[:, None] * np.abs(slopes).max(axis=-1), np.nan)
    rest = asked & ~closed
    written_out = spectral_norm
    if W.shape[-1] > SMALL:
        norms = np.where(rest, np.ldexp(_by_blocks(slopes, K, rest), exponent[:, None]), norms)
        rest &= np.isnan(norms)
        written_out = exact_spectral_norm
    rows, steps = np.nonzero(rest)
    at_once = max(1, _MATRIX_ENTRIES_AT_ONCE // W[0].size)
    for part in (slice(start, start + at_once) for start in range(0, len(rows), at_once)):
        v, t = rows[part], steps[part]
        norms[v, t] = written_out(slopes[v, t, :, None] * W[v])
    return norms


def _orthogonal_gain(K: FloatArray) -> tuple[FloatArray, BoolArray]:
    """The factor g, and whether K is g² I to rounding: (V, n, n) -> (V,), (V,)."""
    square = K[:, 0, 0]
    misfit = frobenius_norm(K - square[:, None, None] * np.eye(K.shape[-1]))
    return np.sqrt(square), misfit <= _ROUNDING * square


def _by_blocks(slopes: FloatArray, K: FloatArray, asked: BoolArray) -> FloatArray:
    """Norms that the Lanczos process settles, NaN elsewhere; each block in which one is asked goes through it."""
    variants, timesteps, n = slopes.shape
    length = _BLOCK if n < 2 * _BLOCK else 2 * _BLOCK
    blocks = -(-timesteps // length)
    place = np.minimum(np.arange(blocks * length), timesteps - 1)  # the last timestep again and again, to fill up
    is_plain = asked & slopes.any(axis=-1)
    rows, exponent = balanced(np.where(is_plain[..., None], slopes, 1.0)[:, place], axes=1)
    rows = rows.reshape(variants, blocks, length, n)
    norms = np.full(rows.shape[:3], np.nan)
    chosen = np.argwhere(asked[:, place].reshape(norms.shape).any(axis=-1))
    at_once = max(1, _ENTRIES_AT_ONCE // (length * n))
    for part in (chosen[start : start + at_once] for start in range(0, len(chosen), at_once)):
        v, block = part.T
        gram = _BlockGram(K=K[v], slopes=rows[v, block])
        eigenvalues, doubt = largest_by_lanczos(gram, gram.traces, first_check=most_steps(n) * 5 // 8)
        is_settled = (doubt <= ACCURACY) & (eigenvalues > _TINY)
        norms[v, block] = np.where(is_settled, np.sqrt(np.abs(eigenvalues)), np.nan).reshape(-1, length)
    norms = np.ldexp(norms.reshape(variants, -1), exponent)
    return np.where(is_plain, norms[:, :timesteps], np.nan)


@immutable
class _BlockGram:
    """diag(d) K diag(d) for several vectors d with each K.  Shapes: K (B, n, n), slopes d (B, L, n); N = B L."""

    K: FloatArray
    slopes: FloatArray

    @property
    def shape(self) -> tuple[int, int]:
        """(N, n)."""
        blocks, length, n = self.slopes.shape
        return blocks * length, n

    @property
    def traces(self) -> FloatArray:
        """Their traces, Σ d_i² K_ii: (N,)."""
        diagonal = np.diagonal(self.K, axis1=1, axis2=2)
        return np.asarray((np.square(self.slopes) @ diagonal[:, :, None]).ravel())

    def pieces(self) -> Iterator[tuple[slice, Callable[[FloatArray], FloatArray]]]:
        """Products d ⊙ (K (d ⊙ v)) of a few blocks at a time."""
        blocks, length, n = self.slopes.shape
        at_once = max(1, _PIECE // (length * n))
        for start in range(0, blocks, at_once):
            part = slice(start, min(start + at_once, blocks))
            yield slice(part.start * length, part.stop * length), partial(_products, self.K[part], self.slopes[part])

    def without(self, is_settled: BoolArray) -> tuple[Self, BoolArray]:
        """Drop the blocks in which all are settled."""
        kept = ~is_settled.reshape(self.slopes.shape[:2]).all(axis=1)
        if kept.all():
            return self, np.ones_like(is_settled)
        return type(self)(K=self.K[kept], slopes=self.slopes[kept]), np.repeat(kept, self.slopes.shape[1])


def _products(K: FloatArray, slopes: FloatArray, vectors: FloatArray) -> FloatArray:
    """Products d ⊙ (K (d ⊙ v)) of each: (B, n, n), (B, L, n), (B L, n) -> (B L, n)."""
    images = (vectors.reshape(slopes.shape) * slopes) @ K
    images *= slopes
    return images.reshape(vectors.shape)
