"""Gradient descent, plain and adaptive: from weights and gradients to new weights and what is remembered.

Weights and gradients are arrays by name, each (V, …); learning rates are (V,).
"""

from collections.abc import Mapping
from typing import Final, Protocol

import numpy as np

from quizgen.registry import Registry
from quizgen.rnn.arrays import FloatArray
from quizgen.values import immutable

Arrays = Mapping[str, FloatArray]


@immutable
class Memory:
    """What an optimiser remembers after ``updates`` updates: running means of the gradients and of their squares."""

    updates: int
    means: Arrays
    squares: Arrays


class Optimiser(Protocol):
    """A rule for one update."""

    def __call__(
        self, weights: Arrays, gradients: Arrays, memory: Memory, learning_rate: FloatArray
    ) -> tuple[Arrays, Memory]:
        """The weights after one update, and what is remembered."""
        ...


def no_memory(weights: Arrays) -> Memory:
    """What is remembered before the first update."""
    zeros = {name: np.zeros_like(array) for name, array in weights.items()}
    return Memory(updates=0, means=zeros, squares=zeros)


def sgd(weights: Arrays, gradients: Arrays, memory: Memory, learning_rate: FloatArray) -> tuple[Arrays, Memory]:
    """Move to w − η g, stochastic gradient descent."""
    return {name: w - _each(learning_rate, w) * gradients[name] for name, w in weights.items()}, memory


def adam(
    weights: Arrays,
    gradients: Arrays,
    memory: Memory,
    learning_rate: FloatArray,
    *,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Arrays, Memory]:
    """Move to w − η m̂/(√v̂ + ε), m̂ and v̂ the running means of g and g² without their bias towards 0.

    Source: Kingma & Ba (2015), Algorithm 1.
    """
    updates = memory.updates + 1
    means = {name: beta_1 * memory.means[name] + (1.0 - beta_1) * g for name, g in gradients.items()}
    squares = {name: beta_2 * memory.squares[name] + (1.0 - beta_2) * np.square(g) for name, g in gradients.items()}
    moved = {}
    for name, w in weights.items():
        mean, square = means[name] / (1.0 - beta_1**updates), squares[name] / (1.0 - beta_2**updates)
        moved[name] = w - _each(learning_rate, w) * mean / (np.sqrt(square) + eps)
    return moved, Memory(updates=updates, means=means, squares=squares)


OPTIMISERS: Final = Registry[Optimiser]("optimiser", {"sgd": sgd, "adam": adam})


def _each(numbers: FloatArray, like: FloatArray) -> FloatArray:
    """One number for each variant, in a shape that multiplies ``like``."""
    return numbers.reshape(-1, *(1,) * (like.ndim - 1))
