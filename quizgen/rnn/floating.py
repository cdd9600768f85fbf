"""The binary floating-point formats, and what becomes of a long product in each.

float64 holds the product of two numbers of up to 24 bits exactly, so the smaller formats are followed here by rounding
once after each multiplication, to nearest and ties to even as IEEE 754 does. bfloat16, which NumPy does not have, is
one of them.
"""

from typing import Final

import numpy as np

from quizgen.registry import Registry
from quizgen.rnn.arrays import FloatArray, IntArray
from quizgen.values import immutable


@immutable
class FloatFormat:
    """A format with ``precision`` bits, the hidden one included, and normal numbers from 2**min_exponent on."""

    precision: int
    min_exponent: int
    max_exponent: int

    @property
    def smallest_normal(self) -> float:
        """The smallest positive number with full precision."""
        return 2.0**self.min_exponent

    @property
    def smallest_subnormal(self) -> float:
        """The smallest positive number."""
        return 2.0 ** (self.min_exponent - self.precision + 1)

    @property
    def largest(self) -> float:
        """The largest finite number."""
        return (2.0 - 2.0 ** (1 - self.precision)) * 2.0**self.max_exponent

    def round(self, numbers: FloatArray) -> FloatArray:
        """Round to the nearest number of this format; infinity beyond half a unit above the largest."""
        if self.precision == FLOAT64_PRECISION:
            return numbers
        _, exponent = np.frexp(numbers)  # |number| is in [2**(exponent - 1), 2**exponent)
        unit = np.maximum(exponent - 1, self.min_exponent) - self.precision + 1
        rounded = np.ldexp(np.rint(np.ldexp(numbers, -unit)), unit)
        return np.where(np.abs(rounded) > self.largest, np.copysign(np.inf, numbers), rounded)


FLOAT64_PRECISION: Final = 53

FLOAT_FORMATS: Final = Registry[FloatFormat](
    "float format",
    {
        "float16": FloatFormat(precision=11, min_exponent=-14, max_exponent=15),
        "bfloat16": FloatFormat(precision=8, min_exponent=-126, max_exponent=127),
        "float32": FloatFormat(precision=24, min_exponent=-126, max_exponent=127),
        "float64": FloatFormat(precision=FLOAT64_PRECISION, min_exponent=-1022, max_exponent=1023),
    },
)


@immutable
class LongProduct:
    """What became of 1 · factor · factor · …, rounded after each factor. Steps (V,) count factors; 0 means never.

    ``final`` is the value that no longer changes, or the last one within the steps allowed: with a factor above ½ the
    product stalls at a subnormal number, because rounding takes it back to where it was.
    """

    first_subnormal: IntArray
    first_zero: IntArray
    first_infinite: IntArray
    final: FloatArray


def long_product(factors: FloatArray, number_format: FloatFormat, max_steps: int) -> LongProduct:
    """Multiply by ``factors`` (V,), rounded to the format, until nothing changes any more or ``max_steps`` are done."""
    factor = number_format.round(factors)
    final = np.ones_like(factor)
    first_subnormal, first_zero, first_infinite = (np.zeros(len(factor), dtype=np.int64) for _ in range(3))
    moving = np.arange(len(factor))
    for step in range(1, max_steps + 1):
        before = final[moving]
        with np.errstate(over="ignore"):
            after = number_format.round(before * factor[moving])
        final[moving] = after
        size = np.abs(after)
        for firsts, happened in (
            (first_subnormal, size < number_format.smallest_normal),
            (first_zero, size == 0),
            (first_infinite, np.isinf(size)),
        ):
            fresh = moving[happened]
            firsts[fresh] = np.where(firsts[fresh] == 0, step, firsts[fresh])
        moving = moving[after != before]
        if not len(moving):
            break
    return LongProduct(
        first_subnormal=first_subnormal, first_zero=first_zero, first_infinite=first_infinite, final=final
    )


def rounded_products(factors: FloatArray, number_format: FloatFormat, steps: int) -> FloatArray:
    """Return 1, factor, factor², … of each factor, rounded after every multiplication: (V,) -> (V, steps + 1)."""
    factor = number_format.round(factors)
    products = np.ones((len(factor), steps + 1))
    with np.errstate(over="ignore"):
        for step in range(1, steps + 1):
            products[:, step] = number_format.round(products[:, step - 1] * factor)
    return products


def first_zero_power(factors: FloatArray, number_format: FloatFormat) -> IntArray:
    """Return the first k whose exact power, rounded once, is 0: factor^k ≤ half the smallest subnormal; 0 if none is.

    So a power function underflows although the product of the same factors, rounded at every step, may stall.
    An exact hit (a tie) rounds to 0; the logarithms' rounding is smaller than the 1e-9 that decides.
    """
    size = np.abs(number_format.round(factors))
    half_smallest = number_format.min_exponent - number_format.precision  # as a power of two
    with np.errstate(divide="ignore"):
        steps = np.ceil(half_smallest / np.where(size < 1.0, np.log2(size), -np.inf) - 1e-9)
    return np.where(size < 1.0, np.maximum(steps, 1.0), 0.0).astype(np.int64)
