"""Whether a number that was read is near enough to the key.

The tolerance is relative: there is no absolute floor, so 0 is never near enough to 3e-12. Everything is done in exact
decimals, where neither 1e-400 nor 1e300 under- or overflows, with a key standing for the decimal that Python prints.
"""

import math
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

from quizgen.errors import ParameterError

SLACK: Final = Decimal("1e-9")  # of the tolerance: 1.01 is within 1 % of 1.00, whatever binary makes of 0.01
EXACT: Final = Context(prec=60, Emax=10**9, Emin=-(10**9))

Key = float | Decimal


def accepts(response: Decimal, key: Key, *, rtol: float, atol: float = 0.0) -> bool:
    """Whether |response − key| ≤ max(atol, rtol·|key|), edges included.

    ``rtol`` is below 1, so a number of the other sign, or 0, is never accepted by it.
    Raises: ParameterError for a key that is not finite, rtol outside [0, 1) or a negative atol.
    """
    low, high = window(key, rtol, atol)
    return low <= response <= high


@lru_cache(maxsize=4096)
def window(key: Key, rtol: float, atol: float = 0.0) -> tuple[Decimal, Decimal]:
    """The least and the greatest response that `accepts` accepts."""
    if not (0 <= rtol < 1):
        raise ParameterError(f"rtol is {rtol}: expected a number in [0, 1)")
    if not (0 <= atol < math.inf):
        raise ParameterError(f"atol is {atol}: expected a finite number that is not negative")
    centre = exactly(key)
    widest = max(exactly(atol), EXACT.multiply(exactly(rtol), EXACT.abs(centre)))
    margin = EXACT.multiply(widest, 1 + SLACK)
    return EXACT.subtract(centre, margin), EXACT.add(centre, margin)


def agrees_to_figures(response: Decimal, key: Key, *, figures: int) -> bool:
    """Whether both round to the same so many significant figures, or lie within half a unit of the last of them.

    The unit is that of the key. A tie may be rounded up or to even. A key of 0 is met by 0 only.
    Raises: ParameterError for a key that is not finite or ``figures`` below 1.
    """
    if figures < 1:
        raise ParameterError(f"figures is {figures}: expected 1 or more")
    centre = exactly(key)
    if centre == 0:
        return response == 0
    half_unit = Decimal((0, (5,), centre.adjusted() - figures))
    distance = EXACT.abs(EXACT.subtract(response, centre))
    return distance <= half_unit or any(
        _rounded(response, figures, how) == _rounded(centre, figures, how) for how in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )


def log10_ratio(response: Decimal, key: Key) -> float:
    """log₁₀(response / key): 0 where they are equal, infinite where the signs differ or only one of them is 0."""
    centre = exactly(key)
    if response == centre:
        return 0.0
    if response == 0 or centre == 0 or (response < 0) != (centre < 0):
        return -math.inf if response == 0 else math.inf
    return float(EXACT.subtract(EXACT.log10(response.copy_abs()), EXACT.log10(centre.copy_abs())))


def tolerance_faults(key: Key, *, rtol: float, atol: float) -> Iterator[str]:
    """What an author should mend: a key of 0 without an absolute tolerance, or one that swamps the relative."""
    centre = exactly(key)
    if centre == 0 and atol == 0:
        yield "the key is 0, where a relative tolerance accepts 0 only: declare atol"
    if centre != 0 and atol > 0 and exactly(atol) > EXACT.multiply(exactly(rtol), EXACT.abs(centre)):
        yield f"atol {atol:g} is larger than rtol·|key| = {rtol * abs(float(key)):.3g}"


def exactly(value: Key) -> Decimal:
    """A finite number as the decimal that prints it.  Raises: ParameterError where it is infinite or not a number."""
    decimal = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not decimal.is_finite():
        raise ParameterError(f"{value} cannot be compared: expected a finite number")
    return decimal


def _rounded(value: Decimal, figures: int, how: str) -> Decimal:
    return Context(prec=figures, rounding=how, Emax=EXACT.Emax, Emin=EXACT.Emin).plus(value)
