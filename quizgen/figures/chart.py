"""A chart of labelled lines, laid out as values: where the frame, the ticks, the lines and their labels stand.

Kinds of figure bring the ticks and say which points can be drawn; the page template only writes down what stands here.
Lengths are in the units of the drawing's view box, y downwards.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quizgen.figures.figure import Curve, FigureData
from quizgen.figures.scales import Scale, Tick, extent, linear_ticks, spread
from quizgen.figures.writing import COLOURS, LETTER, TICK_LETTER, identify

PLOT_WIDTH, PLOT_HEIGHT = 340.0, 220.0
TOP, BOTTOM, LEFT = 30.0, 46.0, 54.0
LABEL_GAP, LABEL_OFFSET, POST_GAP = 18.0, 16.0, 17.0
MOST_POINTS = 240  # of a line: more are closer to each other than can be seen
DASHES = ("", "8 4", "2 3.5", "11 3.5 2 3.5", "16 5", "5 2.5", "2 6")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTick:
    """A tick with its place along its axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """A line as runs of points without a break, and its label at ``label_y`` with the point that it belongs to."""

    label: str
    runs: tuple[tuple[tuple[float, float], ...], ...]
    label_y: float
    colour: str
    dash: str

    @property
    def end(self) -> tuple[float, float]:
        """The last point that is drawn."""
        return self.runs[-1][-1]

    @property
    def path(self) -> str:
        """The runs as the commands of an SVG path."""
        return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in _doubled(run)) for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLevel:
    """A horizontal line across the plot, with its label beside it."""

    at: float
    label: str
    label_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPost:
    """A vertical line through the plot, its label above, and rings around the points that stand on it."""

    at: float
    label: str
    label_y: float
    anchor: str
    rings: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
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
    x_ticks: tuple[PlacedTick, ...]
    y_ticks: tuple[PlacedTick, ...]
    lines: tuple[PlacedLine, ...]
    label_x: float
    levels: tuple[PlacedLevel, ...] = ()
    posts: tuple[PlacedPost, ...] = ()


def lay_out(
    data: FigureData,
    *,
    height_of: Callable[[float], float | None],
    ticks: Callable[[float, float], tuple[Tick, ...]],
    description: str,
) -> Chart:
    """Place ``data``; ``height_of`` a value is what the y axis measures (a logarithm, say), None where it has no place.

    The y axis reaches from its first tick to its last, the x axis over all points, those without a place too. A level
    that is marked widens the y axis. Labels are spread so that none overlap: the plot grows where they need more room
    than it has.
    """
    drawable = [(index, curve, runs) for index, curve in enumerate(data.curves) if (runs := _runs(curve, height_of))]
    levels = [(m.label, h) for m in data.marks if m.axis == "y" and (h := height_of(m.value)) is not None]
    x_low, x_high = extent(x for curve in data.curves for x in curve.x)
    posts = [mark for mark in data.marks if mark.axis == "x" and x_low <= mark.value <= x_high]
    heights = [y for _, _, runs in drawable for run in runs for _, y in run]
    y_marks = ticks(*extent([*heights, *(height for _, height in levels)]))
    left = LEFT + TICK_LETTER * max(0, max(len(tick.text) for tick in y_marks) - 5)
    top = TOP + POST_GAP * len(posts)
    right, bottom = left + PLOT_WIDTH, top + max(PLOT_HEIGHT, LABEL_GAP * (len(drawable) + len(levels)))
    across = Scale(low=x_low, high=x_high, start=left, end=right)
    up = Scale(low=y_marks[0].value, high=y_marks[-1].value, start=bottom, end=top)
    placed = [tuple(tuple((across(x), up(y)) for x, y in run) for run in runs) for _, _, runs in drawable]
    wanted = [*(runs[-1][-1][1] for runs in placed), *(up(height) for _, height in levels)]
    label_places = spread(wanted, gap=LABEL_GAP, low=top, high=bottom)
    widest = max([*(len(curve.label) for _, curve, _ in drawable), *(len(label) for label, _ in levels)], default=0)
    return Chart(
        id=identify(data),
        title=data.title,
        description=description,
        x_label=data.x_label,
        y_label=data.y_label,
        width=right + LABEL_OFFSET + max(12.0, LETTER * widest),
        height=bottom + BOTTOM,
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        words_y=TOP - 14,
        x_ticks=tuple(
            PlacedTick(at=across(tick.value), text=tick.text)
            for tick in linear_ticks(x_low, x_high, most=6)
            if x_low <= tick.value <= x_high
        ),
        y_ticks=tuple(PlacedTick(at=up(tick.value), text=tick.text) for tick in y_marks),
        lines=tuple(
            PlacedLine(
                label=curve.label,
                runs=runs,
                label_y=label_y,
                colour=COLOURS[index % len(COLOURS)],
                dash=DASHES[index % len(DASHES)],
            )
            for (index, curve, _), runs, label_y in zip(drawable, placed, label_places, strict=False)
        ),
        label_x=right + LABEL_OFFSET,
        levels=tuple(
            PlacedLevel(at=up(height), label=label, label_y=label_y)
            for (label, height), label_y in zip(levels, label_places[len(drawable) :], strict=True)
        ),
        posts=tuple(
            PlacedPost(
                at=across(mark.value),
                label=mark.label,
                label_y=top - 6 - POST_GAP * (len(posts) - 1 - row),
                anchor="end" if mark.value > (x_low / 2 + x_high / 2) else "start",
                rings=tuple(y for runs in placed for run in runs for x, y in run if x == across(mark.value)),
            )
            for row, mark in enumerate(posts)
        ),
    )


def _runs(curve: Curve, height_of: Callable[[float], float | None]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The points of ``curve`` that have a place, as runs between those that have none."""
    heights = [(x, height_of(y)) for x, y in zip(curve.x, curve.y, strict=True)]
    runs = itertools.groupby(heights, key=lambda point: point[1] is not None)
    return tuple(_thinned([(x, y) for x, y in run if y is not None]) for has_place, run in runs if has_place)


def _thinned(run: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """At most about `MOST_POINTS` points that draw the same: of each stretch the ends, the lowest and the highest."""
    if len(run) <= MOST_POINTS:
        return tuple(run)
    stretch = math.ceil(4 * len(run) / MOST_POINTS)
    kept: list[tuple[float, float]] = []
    for start in range(0, len(run), stretch):
        part = run[start : start + stretch]
        heights = [y for _, y in part]
        places = {0, len(part) - 1, heights.index(min(heights)), heights.index(max(heights))}
        kept += [part[place] for place in sorted(places)]
    return tuple(kept)


def _doubled(run: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """A run of one point as a line of no length, which a round cap turns into a dot."""
    return run * 2 if len(run) == 1 else run
