"""The numbers behind a figure as a table: what someone who cannot see the drawing reads instead of it.

Two significant figures are as much as a drawing shows, so that a question about a curve stays the same question.
"""

import math
from collections.abc import Sequence
from typing import Final, Literal

from quizgen.blocks import Grid
from quizgen.figures.figure import FigureData
from quizgen.numbers.spelling import to_unicode
from quizgen.words import say

MOST_ROWS: Final = 13  # of a curve; more are thinned out evenly
FIGURES: Final = 2
_NOTHING: Final = "–"


def by_point(data: FigureData) -> Grid:
    """A row for each x, or for some of many and those that are marked; a column for each curve."""
    places = sorted({x for curve in data.curves for x in curve.x})
    marked = {mark.value for mark in data.marks if mark.axis == "x"} & set(places)
    found = [dict(zip(curve.x, curve.y, strict=True)) for curve in data.curves]
    shown = sorted({*thinned(places), *marked})
    rows = [(plain(x), *(_cell(curve, x) for curve in found)) for x in shown]
    return _grid(data, (data.x_label, *(curve.label for curve in data.curves)), rows)


def by_row(data: FigureData) -> Grid:
    """A row for each curve, a column for each x: the cells of a heat map as they lie."""
    places = sorted({x for curve in data.curves for x in curve.x})
    found = [(curve.label, dict(zip(curve.x, curve.y, strict=True))) for curve in data.curves]
    rows = [(label, *(_cell(values, x) for x in places)) for label, values in found]
    return _grid(data, (f"{data.y_label} / {data.x_label}", *(plain(x) for x in places)), rows)


def by_vector(data: FigureData) -> Grid:
    """A row for each vector: its two entries and its length."""
    rows = [(c.label, *map(spelt, c.y[:2]), spelt(math.hypot(*c.y[:2]))) for c in data.curves]
    return _grid(data, (say("figure.vector"), data.x_label, data.y_label, say("figure.length")), rows)


def thinned(places: Sequence[float]) -> list[float]:
    """At most `MOST_ROWS` of ``places``: all, or every 2nd, 5th, 10th, ... and the last."""
    if len(places) <= MOST_ROWS:
        return list(places)
    step = next(n * 10**p for p in range(12) for n in (2, 5, 10) if len(places) <= (MOST_ROWS - 1) * n * 10**p)
    return list(dict.fromkeys([*places[::step], places[-1]]))


def plain(value: float) -> str:
    """A number that was chosen rather than measured, as it is: 0.95, 20, 1.18×10⁻³⁸."""
    return to_unicode(f"{value:.4g}")


def spelt(value: float) -> str:
    """A measured number to two significant figures: 0.031, 1.2×10⁻⁸, ∞."""
    if math.isnan(value):
        return say("figure.not_a_number")
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    rounded = f"{value:.{FIGURES - 1}e}"
    power = rounded.partition("e")[2]
    if not -4 <= int(power) <= 5:
        return to_unicode(rounded)
    if value == int(value) and abs(value) < 10**FIGURES:
        return to_unicode(f"{value:.0f}")
    return to_unicode(f"{float(rounded):.{max(0, FIGURES - 1 - int(power))}f}")


def _grid(data: FigureData, header: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Grid:
    """The table, named after the figure and what is marked in it; numbers stand at the right."""
    right: Literal["right"] = "right"
    align: tuple[Literal["left", "right", "centre"], ...] = ("left", *(right for _ in header[1:]))
    marks = "; ".join(f"{mark.label}: {plain(mark.value)}" for mark in data.marks)
    caption = f"{data.title} ({marks})" if marks else data.title
    return Grid(header=tuple(header), rows=tuple(rows), align=align, caption=caption)


def _cell(values: dict[float, float], x: float) -> str:
    return spelt(values[x]) if x in values else _NOTHING
