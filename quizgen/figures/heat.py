"""A heat map: a row for each curve, a cell for each of its values, darker for what is larger.

Cells carry their numbers where there is room, and borders are drawn where values cross a marked level, so that nothing
hangs on the shade alone.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from quizgen.figures.chart import LEFT, TOP, PlacedTick
from quizgen.figures.figure import FigureData, Mark
from quizgen.figures.table import plain, spelt
from quizgen.figures.writing import LETTER, TICK_LETTER, identify, write
from quizgen.values import immutable

WIDEST, MOST_NUMBERS = 460.0, 14  # of the cells together; columns, with which there is room for numbers
CELL_HEIGHT: Final = 30.0
BELOW, KEY_LINE = 46.0, 18.0  # room under the cells: for the axis, for each mark's line of explanation
BORDERS: Final = ("", "7 4", "2 3")  # dashes of the borders, in the order of the marks
# From paper to ink: one hue, evenly darker (ColorBrewer, "Blues"), so it prints in grey.
LIGHTEST, DARKEST = (247, 251, 255), (8, 48, 107)
DARK_FROM: Final = 0.65  # where numbers turn white: on both sides they stand out by more than 4.5 to 1
NOTHING: Final = "none"


@immutable
class Cell:
    """One value: its place, its shade, and its number where there is room."""

    left: float
    top: float
    text_x: float
    text_y: float
    fill: str
    text: str
    ink: str


@immutable
class Border:
    """The line between cells on both sides of a mark, and its explanation under the map."""

    path: str
    label: str
    dash: str
    key_y: float


@immutable
class HeatMap:
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
    cell_width: float
    cell_height: float
    cells: tuple[Cell, ...]
    rows: tuple[PlacedTick, ...]
    columns: tuple[PlacedTick, ...]
    borders: tuple[Border, ...]


def draw(data: FigureData) -> str:
    """The figure as SVG; a value that is infinite or not a number leaves its cell blank but for its name."""
    return write("heat", lay_out(data))


def describe(data: FigureData) -> str:
    """The author's description: every cell says what is in it."""
    return data.description


def lay_out(data: FigureData) -> HeatMap:
    """Place ``data``: the first curve is the lowest row, as on an axis."""
    places = sorted({x for curve in data.curves for x in curve.x})
    rows = [dict(zip(curve.x, curve.y, strict=True)) for curve in reversed(data.curves)]
    wide = WIDEST / max(1, len(places))
    left = LEFT - 34 + TICK_LETTER * max((len(curve.label) for curve in data.curves), default=0)
    bottom = TOP + CELL_HEIGHT * len(rows)
    finite = [y for row in rows for y in row.values() if math.isfinite(y)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    values = [[row.get(x, math.nan) for x in places] for row in rows]
    spare = max(1, math.ceil(len(places) / MOST_NUMBERS))
    longest = max((len(mark.label) for mark in data.marks), default=0)
    key = bottom + BELOW
    return HeatMap(
        id=identify(data),
        title=data.title,
        description=describe(data),
        x_label=data.x_label,
        y_label=data.y_label,
        width=max(left + WIDEST + 8, left + 46 + LETTER * longest, LETTER * len(data.y_label)),
        height=key + KEY_LINE * len(data.marks),
        left=left,
        top=TOP,
        right=left + WIDEST,
        bottom=bottom,
        cell_width=wide,
        cell_height=CELL_HEIGHT,
        cells=tuple(
            _cell(value, left + wide * column, TOP + CELL_HEIGHT * row, wide, (low, high), has_room=spare == 1)
            for row, line in enumerate(values)
            for column, value in enumerate(line)
        ),
        rows=tuple(
            PlacedTick(at=TOP + CELL_HEIGHT * (index + 0.5), text=curve.label)
            for index, curve in enumerate(reversed(data.curves))
        ),
        columns=tuple(
            PlacedTick(at=left + wide * (index + 0.5), text=plain(x))
            for index, x in enumerate(places)
            if index % spare == 0
        ),
        borders=tuple(
            Border(
                path=_path(mark, values, places, left, wide),
                label=mark.label,
                dash=BORDERS[index % len(BORDERS)],
                key_y=key + KEY_LINE * index + 4,
            )
            for index, mark in enumerate(data.marks)
        ),
    )


def _cell(value: float, left: float, top: float, wide: float, ends: tuple[float, float], *, has_room: bool) -> Cell:
    fill, ink, text = NOTHING, "currentColor", "" if math.isnan(value) else spelt(value)
    if math.isfinite(value):
        half_width = ends[1] / 2 - ends[0] / 2
        share = (value / 2 - ends[0] / 2) / half_width if half_width > 0 else 0.0
        fill = "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in zip(LIGHTEST, DARKEST, strict=True))
        ink = "#ffffff" if share > DARK_FROM else "#000000"
        text = text if has_room else ""
    return Cell(
        left=left,
        top=top,
        text_x=left + wide / 2,
        text_y=top + CELL_HEIGHT / 2 + 4.3,
        fill=fill,
        text=text,
        ink=ink,
    )


def _path(mark: Mark, values: Sequence[Sequence[float]], places: Sequence[float], left: float, wide: float) -> str:
    """Where the cells lie on different sides of ``mark``: a level of the values, or a place along the columns."""
    steps = _at_level(mark.value, values) if mark.axis == "level" else _at_column(mark.value, places, len(values))
    return "".join(
        f"M{left + wide * x1:.1f} {TOP + CELL_HEIGHT * y1:.1f}L{left + wide * x2:.1f} {TOP + CELL_HEIGHT * y2:.1f}"
        for x1, y1, x2, y2 in steps
    )


def _at_level(level: float, values: Sequence[Sequence[float]]) -> Iterator[tuple[int, int, int, int]]:
    """The edges of cells between a value below ``level`` and one that is not, in columns and rows."""
    for row, line in enumerate(values):
        for column, (a, b) in enumerate(pairwise(line), start=1):
            if (a < level) != (b < level):
                yield column, row, column, row + 1
    for row, (upper, lower) in enumerate(pairwise(values), start=1):
        for column, (a, b) in enumerate(zip(upper, lower, strict=True)):
            if (a < level) != (b < level):
                yield column, row, column + 1, row


def _at_column(place: float, places: Sequence[float], rows: int) -> Iterator[tuple[float, int, float, int]]:
    """A vertical line at ``place``, between the middles of the columns on both sides."""
    for index, (a, b) in enumerate(pairwise(places)):
        if a <= place <= b:
            at = index + 0.5 + (place - a) / (b - a)
            yield at, 0, at, rows
            return
