"""The Lyapunov spectrum of a recurrent network: the rates at which gradients of all directions shrink or grow.

    J_t Q_{t-1} = Q_t R_t,    lambda_i = mean over t of ln |R_t,ii|

lambda_1 is the rate that norms of long products approach; with lambda_1 < 0 gradients vanish, with lambda_1 > 0 they
explode. The first timesteps can be left out. Of every stretch of timesteps the exponents add up to the mean of
ln |det J_t|, which is computed here on its own, from the slopes and det W.
Demonstrates S1 (the rate is a limit) and S5.
Source: Benettin et al. (1980); for recurrent networks Vogt et al. (2022) and Engelken, Wolf & Abbott (2023).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.errors import ParameterError
from quizgen.experiments.contract import FloatArray, IntArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation
from quizgen.experiments.networks import (
    BIAS,
    CELL,
    GAIN,
    HIDDEN,
    INIT,
    INPUT_STD,
    START_STD,
    NetworkFindings,
    timesteps,
)
from quizgen.rnn.lyapunov import exponents, log_stretches


class LyapunovFindings(NetworkFindings):
    """The quantities of `LYAPUNOV`."""

    @cached_property
    def _discarded(self) -> IntArray:
        """How many timesteps are left out.

        Raises: ParameterError unless at least one remains.
        """
        burn_in = self.number("burn_in").astype(np.int64)
        for left_out, steps in zip(burn_in.tolist(), self.lengths.tolist(), strict=True):
            if left_out >= steps:
                raise ParameterError(f"lyapunov.burn_in: {left_out}: expected less than timesteps, {steps}")
        return burn_in

    @cached_property
    def _stretches(self) -> FloatArray:
        return log_stretches(self.jacobian, self.lengths, self.size("hidden"))

    @cached_property
    def _spectrum(self) -> FloatArray:
        return exponents(self._stretches, self.lengths, self._discarded)

    @property
    def exponent(self) -> Series:
        """lambda_1 ≥ lambda_2 ≥ …."""
        return Series(self._spectrum, np.full(self.variants, self._spectrum.shape[1], dtype=np.int64), 1)

    @property
    def largest(self) -> FloatArray:
        """lambda_1."""
        return self._spectrum[:, 0]

    @property
    def smallest(self) -> FloatArray:
        """lambda_n."""
        return self._spectrum[:, -1]

    @property
    def sum_of_exponents(self) -> FloatArray:
        """lambda_1 + … + lambda_n."""
        return np.asarray(self._spectrum.sum(axis=-1))

    @property
    def mean_log_determinant(self) -> FloatArray:
        """The mean of ln |det J_t| = sum of ln |phi'(a_t)| + ln |det W|."""
        by_slopes = np.log(np.abs(self.slopes)).sum(axis=-1)
        _, log_det = np.linalg.slogdet(self.W)
        ranges = zip(self._discarded.tolist(), self.lengths.tolist(), strict=True)
        means = [by_slopes[v, first:last].sum() / (last - first) for v, (first, last) in enumerate(ranges)]
        return np.asarray(np.array(means) + log_det)

    @property
    def running_exponent(self) -> Series:
        """The mean of ln |R_t,11| over the first t timesteps."""
        timesteps_so_far = np.arange(1.0, self._stretches.shape[1] + 1.0)
        return self.series(np.cumsum(self._stretches[:, :, 0], axis=1) / timesteps_so_far, first=1)

    @property
    def growing_directions(self) -> FloatArray:
        """How many exponents are positive."""
        return np.asarray((self._spectrum > 0).sum(axis=-1), dtype=np.float64)


LYAPUNOV: Final = Simulation(
    name="lyapunov",
    title="Lyapunov spectrum of a recurrent network",
    claims=("S1", "S5"),
    parameters=(
        CELL,
        INIT,
        GAIN,
        HIDDEN,
        timesteps(default=200),
        INPUT_STD,
        BIAS,
        START_STD,
        Parameter(
            name="burn_in",
            kind="integer",
            default=0,
            low=0,
            high=1999,
            symbol="T_0",
            meaning="how many of the first timesteps the means leave out (at most T − 1)",
        ),
    ),
    quantities=(
        Quantity(
            name="exponent",
            symbol="λ_i",
            unit="per timestep",
            meaning="Lyapunov exponent, from largest to smallest; −infinity where a direction is lost",
            index="component",
            first=1,
        ),
        Quantity(name="largest", symbol="λ_1", unit="per timestep", meaning="largest exponent"),
        Quantity(name="smallest", symbol="λ_n", unit="per timestep", meaning="smallest exponent"),
        Quantity(name="sum_of_exponents", symbol="Σλ_i", unit="per timestep", meaning="sum of all exponents"),
        Quantity(
            name="mean_log_determinant",
            symbol="mean ln |det J_t|",
            unit="per timestep",
            meaning="what the exponents must add up to, from the slopes and det W",
        ),
        Quantity(
            name="running_exponent",
            symbol="λ_1(t)",
            unit="per timestep",
            meaning="mean logarithmic stretch of the first direction over timesteps 1 to t",
            index="timestep",
            first=1,
        ),
        Quantity(name="growing_directions", symbol="#", meaning="number of positive exponents"),
    ),
    plot=Plot(
        kind="line",
        x_label="rank i, largest first",
        y_label="Lyapunov exponent λ_i",
        curves={"λ_i": "exponent"},
    ),
    determined=False,
    findings=LyapunovFindings,
)
