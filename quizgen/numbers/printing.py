"""A number as it stands on the page, and how it got there.

The printed text is the truth of an item: what follows is computed from it, and a response is compared with what
follows. It is kept in one canonical spelling ("-0.031", "3.20e-12", "17"); renderers respell it for their format.
"""

import math
import sys
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from quizgen.numbers.stand_ins import StandInValue
from quizgen.values import immutable

_WIDE: Final = Context(prec=400)
# How many figures or decimals a page may print; float64 has no more than 15 to 17 to give.
_COUNTS: Final = {"figures": (1, 12), "decimals": (0, 15), "exact": (0, 0)}
_LARGE: Final = 1e300  # above this, rounding may lead beyond the range of floats
_WHOLE: Final = 1e15  # below this, floats have decimals
LEAST_PLAIN_POWER: Final = -3  # of ten: 0.001 is written out, and 1e-4 is not
BEYOND_PAPER: Final = 1000  # stands for this and any larger count: no page prints so many


@immutable
class Number:
    """A printed number and the value it was rounded from."""

    printed: str
    raw: float

    @property
    def value(self) -> float:
        """The number that a reader of the page sees."""
        return float(self.printed)


@immutable
class Precision:
    """How a value is rounded for the page: to so many significant figures, to so many decimals, or exactly."""

    kind: Literal["figures", "decimals", "exact"]
    count: int = 0

    def print(self, value: float) -> Number:
        """Round ``value`` to this precision.  Raises: ValueError as `spell`."""
        return Number(printed=self.spell(value), raw=value if isinstance(value, StandInValue) else float(value))

    def spell(self, value: float) -> str:
        """``value`` rounded to this precision, in the canonical spelling.

        Raises: ValueError if ``value`` is not finite, or rounds to a number that is not.
        """
        if isinstance(value, StandInValue):
            return value.printed(self)
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be printed")
        printed = _SPELL[self.kind](value, self.count)
        if abs(value) > _LARGE and not math.isfinite(float(printed)):
            raise ValueError(f"{value} rounded to {printed} is beyond the range of numbers")
        return printed


def precision_fault(precision: Precision) -> str:
    """What is wrong with the count of a precision; "" if nothing is."""
    low, high = _COUNTS[precision.kind]
    if low <= precision.count <= high:
        return ""
    count = f"{precision.count}" if precision.count < BEYOND_PAPER else f"{BEYOND_PAPER} or more"
    return f"{count} {precision.kind}: expected {low} to {high}"


# A float may mean a decimal that lies halfway between two that can be printed; then it ends in 5 after one digit more.
# All others are rounded alike by Python, which rounds what the float is, and by people, who round what it means.


def _to_figures(value: float, count: int) -> str:
    """Plain decimals where they are short and show the figures, scientific notation elsewhere."""
    if value == 0:
        return "0"
    one_more = f"{value:.{count}e}"
    end = one_more.index("e")
    rounded: float | Decimal = float(value)
    if one_more[end - 1] == "5" or abs(value) < sys.float_info.min:
        rounded = Context(prec=count, rounding=ROUND_HALF_UP).plus(_as_people_see(value))
    elif one_more.lstrip("-")[0] != "9":  # rounding does not lead to the next power of ten
        power = int(one_more[end + 1 :])
        if LEAST_PLAIN_POWER <= power < count:
            return f"{rounded:.{count - 1 - power}f}"
    mantissa, _, exponent = f"{rounded:.{count - 1}e}".partition("e")
    power = int(exponent)
    return f"{rounded:.{count - 1 - power}f}" if LEAST_PLAIN_POWER <= power < count else f"{mantissa}e{power}"


def _to_decimals(value: float, count: int) -> str:
    is_halfway = f"{value:.{count + 1}f}"[-1] == "5" or 0 < abs(value) < sys.float_info.min
    if abs(value) < _WHOLE and not is_halfway:
        text = f"{value:.{count}f}"
    else:
        text = str(_as_people_see(value).quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP, _WIDE))
    return text.removeprefix("-") if float(text) == 0 else text


def _as_people_see(value: float) -> Decimal:
    """The shortest decimal that means this float, so that 1.625 is halfway and rounded up, as taught in school.

    Subnormal numbers have too few digits for that; they are taken exactly.
    """
    return Decimal(repr(float(value))) if abs(value) >= sys.float_info.min else Decimal(value)


def _exactly(value: float, count: int) -> str:
    del count
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    mantissa, mark, exponent = repr(float(value)).partition("e")
    return f"{mantissa}e{int(exponent)}" if mark else mantissa


_SPELL: Final[Mapping[str, Callable[[float, int], str]]] = {
    "figures": _to_figures,
    "decimals": _to_decimals,
    "exact": _exactly,
}
