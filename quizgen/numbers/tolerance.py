"""How far from the key still counts as right: one value for every rule, and each rule a window of numbers.

==================  ==================================================================================================
relative, absolute  |response − key| ≤ max(atol, rtol·|key|)
figures             the same so many significant figures after rounding, or no further than half a unit of the last
decimals            the same so many decimals after rounding, or no further than half a unit of the last
decades             |log₁₀(response / key)| ≤ decades, and the same sign
none of them        exactly the key
==================  ==================================================================================================

Edges are included, and everything is exact: 3e-12, 1e-400 and 1e300 are numbers like any other.
"""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Final

from quizgen.errors import ParameterError
from quizgen.numbers import comparing
from quizgen.numbers.comparing import EXACT, Key, exactly
from quizgen.values import immutable

_ROUNDINGS: Final = (ROUND_HALF_UP, ROUND_HALF_EVEN)  # a tie may be rounded either way

_SLACKENED: Final = 1.0 + float(comparing.SLACK)
_DOUBT: Final = 1e-12  # relative: far more than a few operations in float64 lose
_LEAST_SURE, _MOST_SURE = 1e-280, 1e280  # sizes between which no operation under- or overflows


@immutable
class Tolerance:
    """One of the rules above; ``rtol`` and ``atol`` may stand together, the others alone."""

    rtol: float = 0.0
    atol: float = 0.0
    figures: int | None = None
    decimals: int | None = None
    decades: float | None = None

    @property
    def is_exact(self) -> bool:
        """Whether only the key itself is right."""
        return not (self.rtol or self.atol) and self.figures is None and self.decimals is None and self.decades is None


Window = tuple[Decimal, Decimal]


def meets(response: Decimal, key: Key, tolerance: Tolerance) -> bool:
    """Whether ``response`` counts as right.  Raises: ParameterError as `window`."""
    low, high = window(key, tolerance)
    return low <= response <= high


@lru_cache(maxsize=4096)
def window(key: Key, tolerance: Tolerance) -> Window:
    """The least and the greatest number that counts as right.

    Raises: ParameterError for a key that is not finite, or a tolerance out of its range.
    """
    if fault := tolerance_fault(tolerance):
        raise ParameterError(fault)
    centre = exactly(key)
    if tolerance.figures is not None:
        return _rounding_window(centre, tolerance.figures - 1 - centre.adjusted(), figures=tolerance.figures)
    if tolerance.decimals is not None:
        return _rounding_window(centre, tolerance.decimals)
    if tolerance.decades is not None:
        return _log_window(centre, tolerance.decades)
    return comparing.window(centre, tolerance.rtol, tolerance.atol)


def widened(key: Key, tolerance: Tolerance, share: float) -> Window:
    """The window grown (or shrunk) around the key by the factor ``share``: what a certificate keeps its distance by."""
    low, high = window(key, tolerance)
    centre, factor = exactly(key), exactly(share)
    return (
        EXACT.subtract(centre, EXACT.multiply(factor, EXACT.subtract(centre, low))),
        EXACT.add(centre, EXACT.multiply(factor, EXACT.subtract(high, centre))),
    )


def is_within(value: float, key: float, tolerance: Tolerance, share: float) -> bool:
    """Whether a finite ``value`` lies in the `widened` window of a finite key.

    The distance is compared in float64; only where that leaves a doubt, or loses digits, exact decimals decide.
    """
    if tolerance.rtol or tolerance.atol:
        size = max(abs(value), abs(key))
        margin = share * max(tolerance.atol, tolerance.rtol * abs(key)) * _SLACKENED
        spare = margin - abs(value - key)
        if _LEAST_SURE < size < _MOST_SURE and abs(spare) > _DOUBT * size:
            return spare > 0
    low, high = widened(key, tolerance, share)
    return low <= exactly(value) <= high


def tolerance_fault(tolerance: Tolerance) -> str:
    """What is wrong with a tolerance; "" if nothing is."""
    rules = [tolerance.figures, tolerance.decimals, tolerance.decades]
    given = sum(rule is not None for rule in rules)
    if given > 1 or (given and (tolerance.rtol or tolerance.atol)):
        return "one rule decides how close an answer must be: figures, decimals, decades, or rtol with atol"
    if tolerance.figures is not None and not 1 <= tolerance.figures <= 15:
        return f"figures is {tolerance.figures}: expected 1 to 15"
    if tolerance.decimals is not None and not 0 <= tolerance.decimals <= 20:
        return f"decimals is {tolerance.decimals}: expected 0 to 20"
    if tolerance.decades is not None and not 0 < tolerance.decades <= 10:
        return f"decades is {tolerance.decades:g}: expected more than 0 and at most 10"
    return ""


def _rounding_window(centre: Decimal, decimals: int, *, figures: int | None = None) -> Window:
    """All that rounds as ``centre`` does, and all within half a unit of the last decimal from it.

    With ``figures`` the unit is that of the decade: 9.996 is rounded to 10.0, and so is 10.04, but not 9.94.
    """
    if figures is not None and centre == 0:
        return centre, centre  # 0 has no significant figures: nothing but 0 is near it
    half = Decimal((0, (5,), -decimals - 1))
    lows, highs = [EXACT.subtract(centre, half)], [EXACT.add(centre, half)]
    for rounding in _ROUNDINGS:
        rounded = _rounded(centre, decimals, rounding)
        inner = outer = half
        if figures is not None and rounded != 0:
            outer = Decimal((0, (5,), rounded.adjusted() - figures))
            inner = outer.scaleb(-1) if rounded.copy_abs() == Decimal((0, (1,), rounded.adjusted())) else outer
        towards, away = (inner, outer) if rounded > 0 else (outer, inner)
        lows.append(EXACT.subtract(rounded, towards))
        highs.append(EXACT.add(rounded, away))
    return min(lows), max(highs)


def _rounded(value: Decimal, decimals: int, rounding: str) -> Decimal:
    if value == value.to_integral_value() and decimals >= 0:
        return value  # nothing to round, and 1e300 has no room for decimals
    return value.quantize(Decimal((0, (1,), -decimals)), rounding=rounding, context=EXACT)


def _log_window(centre: Decimal, decades: float) -> Window:
    if centre == 0:
        return centre, centre
    with localcontext(EXACT):
        factor = Decimal(10) ** (exactly(decades) * (1 + comparing.SLACK))
        ends = (centre / factor, centre * factor)
    return min(ends), max(ends)
