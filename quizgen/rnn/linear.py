"""Products of a network's weights with its states, for one sequence through each network or for many.

Weights are (V, p, q). Vectors are (V, q), or (V, B, q) where each of the V networks runs B sequences.
"""

import numpy as np

from quizgen.rnn.arrays import FloatArray


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


def scaled_rows(rows: FloatArray, W: FloatArray) -> FloatArray:
    """diag(rows) W without building diag: (V, …, p), (V, p, q) -> (V, …, p, q)."""
    return rows[..., None] * W.reshape(len(W), *(1,) * (rows.ndim - 2), *W.shape[1:])


def gated_rows(drives: FloatArray, W: FloatArray) -> FloatArray:
    """The sum over G gates of diag(drives of the gate) (its rows of W): (V, …, G, n), (V, Gn, n) -> (V, …, n, n).

    Of many timesteps, each unit's rows are one product (T, G) (G, n): about ten times as fast as G passes over all
    their matrices.
    """
    *leading, gates, n = drives.shape
    by_gate = W.reshape(len(W), gates, n, n)
    if drives.ndim == 3:
        total = drives[:, 0, :, None] * by_gate[:, 0]
        for gate in range(1, gates):
            total += drives[:, gate, :, None] * by_gate[:, gate]
        return np.asarray(total)
    by_unit = np.moveaxis(drives.reshape(len(W), -1, gates, n), -1, 1) @ by_gate.swapaxes(1, 2)
    return np.ascontiguousarray(by_unit.swapaxes(1, 2)).reshape(*leading, n, n)
