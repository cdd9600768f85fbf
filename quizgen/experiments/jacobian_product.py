"""How fast the product of Jacobians shrinks or grows with the number of timesteps between cause and effect.

    dh_T/dh_k = J_T … J_{k+1},    J_t = diag(phi'(a_t)) W

The smallest singular value comes from the product of the inverse Jacobians; the product itself soon has lost it.
Demonstrates S1 (gradients are multiplied at each timestep), S2, S12 (long sequences) and S14 (words far apart).
Source: Bengio, Simard & Frasconi (1994); Pascanu, Mikolov & Bengio (2013).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation, at_end, mean_over_time
from quizgen.experiments.networks import NETWORK, NetworkFindings
from quizgen.rnn.conditioning import smallest_singular_values
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.norms import euclidean_norm, frobenius_norm, spectral_norm
from quizgen.rnn.scaled import Scaled


class JacobianProductFindings(NetworkFindings):
    """The quantities of `JACOBIAN_PRODUCT`."""

    @cached_property
    def _forward(self) -> tuple[Scaled, Scaled]:
        spectral = self.asked("product_norm", "log10_product_norm", "condition", "log10_condition")
        if "rate" in self.wanted or "log_rate" in self.wanted:
            spectral[np.arange(self.variants), self.lengths] = True
        probes = [
            Probe(norm=spectral_norm, asked=spectral),
            Probe(norm=frobenius_norm, asked=self.asked("frobenius_norm")),
        ]
        n = self.size("hidden")
        product, frobenius = product_norms(self.jacobian, self.lengths, n, probes, order="forward")
        return product, frobenius

    @cached_property
    def _backward(self) -> tuple[Scaled, Scaled]:
        asked = self.until_end() if "first_below" in self.wanted else self.asked("lag_norm", "log10_lag_norm")
        probes = [
            Probe(norm=spectral_norm, asked=asked),
            Probe(norm=frobenius_norm, asked=self.asked("lag_frobenius")),
        ]
        lag, frobenius = product_norms(self.jacobian, self.lengths, self.size("hidden"), probes, order="backward")
        return lag, frobenius

    @cached_property
    def _smallest(self) -> Scaled:
        names = ("smallest_singular", "log10_smallest_singular", "condition", "log10_condition")
        return smallest_singular_values(self.W, self.slopes, self.lengths, self.asked(*names))

    @property
    def step_norm(self) -> Series:
        """‖J_t‖₂."""
        return self.step_norms("step_norm")

    @property
    def step_frobenius(self) -> Series:
        """‖J_t‖_F: the root of the sum of (phi'(a_i) ‖row i of W‖)²."""
        return self.series(euclidean_norm(self.slopes * euclidean_norm(self.W)[:, None, :]), first=1)

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
        return self.series(self._backward[0].value)

    @property
    def log10_lag_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._backward[0].log10)

    @property
    def lag_frobenius(self) -> Series:
        """‖J_T … J_{T-k+1}‖_F."""
        return self.series(self._backward[1].value)

    @property
    def first_below(self) -> FloatArray:
        """The first lag k with ‖J_T … J_{T-k+1}‖₂ below the threshold; NaN where such norms are undefined."""
        log10, within = self._backward[0].log10, self.until_end()
        is_below = within & (log10 < np.log10(self.number("threshold"))[:, None])
        never = np.where((within & np.isnan(log10)).any(axis=1), np.nan, 0.0)
        return np.where(is_below.any(axis=1), is_below.argmax(axis=1), never)

    @property
    def smallest_singular(self) -> Series:
        """σ_min(J_k … J_1)."""
        return self.series(self._smallest.value)

    @property
    def log10_smallest_singular(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._smallest.log10)

    @property
    def condition(self) -> Series:
        """σ_max/σ_min of J_k … J_1."""
        return self.series(10.0**self.log10_condition.values)

    @cached_property
    def log10_condition(self) -> Series:
        """Its decimal logarithm; infinite where σ_min is 0."""
        is_singular = self._smallest.mantissa == 0
        largest = np.where(is_singular, 0.0, self._forward[0].log10)
        return self.series(largest - self._smallest.log10)

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

    @property
    def log_rate(self) -> FloatArray:
        """(1/T) ln ‖J_T … J_1‖₂."""
        return np.asarray(at_end(self._forward[0].log10, self.lengths) * np.log(10.0) / self.lengths)


JACOBIAN_PRODUCT: Final = Simulation(
    name="jacobian_product",
    title="Product of Jacobians through time",
    claims=("S1", "S2", "S12", "S14"),
    parameters=(
        *NETWORK,
        Parameter(
            name="threshold",
            kind="real",
            default=1e-6,
            low=1e-300,
            high=1.0,
            symbol="ε",
            meaning="size for first_below",
        ),
    ),
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
            name="lag_frobenius",
            symbol="‖∂h_T/∂h_{T-k}‖_F",
            meaning="Frobenius norm of the product of the last k Jacobians; entry 0 is √n",
            index="lag",
        ),
        Quantity(
            name="first_below",
            symbol="k_ε",
            unit="timesteps",
            meaning=(
                "first lag k from 1 on with lag_norm < threshold; 0 if never; "
                "undefined, as the norms are, if the hidden state overflows"
            ),
        ),
        Quantity(
            name="smallest_singular",
            symbol="σ_min(∂h_k/∂h_0)",
            meaning="smallest singular value of the product of the first k Jacobians",
            index="timestep",
        ),
        Quantity(
            name="log10_smallest_singular",
            symbol="log₁₀ σ_min(∂h_k/∂h_0)",
            meaning="decimal logarithm of smallest_singular",
            index="timestep",
        ),
        Quantity(
            name="condition",
            symbol="κ(∂h_k/∂h_0)",
            meaning="product_norm over smallest_singular; infinite for a singular product",
            index="timestep",
        ),
        Quantity(
            name="log10_condition",
            symbol="log₁₀ κ(∂h_k/∂h_0)",
            meaning="decimal logarithm of condition",
            index="timestep",
        ),
        Quantity(
            name="step_slope",
            symbol="mean φ'(a_t)",
            meaning="slope of the activation function, mean over units",
            index="timestep",
            first=1,
        ),
        Quantity(
            name="step_frobenius",
            symbol="‖J_t‖_F",
            meaning="Frobenius norm of one timestep's Jacobian",
            index="timestep",
            first=1,
        ),
        Quantity(name="mean_slope", symbol="mean φ'", meaning="slope, mean over units and timesteps"),
        Quantity(name="rate", symbol="r", meaning="geometric mean factor per timestep, product_norm[T]^(1/T)"),
        Quantity(
            name="log_rate",
            symbol="λ̂",
            unit="per timestep",
            meaning="natural logarithm of rate, (1/T) ln product_norm[T]",
        ),
        Quantity(name="weight_norm", symbol="σ_max(W)", meaning="largest singular value of W"),
        Quantity(name="radius", symbol="ρ(W)", meaning="spectral radius of W, its largest |eigenvalue|"),
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="spectral norm",
        curves={
            "‖∂h_k/∂h_0‖₂ (first k)": "product_norm",
            "‖∂h_T/∂h_{T-k}‖₂ (last k)": "lag_norm",
        },
    ),
    determined=False,
    findings=JacobianProductFindings,
)
