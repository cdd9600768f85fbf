"""The description of a figure, completed by the values that its axes have no place for."""

import math
from collections.abc import Callable

from quizgen.figures.figure import Curve, FigureData


def complete(data: FigureData, *, height_of: Callable[[float], float | None]) -> str:
    """The author's description, and a sentence for each curve with points that ``height_of`` gives no place."""
    sentences = [sentence for curve in data.curves if (sentence := _sentence(curve, height_of))]
    return " ".join([data.description, *sentences])


def _sentence(curve: Curve, height_of: Callable[[float], float | None]) -> str:
    missing = [(x, y) for x, y in zip(curve.x, curve.y, strict=True) if height_of(y) is None]
    if not missing:
        return ""
    kinds = " and ".join(dict.fromkeys(_name(y) for _, y in missing))
    if len(missing) == len(curve.x):
        return f"{curve.label} is not drawn: its values are {kinds}."
    if len(missing) == 1:
        return f"At {missing[0][0]:g} the value of {curve.label} is {kinds} and cannot be drawn."
    return f"From {missing[0][0]:g} on, {len(missing)} values of {curve.label} are {kinds} and cannot be drawn."


def _name(value: float) -> str:
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "infinite"
    return "0" if value == 0 else "negative"
