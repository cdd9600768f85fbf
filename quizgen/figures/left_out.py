"""The description of a figure, completed by the values that its axes have no place for."""

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from quizgen.figures.figure import Curve, FigureData, FloatArray
from quizgen.values import immutable

Heights = Callable[
    [FloatArray], FloatArray
]  # values to their heights on the y axis, NaN for one that has no place there


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
    return " ".join([data.description, *(_sentence(gap, sharing) for gap, sharing in labels.items())])


def if_finite(values: FloatArray) -> FloatArray:
    """The heights of a linear axis."""
    return np.where(np.isfinite(values), values, np.nan)


def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _gap(curve: Curve, height_of: Heights) -> Gap | None:
    missing = np.flatnonzero(np.isnan(height_of(np.array(curve.y))))
    if not len(missing):
        return None
    kinds = _names(curve.y[place] for place in missing.tolist())
    if len(missing) == len(curve.y):
        return Gap(kinds=kinds)
    return Gap(kinds=kinds, count=len(missing), start=curve.x[missing[0]])


def _sentence(gap: Gap, labels: Sequence[str]) -> str:
    one, names = len(labels) == 1, listed(labels)
    if not gap.count:
        return f"{names} {'is' if one else 'are'} not drawn: {'its' if one else 'their'} values are {gap.kinds}."
    if gap.count == 1:
        values = "value" if one else "values"
        return f"At {gap.start:g} the {values} of {names} {'is' if one else 'are'} {gap.kinds} and cannot be drawn."
    each = "" if one else " each"
    return f"From {gap.start:g} on, {gap.count} values{each} of {names} are {gap.kinds} and cannot be drawn."


def _names(values: Iterable[float]) -> str:
    return " and ".join(dict.fromkeys(_name(value) for value in values))


def _name(value: float) -> str:
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "infinite"
    return "0" if value == 0 else "negative"
