"""Numbers far outside the range of float64: a mantissa and a power of two.

A product of a million factors 0.999 is 10^-434.5. Scaling by powers of two is exact, so a scaled product has the very
digits that the plain product would have if float64 had no smallest and no largest number.
"""

import math

import numpy as np

from quizgen.rnn.arrays import FloatArray, IntArray
from quizgen.values import immutable

_LOG10_2 = math.log10(2.0)


@immutable(kw_only=False)
class Scaled:
    """An array of numbers mantissa · 2**exponent; both arrays have the same shape."""

    mantissa: FloatArray
    exponent: IntArray

    @property
    def value(self) -> FloatArray:
        """The plain numbers; 0 or infinity where float64 ends."""
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(np.ldexp(self.mantissa, self.exponent))

    @property
    def log10(self) -> FloatArray:
        """The decimal logarithms of the sizes: always finite, but -infinity for an exact 0."""
        size = np.abs(self.value)
        is_ordinary = (size >= np.finfo(np.float64).tiny) & (size < np.inf)
        with np.errstate(divide="ignore"):
            return np.where(is_ordinary, np.log10(size), np.log10(np.abs(self.mantissa)) + self.exponent * _LOG10_2)


def split(numbers: FloatArray) -> Scaled:
    """Write plain ``numbers`` as mantissas in [1/2, 1) and powers of two."""
    mantissa, exponent = np.frexp(numbers)
    return Scaled(mantissa, exponent.astype(np.int64))


def running_product(factors: FloatArray) -> Scaled:
    """Multiply ``factors`` one after another along the last axis, without underflow or overflow.

    Shapes: (..., T) -> (..., T + 1); entry k is the product of the first k factors, entry 0 is 1.
    The mantissas of 512 factors, each at least 1/2, cannot underflow; so much is multiplied at a stretch.
    """
    block = 512
    steps = factors.shape[-1]
    parts = split(factors)
    mantissa = np.ones((*factors.shape[:-1], steps + 1))
    exponent = np.zeros((*factors.shape[:-1], steps + 1), dtype=np.int64)
    np.cumsum(parts.exponent, axis=-1, out=exponent[..., 1:])
    carried = np.zeros(factors.shape[:-1], dtype=np.int64)
    for start in range(0, steps, block):
        stop = min(start + block, steps)
        stretch = np.concatenate([mantissa[..., start, None], parts.mantissa[..., start:stop]], axis=-1)
        mantissa[..., start : stop + 1] = np.multiply.accumulate(stretch, axis=-1)
        exponent[..., start + 1 : stop + 1] += carried[..., None]
        last = split(mantissa[..., stop])
        mantissa[..., stop] = last.mantissa
        exponent[..., stop] += last.exponent
        carried = carried + last.exponent
    return Scaled(mantissa, exponent)
