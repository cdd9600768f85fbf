"""From values to places on the paper: scales, ticks where a reader expects them, and labels that keep apart."""

import math
from collections.abc import Iterable, Sequence
from typing import TypeVar

from quizgen.figures.figure import FloatArray
from quizgen.numbers.spelling import superscript, to_unicode
from quizgen.values import immutable

_NICE = (1, 2, 5, 10)
_TINY = 1e-280  # below this, differences lose their figures

Values = TypeVar("Values", float, FloatArray)


@immutable
class Scale:
    """A straight map from the values ``low`` to ``high`` onto the places ``start`` to ``end`` of a drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Values) -> Values:
        """The place of ``value``, or of each of several; halves keep the difference of two huge values finite."""
        share = (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return self.start + share * (self.end - self.start)


@immutable
class Tick:
    """A value that is marked on an axis, and how it is spelled there."""

    value: float
    text: str


def extent(values: Iterable[float]) -> tuple[float, float]:
    """The least and the greatest of ``values``, kept apart: a single value gets room on both sides, none get 0 to 1."""
    found = list(values)
    if not found:
        return 0.0, 1.0
    low, high = min(found), max(found)
    if high - low > max(1e-9 * max(abs(low), abs(high)), _TINY):
        return low, high
    room = abs(low) / 2 if abs(low) > _TINY else 1.0
    return low - room, high + room


def nice_step(low: float, high: float, *, most: int) -> float:
    """The least of 1, 2, 5 times a power of ten that makes at most ``most`` steps from ``low`` to ``high``."""
    rough = high / most - low / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(multiple * power for multiple in _NICE if multiple * power >= rough * (1 - 1e-9))


def linear_ticks(low: float, high: float, *, most: int = 5) -> tuple[Tick, ...]:
    """Multiples of a nice step, from the last at or below ``low`` to the first at or above ``high``."""
    step = nice_step(low, high, most=most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(Tick(value=count * step, text=spell(count * step, step=step)) for count in range(first, last + 1))


def ticks_within(low: float, high: float, *, step: float) -> tuple[Tick, ...]:
    """Multiples of ``step`` from ``low`` to ``high``."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(Tick(value=count * step, text=spell(count * step, step=step)) for count in range(first, last + 1))


def decade_ticks(low: float, high: float, *, most: int = 6) -> tuple[Tick, ...]:
    """Powers of ten around the exponents ``low`` to ``high``, 1, 2, 5, 10, ... decades apart; values are exponents."""
    step = max(1, round(nice_step(low, high, most=most)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    return tuple(Tick(value=float(count * step), text=power_of_ten(count * step)) for count in range(first, last + 1))


def power_of_ten(exponent: int) -> str:
    """``-3`` as ``10⁻³``."""
    return f"10{superscript(str(exponent))}"


def spell(value: float, *, step: float) -> str:
    """``value`` with just the decimals that tell ticks ``step`` apart, and a true minus sign."""
    if value == 0:
        return "0"
    finest, top = math.floor(math.log10(step) + 1e-9), math.floor(math.log10(abs(value)) + 1e-9)
    if finest >= -4 and top <= 4:
        return to_unicode(f"{value:.{max(0, -finest)}f}")
    return to_unicode(f"{value:.{max(0, top - finest)}e}")


def spread(wanted: Sequence[float], *, gap: float, low: float, high: float) -> tuple[float, ...]:
    """Places as near to ``wanted`` as can be (least squares) that are ``gap`` apart and inside ``low`` to ``high``.

    The order of ``wanted`` is kept, equal places in the order given. With more labels than fit, they stay ``gap`` apart
    and run past ``high``. Method: pool adjacent violators on the places less their share of gaps.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    pools: list[tuple[float, int]] = []  # mean, size
    for rank, index in enumerate(order):
        mean, size = wanted[index] - rank * gap, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    top = max(low, high - (len(wanted) - 1) * gap)
    pooled = [min(max(mean, low), top) for mean, size in pools for _ in range(size)]
    places = dict(zip(order, (place + rank * gap for rank, place in enumerate(pooled)), strict=True))
    return tuple(places[index] for index in range(len(wanted)))
