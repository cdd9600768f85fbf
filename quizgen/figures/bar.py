"""Bars: how often a value was met in each bin, one panel below the other for each curve, all to one scale.

Panels rather than bars side by side: each stands under its own label, so they are told apart without colour or a key.
"""

import math
from itertools import pairwise
from typing import Final

from quizgen.figures.chart import BOTTOM, LABEL_OFFSET, LEFT, PLOT_WIDTH, TOP, PlacedTick
from quizgen.figures.figure import Curve, FigureData
from quizgen.figures.left_out import complete, if_finite
from quizgen.figures.scales import Scale, extent, linear_ticks, nice_step, ticks_within
from quizgen.figures.writing import COLOURS, LETTER, TICK_LETTER, identify, write
from quizgen.values import immutable

PANEL_GAP: Final = 16.0
LEAST_PANEL, ALL_PANELS = 64.0, 210.0  # heights: of one, and of all together where they fit
BAR_SHARE: Final = 0.86  # of the room between two bars


@immutable
class Bar:
    """A bar from ``top`` down to the base line of its panel."""

    left: float
    top: float
    width: float
    height: float


@immutable
class Panel:
    """The bars of one curve over a base line, with its own ticks and its label at the right."""

    label: str
    label_y: float
    top: float
    base: float
    colour: str
    bars: tuple[Bar, ...]
    y_ticks: tuple[PlacedTick, ...]


@immutable
class BarChart:
    """All that the page template writes down."""

    id: str
    title: str
    description: str
    x_label: str
    y_label: str
    width: float
    height: float
    left: float
    right: float
    bottom: float
    label_x: float
    panels: tuple[Panel, ...]
    x_ticks: tuple[PlacedTick, ...]
    posts: tuple[PlacedTick, ...]


def draw(data: FigureData) -> str:
    """The figure as SVG; values that are infinite or not a number have no bar."""
    return write("bars", lay_out(data))


def describe(data: FigureData) -> str:
    """The description, with what had to be left out."""
    return complete(data, height_of=if_finite)


def lay_out(data: FigureData) -> BarChart:
    """Place ``data``: all panels reach from 0 (or the least value below it) to the largest value of all."""
    low, high = extent([0.0, *(y for curve in data.curves for y in curve.y if math.isfinite(y))])
    marks = ticks_within(low, high, step=nice_step(low, high, most=3))
    left = LEFT + TICK_LETTER * max(0, max((len(tick.text) for tick in marks), default=0) - 5)
    right = left + PLOT_WIDTH
    tall = max(LEAST_PANEL, (ALL_PANELS - PANEL_GAP * (len(data.curves) - 1)) / max(1, len(data.curves)))
    places = sorted({x for curve in data.curves for x in curve.x})
    room = min((b - a for a, b in pairwise(places)), default=1.0)
    x_low, x_high = (places[0] - room / 2, places[-1] + room / 2) if places else (0.0, 1.0)
    across = Scale(low=x_low, high=x_high, start=left, end=right)
    posts = [mark for mark in data.marks if mark.axis == "x" and x_low <= mark.value <= x_high]
    top = TOP + (17.0 if posts else 0.0)
    panels = []
    for index, curve in enumerate(data.curves):
        start = top + index * (tall + PANEL_GAP)
        up = Scale(low=low, high=high, start=start + tall, end=start)
        panels.append(
            Panel(
                label=curve.label,
                label_y=start + tall / 2 + 4.5,
                top=start,
                base=up(0.0),
                colour=COLOURS[index % len(COLOURS)],
                bars=_bars(curve, across, up, BAR_SHARE * (across(x_low + room) - left)),
                y_ticks=tuple(PlacedTick(at=up(tick.value), text=tick.text) for tick in marks),
            )
        )
    bottom = top + len(panels) * (tall + PANEL_GAP) - PANEL_GAP
    widest = max((len(curve.label) for curve in data.curves), default=0)
    return BarChart(
        id=identify(data),
        title=data.title,
        description=describe(data),
        x_label=data.x_label,
        y_label=data.y_label,
        width=right + LABEL_OFFSET + max(12.0, LETTER * widest),
        height=bottom + BOTTOM,
        left=left,
        right=right,
        bottom=bottom,
        label_x=right + LABEL_OFFSET,
        panels=tuple(panels),
        x_ticks=tuple(
            PlacedTick(at=across(tick.value), text=tick.text)
            for tick in linear_ticks(x_low, x_high, most=6)
            if x_low <= tick.value <= x_high
        ),
        posts=tuple(PlacedTick(at=across(mark.value), text=mark.label) for mark in posts),
    )


def _bars(curve: Curve, across: Scale, up: Scale, width: float) -> tuple[Bar, ...]:
    found = []
    for x, y in zip(curve.x, curve.y, strict=True):
        if math.isfinite(y):
            ends = sorted((up(y), up(0.0)))
            found.append(Bar(left=across(x) - width / 2, top=ends[0], width=width, height=ends[1] - ends[0]))
    return tuple(found)
