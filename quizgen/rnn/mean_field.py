"""Wide random networks in the mean-field limit: the size of their pre-activations and of their gradients.

    q  = sigma_w² E[phi(√q z)²] + sigma_b²     mean square pre-activation, z from N(0, 1); q* is its fixed point
    χ₁ = sigma_w² E[phi'(√q* z)²]              factor of ‖delta‖² per timestep: < 1 vanishing, > 1 exploding

The weights have variance sigma_w²/n. The limit n → ∞ is exact for weights that are drawn afresh in every layer, and
for recurrent networks that strong enough inputs drive; a recurrent network left to itself beyond the edge of chaos
(χ₁ > 1) uses one W again and again and does not follow it.
Sources: Poole et al. (2016); Schoenholz et al. (2017); for recurrent networks Chen, Pennington & Schoenholz (2018).
"""

from collections.abc import Callable

import numpy as np

from quizgen.errors import ParameterError
from quizgen.rnn.activations import Activation
from quizgen.rnn.arrays import FloatArray

# The trapezoidal rule on ±12 standard deviations is exact to float64 for functions as smooth as tanh(√q z)² with
# q ≤ 100: its error falls like exp(−2π · distance of the poles / step).
_NODES = np.linspace(-12.0, 12.0, 1201)
_WEIGHTS = np.exp(-0.5 * np.square(_NODES)) / np.sqrt(2.0 * np.pi) * (_NODES[1] - _NODES[0])
_HALVINGS = 120


def fixed_point(activation: Activation, weight_variance: FloatArray, bias_variance: FloatArray) -> FloatArray:
    """Return q*, the fixed point that is reached from any start but 0: (V,), (V,) -> (V,); infinite if q only grows.

    Raises: ParameterError for a variance that is negative or not a number.
    """
    for name, variance in (("weight_variance", weight_variance), ("bias_variance", bias_variance)):
        if not (variance >= 0).all():
            raise ParameterError(f"{name}: {variance[~(variance >= 0)][0]:g}: expected a number from 0 on")
    if _is_homogeneous(activation):
        growth = weight_variance * _mean_square_slope(activation)
        with np.errstate(divide="ignore", invalid="ignore"):
            settled = np.where(bias_variance > 0, bias_variance / (1.0 - growth), 0.0)
        grows_for_ever = (growth > 1) | ((growth == 1) & (bias_variance > 0))
        return np.where(grows_for_ever, np.inf, settled)
    low, high = np.zeros_like(weight_variance), weight_variance + bias_variance  # |phi| ≤ 1
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        mapped = weight_variance * _gaussian_mean_square(activation.function, middle) + bias_variance
        low, high = np.where(mapped > middle, middle, low), np.where(mapped > middle, high, middle)
    return np.where(_rests_at_zero(activation, weight_variance, bias_variance), 0.0, high)


def gradient_factor(activation: Activation, weight_variance: FloatArray, q: FloatArray) -> FloatArray:
    """Return χ₁ at the mean square pre-activation ``q``: (V,)."""
    if _is_homogeneous(activation):
        return weight_variance * _mean_square_slope(activation)
    at_zero = np.square(activation.derivative(np.zeros(1)))[0]  # exact, so that the edge of chaos is met exactly
    return weight_variance * np.where(q == 0, at_zero, _gaussian_mean_square(activation.derivative, q))


def depth_scale(chi: FloatArray) -> FloatArray:
    """Return 1/|ln χ₁|, the timesteps over which ‖delta‖² changes by e; infinite at the edge of chaos: (V,)."""
    with np.errstate(divide="ignore"):
        return np.asarray(1.0 / np.abs(np.log(chi)))


def _gaussian_mean_square(function: Callable[[FloatArray], FloatArray], q: FloatArray) -> FloatArray:
    """E[function(√q z)²]: (V,)."""
    return np.asarray((np.square(function(np.sqrt(q)[:, None] * _NODES)) * _WEIGHTS).sum(axis=-1))


def _is_homogeneous(activation: Activation) -> bool:
    """Whether phi(c a) = c phi(a) for c > 0, as of ReLU, leaky ReLU and the identity."""
    return bool((activation.function(np.array([2.0, -2.0])) == 2.0 * activation.function(np.array([1.0, -1.0]))).all())


def _mean_square_slope(activation: Activation) -> float:
    """E[phi'²] = E[phi(√q z)²]/q of a homogeneous phi: the mean of its two squared slopes."""
    return float(np.square(activation.derivative(np.array([1.0, -1.0]))).mean())


def _rests_at_zero(activation: Activation, weight_variance: FloatArray, bias_variance: FloatArray) -> FloatArray:
    """Whether 0 is the only fixed point: no bias, phi(0) = 0, and sigma_w² phi'(0)² ≤ 1."""
    origin = np.zeros(1)
    is_fixed = (bias_variance == 0) & (activation.function(origin)[0] == 0)
    return np.asarray(is_fixed & (weight_variance * activation.derivative(origin)[0] ** 2 <= 1))
