"""How the singular values of the product of Jacobians move apart as timesteps are added.

    sigma_1 ≥ … ≥ sigma_n of F_k = J_k … J_1 = dh_k/dh_0,    J_t = diag(phi'(a_t)) W

Directions do not shrink or grow alike: the product is soon dominated by one of them. Shown are the largest value, the
quartiles by rank and the smallest. The smallest comes from the product of the inverse Jacobians; those between are told
as long as float64 holds them beside the largest, and are 0 from there on.
Demonstrates S1 (gradients are multiplied at each timestep) and S12 (long sequences).
Source: Saxe, McClelland & Ganguli (2014); Pennington, Schoenholz & Ganguli (2017), both on deep networks.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation
from quizgen.experiments.networks import NETWORK, NetworkFindings
from quizgen.rnn.conditioning import smallest_singular_values
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.scaled import Scaled

_BETWEEN: Final = ("upper_quartile", "median", "lower_quartile")


def singular_value_at(rank: int, products: FloatArray) -> FloatArray:
    """The singular value of this rank (0 is the largest) of each matrix: (N, n, n) -> (N,).

    It is 0 where rounding hides it, and NaN where the matrix is not finite.
    """
    is_known = np.asarray(np.isfinite(products).all(axis=(1, 2)))
    values = _singular_values(np.where(is_known[:, None, None], products, 0.0))
    least_told = products.shape[-1] * np.finfo(np.float64).eps * values[:, 0]
    told = np.where(values[:, rank] <= least_told, 0.0, values[:, rank])
    return np.where(is_known, told, np.nan)


def _singular_values(matrices: FloatArray) -> FloatArray:
    """From largest to smallest: (N, n, n) -> (N, n)."""
    return np.asarray(np.linalg.svd(matrices, compute_uv=False), dtype=np.float64)


class SingularSpectrumFindings(NetworkFindings):
    """The quantities of `SINGULAR_SPECTRUM`."""

    def _rank(self, quarters: int) -> int:
        """The rank, from 0, at so many quarters of the way from the largest to the smallest."""
        return quarters * (self.size("hidden") - 1) // 4

    @cached_property
    def _products(self) -> dict[str, Scaled]:
        norms: dict[str, Callable[[FloatArray], FloatArray]] = {"largest": spectral_norm}
        norms |= {name: partial(singular_value_at, self._rank(place)) for place, name in enumerate(_BETWEEN, start=1)}
        probes = [Probe(norm=norm, asked=self.asked(name)) for name, norm in norms.items()]
        found = product_norms(self.jacobian, self.lengths, self.size("hidden"), probes, order="forward")
        return dict(zip(norms, found, strict=True))

    @property
    def largest(self) -> Series:
        """sigma_1."""
        return self.series(self._products["largest"].value)

    @property
    def upper_quartile(self) -> Series:
        """The value a quarter down the ranks."""
        return self.series(self._products["upper_quartile"].value)

    @property
    def median(self) -> Series:
        """The value in the middle of the ranks."""
        return self.series(self._products["median"].value)

    @property
    def lower_quartile(self) -> Series:
        """The value three quarters down the ranks."""
        return self.series(self._products["lower_quartile"].value)

    @property
    def smallest(self) -> Series:
        """sigma_n."""
        return self.series(smallest_singular_values(self.W, self.slopes, self.lengths, self.asked("smallest")).value)

    @property
    def weight_spectrum(self) -> Series:
        """sigma_1 ≥ … ≥ sigma_n of W."""
        values = _singular_values(self.W)
        return Series(values, np.full(self.variants, values.shape[-1], dtype=np.int64), 1)


def _at(name: str, symbol: str, meaning: str) -> Quantity:
    return Quantity(name=name, symbol=symbol, meaning=f"{meaning} of the first k Jacobians' product", index="timestep")


SINGULAR_SPECTRUM: Final = Simulation(
    name="singular_spectrum",
    title="Singular values of the product of Jacobians",
    claims=("S1", "S12"),
    parameters=NETWORK,
    quantities=(
        _at("largest", "σ_1", "largest singular value"),
        _at("upper_quartile", "σ_¼", "singular value a quarter of the way down the ranks (rounded up)"),
        _at("median", "σ_½", "singular value half of the way down the ranks (rounded up)"),
        _at("lower_quartile", "σ_¾", "singular value three quarters of the way down the ranks (rounded up)"),
        _at("smallest", "σ_n", "smallest singular value"),
        Quantity(
            name="weight_spectrum",
            symbol="σ_i(W)",
            meaning="singular value of W, from largest to smallest",
            index="component",
            first=1,
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="singular value of ∂h_k/∂h_0",
        curves={
            "largest": "largest",
            "upper quartile": "upper_quartile",
            "median": "median",
            "lower quartile": "lower_quartile",
            "smallest": "smallest",
        },
    ),
    determined=False,
    findings=SingularSpectrumFindings,
)
