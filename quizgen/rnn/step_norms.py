"""Spectral norms of the Jacobians J_t = diag(d_t) W of all timesteps of a network, which share one W.

The Gram operator Wᵀ diag(d_t)² W is applied to the vectors of many timesteps by two matrix products. Timesteps go
together in blocks, filled up at the end, so that what a timestep gets depends on nothing but its place.

If W is g times an orthogonal matrix, ‖diag(d) W‖₂ = g max|d_i|. With W Wᵀ = g² (I + E) its square is right to ‖E‖.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray
from quizgen.rnn.lanczos import largest_by_lanczos, most_steps
from quizgen.rnn.norms import ACCURACY, SMALL, balanced, exact_spectral_norm, frobenius_norm, spectral_norm

_ENTRIES_AT_ONCE = 2**16  # of the vectors of one round: 512 KiB
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
    gain, is_orthogonal = _orthogonal_gain(np.where(is_sound[:, None, None], W, 0.0))
    closed = asked & is_orthogonal[:, None]
    norms = np.where(closed, gain[:, None] * np.abs(slopes).max(axis=-1), np.nan)
    rest = asked & ~closed
    written_out = spectral_norm
    if W.shape[-1] > SMALL:
        norms = np.where(rest, _by_blocks(slopes, W, rest), norms)
        rest &= np.isnan(norms)
        written_out = exact_spectral_norm
    rows, steps = np.nonzero(rest)
    at_once = max(1, _MATRIX_ENTRIES_AT_ONCE // W[0].size)
    for part in (slice(start, start + at_once) for start in range(0, len(rows), at_once)):
        v, t = rows[part], steps[part]
        norms[v, t] = written_out(slopes[v, t, :, None] * W[v])
    return norms


def _orthogonal_gain(W: FloatArray) -> tuple[FloatArray, BoolArray]:
    """The factor g, and whether W / g is orthogonal to rounding: (V, n, n) -> (V,), (V,)."""
    scaled, exponent = balanced(W)
    gram = scaled @ np.ascontiguousarray(scaled.swapaxes(-1, -2))
    square = np.vecdot(scaled[:, 0], scaled[:, 0])
    misfit = frobenius_norm(gram - square[:, None, None] * np.eye(W.shape[-1]))
    return np.ldexp(np.sqrt(square), exponent), misfit <= _ROUNDING * square


def _by_blocks(slopes: FloatArray, W: FloatArray, asked: BoolArray) -> FloatArray:
    """Norms that the Lanczos process settles, NaN elsewhere; each block in which one is asked goes through it."""
    variants, timesteps, n = slopes.shape
    length = min(max(32, n // 2), 128)  # of a block: enough columns for a fast product
    blocks = -(-timesteps // length)
    place = np.minimum(np.arange(blocks * length), timesteps - 1)  # the last timestep again and again, to fill up
    scaled_W, W_exponent = balanced(W)
    transposed_W = np.ascontiguousarray(scaled_W.swapaxes(-1, -2))
    is_plain = asked & slopes.any(axis=-1)
    rows, exponent = balanced(np.where(is_plain[..., None], slopes, 1.0)[:, place], axes=1)
    squares = np.square(rows).reshape(variants, blocks, length, n)
    norms = np.full(squares.shape[:3], np.nan)
    chosen = np.argwhere(asked[:, place].reshape(norms.shape).any(axis=-1))
    at_once = max(1, _ENTRIES_AT_ONCE // (length * n))
    for part in (chosen[start : start + at_once] for start in range(0, len(chosen), at_once)):
        v, block = part.T
        gram = _BlockGram(W=scaled_W[v], W_transposed=transposed_W[v], squares=squares[v, block])
        eigenvalues, doubt = largest_by_lanczos(gram, gram.traces, first_check=most_steps(n) * 5 // 8)
        is_settled = (doubt <= ACCURACY) & (eigenvalues > _TINY)
        norms[v, block] = np.where(is_settled, np.sqrt(np.abs(eigenvalues)), np.nan).reshape(-1, length)
    norms = np.ldexp(norms.reshape(variants, -1), exponent + W_exponent[:, None])
    return np.where(is_plain, norms[:, :timesteps], np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class _BlockGram:
    """Wᵀ diag(d)² W for several vectors d with each W.  Shapes: W and Wᵀ (B, n, n), squares d² (B, L, n); N = B L."""

    W: FloatArray
    W_transposed: FloatArray
    squares: FloatArray

    @property
    def shape(self) -> tuple[int, int]:
        """(N, n)."""
        blocks, length, n = self.squares.shape
        return blocks * length, n

    @property
    def traces(self) -> FloatArray:
        """Their traces, Σ d_i² ‖row i of W‖²: (N,)."""
        rows = np.square(self.W).sum(axis=-1)
        return np.asarray((self.squares * rows[:, None]).sum(axis=-1).ravel())

    def __call__(self, vectors: FloatArray) -> FloatArray:
        """Wᵀ(d² ⊙ (W v)) of each."""
        images = vectors.reshape(self.squares.shape) @ self.W_transposed
        images *= self.squares
        return np.asarray((images @ self.W).reshape(self.shape))

    def without(self, is_settled: BoolArray) -> tuple[Self, BoolArray]:
        """Drop the blocks in which all are settled."""
        kept = ~is_settled.reshape(self.squares.shape[:2]).all(axis=1)
        if kept.all():
            return self, np.ones_like(is_settled)
        fewer = type(self)(W=self.W[kept], W_transposed=self.W_transposed[kept], squares=self.squares[kept])
        return fewer, np.repeat(kept, self.squares.shape[1])
