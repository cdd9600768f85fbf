"""Products of a network's weights with its states, for one sequence through each network or for many.

Weights are (V, p, q). Vectors are (V, q), or (V, B, q) where each of the V networks runs B sequences.
"""

import numpy as np

from quizgen.errors import ParameterError
from quizgen.rnn.arrays import FloatArray

_TIMESTEPS_AT_ONCE = 16  # of Jacobians that are written unit by unit: beyond, their rows leave the cache half written


def matvec(matrices: FloatArray, vectors: FloatArray) -> FloatArray:
    """Multiply each matrix with its vector: (V, m, n), (V, n) -> (V, m)."""
    return np.asarray((matrices @ vectors[..., None])[..., 0])


def push(W: FloatArray, h: FloatArray) -> FloatArray:
    """W h, as the forward pass: (V, p, q), (V, q) or (V, B, q) -> (V, p) or (V, B, p)."""
    return matvec(W, h) if h.ndim == 2 else h @ W.swapaxes(-1, -2)


def pull(W: FloatArray, error: FloatArray) -> FloatArray:
    """Wᵀ error, as the backward pass: (V, p, q), (V, p) or (V, B, p) -> (V, q) or (V, B, q)."""
    return matvec(W.swapaxes(-1, -2), error) if error.ndim == 2 else error @ W


def shifted(a: FloatArray, b: FloatArray) -> FloatArray:
    """Add the biases b (V, p) to a (V, p) or (V, B, p)."""
    return a + (b if a.ndim == 2 else b[:, None])


def outer(error: FloatArray, fed: FloatArray) -> FloatArray:
    """The gradient of a weight that turned ``fed`` into what ``error`` belongs to; sequences, or timesteps, add up.

    Shapes: (V, p), (V, q) or (V, B, p), (V, B, q) -> (V, p, q).
    """
    return error[:, :, None] * fed[:, None, :] if error.ndim == 2 else error.swapaxes(-1, -2) @ fed


def summed(error: FloatArray) -> FloatArray:
    """The gradient of a bias: (V, p) or (V, B, p) -> (V, p)."""
    return error if error.ndim == 2 else error.sum(axis=1)


def room(out: FloatArray | None, *shape: int) -> FloatArray:
    """The array ``out`` to write to, or a new one where there is none.

    Raises: ParameterError unless ``out`` has this shape, is float64, and can be written to.
    """
    if out is None:
        return np.empty(shape)
    if out.shape != shape or out.dtype != np.float64:
        raise ParameterError(f"out: {out.dtype} of shape {out.shape}: expected float64 of shape {shape}")
    if not out.flags.writeable:
        raise ParameterError("out: a read-only array: expected one that can be written to")
    return out


def scaled_rows(rows: FloatArray, W: FloatArray, *, out: FloatArray | None = None) -> FloatArray:
    """diag(rows) W without building diag, written to ``out`` if given: (V, …, p), (V, p, q) -> (V, …, p, q)."""
    return np.multiply(rows[..., None], W.reshape(len(W), *(1,) * (rows.ndim - 2), *W.shape[1:]), out=out)


def gated_rows(drives: FloatArray, W: FloatArray, *, out: FloatArray) -> None:
    """Write the sum over G gates of diag(drives of the gate) (its rows of W) into ``out``.

    Shapes: (V, G, n), (V, Gn, n) -> (V, n, n); or of T timesteps (V, T, G, n), (V, Gn, n) -> (V, T, n, n).
    Of many timesteps, each unit's rows are one product (T, G) (G, n), written where they belong: about ten times as
    fast as G passes over all their matrices.
    """
    gates, n = drives.shape[-2:]
    by_gate = W.reshape(len(W), gates, n, n)
    if drives.ndim == 3:
        np.multiply(drives[:, 0, :, None], by_gate[:, 0], out=out)
        for gate in range(1, gates):
            out += drives[:, gate, :, None] * by_gate[:, gate]
        return
    by_unit, of_units = by_gate.swapaxes(1, 2), np.moveaxis(drives, -1, 1)
    for start in range(0, drives.shape[1], _TIMESTEPS_AT_ONCE):
        steps = slice(start, start + _TIMESTEPS_AT_ONCE)
        np.matmul(of_units[:, :, steps], by_unit, out=out[:, steps].swapaxes(1, 2))


def diagonals(matrices: FloatArray) -> FloatArray:
    """The diagonal of each matrix, to be written to: (…, n, n) -> (…, n)."""
    return np.asarray(np.einsum("...ii->...i", matrices))
