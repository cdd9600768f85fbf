"""How long a signal lasts that is multiplied by γ in every timestep.

    time constant τ = 1/|ln γ|,    half-life ln 2/(−ln γ),    doubling time ln 2/ln γ,    steps to ε: the first k with
    γ^k < ε

1/(1 − γ) is only the first-order approximation of τ.
Demonstrates S1 and S12 (long sequences). The formulas are those of exponential decay.
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.networks import timesteps
from quizgen.experiments.work import number_work


class TimeScalesFindings(Findings):
    """The quantities of `TIME_SCALES`."""

    @cached_property
    def log_factor(self) -> FloatArray:
        """The logarithm ln γ."""
        return np.log(self.number("factor"))

    @property
    def time_constant(self) -> FloatArray:
        """1/|ln γ|."""
        return np.asarray(1.0 / np.abs(self.log_factor))

    @property
    def approximate_time_constant(self) -> FloatArray:
        """1/|1 − γ|."""
        return np.asarray(1.0 / np.abs(1.0 - self.number("factor")))

    @property
    def half_life(self) -> FloatArray:
        """The time ln 2/(−ln γ); infinite unless γ < 1."""
        return np.where(self.log_factor < 0, -np.log(2.0) / self.log_factor, np.inf)

    @property
    def doubling(self) -> FloatArray:
        """The time ln 2/ln γ; infinite unless γ > 1."""
        return np.where(self.log_factor > 0, np.log(2.0) / self.log_factor, np.inf)

    @property
    def exact_steps(self) -> FloatArray:
        """The solution of γ^k = ε, where it is positive."""
        steps = np.log(self.number("eps")) / self.log_factor
        return np.where(steps > 0, steps, np.inf)

    @property
    def steps_to(self) -> FloatArray:
        """The first whole k with γ^k beyond ε: below it if γ < 1, above it if γ > 1.

        An exact hit (0.5^10 = 2^-10) is not beyond; the logarithms' rounding is smaller than the 1e-9 that decides.
        """
        steps = self.exact_steps
        return np.where(np.isfinite(steps), np.floor(steps + 1e-9) + 1.0, np.inf)

    @property
    def remaining(self) -> Series:
        """γ^k."""
        return self.series(self.number("factor")[:, None] ** np.arange(int(self.lengths.max()) + 1.0))


TIME_SCALES: Final = Simulation(
    name="time_scales",
    title="Time scales of exponential decay and growth",
    claims=("S1", "S12"),
    parameters=(
        Parameter(
            name="factor",
            kind="real",
            default=0.9,
            low=1e-6,
            high=1e6,
            symbol="γ",
            meaning="factor of every timestep",
        ),
        Parameter(name="eps", kind="real", default=1e-6, low=1e-300, high=1e300, symbol="ε", meaning="size to reach"),
        timesteps(default=50, high=10_000),
    ),
    quantities=(
        Quantity(name="remaining", symbol="γ^k", meaning="what k timesteps leave of 1", index="timestep"),
        Quantity(name="log_factor", symbol="ln γ", meaning="natural logarithm of the factor"),
        Quantity(name="time_constant", symbol="τ", unit="timesteps", meaning="1/|ln γ|: until 1/e is left (γ < 1)"),
        Quantity(
            name="approximate_time_constant",
            symbol="1/|1 − γ|",
            unit="timesteps",
            meaning="first-order approximation of the time constant",
        ),
        Quantity(name="half_life", symbol="t_½", unit="timesteps", meaning="until half is left; infinite unless γ < 1"),
        Quantity(name="doubling", symbol="t_2", unit="timesteps", meaning="until doubled; infinite unless γ > 1"),
        Quantity(
            name="exact_steps",
            symbol="ln ε/ln γ",
            unit="timesteps",
            meaning="where γ^k equals ε; infinite if it never does",
        ),
        Quantity(
            name="steps_to",
            symbol="k_ε",
            unit="timesteps",
            meaning="first whole k with γ^k < ε (for γ < 1) or > ε (for γ > 1); infinite if never",
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="timesteps k",
        y_label="what is left, γ^k",
        curves={
            "γ^k": "remaining",
        },
    ),
    determined=True,
    findings=TimeScalesFindings,
    work=number_work,
)
