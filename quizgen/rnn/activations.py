"""Activation functions phi, their derivatives at the pre-activation a, and how steep they can get.

Derivatives are written so that they keep their relative precision where the unit saturates: 1 - tanh(a)^2 would be
rounded to a few digits at a = 15 and to 0 at a = 20. At the kink of ReLU the derivative is 0, of leaky ReLU the slope
of the negative side.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from quizgen.registry import Registry
from quizgen.rnn.arrays import FloatArray
from quizgen.values import immutable


@immutable
class Activation:
    """One phi: ``function`` and ``derivative`` act on each pre-activation; ``gamma`` is sup |phi'|."""

    name: str
    function: Callable[[FloatArray], FloatArray]
    derivative: Callable[[FloatArray], FloatArray]
    gamma: float


def sigmoid(a: FloatArray) -> FloatArray:
    """Return 1 / (1 + exp(-a)), with full relative precision and no overflow on either side."""
    return np.exp(np.minimum(a, 0.0)) / (1.0 + np.exp(-np.abs(a)))


def sigmoid_slope(a: FloatArray) -> FloatArray:
    """Return sigmoid(a) (1 - sigmoid(a)), at most 1/4."""
    tail = np.exp(-np.abs(a))
    whole = 1.0 + tail
    whole *= whole
    tail /= whole  # in place: fresh memory for a long array takes longer than the division
    return tail


def tanh_slope(a: FloatArray) -> FloatArray:
    """Return 1 - tanh(a)^2 = 4 sigmoid'(2a), at most 1."""
    return 4.0 * sigmoid_slope(2.0 * a)


def leaky_relu(slope: float = 0.01) -> Activation:
    """Return the activation a for a > 0 and ``slope`` a elsewhere; ReLU is the case 0.

    An infinite or undefined pre-activation stays visible: the derivative at NaN is NaN.
    """
    return Activation(
        name="leaky_relu" if slope else "relu",
        function=lambda a: np.where(a > 0, a, slope * a) if slope else np.maximum(a, 0.0),
        derivative=lambda a: slope + (1.0 - slope) * np.heaviside(a, 0.0),
        gamma=max(1.0, abs(slope)),
    )


TANH: Final = Activation(name="tanh", function=np.tanh, derivative=tanh_slope, gamma=1.0)
SIGMOID: Final = Activation(name="sigmoid", function=sigmoid, derivative=sigmoid_slope, gamma=0.25)
LINEAR: Final = Activation(name="linear", function=np.positive, derivative=np.ones_like, gamma=1.0)

ACTIVATIONS: Final = Registry[Activation](
    "activation",
    {"tanh": TANH, "sigmoid": SIGMOID, "relu": leaky_relu(0.0), "leaky_relu": leaky_relu(), "linear": LINEAR},
)
