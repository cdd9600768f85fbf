"""A chart of labelled lines, laid out as values: where the frame, the ticks, the lines and their labels stand.

Kinds of figure bring the ticks and say which points can be drawn; the page template only writes down what stands here.
Lengths are in the units of the drawing's view box, y downwards.
"""

from collections.abc import Callable, Iterator

import numpy as np

from quizgen.figures.figure import Curve, FigureData, FloatArray
from quizgen.figures.left_out import Heights
from quizgen.figures.polyline import shorten
from quizgen.figures.scales import Scale, Tick, extent, linear_ticks, spread
from quizgen.figures.writing import COLOURS, LETTER, TICK_LETTER, identify
from quizgen.values import immutable

PLOT_WIDTH, PLOT_HEIGHT = 340.0, 220.0
TOP, BOTTOM, LEFT = 30.0, 46.0, 54.0
LABEL_GAP, LABEL_OFFSET, POST_GAP = 18.0, 16.0, 17.0
DASHES = ("", "8 4", "2 3.5", "11 3.5 2 3.5", "16 5", "5 2.5", "2 6")


@immutable
class PlacedTick:
    """A tick with its place along its axis."""

    at: float
    text: str


@immutable
class PlacedLine:
    """A line as runs of points without a break, and its label at ``label_y`` with the point that it belongs to.

    Shapes: of each of ``runs`` (points, 2).
    """

    label: str
    runs: tuple[FloatArray, ...]
    label_y: float
    colour: str
    dash: str

    @property
    def dash_in_tenths(self) -> str:
        """The dashes of the line, as long in its path's tenths."""
        return " ".join(f"{10 * float(length):g}" for length in self.dash.split())

    @property
    def end(self) -> tuple[float, float]:
        """The last point that is drawn."""
        x, y = self.runs[-1][-1].tolist()
        return x, y

    @property
    def path(self) -> str:
        """The runs as commands of an SVG path, in tenths; a run of one point has no length: a round cap makes a dot."""
        return "".join(map(_commands, self.runs))


@immutable
class PlacedLevel:
    """A horizontal line across the plot, with its label beside it."""

    at: float
    label: str
    label_y: float


@immutable
class PlacedPost:
    """A vertical line through the plot, its label above, and rings around the points that stand on it."""

    at: float
    label: str
    label_y: float
    anchor: str
    rings: tuple[float, ...]


@immutable
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
    height_of: Heights,
    ticks: Callable[[float, float], tuple[Tick, ...]],
    description: str,
) -> Chart:
    """Place ``data``; ``height_of`` a value is what the y axis measures (a logarithm, say), NaN where it has no place.

    The y axis reaches from its first tick to its last, the x axis over all points, those without a place too. A level
    that is marked widens the y axis. Labels are spread so that none overlap: the plot grows where they need more room
    than it has.
    """
    measured = [_points(curve, height_of) for curve in data.curves]
    drawable = [(index, points) for index, points in enumerate(measured) if not np.isnan(points[:, 1]).all()]
    level_marks = [mark for mark in data.marks if mark.axis == "y"]
    level_heights = height_of(np.array([mark.value for mark in level_marks])).tolist()
    levels = [(m.label, h) for m, h in zip(level_marks, level_heights, strict=True) if not np.isnan(h)]
    x_low, x_high = extent(x for points in measured if len(points) for x in _ends(points[:, 0]))
    posts = [mark for mark in data.marks if mark.axis == "x" and x_low <= mark.value <= x_high]
    heights = [y for _, points in drawable for y in _ends(points[:, 1])]
    y_marks = ticks(*extent([*heights, *(height for _, height in levels)]))
    left = LEFT + TICK_LETTER * max(0, max(len(tick.text) for tick in y_marks) - 5)
    top = TOP + POST_GAP * len(posts)
    right, bottom = left + PLOT_WIDTH, top + max(PLOT_HEIGHT, LABEL_GAP * (len(drawable) + len(levels)))
    across = Scale(low=x_low, high=x_high, start=left, end=right)
    up = Scale(low=y_marks[0].value, high=y_marks[-1].value, start=bottom, end=top)
    placed = [_runs(np.stack([across(points[:, 0]), up(points[:, 1])], axis=1)) for _, points in drawable]
    wanted = [*(float(runs[-1][-1, 1]) for runs in placed), *(up(height) for _, height in levels)]
    label_places = spread(wanted, gap=LABEL_GAP, low=top, high=bottom)
    widest = max(
        [*(len(data.curves[index].label) for index, _ in drawable), *(len(label) for label, _ in levels)], default=0
    )
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
                label=data.curves[index].label,
                runs=runs,
                label_y=label_y,
                colour=COLOURS[index % len(COLOURS)],
                dash=DASHES[index % len(DASHES)],
            )
            for (index, _), runs, label_y in zip(drawable, placed, label_places, strict=False)
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
                rings=tuple(up(y) for _, points in drawable for y in _heights_at(mark.value, points)),
            )
            for row, mark in enumerate(posts)
        ),
    )


def _points(curve: Curve, height_of: Heights) -> FloatArray:
    """The points of ``curve`` with their heights, shape (points, 2)."""
    points = np.array([curve.x, curve.y]).T
    points[:, 1] = height_of(points[:, 1])
    return points


def _ends(values: FloatArray) -> tuple[float, float]:
    """The least and the greatest of ``values``, of which one at least is a number."""
    return float(np.fmin.reduce(values)), float(np.fmax.reduce(values))


def _heights_at(place: float, points: FloatArray) -> Iterator[float]:
    """The heights of the points that stand at ``place`` exactly."""
    found = points[points[:, 0] == place, 1]
    yield from found[~np.isnan(found)].tolist()


def _runs(points: FloatArray) -> tuple[FloatArray, ...]:
    """The points that have a place, as runs between those that have none, without what cannot be seen."""
    gaps = np.flatnonzero(np.isnan(points[:, 1]))
    between = zip([-1, *gaps.tolist()], [*gaps.tolist(), len(points)], strict=True)
    return tuple(shorten(points[start + 1 : end]) for start, end in between if end > start + 1)


def _commands(run: FloatArray) -> str:
    """A run as commands of a path, in tenths: thousands of whole numbers are written sooner than fractions."""
    drawn = run if len(run) > 1 else np.repeat(run, 2, axis=0)
    return ("L%d %d" * len(drawn) % tuple(np.rint(10 * drawn).astype(int).ravel().tolist())).replace("L", "M", 1)
