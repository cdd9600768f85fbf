"""How fast the product of Jacobians shrinks or grows with the number of timesteps between cause and effect.

    dh_T/dh_k = J_T … J_{k+1},    J_t = diag(phi'(a_t)) W

Demonstrates S1 (gradients are multiplied at each timestep), S2, S12 (long sequences) and S14 (words far apart).
Source: Bengio, Simard & Frasconi (1994); Pascanu, Mikolov & Bengio (2013).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Quantity, Series
from quizgen.experiments.findings import Simulation, at_end, mean_over_time
from quizgen.experiments.networks import NETWORK, NetworkFindings
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.norms import frobenius_norm, spectral_norm
from quizgen.rnn.scaled import Scaled


class JacobianProductFindings(NetworkFindings):
    """The quantities of `JACOBIAN_PRODUCT`."""

    @cached_property
    def _forward(self) -> tuple[Scaled, Scaled]:
        spectral = self.asked("product_norm", "log10_product_norm")
        if "rate" in self.wanted:
            spectral[np.arange(self.variants), self.lengths] = True
        probes = [
            Probe(norm=spectral_norm, asked=spectral),
            Probe(norm=frobenius_norm, asked=self.asked("frobenius_norm")),
        ]
        n = self.size("hidden")
        product, frobenius = product_norms(self.jacobian, self.lengths, n, probes, order="forward")
        return product, frobenius

    @cached_property
    def _backward(self) -> Scaled:
        probe = Probe(norm=spectral_norm, asked=self.asked("lag_norm", "log10_lag_norm"))
        return product_norms(self.jacobian, self.lengths, self.size("hidden"), [probe], order="backward")[0]

    @property
    def step_norm(self) -> Series:
        """‖J_t‖₂."""
        return self.step_norms("step_norm")

    @property
    def product_norm(self) -> Series:
        """‖J_k … J_1‖₂."""
        return self.series(self._forward[0].value)

    @property
    def log10_product_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._forward[0].log10)

    @property
    def frobenius_norm(self) -> Series:
        """‖J_k … J_1‖_F."""
        return self.series(self._forward[1].value)

    @property
    def lag_norm(self) -> Series:
        """‖J_T … J_{T-k+1}‖₂."""
        return self.series(self._backward.value)

    @property
    def log10_lag_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._backward.log10)

    @property
    def step_slope(self) -> Series:
        """The mean of phi'(a_t) over the units."""
        return self.series(self.slopes.mean(axis=-1), first=1)

    @property
    def mean_slope(self) -> FloatArray:
        """The mean of phi'(a_t) over units and timesteps."""
        return mean_over_time(self.slopes.mean(axis=-1), self.lengths)

    @property
    def rate(self) -> FloatArray:
        """‖J_T … J_1‖₂ to the power 1/T."""
        return np.asarray(10.0 ** (at_end(self._forward[0].log10, self.lengths) / self.lengths))


JACOBIAN_PRODUCT: Final = Simulation(
    name="jacobian_product",
    title="Product of Jacobians through time",
    claims=("S1", "S2", "S12", "S14"),
    parameters=NETWORK,
    quantities=(
        Quantity(
            name="step_norm",
            symbol="‖J_t‖₂",
            meaning="spectral norm of one timestep's Jacobian",
            index="timestep",
            first=1,
        ),
        Quantity(
            name="product_norm",
            symbol="‖∂h_k/∂h_0‖₂",
            meaning="spectral norm of the product of the first k Jacobians",
            index="timestep",
        ),
        Quantity(
            name="log10_product_norm",
            symbol="log₁₀ ‖∂h_k/∂h_0‖₂",
            meaning="decimal logarithm of product_norm, also where that is too small or too large for float64",
            index="timestep",
        ),
        Quantity(
            name="frobenius_norm",
            symbol="‖∂h_k/∂h_0‖_F",
            meaning="Frobenius norm of the product of the first k Jacobians; entry 0 is √n",
            index="timestep",
        ),
        Quantity(
            name="lag_norm",
            symbol="‖∂h_T/∂h_{T-k}‖₂",
            meaning="spectral norm of the product of the last k Jacobians",
            index="lag",
        ),
        Quantity(
            name="log10_lag_norm",
            symbol="log₁₀ ‖∂h_T/∂h_{T-k}‖₂",
            meaning="decimal logarithm of lag_norm",
            index="lag",
        ),
        Quantity(
            name="step_slope",
            symbol="mean φ'(a_t)",
            meaning="slope of the activation function, mean over units",
            index="timestep",
            first=1,
        ),
        Quantity(name="mean_slope", symbol="mean φ'", meaning="slope, mean over units and timesteps"),
        Quantity(name="rate", symbol="r", meaning="geometric mean factor per timestep, product_norm[T]^(1/T)"),
        Quantity(name="weight_norm", symbol="σ_max(W)", meaning="largest singular value of W"),
        Quantity(name="radius", symbol="ρ(W)", meaning="spectral radius of W, its largest |eigenvalue|"),
    ),
    determined=False,
    findings=JacobianProductFindings,
)
