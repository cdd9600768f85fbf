"""Powers of a 2×2 matrix given by its entries: the product of Jacobians of a linear network, by hand.

    W = [[a, b], [c, d]],    J_t = W,    dh_t/dh_0 = W^t

The spectral radius decides in the end, ‖W^t‖^(1/t) → ρ (Gelfand), but a non-normal W can grow long before it shrinks:
the Jordan block [[λ, k], [0, λ]] has W^t = [[λ^t, k t λ^(t-1)], [0, λ^t]]. How far W is from normal (Henrici), and how
large its resolvent is outside the unit circle (Kreiss), tell of that growth without taking a power.
Demonstrates S1, S5 and S11 (the same matrix again and again). Source: Trefethen & Embree (2005), part IV.
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.networks import timesteps
from quizgen.experiments.work import array_work
from quizgen.rnn import norms
from quizgen.rnn.jacobians import power_norms
from quizgen.rnn.scaled import Scaled


class MatrixPowersFindings(Findings):
    """The quantities of `MATRIX_POWERS`."""

    @cached_property
    def _W(self) -> FloatArray:
        entries = [self.number(name) for name in ("a", "b", "c", "d")]
        return np.stack(entries, axis=-1).reshape(self.variants, 2, 2)

    @cached_property
    def _powers(self) -> Scaled:
        return power_norms(self._W, int(self.lengths.max()))

    @property
    def power_norm(self) -> Series:
        """‖W^t‖₂."""
        return self.series(self._powers.value)

    @property
    def log10_power_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._powers.log10)

    @property
    def radius(self) -> FloatArray:
        """ρ(W), by the closed form, which is exact for triangular matrices."""
        mean, discriminant = self.trace / 2.0, self._discriminant
        real = np.abs(mean) + np.sqrt(np.maximum(discriminant, 0.0))
        return np.where(discriminant >= 0, real, np.hypot(mean, np.sqrt(np.maximum(-discriminant, 0.0))))

    @cached_property
    def _discriminant(self) -> FloatArray:
        """((a − d)/2)² + bc: negative for complex eigenvalues."""
        product = self._W[:, 0, 1] * self._W[:, 1, 0]
        return np.asarray(np.square((self._W[:, 0, 0] - self._W[:, 1, 1]) / 2.0) + product)

    @property
    def departure(self) -> FloatArray:
        """√(‖W‖_F² − Σ|λ|²): |b − c| with real eigenvalues, hypot(a − d, b + c) with complex ones."""
        (a, b), (c, d) = self._W.transpose(1, 2, 0)
        return np.asarray(np.where(self._discriminant >= 0, np.abs(b - c), np.hypot(a - d, b + c)))

    @property
    def kreiss_bound(self) -> FloatArray:
        """The largest (|z| − 1) ‖(zI − W)⁻¹‖₂ over a grid of |z| > 1, and at least ‖W⁰‖₂ = 1."""
        bounds = np.array([_kreiss_on_grid(W) for W in self._W])
        return np.where(self.radius > 1, np.inf, np.maximum(bounds, 1.0))

    @property
    def weight_norm(self) -> FloatArray:
        """‖W‖₂."""
        return norms.spectral_norm(self._W)

    @property
    def frobenius(self) -> FloatArray:
        """‖W‖_F."""
        return norms.frobenius_norm(self._W)

    @property
    def trace(self) -> FloatArray:
        """The sum of the diagonal, a + d."""
        return np.asarray(self._W[:, 0, 0] + self._W[:, 1, 1])

    @property
    def determinant(self) -> FloatArray:
        """The product of the eigenvalues, ad − bc."""
        return np.asarray(self._W[:, 0, 0] * self._W[:, 1, 1] - self._W[:, 0, 1] * self._W[:, 1, 0])

    @cached_property
    def peak_step(self) -> FloatArray:
        """The first t at which ‖W^t‖₂ is largest."""
        within = np.where(self.until_end(), self._powers.log10, -np.inf)
        return np.asarray(within.argmax(axis=1), dtype=np.float64)

    @property
    def peak_norm(self) -> FloatArray:
        """‖W^t‖₂ there."""
        return self.power_norm.at(self.peak_step)

    @property
    def first_below(self) -> FloatArray:
        """The first t ≥ 1 from which on ‖W^t‖₂ stays below 1."""
        is_at_least_1 = self.until_end() & (self._powers.log10 >= 0)
        last_at_least_1 = is_at_least_1.shape[1] - 1 - is_at_least_1[:, ::-1].argmax(axis=1)
        return np.where(last_at_least_1 < self.lengths, last_at_least_1 + 1.0, 0.0)


def _kreiss_on_grid(W: FloatArray) -> float:
    """‖M⁻¹‖₂ = σ_max(M)/|det M| of M = zI − W, with z on half circles: W is real, so the other halves are the same."""
    beyond = 10.0 ** np.linspace(-6.0, 3.0, 181)[:, None]
    z = (1.0 + beyond) * np.exp(1j * np.linspace(0.0, np.pi, 73))
    determinant = np.abs((z - W[0, 0]) * (z - W[1, 1]) - W[0, 1] * W[1, 0])
    squares = np.square(np.abs(z - W[0, 0])) + np.square(np.abs(z - W[1, 1])) + W[0, 1] ** 2 + W[1, 0] ** 2
    largest = np.sqrt(0.5 * (squares + np.sqrt(np.maximum(np.square(squares) - 4.0 * np.square(determinant), 0.0))))
    return float((beyond * largest / determinant).max())


def _entry(name: str, symbol: str, default: float) -> Parameter:
    place = {"a": "first row, left", "b": "first row, right", "c": "second row, left", "d": "second row, right"}[name]
    return Parameter(
        name=name, kind="real", default=default, low=-100.0, high=100.0, symbol=symbol, meaning=f"entry of W: {place}"
    )


MATRIX_POWERS: Final = Simulation(
    name="matrix_powers",
    title="Powers of a 2×2 matrix",
    claims=("S1", "S5", "S11"),
    parameters=(
        _entry("a", "W_11", 0.9),
        _entry("b", "W_12", 1.0),
        _entry("c", "W_21", 0.0),
        _entry("d", "W_22", 0.9),
        timesteps(default=50, high=1_000_000),
    ),
    quantities=(
        Quantity(name="power_norm", symbol="‖W^t‖₂", meaning="spectral norm of the t-th power", index="timestep"),
        Quantity(
            name="log10_power_norm",
            symbol="log₁₀ ‖W^t‖₂",
            meaning="decimal logarithm of power_norm",
            index="timestep",
        ),
        Quantity(name="radius", symbol="ρ(W)", meaning="spectral radius, the largest |eigenvalue|"),
        Quantity(name="weight_norm", symbol="‖W‖₂", meaning="largest singular value"),
        Quantity(name="frobenius", symbol="‖W‖_F", meaning="Frobenius norm"),
        Quantity(
            name="departure",
            symbol="√(‖W‖_F² − Σ|λ|²)",
            meaning="Henrici's departure from normality; 0 for a normal matrix",
        ),
        Quantity(
            name="kreiss_bound",
            symbol="K",
            meaning=(
                "lower bound on the largest power_norm of all t: largest (|z| − 1) ‖(zI − W)⁻¹‖₂ on a grid of "
                "|z| − 1 from 10⁻⁶ to 10³ (a supremum needs all z); infinite for a radius above 1"
            ),
        ),
        Quantity(name="trace", symbol="tr W", meaning="trace"),
        Quantity(name="determinant", symbol="det W", meaning="determinant"),
        Quantity(
            name="peak_step", symbol="t*", meaning="first t in 0 .. T with the largest power_norm; 0: it never grows"
        ),
        Quantity(name="peak_norm", symbol="‖W^t*‖₂", meaning="largest power_norm in 0 .. T"),
        Quantity(
            name="first_below",
            symbol="t",
            meaning="first t from which on power_norm stays below 1 up to T; 0 if it ends at 1 or more",
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="power t",
        y_label="‖W^t‖₂",
        curves={
            "‖W^t‖₂": "power_norm",
        },
    ),
    determined=True,
    findings=MatrixPowersFindings,
    work=array_work,
)
