"""The description of a figure, completed by the values that its axes have no place for."""

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from quizgen.figures.figure import Curve, FigureData, FloatArray
from quizgen.values import immutable
from quizgen.words import joined, say

Heights = Callable[[FloatArray], FloatArray]
"""Values to their heights on the y axis; NaN for one that has no place there."""


@immutable
class Gap:
    """What a curve lacks: what its missing values are, how many, and the x of the first; ``count`` is 0 if all are."""

    kinds: str
    count: int = 0
    start: float = 0.0


def complete(data: FigureData, *, height_of: Heights) -> str:
    """The author's description, and what ``height_of`` gives no place; curves that lack the same share a sentence."""
    labels: dict[Gap, list[str]] = {}
    for curve in data.curves:
        if gap := _gap(curve, height_of):
            labels.setdefault(gap, []).append(curve.label)
    sentences = (_sentence(gap, sharing) for gap, sharing in labels.items())
    return joined("list.sentences", (data.description, *sentences))


def if_finite(values: FloatArray) -> FloatArray:
    """The heights of a linear axis."""
    return np.where(np.isfinite(values), values, np.nan)


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    return joined("list.and", [joined("list.comma", names[:-1]), names[-1]])


def _gap(curve: Curve, height_of: Heights) -> Gap | None:
    missing = np.flatnonzero(np.isnan(height_of(np.array(curve.y))))
    if not len(missing):
        return None
    kinds = _names(curve.y[place] for place in missing.tolist())
    if len(missing) == len(curve.y):
        return Gap(kinds=kinds)
    return Gap(kinds=kinds, count=len(missing), start=curve.x[missing[0]])


def _sentence(gap: Gap, labels: Sequence[str]) -> str:
    told: dict[str, str | float] = {"curves": listed(labels), "kinds": gap.kinds, "many": len(labels)}
    if not gap.count:
        return say("figure.no_curve", **told)
    first = f"{gap.start:g}"
    if gap.count == 1:
        return say("figure.no_point", first=first, **told)
    return say("figure.no_points", first=first, count=str(gap.count), **told)


def _names(values: Iterable[float]) -> str:
    return joined("list.and", dict.fromkeys(_name(value) for value in values))


def _name(value: float) -> str:
    if math.isnan(value):
        return say("figure.not_a_number")
    if math.isinf(value):
        return say("figure.infinite")
    return "0" if value == 0 else say("figure.negative")
