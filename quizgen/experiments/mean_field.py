"""Wide random networks in closed form: where they stand between vanishing and exploding.

    q* = sigma_w² E[phi(√q* z)²] + sigma_b²,    χ₁ = sigma_w² E[phi'(√q* z)²],    xi = 1/|ln χ₁|

‖delta‖ changes by √χ₁ in each timestep. χ₁ = 1 is the edge of chaos: tanh with (sigma_w², sigma_b²) = (1, 0), ReLU with
sigma_w² = 2 (He). The formulas hold for n → ∞ with weights drawn afresh in every layer; one W that is used again and
again follows them while χ₁ < 1, and departs from them in a network that is left to itself with χ₁ > 1. So what is asked
about a recurrent network should have ``is_ordered`` = 1, and hundreds of units: for (0.8, 0.1), where ½ ln χ₁ = −0.269,
the measured rate of one W is −0.264 with 1000 units and −0.235 with 64.
Demonstrates S9 (initialisation) and S11 (the same matrix). Source: Poole et al. (2016); Schoenholz et al. (2017); Chen,
Pennington & Schoenholz (2018).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.networks import CELL, timesteps
from quizgen.experiments.work import number_work
from quizgen.rnn.activations import ACTIVATIONS, Activation
from quizgen.rnn.mean_field import depth_scale, fixed_point, gradient_factor
from quizgen.rnn.scaled import Scaled, running_product


class MeanFieldFindings(Findings):
    """The quantities of `MEAN_FIELD`."""

    @property
    def _activation(self) -> Activation:
        return ACTIVATIONS[self.word("cell")]

    @cached_property
    def q_star(self) -> FloatArray:
        """The fixed point q*."""
        return fixed_point(self._activation, self.number("weight_variance"), self.number("bias_variance"))

    @cached_property
    def chi(self) -> FloatArray:
        """χ₁ at q*."""
        return gradient_factor(self._activation, self.number("weight_variance"), self.q_star)

    @property
    def rate(self) -> FloatArray:
        """√χ₁."""
        return np.sqrt(self.chi)

    @property
    def log_rate(self) -> FloatArray:
        """½ ln χ₁."""
        return np.asarray(0.5 * np.log(self.chi))

    @property
    def depth_scale(self) -> FloatArray:
        """1/|ln χ₁|."""
        return depth_scale(self.chi)

    @property
    def is_ordered(self) -> FloatArray:
        """1 where χ₁ < 1."""
        return (self.chi < 1).astype(np.float64)

    @cached_property
    def _norms(self) -> Scaled:
        return running_product(np.repeat(self.rate[:, None], int(self.lengths.max()), axis=1))

    @property
    def gradient_norm(self) -> Series:
        """√χ₁^k."""
        return self.series(self._norms.value)

    @property
    def log10_gradient_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._norms.log10)


def _variance(name: str, symbol: str, default: float, meaning: str) -> Parameter:
    return Parameter(name=name, kind="real", default=default, low=0.0, high=16.0, symbol=symbol, meaning=meaning)


MEAN_FIELD: Final = Simulation(
    name="mean_field",
    title="Mean field: the edge of chaos",
    claims=("S9", "S11"),
    parameters=(
        CELL,
        _variance("weight_variance", "σ_w²", 0.8, "n times the variance of a weight"),
        _variance("bias_variance", "σ_b²", 0.1, "variance of a bias, with that of the inputs"),
        timesteps(default=50),
    ),
    quantities=(
        Quantity(name="q_star", symbol="q*", meaning="mean square pre-activation in the long run"),
        Quantity(name="chi", symbol="χ₁", meaning="factor of the mean square gradient per timestep"),
        Quantity(name="rate", symbol="√χ₁", meaning="factor of the gradient's norm per timestep"),
        Quantity(
            name="log_rate", symbol="½ ln χ₁", unit="per timestep", meaning="logarithmic growth of the gradient's norm"
        ),
        Quantity(
            name="depth_scale",
            symbol="ξ",
            unit="timesteps",
            meaning="until the mean square gradient has changed by e; infinite at the edge of chaos",
        ),
        Quantity(
            name="is_ordered",
            symbol="χ₁ < 1",
            meaning="1 if gradients vanish, where a recurrent network follows these formulas too; else 0",
        ),
        Quantity(
            name="gradient_norm", symbol="√χ₁^k", meaning="norm of the gradient k timesteps back", index="timestep"
        ),
        Quantity(
            name="log10_gradient_norm",
            symbol="log₁₀ √χ₁^k",
            meaning="decimal logarithm of gradient_norm",
            index="timestep",
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="timesteps back, k",
        y_label="‖δ‖ relative to its start",
        curves={"√χ₁^k": "gradient_norm"},
    ),
    determined=True,
    findings=MeanFieldFindings,
    work=number_work,
)
