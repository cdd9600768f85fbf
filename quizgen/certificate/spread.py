"""How a number differs between the variants of one template, and which variants stand apart."""

import math
from collections.abc import Mapping
from statistics import median
from typing import Final

from quizgen.values import immutable

FAR: Final = 3.0  # so many standard deviations from the median
NORMAL: Final = 1.4826  # times the median absolute deviation gives the standard deviation of a normal distribution


@immutable
class Outlier:
    """A variant that stands apart from the others of its template."""

    seed: int
    value: float


@immutable
class Spread:
    """A number over the variants of a template: where it lies, and which variants stand apart."""

    least: float
    median: float
    most: float
    outliers: tuple[Outlier, ...] = ()


def spread(found: Mapping[int, float], *, floor: float, decades: bool = False) -> Spread | None:
    """The spread of a number that was found for each of some seeds; None where it was found for none.

    A variant stands apart if it lies further from the median than 3 standard deviations, as the median absolute
    deviation estimates them, and further than ``floor``: where most variants agree, a small difference is none.
    ``decades``: distances are compared by their logarithms to base 10, for positive numbers of all sizes.
    """
    if not found:
        return None
    places = {seed: math.log10(value) if decades else value for seed, value in found.items()}
    middle = median(places.values())
    deviation = NORMAL * median(abs(place - middle) for place in places.values())
    limit = max(FAR * deviation, floor)
    apart = [Outlier(seed=seed, value=found[seed]) for seed, place in places.items() if abs(place - middle) > limit]
    values = found.values()
    return Spread(least=min(values), median=median(values), most=max(values), outliers=tuple(apart))
