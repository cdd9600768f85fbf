"""What an initialisation scheme promises, and what one draw of it gives.

    Xavier: variance 2/(fan_in + fan_out),   He: 2/((1 + a²) fan_in),   uniform bound = √3 · std,   all times gain²

The schemes are derived for layers with weights of their own. For a recurrent matrix the radius and the norm decide: of
a square matrix with independent entries they tend to √n · std and 2 √n · std.
Demonstrates S9. Source: Glorot & Bengio (2010); He et al. (2015); Saxe et al. (2014).
"""

from collections.abc import Collection
from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import Arguments, FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.randomness import generators
from quizgen.experiments.work import argument
from quizgen.rnn.initialisation import INITIALISATIONS
from quizgen.rnn.norms import euclidean_norm, spectral_norm, spectral_radius

_ENTRY_WORK: Final = 30  # multiplications in the time of drawing one entry
_SPECTRUM_WORK: Final = 10  # of decomposing W, for each entry and each of the smaller side
_OF_THE_SPECTRUM: Final = frozenset({"weight_norm", "radius", "singular_value", "condition"})


class InitialisationFindings(Findings):
    """The quantities of `INITIALISATION`."""

    @property
    def _gain(self) -> FloatArray:
        """The gain, and for the He schemes the correction for the slope of a leaky ReLU, 1/√(1 + a²)."""
        if self.word("scheme").startswith("he_"):
            return np.asarray(self.number("gain") / np.sqrt(1.0 + np.square(self.number("slope"))))
        return self.number("gain")

    @cached_property
    def _W(self) -> FloatArray:
        fans = {"fan_in": self.size("fan_in"), "fan_out": self.size("fan_out")}
        return INITIALISATIONS[self.word("scheme")].draw(generators(self.seeds, "weights"), **fans, gain=self._gain)

    @cached_property
    def std(self) -> FloatArray:
        """The standard deviation of an entry."""
        return INITIALISATIONS[self.word("scheme")].std(self.size("fan_in"), self.size("fan_out"), self._gain)

    @property
    def variance(self) -> FloatArray:
        """std²."""
        return np.square(self.std)

    @property
    def bound(self) -> FloatArray:
        """What no entry exceeds."""
        return INITIALISATIONS[self.word("scheme")].bound(self.size("fan_in"), self.size("fan_out"), self._gain)

    @property
    def signal_ratio(self) -> FloatArray:
        """fan_in · variance."""
        return np.asarray(self.size("fan_in") * self.variance)

    @property
    def gradient_ratio(self) -> FloatArray:
        """fan_out · variance."""
        return np.asarray(self.size("fan_out") * self.variance)

    @property
    def sampled_std(self) -> FloatArray:
        """The root mean square entry of this draw."""
        return np.asarray(np.sqrt(np.square(self._W.reshape(self.variants, -1)).mean(axis=-1)))

    @property
    def sampled_signal_ratio(self) -> FloatArray:
        """The mean square of W x over that of x, for one normal x."""
        x = np.stack([rng.standard_normal(self.size("fan_in")) for rng in generators(self.seeds, "signal")])
        after = (self._W @ x[:, :, None])[:, :, 0]
        return np.asarray(np.square(after).mean(axis=-1) / np.square(x).mean(axis=-1))

    @property
    def weight_norm(self) -> FloatArray:
        """σ_max(W)."""
        return spectral_norm(self._W)

    @property
    def radius(self) -> FloatArray:
        """ρ(W); NaN where W is not square."""
        if self.size("fan_in") != self.size("fan_out"):
            return np.full(self.variants, np.nan)
        return spectral_radius(self._W)

    @property
    def expected_radius(self) -> FloatArray:
        """√n · std, the limit of ρ for independent entries (the circular law)."""
        return np.asarray(np.sqrt(self.size("fan_in")) * self.std)

    @property
    def expected_norm(self) -> FloatArray:
        """(√n_in + √n_out) · std, the limit of σ_max for independent entries (Marchenko & Pastur).

        The columns, or the rows, of an orthogonal matrix are of one length: σ_max is √max(n_in, n_out) · std, exactly.
        """
        roots = np.sqrt([self.size("fan_in"), self.size("fan_out")])
        return np.asarray((roots.max() if self.word("scheme") == "orthogonal" else roots.sum()) * self.std)

    @cached_property
    def singular_value(self) -> Series:
        """The singular values from largest to smallest."""
        values = np.asarray(np.linalg.svd(self._W, compute_uv=False), dtype=np.float64)
        return Series(values, np.full(self.variants, values.shape[1], dtype=np.int64), 1)

    @property
    def condition(self) -> FloatArray:
        """σ_max/σ_min; infinite for a singular matrix."""
        values = self.singular_value.values
        return np.where(values[:, -1] > 0, values[:, 0] / values[:, -1], np.inf)

    @property
    def frobenius(self) -> FloatArray:
        """‖W‖_F."""
        return euclidean_norm(self._W, axes=2)


