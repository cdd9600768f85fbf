"""One network at many gains: where the bound says that gradients vanish, and where they really do.

    W = g W_0,    bound (gamma ‖W‖₂)^T,    truth ‖J_T … J_1‖₂,    gamma = sup |phi'|

The same drawn W_0 and the same inputs at every gain. The bound is sufficient for vanishing: below gamma ‖W‖ = 1 the
product shrinks, and above it may go on shrinking, as saturated units have slopes far below gamma.
Demonstrates S1, S5 (large weights may explode) and S9. Source: Pascanu, Mikolov & Bengio (2013), section 2.
"""

from collections.abc import Collection
from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import Arguments, FloatArray, IntArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation, at_end, earliest
from quizgen.experiments.networks import BIAS, CELL, HIDDEN, INIT, INPUT_STD, START_STD, timesteps
from quizgen.experiments.norm_bound import NormBoundFindings
from quizgen.experiments.work import argument, network_work


class GainScanFindings(Findings):
    """The quantities of `GAIN_SCAN`."""

    @cached_property
    def _gains(self) -> FloatArray:
        """The gains, evenly spread: (V, points)."""
        low, high = self.number("gain_low")[:, None], self.number("gain_high")[:, None]
        return low + (high - low) * np.arange(self.size("points")) / (self.size("points") - 1.0)

    @cached_property
    def _at_gains(self) -> list[NormBoundFindings]:
        """The findings of the network at each gain; only the norm after the last timestep is asked."""
        wanted = {"log10_product_norm": [self.lengths.astype(np.float64)]}
        arguments = [{**self.arguments, "gain": gains} for gains in self._gains.T]
        return [NormBoundFindings(each, self.seeds, wanted) for each in arguments]

    @cached_property
    def _product(self) -> FloatArray:
        return np.stack([at_end(one.log10_product_norm.values, self.lengths) for one in self._at_gains], axis=1)

    @property
    def lost_at(self) -> IntArray | None:
        """The first timestep at which the hidden state is lost at any gain."""
        return earliest(*(one.lost_at for one in self._at_gains)) if "_at_gains" in vars(self) else None

    @property
    def gain(self) -> Series:
        """The gains."""
        return self._points(self._gains)

    @property
    def log10_product_norm(self) -> Series:
        """The decimal logarithm of ‖J_T … J_1‖₂."""
        return self._points(self._product)

    @property
    def log10_bound(self) -> Series:
        """The decimal logarithm of (gamma ‖W‖₂)^T."""
        bounds = np.stack([one.step_bound for one in self._at_gains], axis=1)
        return self._points(np.asarray(self.lengths[:, None] * np.log10(bounds)))

    @property
    def critical_gain(self) -> FloatArray:
        """The gain at which gamma ‖W‖₂ = 1."""
        return np.asarray(self._gains[:, -1] / self._at_gains[-1].step_bound)

    def _points(self, values: FloatArray) -> Series:
        return Series(values, np.full(self.variants, values.shape[1], dtype=np.int64), 1)


def _work(arguments: Arguments, wanted: Collection[str]) -> FloatArray:
    """The work of one network at each gain: (V,)."""
    return argument(arguments, "points") * network_work(arguments, wanted)


def _gain(name: str, symbol: str, default: float, meaning: str) -> Parameter:
    return Parameter(name=name, kind="real", default=default, low=1e-6, high=10.0, symbol=symbol, meaning=meaning)


def _point(name: str, symbol: str, meaning: str) -> Quantity:
    return Quantity(name=name, symbol=symbol, meaning=meaning, index="point", first=1)


GAIN_SCAN: Final = Simulation(
    name="gain_scan",
    title="Bound and truth at many gains",
    claims=("S1", "S5", "S9"),
    parameters=(
        CELL,
        INIT,
        _gain("gain_low", "g_1", 0.7, "first gain"),
        _gain("gain_high", "g_2", 1.8, "last gain"),
        Parameter(name="points", kind="integer", default=12, low=2, high=101, meaning="number of gains", role="size"),
        HIDDEN,
        timesteps(high=500),
        INPUT_STD,
        BIAS,
        START_STD,
    ),
    quantities=(
        _point("gain", "g", "gain of the point"),
        _point("log10_product_norm", "log₁₀ ‖∂h_T/∂h_0‖₂", "decimal logarithm of the true norm over T timesteps"),
        _point("log10_bound", "log₁₀ (γ‖W‖₂)^T", "decimal logarithm of the bound"),
        Quantity(
            name="critical_gain", symbol="g*", meaning="gain at which γ‖W‖₂ = 1: below it, vanishing is guaranteed"
        ),
    ),
    plot=Plot(
        kind="line",
        x="gain",
        x_label="gain g",
        y_label="log₁₀ of bound and norm",
        curves={"bound": "log10_bound", "truth": "log10_product_norm"},
    ),
    determined=False,
    findings=GainScanFindings,
    work=_work,
)
