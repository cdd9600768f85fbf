"""A chart of labelled lines, laid out as values: where the frame, the ticks, the lines and their labels stand.

Kinds of figure bring the ticks and say which points can be drawn; the page template only writes down what stands here.
Lengths are in the units of the drawing's view box, y downwards.
"""

import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from quizgen.figures.figure import Curve, FigureData
from quizgen.figures.scales import Scale, Tick, extent, linear_ticks, spread
from quizgen.pages import page_environment

PLOT_WIDTH, PLOT_HEIGHT = 340.0, 220.0
TOP, BOTTOM, LEFT = 30.0, 46.0, 54.0
LABEL_GAP, LABEL_OFFSET = 18.0, 16.0
LETTER, TICK_LETTER = 7.2, 6.6  # mean widths of a letter in a label, in a tick

# Okabe and Ito (2008), "Color Universal Design", without the yellow, which is lost on white paper.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#56708c")
DASHES = ("", "8 4", "2 3.5", "11 3.5 2 3.5", "16 5", "5 2.5", "2 6")

_PAGES: Final = page_environment()


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
    x_ticks: tuple[PlacedTick, ...]
    y_ticks: tuple[PlacedTick, ...]
    lines: tuple[PlacedLine, ...]
    label_x: float


def lay_out(
    data: FigureData,
    *,
    height_of: Callable[[float], float | None],
    ticks: Callable[[float, float], tuple[Tick, ...]],
    description: str,
) -> Chart:
    """Place ``data``; ``height_of`` a value is what the y axis measures (a logarithm, say), None where it has no place.

    The y axis reaches from its first tick to its last, the x axis over all points, those without a place too. Labels
    are spread so that none overlap: the plot grows where they need more room than it has.
    """
    drawable = [(index, curve, runs) for index, curve in enumerate(data.curves) if (runs := _runs(curve, height_of))]
    y_marks = ticks(*extent(y for _, _, runs in drawable for run in runs for _, y in run))
    left = LEFT + TICK_LETTER * max(0, max(len(tick.text) for tick in y_marks) - 5)
    right, bottom = left + PLOT_WIDTH, TOP + max(PLOT_HEIGHT, LABEL_GAP * len(drawable))
    x_low, x_high = extent(x for curve in data.curves for x in curve.x)
    across = Scale(low=x_low, high=x_high, start=left, end=right)
    up = Scale(low=y_marks[0].value, high=y_marks[-1].value, start=bottom, end=TOP)
    placed = [tuple(tuple((across(x), up(y)) for x, y in run) for run in runs) for _, _, runs in drawable]
    label_places = spread([runs[-1][-1][1] for runs in placed], gap=LABEL_GAP, low=TOP, high=bottom)
    widest = max((len(curve.label) for _, curve, _ in drawable), default=0)
    return Chart(
        id=identify(data),
        title=data.title,
        description=description,
        x_label=data.x_label,
        y_label=data.y_label,
        width=right + LABEL_OFFSET + max(12.0, LETTER * widest),
        height=bottom + BOTTOM,
        left=left,
        top=TOP,
        right=right,
        bottom=bottom,
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
            for (index, curve, _), runs, label_y in zip(drawable, placed, label_places, strict=True)
        ),
        label_x=right + LABEL_OFFSET,
    )


def write(chart: Chart) -> str:
    """The chart as SVG."""
    return _PAGES.get_template("svg/chart.svg.jinja").render(chart=chart)


def identify(data: FigureData) -> str:
    """An id that equal figures share, and no others on a page."""
    return "figure-" + hashlib.sha256(repr(data).encode()).hexdigest()[:12]


def _runs(curve: Curve, height_of: Callable[[float], float | None]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The points of ``curve`` that have a place, as runs between those that have none."""
    heights = [(x, height_of(y)) for x, y in zip(curve.x, curve.y, strict=True)]
    runs = itertools.groupby(heights, key=lambda point: point[1] is not None)
    return tuple(tuple((x, y) for x, y in run if y is not None) for has_place, run in runs if has_place)


def _doubled(run: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """A run of one point as a line of no length, which a round cap turns into a dot."""
    return run * 2 if len(run) == 1 else run
