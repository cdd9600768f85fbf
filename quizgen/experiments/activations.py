"""The same weights and inputs under every activation function.

    dh_k/dh_0 = J_k … J_1,    J_t = diag(phi'(a_t)) W,    sup |phi'|: tanh 1, sigmoid ¼, ReLU, leaky ReLU and linear 1

Demonstrates S2 (derivatives below 1), S5 (neither tanh' nor sigmoid' exceeds 1; large weights explode) and S10 (ReLU).
A unit counts as saturated where |phi'(a)| < 0.05; for ReLU those are the dead units, and for leaky ReLU its negative
side. Source: Glorot & Bengio (2010) on saturation; Le, Jaitly & Hinton (2015) on ReLU in recurrent networks.
"""

from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Measured, Measurements, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation, at_end, earliest, mean_over_time
from quizgen.experiments.networks import (
    BIAS,
    GAIN,
    HIDDEN,
    INIT,
    INPUT_STD,
    START_STD,
    NetworkFindings,
    timesteps,
)
from quizgen.rnn.activations import ACTIVATIONS, Activation
from quizgen.rnn.forward import Trajectory, forward
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.norms import euclidean_norm, spectral_norm
from quizgen.rnn.scaled import Scaled

SATURATED_BELOW: Final = 0.05
BINS: Final = 20  # of slopes from 0 to 1; the first holds just what counts as saturated


class _OneActivation(NetworkFindings):
    """What is found with one activation function; quantities carry its name at their end."""

    def __init__(self, shared: "ActivationsFindings", name: str) -> None:
        super().__init__({**shared.arguments, "cell": name}, shared.seeds, shared.wanted)
        self._shared = shared
        self._name = name

    @property
    def activation(self) -> Activation:
        return ACTIVATIONS[self._name]

    @cached_property
    def trajectory(self) -> Trajectory:
        shared = self._shared
        return forward(shared.cell(self.activation), shared.inputs, shared.start, self.lengths)

    def jacobian(self, t: int, active: int) -> FloatArray:
        return np.asarray(self.slopes[:active, t - 1, :, None] * self._shared.W[:active])

    @cached_property
    def _product(self) -> Scaled:
        asked = self.asked(f"product_norm_{self._name}", f"log10_product_norm_{self._name}")
        probe = Probe(norm=spectral_norm, asked=asked)
        return product_norms(self.jacobian, self.lengths, self.size("hidden"), [probe], order="forward")[0]

    @property
    def product_norm(self) -> Series:
        return self.series(self._product.value)

    @property
    def log10_product_norm(self) -> Series:
        return self.series(self._product.log10)

    @property
    def mean_slope(self) -> FloatArray:
        return mean_over_time(self.slopes.mean(axis=-1), self.lengths)

    @property
    def saturated_fraction(self) -> FloatArray:
        is_saturated = np.abs(self.slopes) < SATURATED_BELOW
        return mean_over_time(is_saturated.mean(axis=-1), self.lengths)

    @property
    def slope_share(self) -> Series:
        bins = np.minimum(np.floor(np.abs(self.slopes) * BINS), BINS - 1)
        shares = [mean_over_time((bins == place).mean(axis=-1), self.lengths) for place in range(BINS)]
        return _over_bins(np.stack(shares, axis=1))

    @property
    def state_norm(self) -> FloatArray:
        return at_end(euclidean_norm(self.trajectory.states), self.lengths)


def _over_bins(values: FloatArray) -> Series:
    return Series(values, np.full(len(values), BINS, dtype=np.int64), 1)


_QUANTITIES: Final = (
    Quantity(
        name="product_norm",
        symbol="‖∂h_k/∂h_0‖₂",
        meaning="spectral norm of the product of the first k Jacobians",
        index="timestep",
    ),
    Quantity(
        name="log10_product_norm",
        symbol="log₁₀ ‖∂h_k/∂h_0‖₂",
        meaning="decimal logarithm of product_norm",
        index="timestep",
    ),
    Quantity(name="mean_slope", symbol="mean φ'", meaning="slope, mean over units and timesteps"),
    Quantity(
        name="saturated_fraction",
        symbol="%",
        meaning=f"share of units and timesteps with |φ'(a)| < {SATURATED_BELOW}, 0 to 1",
    ),
    Quantity(
        name="slope_share",
        symbol="%",
        meaning=f"share of units and timesteps with |φ'(a)| in the bin, 0 to 1; {BINS} bins from 0 to 1",
        index="point",
        first=1,
    ),
    Quantity(name="state_norm", symbol="‖h_T‖", meaning="norm of the last hidden state"),
)
_SLOPE: Final = Quantity(name="slope", symbol="φ'", meaning="slope in the middle of the bin", index="point", first=1)


# product_norm_tanh -> (product_norm, tanh), and so on
_NAMES: Final = {f"{quantity.name}_{name}": (quantity.name, name) for quantity in _QUANTITIES for name in ACTIVATIONS}


class ActivationsFindings(NetworkFindings):
    """The quantities of `ACTIVATION_COMPARISON`: those of one activation function, with its name at their end."""

    def measurements(self) -> Measurements:
        """Everything that is wanted; weights and inputs are drawn once for all activation functions."""
        runs = {name: _OneActivation(self, name) for name in ACTIVATIONS}
        found: dict[str, Measured] = {}
        for wanted in self.wanted:
            if wanted == _SLOPE.name:
                found[wanted] = _over_bins(np.tile((np.arange(BINS) + 0.5) / BINS, (self.variants, 1)))
                continue
            quantity, name = _NAMES[wanted]
            found[wanted] = getattr(runs[name], quantity)
        return Measurements(found=found, lost_at=earliest(*(each.lost_at for each in runs.values())))


ACTIVATION_COMPARISON: Final = Simulation(
    name="activations",
    title="Activation functions compared",
    claims=("S2", "S5", "S10"),
    parameters=(INIT, GAIN, HIDDEN, timesteps(), INPUT_STD, BIAS, START_STD),
    quantities=(
        *(
            replace(quantity, name=f"{quantity.name}_{name}", meaning=f"{name}: {quantity.meaning}")
            for quantity in _QUANTITIES
            for name in ACTIVATIONS
        ),
        _SLOPE,
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="‖∂h_k/∂h_0‖₂",
        curves={name: f"product_norm_{name}" for name in ACTIVATIONS},
    ),
    determined=False,
    findings=ActivationsFindings,
)
