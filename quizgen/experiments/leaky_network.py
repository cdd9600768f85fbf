"""A recurrent network whose hidden state keeps a part of itself: residual connections and leaky integrators.

    h_t = s h_{t-1} + α phi(W h_{t-1} + x_t + b),    J_t = s I + α diag(phi'(a_t)) W

s = 1 − α is the leaky integrator with time constant −1/ln(1 − α) where nothing feeds back; s = α = 1 the residual form.
The product is shown beside that of the same weights without skip connection (s = 0, α = 1) on the same inputs.
Demonstrates S1, S5 and S8 (paths that keep gradients). Source: Jaeger et al. (2007); He et al. (2016).
"""

from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, IntArray, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation, at_end, earliest
from quizgen.experiments.networks import NETWORK, NetworkFindings
from quizgen.experiments.residual_chain import SCALE, SKIP
from quizgen.rnn.forward import Trajectory, forward
from quizgen.rnn.jacobians import JacobianAt, Probe, product_norms
from quizgen.rnn.leaky import Leaky
from quizgen.rnn.norms import euclidean_norm, spectral_norm
from quizgen.rnn.scaled import Scaled


class LeakyNetworkFindings(NetworkFindings):
    """The quantities of `LEAKY_NETWORK`; the inherited ones are those of the network without skip connection."""

    @cached_property
    def _leaky(self) -> Leaky:
        return Leaky(inner=self.cell(self.activation), skip=self.number("skip"), scale=self.number("scale"))

    @cached_property
    def _run(self) -> tuple[Trajectory, FloatArray]:
        """The forward pass, and α phi'(a_t) (V, T, n)."""
        trajectory = forward(self._leaky, self.inputs, self.start, self.lengths)
        return trajectory, trajectory.slopes(self._leaky)[:, :, 0]

    @property
    def lost_at(self) -> IntArray | None:
        """The first timestep at which the hidden state is not finite, with skip connection or without."""
        return earliest(super().lost_at, self._run[0].lost_at if "_run" in vars(self) else None)

    def _leaky_jacobian(self, t: int, active: int) -> FloatArray:
        jacobian = self._run[1][:active, t - 1, :, None] * self.W[:active]
        return np.asarray(jacobian + self.number("skip")[:active, None, None] * np.eye(self.size("hidden")))

    def _norms(self, jacobian: JacobianAt, *names: str) -> Scaled:
        asked = self.asked(*names)
        if "rate" in self.wanted and "product_norm" in names:
            asked[np.arange(self.variants), self.lengths] = True
        probe = Probe(norm=spectral_norm, asked=asked)
        return product_norms(jacobian, self.lengths, self.size("hidden"), [probe], order="forward")[0]

    @cached_property
    def _product(self) -> Scaled:
        return self._norms(self._leaky_jacobian, "product_norm", "log10_product_norm")

    @cached_property
    def _plain_product(self) -> Scaled:
        return self._norms(self.jacobian, "plain_product_norm", "log10_plain_product_norm")

    @property
    def product_norm(self) -> Series:
        """‖J_k … J_1‖₂."""
        return self.series(self._product.value)

    @property
    def log10_product_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._product.log10)

    @property
    def plain_product_norm(self) -> Series:
        """The same with s = 0 and α = 1."""
        return self.series(self._plain_product.value)

    @property
    def log10_plain_product_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._plain_product.log10)

    @property
    def rate(self) -> FloatArray:
        """‖J_T … J_1‖₂ to the power 1/T."""
        return np.asarray(10.0 ** (at_end(self._product.log10, self.lengths) / self.lengths))

    @property
    def state_norm(self) -> Series:
        """‖h_t‖."""
        return self.series(euclidean_norm(self._run[0].states))


LEAKY_NETWORK: Final = Simulation(
    name="leaky_network",
    title="Residual and leaky recurrent networks",
    claims=("S1", "S5", "S8"),
    parameters=(*NETWORK, replace(SKIP, default=0.9), replace(SCALE, default=0.1)),
    quantities=(
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
        Quantity(
            name="plain_product_norm",
            symbol="‖∂h_k/∂h_0‖₂",
            meaning="the same without skip connection, s = 0 and α = 1",
            index="timestep",
        ),
        Quantity(
            name="log10_plain_product_norm",
            symbol="log₁₀ ‖∂h_k/∂h_0‖₂",
            meaning="decimal logarithm of plain_product_norm",
            index="timestep",
        ),
        Quantity(name="state_norm", symbol="‖h_t‖", meaning="norm of the hidden state", index="timestep"),
        Quantity(name="rate", symbol="r", meaning="geometric mean factor per timestep, product_norm[T]^(1/T)"),
        Quantity(name="weight_norm", symbol="σ_max(W)", meaning="largest singular value of W"),
        Quantity(name="radius", symbol="ρ(W)", meaning="spectral radius of W"),
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="‖∂h_k/∂h_0‖₂",
        curves={"with skip connection": "product_norm", "without": "plain_product_norm"},
    ),
    determined=False,
    findings=LeakyNetworkFindings,
)
