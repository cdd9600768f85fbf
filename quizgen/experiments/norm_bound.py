"""What a norm can promise about a product of Jacobians, and what the product really is.

    ‖J_k … J_1‖ ≤ ∏‖J_t‖ ≤ (gamma ‖W‖)^k,    gamma = sup |phi'|

gamma ‖W‖₂ < 1 guarantees that gradients vanish; gamma ‖W‖₂ > 1 is necessary for them to explode and not sufficient.
Neither holds with the largest eigenvalue in place of the norm.
Demonstrates S1, S5 (large weights may explode) and S9. Source: Pascanu, Mikolov & Bengio (2013), section 2.
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation
from quizgen.experiments.networks import NETWORK, NetworkFindings
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.scaled import Scaled, running_product


class NormBoundFindings(NetworkFindings):
    """The quantities of `NORM_BOUND`."""

    @property
    def gamma(self) -> FloatArray:
        """The largest |phi'|."""
        return np.full(self.variants, self.activation.gamma)

    @cached_property
    def step_bound(self) -> FloatArray:
        """The bound gamma ‖W‖₂."""
        return np.asarray(self.gamma * self.weight_norm)

    @property
    def is_guaranteed(self) -> FloatArray:
        """1 where the bound guarantees vanishing."""
        return (self.step_bound < 1).astype(np.float64)

    @cached_property
    def _bound(self) -> Scaled:
        steps = np.repeat(self.step_bound[:, None], int(self.lengths.max()), axis=1)
        return running_product(steps)

    @cached_property
    def _norm_product(self) -> Scaled:
        return running_product(self.step_norm.values)

    @cached_property
    def _product(self) -> Scaled:
        probe = Probe(norm=spectral_norm, asked=self.asked("product_norm", "log10_product_norm"))
        return product_norms(self.jacobian, self.lengths, self.size("hidden"), [probe], order="forward")[0]

    @cached_property
    def step_norm(self) -> Series:
        """‖J_t‖₂."""
        return self.step_norms()

    @property
    def bound(self) -> Series:
        """(gamma ‖W‖₂)^k."""
        return self.series(self._bound.value)

    @property
    def log10_bound(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._bound.log10)

    @property
    def norm_product(self) -> Series:
        """∏‖J_t‖₂."""
        return self.series(self._norm_product.value)

    @property
    def log10_norm_product(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._norm_product.log10)

    @property
    def product_norm(self) -> Series:
        """‖J_k … J_1‖₂."""
        return self.series(self._product.value)

    @property
    def log10_product_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._product.log10)


NORM_BOUND: Final = Simulation(
    name="norm_bound",
    title="Norm bound against the true product",
    claims=("S1", "S5", "S9"),
    parameters=NETWORK,
    quantities=(
        Quantity(name="gamma", symbol="γ", meaning="largest slope of the activation function"),
        Quantity(name="weight_norm", symbol="σ_max(W)", meaning="largest singular value of W"),
        Quantity(name="radius", symbol="ρ(W)", meaning="spectral radius of W"),
        Quantity(name="step_bound", symbol="γ‖W‖₂", meaning="bound on the norm of one Jacobian"),
        Quantity(name="is_guaranteed", symbol="γ‖W‖₂ < 1", meaning="1 if the bound guarantees vanishing, else 0"),
        Quantity(
            name="step_norm",
            symbol="‖J_t‖₂",
            meaning="spectral norm of one timestep's Jacobian",
            index="timestep",
            first=1,
        ),
        Quantity(name="bound", symbol="(γ‖W‖₂)^k", meaning="bound on the product of k factors", index="timestep"),
        Quantity(name="log10_bound", symbol="log₁₀ (γ‖W‖₂)^k", meaning="decimal logarithm of bound", index="timestep"),
        Quantity(
            name="norm_product", symbol="∏‖J_t‖₂", meaning="product of the norms of k Jacobians", index="timestep"
        ),
        Quantity(
            name="log10_norm_product",
            symbol="log₁₀ ∏‖J_t‖₂",
            meaning="decimal logarithm of norm_product",
            index="timestep",
        ),
        Quantity(
            name="product_norm",
            symbol="‖∂h_k/∂h_0‖₂",
            meaning="norm of the product of k Jacobians",
            index="timestep",
        ),
        Quantity(
            name="log10_product_norm",
            symbol="log₁₀ ‖∂h_k/∂h_0‖₂",
            meaning="decimal logarithm of product_norm",
            index="timestep",
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="norm or bound",
        curves={
            "(γ‖W‖)^k": "bound",
            "∏‖J_t‖": "norm_product",
            "‖∏J_t‖": "product_norm",
        },
    ),
    determined=False,
    findings=NormBoundFindings,
)
