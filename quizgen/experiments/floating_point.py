"""Where a long product of one factor leaves a floating-point format.

The factor is rounded to the format, and so is every product (to nearest, ties to even, with subnormal numbers). With a
factor above ½ a shrinking product never becomes 0: it stalls at a subnormal that rounding returns to itself. A power
function, which rounds the exact γ^k once, does reach 0; hardware that flushes subnormals to 0 does so at the first
subnormal. The first step below the smallest normal number does not depend on any of that, and is the one to ask for.
Steps are 0 where the event never happens.
Demonstrates S6 (infinities, NaN) and S12 (long sequences). Source: IEEE 754; Goldberg (1991).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.networks import timesteps
from quizgen.experiments.work import number_work
from quizgen.rnn.floating import (
    FLOAT_FORMATS,
    FloatFormat,
    LongProduct,
    first_zero_power,
    long_product,
    rounded_products,
)


class FloatingPointFindings(Findings):
    """The quantities of `FLOATING_POINT`."""

    @property
    def _format(self) -> FloatFormat:
        return FLOAT_FORMATS[self.word("dtype")]

    @cached_property
    def _product(self) -> LongProduct:
        return long_product(self.number("factor"), self._format, MAX_STEPS)

    @property
    def product(self) -> Series:
        """The product after k steps."""
        return self.series(rounded_products(self.number("factor"), self._format, int(self.lengths.max())))

    @property
    def first_zero_power(self) -> FloatArray:
        """The first k with γ^k, rounded once, at 0."""
        return first_zero_power(self.number("factor"), self._format).astype(np.float64)

    @property
    def smallest_normal(self) -> FloatArray:
        """The smallest positive normal number."""
        return np.full(self.variants, self._format.smallest_normal)

    @property
    def smallest_subnormal(self) -> FloatArray:
        """The smallest positive number."""
        return np.full(self.variants, self._format.smallest_subnormal)

    @property
    def largest(self) -> FloatArray:
        """The largest finite number."""
        return np.full(self.variants, self._format.largest)

    @property
    def rounded_factor(self) -> FloatArray:
        """The factor as the format holds it."""
        return self._format.round(self.number("factor"))

    @property
    def first_subnormal(self) -> FloatArray:
        """The first step below the smallest normal number."""
        return self._product.first_subnormal.astype(np.float64)

    @property
    def first_zero(self) -> FloatArray:
        """The first step at 0."""
        return self._product.first_zero.astype(np.float64)

    @property
    def first_infinite(self) -> FloatArray:
        """The first step at infinity."""
        return self._product.first_infinite.astype(np.float64)

    @property
    def never_zero(self) -> FloatArray:
        """1 if the product never becomes 0."""
        return np.asarray(self._product.first_zero == 0, dtype=np.float64)

    @property
    def stall_value(self) -> FloatArray:
        """The value that no longer changes."""
        return self._product.final

    @property
    def stall_units(self) -> FloatArray:
        """The same in units of the smallest subnormal."""
        return np.asarray(self._product.final / self._format.smallest_subnormal)


MAX_STEPS: Final = 100_000  # enough for float64 and factors from 0.993 down and 1.0072 up

FLOATING_POINT: Final = Simulation(
    name="floating_point",
    title="Underflow and overflow of a long product",
    claims=("S6", "S12"),
    parameters=(
        Parameter(
            name="factor",
            kind="real",
            default=0.9,
            low=0.0,
            high=1000.0,
            symbol="γ",
            meaning="factor of every step",
        ),
        Parameter(
            name="dtype",
            kind="word",
            default="float32",
            words=tuple(FLOAT_FORMATS),
            meaning="floating-point format",
        ),
        timesteps(default=1000, high=100_000),
    ),
    quantities=(
        Quantity(name="product", symbol="γ·γ⋯γ", meaning="product of k factors, rounded each time", index="timestep"),
        Quantity(name="smallest_normal", symbol="min", meaning="smallest positive number with full precision"),
        Quantity(name="smallest_subnormal", symbol="sub", meaning="smallest positive number"),
        Quantity(name="largest", symbol="max", meaning="largest finite number"),
        Quantity(name="rounded_factor", symbol="fl(γ)", meaning="the factor as the format holds it"),
        Quantity(name="first_subnormal", symbol="k", meaning="first step below the smallest normal number; 0 if never"),
        Quantity(name="first_zero", symbol="k", meaning="first step at 0; 0 if never"),
        Quantity(
            name="first_zero_power",
            symbol="k",
            meaning="first k with γ^k, rounded only once, at 0; 0 if never",
        ),
        Quantity(name="first_infinite", symbol="k", meaning="first step at infinity; 0 if never"),
        Quantity(name="never_zero", symbol="", meaning="1 if the product never becomes 0, else 0"),
        Quantity(
            name="stall_value", symbol="", meaning=f"value at which the product stays, or after {MAX_STEPS} steps"
        ),
        Quantity(name="stall_units", symbol="", meaning="stall_value in units of the smallest subnormal"),
    ),
    plot=Plot(
        kind="semilog",
        x_label="steps",
        y_label="value",
        curves={
            "rounded product": "product",
        },
    ),
    determined=True,
    findings=FloatingPointFindings,
    work=number_work,
)
