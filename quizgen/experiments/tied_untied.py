"""One matrix in every timestep against a fresh one in every layer: why recurrent networks have it worse than deep ones.

    tied    W W W …         grows in the end like ρ(W)^k: it is the eigenvalues of this one W that decide
    untied  W_k … W_2 W_1   mean square grows like (gain²)^k: the deviations of many matrices average out

All entries are independent N(0, gain²/n), and the networks linear, so E‖W v‖² = gain² ‖v‖² in both. The typical untied
product grows more slowly than its mean square: by exp(λ_1), λ_1 = ½ (ln(2 gain²/n) + digamma(n/2)).
Demonstrates S11 (sequential multiplication by the same matrix). Source: Newman (1986) for the untied product.
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation, at_end
from quizgen.experiments.networks import GAIN, HIDDEN, timesteps
from quizgen.experiments.randomness import generators
from quizgen.rnn.initialisation import INITIALISATIONS
from quizgen.rnn.jacobians import JacobianAt, Probe, product_norms
from quizgen.rnn.lyapunov import gaussian_product_exponents
from quizgen.rnn.norms import spectral_norm, spectral_radius
from quizgen.rnn.scaled import Scaled


class TiedUntiedFindings(Findings):
    """The quantities of `TIED_UNTIED`."""

    def _drawn(self, purpose: str, active: int) -> FloatArray:
        n, gain = self.size("hidden"), self.number("gain")[:active]
        scheme = INITIALISATIONS["gaussian"]
        return scheme.draw(generators(self.seeds[:active], purpose), fan_in=n, fan_out=n, gain=gain)

    @cached_property
    def _W(self) -> FloatArray:
        return self._drawn("weights", self.variants)

    def _norms(self, jacobian: JacobianAt, kind: str) -> Scaled:
        asked = self.asked(f"{kind}_norm", f"log10_{kind}_norm")
        if f"{kind}_rate" in self.wanted:
            asked[np.arange(self.variants), self.lengths] = True
        probe = Probe(norm=spectral_norm, asked=asked)
        return product_norms(jacobian, self.lengths, self.size("hidden"), [probe], order="forward")[0]

    @cached_property
    def _tied(self) -> Scaled:
        return self._norms(lambda _t, active: self._W[:active], "tied")

    @cached_property
    def _untied(self) -> Scaled:
        return self._norms(lambda t, active: self._drawn(f"layer/{t}", active), "untied")

    def _rate(self, norms: Scaled) -> FloatArray:
        return np.asarray(10.0 ** (at_end(norms.log10, self.lengths) / self.lengths))

    @property
    def tied_norm(self) -> Series:
        """‖W^k‖₂."""
        return self.series(self._tied.value)

    @property
    def log10_tied_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._tied.log10)

    @property
    def untied_norm(self) -> Series:
        """‖W_k … W_1‖₂."""
        return self.series(self._untied.value)

    @property
    def log10_untied_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._untied.log10)

    @property
    def tied_rate(self) -> FloatArray:
        """‖W^T‖₂ to the power 1/T."""
        return self._rate(self._tied)

    @property
    def untied_rate(self) -> FloatArray:
        """‖W_T … W_1‖₂ to the power 1/T."""
        return self._rate(self._untied)

    @property
    def expected_untied_rate(self) -> FloatArray:
        """exp(λ_1) of a product of such matrices."""
        n = self.size("hidden")
        return np.exp(gaussian_product_exponents(n, self.number("gain") / np.sqrt(n))[:, 0])

    @property
    def weight_norm(self) -> FloatArray:
        """σ_max(W) of the one matrix."""
        return spectral_norm(self._W)

    @property
    def radius(self) -> FloatArray:
        """ρ(W) of the one matrix."""
        return spectral_radius(self._W)


TIED_UNTIED: Final = Simulation(
    name="tied_untied",
    title="The same matrix again and again, or a fresh one each time",
    claims=("S11",),
    parameters=(GAIN, HIDDEN, timesteps(high=500)),
    quantities=(
        Quantity(name="tied_norm", symbol="‖W^k‖₂", meaning="norm of k factors, all the same W", index="timestep"),
        Quantity(
            name="log10_tied_norm", symbol="log₁₀ ‖W^k‖₂", meaning="decimal logarithm of tied_norm", index="timestep"
        ),
        Quantity(
            name="untied_norm",
            symbol="‖W_k … W_1‖₂",
            meaning="norm of k factors, each drawn afresh",
            index="timestep",
        ),
        Quantity(
            name="log10_untied_norm",
            symbol="log₁₀ ‖W_k … W_1‖₂",
            meaning="decimal logarithm of untied_norm",
            index="timestep",
        ),
        Quantity(name="tied_rate", symbol="r", meaning="geometric mean factor, tied_norm[T]^(1/T)"),
        Quantity(name="untied_rate", symbol="r", meaning="geometric mean factor, untied_norm[T]^(1/T)"),
        Quantity(
            name="expected_untied_rate", symbol="e^λ_1", meaning="limit of untied_rate for many factors, in closed form"
        ),
        Quantity(name="weight_norm", symbol="σ_max(W)", meaning="largest singular value of the tied W"),
        Quantity(name="radius", symbol="ρ(W)", meaning="spectral radius of the tied W"),
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="spectral norm",
        curves={
            "tied, ‖W^k‖": "tied_norm",
            "untied, ‖W_k … W_1‖": "untied_norm",
        },
    ),
    determined=False,
    findings=TiedUntiedFindings,
)
