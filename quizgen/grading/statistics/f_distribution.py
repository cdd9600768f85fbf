"""The F distribution, for intervals of reliability: its probabilities and its quantiles.

Source: Press, Teukolsky, Vetterling & Flannery (2007), Numerical Recipes, 3rd edition, sections 6.4 and 6.14: the
continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method.
"""

import math
from typing import Final

from quizgen.errors import ParameterError

_TINY: Final = 1e-300
_PRECISION: Final = 1e-15
_MOST_TERMS: Final = 100_000  # about the square root of the larger parameter is needed


def incomplete_beta(a: float, b: float, x: float) -> float:
    """I_x(a, b), regularised: 0 at x = 0 and 1 at x = 1.

    Raises: ParameterError unless a and b are greater than 0 and 0 ≤ x ≤ 1.
    """
    if not (a > 0 and b > 0 and 0 <= x <= 1):
        raise ParameterError(f"I_x(a, b) at a = {a}, b = {b}, x = {x}: expected a, b > 0 and 0 ≤ x ≤ 1")
    return _regularised(a, b, x, 1 - x)


def f_probability(x: float, df1: float, df2: float) -> float:
    """P(F ≤ x) with ``df1`` and ``df2`` degrees of freedom: I at df1·x / (df1·x + df2) of (df1/2, df2/2)."""
    if x <= 0:
        return 0.0
    below = df1 * x + df2
    return _regularised(df1 / 2, df2 / 2, df1 * x / below, df2 / below)


def f_quantile(probability: float, df1: float, df2: float) -> float:
    """The x with P(F ≤ x) = ``probability``, to about 11 figures, by bisection in log x.

    Raises: ParameterError unless 0 < probability < 1 and both degrees of freedom are greater than 0.
    """
    if not (0 < probability < 1 and df1 > 0 and df2 > 0):
        seen = f"probability {probability}, degrees of freedom {df1} and {df2}"
        raise ParameterError(f"F quantile at {seen}: expected 0 < probability < 1 and degrees of freedom > 0")
    low = high = 0.0
    while f_probability(math.exp(low), df1, df2) > probability:
        low -= 1
    while f_probability(math.exp(high), df1, df2) < probability:
        high += 1
    while high - low > 1e-13 * max(1.0, abs(low), abs(high)):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if f_probability(math.exp(middle), df1, df2) < probability:
            low = middle
        else:
            high = middle
    return math.exp((low + high) / 2)


def _regularised(a: float, b: float, x: float, rest: float) -> float:
    """I_x(a, b) with ``rest`` = 1 − x, which is known better than by subtraction where x is close to 1."""
    if x == 0 or rest == 0:
        return float(rest == 0)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _fraction(a, b, x) / a
    return 1 - math.exp(log_front) * _fraction(b, a, rest) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, from the front."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _PRECISION:
            return value
    raise ParameterError(f"I_x(a, b) at a = {a}, b = {b}, x = {x}: does not converge; expected smaller a and b")


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
