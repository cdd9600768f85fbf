"""Drawings as SVG: one file per kind of figure and one line in the table."""

from typing import Final

from quizgen.blocks import Grid
from quizgen.figures import bar, heat, line, semilog, table, vectors
from quizgen.figures.contract import FigureKind
from quizgen.figures.figure import FigureData
from quizgen.registry import Registry

_LINES: Final = frozenset({"x", "y"})
_CELLS: Final = frozenset({"x", "level"})

FIGURES: Final = Registry[FigureKind](
    "figure",
    {
        "line": FigureKind(draw=line.draw, describe=line.describe, tabulate=table.by_point, marks=_LINES),
        "semilog": FigureKind(draw=semilog.draw, describe=semilog.describe, tabulate=table.by_point, marks=_LINES),
        "bar": FigureKind(draw=bar.draw, describe=bar.describe, tabulate=table.by_point, marks=frozenset({"x"})),
        "vectors": FigureKind(
            draw=vectors.draw, describe=vectors.describe, tabulate=table.by_vector, marks=frozenset({"radius"})
        ),
        "heat": FigureKind(draw=heat.draw, describe=heat.describe, tabulate=table.by_row, marks=_CELLS),
    },
)


def draw(data: FigureData) -> str:
    """The figure as SVG.  Raises: UnknownNameError if there is no such kind."""
    return FIGURES[data.kind].draw(data)


def describe(data: FigureData) -> str:
    """The author's description and, in a sentence for each curve, the points that the drawing has no place for."""
    return FIGURES[data.kind].describe(data)


def tabulate(data: FigureData) -> Grid:
    """The numbers behind the figure, as exactly as the drawing can be read."""
    return FIGURES[data.kind].tabulate(data)
