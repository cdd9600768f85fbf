"""Vectors as arrows from one origin, with equal units on both axes: lengths and angles are as they are.

The first two values of a curve are a vector's entries. Arrows that lie on each other differ in width: the longest is
the thinnest.
"""

import math
from typing import Final

from quizgen.figures.chart import BOTTOM, DASHES, LABEL_GAP, LABEL_OFFSET, LEFT, PLOT_WIDTH, TOP, PlacedTick
from quizgen.figures.figure import Curve, FigureData
from quizgen.figures.left_out import listed
from quizgen.figures.scales import Scale, Tick, extent, nice_step, spread, ticks_within
from quizgen.figures.writing import COLOURS, LETTER, TICK_LETTER, identify, write
from quizgen.values import immutable
from quizgen.words import joined, say

TALLEST: Final = 300.0
SHORTEST: Final = 90.0
THINNEST, THICKER = 1.7, 1.5  # width of the longest arrow; how much each shorter one is wider
HEAD: Final = 5.5  # half the width of an arrow's head; it is twice as long
ROOM: Final = 0.06  # beyond the outermost tips, as a share of their distance

Point = tuple[float, float]


@immutable
class Arrow:
    """An arrow from the origin to its tip, and its label with the dotted line that leads there."""

    label: str
    label_y: float
    tip: Point
    neck: Point
    barbs: tuple[Point, Point]
    width: float
    number: int
    colour: str
    dash: str


@immutable
class Circle:
    """A length marked around the origin."""

    label: str
    label_y: float
    radius: float


@immutable
class VectorChart:
    """All that the page template writes down."""

    id: str
    title: str
    description: str
    x_label: str
    y_label: str
    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    words_y: float
    label_x: float
    origin: Point
    x_ticks: tuple[PlacedTick, ...]
    y_ticks: tuple[PlacedTick, ...]
    arrows: tuple[Arrow, ...]
    circles: tuple[Circle, ...]


def draw(data: FigureData) -> str:
    """The figure as SVG; a vector that has no length or no end is left out."""
    return write("vectors", lay_out(data))


def describe(data: FigureData) -> str:
    """The description, and the vectors that could not be drawn."""
    missing = [curve.label for curve in data.curves if not _is_drawn(curve)]
    if not missing:
        return data.description
    left_out = say("figure.no_vector", vectors=listed(missing), many=len(missing))
    return joined("list.sentences", (data.description, left_out))


def lay_out(data: FigureData) -> VectorChart:
    """Place ``data``: the plot holds the origin, every tip and every circle."""
    drawn = sorted((curve for curve in data.curves if _is_drawn(curve)), key=lambda curve: -_length(curve))
    marks = [mark for mark in data.marks if mark.axis == "radius" and 0 < mark.value < math.inf]
    reach = [sign * mark.value for mark in marks for sign in (-1, 1)]
    x_low, x_high = _roomy(extent([0.0, *(curve.y[0] for curve in drawn), *reach]))
    y_low, y_high = _roomy(extent([0.0, *(curve.y[1] for curve in drawn), *reach]))
    unit = min(PLOT_WIDTH / (x_high - x_low), TALLEST / (y_high - y_low))
    x_low, x_high = _at_least(SHORTEST / unit, x_low, x_high)
    y_low, y_high = _at_least(SHORTEST / unit, y_low, y_high)
    step = nice_step(0.0, max(x_high - x_low, y_high - y_low), most=6)
    y_ticks = ticks_within(y_low, y_high, step=step)
    left = LEFT + TICK_LETTER * max(0, max(len(tick.text) for tick in y_ticks) - 5)
    right, bottom = left + unit * (x_high - x_low), TOP + unit * (y_high - y_low)
    across, up = (
        Scale(low=x_low, high=x_high, start=left, end=right),
        Scale(low=y_low, high=y_high, start=bottom, end=TOP),
    )
    origin = across(0.0), up(0.0)
    tips = [(across(curve.y[0]), up(curve.y[1])) for curve in drawn]
    radii = [unit * mark.value for mark in marks]
    wanted = [*(y for _, y in tips), *(origin[1] + radius for radius in radii)]
    places = spread(wanted, gap=LABEL_GAP, low=TOP + 8, high=bottom)
    widest = max([*(len(curve.label) for curve in drawn), *(len(mark.label) for mark in marks)], default=0)
    label_x = right + LABEL_OFFSET
    return VectorChart(
        id=identify(data),
        title=data.title,
        description=describe(data),
        x_label=data.x_label,
        y_label=data.y_label,
        width=max(label_x + max(12.0, LETTER * widest), left + LETTER * len(data.y_label)),
        height=max(bottom, max(places, default=0.0)) + BOTTOM,
        left=left,
        top=TOP,
        right=right,
        bottom=bottom,
        words_y=TOP - 14,
        label_x=label_x,
        origin=origin,
        x_ticks=_placed(ticks_within(x_low, x_high, step=step), across),
        y_ticks=_placed(y_ticks, up),
        arrows=tuple(
            _arrow(curve.label, origin, tip, data.curves.index(curve), rank, label_y)
            for rank, (curve, tip, label_y) in enumerate(zip(drawn, tips, places, strict=False))
        ),
        circles=tuple(
            Circle(label=mark.label, label_y=label_y, radius=radius)
            for mark, radius, label_y in zip(marks, radii, places[len(drawn) :], strict=True)
        ),
    )


def _arrow(label: str, origin: Point, tip: Point, index: int, rank: int, label_y: float) -> Arrow:
    """The arrow of the curve ``index``, the ``rank``-th by length; its head stays within the arrow."""
    width = THINNEST + THICKER * rank
    across, down = tip[0] - origin[0], tip[1] - origin[1]
    length = math.hypot(across, down) or 1.0
    half = min(HEAD + width, length / 2)
    along = across / length, down / length
    neck = tip[0] - 2 * half * along[0], tip[1] - 2 * half * along[1]
    return Arrow(
        label=label,
        label_y=label_y,
        tip=tip,
        neck=neck,
        barbs=(
            (neck[0] - half * along[1], neck[1] + half * along[0]),
            (neck[0] + half * along[1], neck[1] - half * along[0]),
        ),
        width=width,
        number=index + 1,
        colour=COLOURS[index % len(COLOURS)],
        dash=DASHES[index % len(DASHES)],
    )


def _placed(ticks: tuple[Tick, ...], scale: Scale) -> tuple[PlacedTick, ...]:
    return tuple(PlacedTick(at=scale(tick.value), text=tick.text) for tick in ticks)


def _roomy(ends: tuple[float, float]) -> tuple[float, float]:
    """A little more on both sides."""
    room = ROOM * (ends[1] - ends[0])
    return ends[0] - room, ends[1] + room


def _at_least(length: float, low: float, high: float) -> tuple[float, float]:
    """``low`` to ``high``, as much longer on both sides as is missing to ``length``."""
    missing = max(0.0, length - (high - low)) / 2
    return low - missing, high + missing


def _length(curve: Curve) -> float:
    return math.hypot(*curve.y[:2])


def _is_drawn(curve: Curve) -> bool:
    return len(curve.y) >= 2 and 0 < _length(curve) < math.inf