def _fan(name: str, symbol: str, meaning: str) -> Parameter:
    return Parameter(
        name=name, kind="integer", default=64, low=1, high=1024, symbol=symbol, meaning=meaning, role="size"
    )


def _work(arguments: Arguments, wanted: Collection[str]) -> FloatArray:
    """The work of drawing all entries, and of finding singular values and eigenvalues where they are wanted: (V,)."""
    fans = np.stack([argument(arguments, "fan_in"), argument(arguments, "fan_out")])
    entries = fans.prod(axis=0)
    is_decomposed = arguments["scheme"] == "orthogonal" or not _OF_THE_SPECTRUM.isdisjoint(wanted)
    return np.asarray(entries * (_ENTRY_WORK + _SPECTRUM_WORK * fans.min(axis=0) * is_decomposed))


INITIALISATION: Final = Simulation(
    name="initialisation",
    title="Initialisation schemes",
    claims=("S9",),
    parameters=(
        Parameter(
            name="scheme",
            kind="word",
            default="xavier_uniform",
            words=tuple(INITIALISATIONS),
            meaning="initialisation scheme",
        ),
        _fan("fan_in", "n_in", "number of inputs of a unit"),
        _fan("fan_out", "n_out", "number of units"),
        Parameter(
            name="gain",
            kind="real",
            default=1.0,
            low=0.0,
            high=100.0,
            symbol="g",
            meaning="factor on the standard deviation",
        ),
        Parameter(
            name="slope",
            kind="real",
            default=0.0,
            low=0.0,
            high=1.0,
            symbol="a",
            meaning="slope of leaky ReLU on its negative side, for the He schemes; 0 is ReLU",
        ),
    ),
    quantities=(
        Quantity(name="std", symbol="σ_w", meaning="standard deviation of an entry, in closed form"),
        Quantity(name="variance", symbol="σ_w²", meaning="variance of an entry, in closed form"),
        Quantity(name="bound", symbol="a", meaning="largest possible |entry|; infinite for normal schemes"),
        Quantity(name="signal_ratio", symbol="n_in σ_w²", meaning="expected mean square of W x over that of x"),
        Quantity(name="gradient_ratio", symbol="n_out σ_w²", meaning="expected mean square of Wᵀδ over that of δ"),
        Quantity(name="sampled_std", symbol="s_w", meaning="root mean square entry of this draw"),
        Quantity(name="sampled_signal_ratio", symbol="‖Wx‖²n_in/(‖x‖²n_out)", meaning="signal_ratio of this draw"),
        Quantity(name="weight_norm", symbol="σ_max(W)", meaning="largest singular value of this draw"),
        Quantity(name="radius", symbol="ρ(W)", meaning="spectral radius of this draw; undefined unless square"),
        Quantity(name="expected_radius", symbol="√n σ_w", meaning="limit of the radius for many independent entries"),
        Quantity(
            name="expected_norm",
            symbol="(√n_in + √n_out) σ_w",
            meaning="limit of weight_norm for many independent entries; of an orthogonal matrix its exact value",
        ),
        Quantity(
            name="singular_value",
            symbol="σ_i(W)",
            meaning="singular value of this draw, from largest to smallest",
            index="component",
            first=1,
        ),
        Quantity(name="condition", symbol="κ(W)", meaning="largest singular value over the smallest, of this draw"),
        Quantity(name="frobenius", symbol="‖W‖_F", meaning="Frobenius norm of this draw"),
    ),
    plot=Plot(
        kind="line",
        x_label="rank i, largest first",
        y_label="singular value σ_i",
        curves={
            "σ_i(W)": "singular_value",
        },
    ),
    determined=False,
    findings=InitialisationFindings,
    work=_work,
)
