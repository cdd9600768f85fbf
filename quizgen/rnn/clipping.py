"""Gradient clipping: by the norm of all tensors together, of each tensor alone, or entry by entry.

A gradient is a sequence of tensors, each (V, ...). Clipping by norm shortens and never turns; clipping by value turns.
Norms are computed without overflow; one that is infinite all the same is returned as such, and its coefficient is 0.
"""

from collections.abc import Sequence

import numpy as np

from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.norms import euclidean_norm


def flattened(tensors: Sequence[FloatArray]) -> FloatArray:
    """All entries of each variant in one row, tensor by tensor, row by row: (V, ...), … -> (V, N)."""
    return np.concatenate([tensor.reshape(len(tensor), -1) for tensor in tensors], axis=1)


def global_norm(tensors: Sequence[FloatArray]) -> FloatArray:
    """Return the Euclidean norm over the entries of all tensors: (V,)."""
    return euclidean_norm(flattened(tensors))


def clipping_coefficient(norm: FloatArray, max_norm: FloatArray) -> FloatArray:
    """Return min(1, max_norm / norm): 1 for short gradients, however short; 0 for an infinite norm.

    An infinite ``max_norm`` stands for no clipping: its coefficient is 1, whatever the norm.
    """
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return np.where(np.isposinf(max_norm), 1.0, np.minimum(1.0, max_norm / norm))


def pytorch_coefficient(norm: FloatArray, max_norm: FloatArray) -> FloatArray:
    """Return min(1, max_norm / (norm + 1e-6)), as torch.nn.utils.clip_grad_norm_: a little shorter than asked."""
    return clipping_coefficient(norm + 1e-6, max_norm)


def tensorflow_coefficient(norm: FloatArray, max_norm: FloatArray) -> FloatArray:
    """Return max_norm / max(norm, max_norm), as tf.clip_by_global_norm: NaN, so that it shows, for an infinite norm."""
    return np.where(np.isfinite(norm), max_norm / np.maximum(norm, max_norm), np.nan)


def clip_by_norm(tensors: Sequence[FloatArray], max_norm: FloatArray) -> list[FloatArray]:
    """Shorten the gradient as a whole to ``max_norm`` (V,) if it is longer.

    Source: Pascanu, Mikolov & Bengio (2013), Algorithm 1.
    """
    coefficient = clipping_coefficient(global_norm(tensors), max_norm)
    return [_scaled(tensor, coefficient) for tensor in tensors]


def clip_each_by_norm(tensors: Sequence[FloatArray], max_norm: FloatArray) -> list[FloatArray]:
    """Shorten each tensor on its own to ``max_norm`` (V,); the whole turns if their coefficients differ."""
    return [clip_by_norm([tensor], max_norm)[0] for tensor in tensors]


def clip_by_value(tensors: Sequence[FloatArray], max_value: FloatArray) -> list[FloatArray]:
    """Move each entry into [-max_value, max_value].  Source: Mikolov (2012)."""
    limits = [max_value.reshape(-1, *[1] * (tensor.ndim - 1)) for tensor in tensors]
    return [np.clip(tensor, -limit, limit) for tensor, limit in zip(tensors, limits, strict=True)]


def angle_degrees(left: Sequence[FloatArray], right: Sequence[FloatArray]) -> FloatArray:
    """Return the angle between two gradients, in degrees (V,); 0 where one of them is 0 and has none.

    2 atan2(‖u − v‖, ‖u + v‖) of the unit vectors keeps its digits for small angles, where the arc cosine loses half of
    them.
    Source: Kahan, "Miscalculating area and angles of a needle-like triangle".
    """
    rows = flattened(left), flattened(right)
    u, v = map(_unit, rows)
    angles = np.degrees(2.0 * np.arctan2(euclidean_norm(u - v), euclidean_norm(u + v)))
    has_none = ~(rows[0].any(axis=1) & rows[1].any(axis=1))
    return np.where(has_none, 0.0, angles)


def _scaled(tensor: FloatArray, coefficient: FloatArray) -> FloatArray:
    return tensor * coefficient.reshape(-1, *[1] * (tensor.ndim - 1))


def _unit(rows: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return rows / euclidean_norm(rows)[:, None]
