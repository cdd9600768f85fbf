"""Drawings as SVG: one file per kind of figure, each with ``draw`` and ``describe``, and one line in the table."""

from typing import Final

from quizgen.figures import line, semilog
from quizgen.figures.contract import FigureKind
from quizgen.figures.figure import FigureData
from quizgen.registry import Registry

FIGURES: Final = Registry[FigureKind](
    "figure",
    {
        "line": FigureKind(draw=line.draw, describe=line.describe),
        "semilog": FigureKind(draw=semilog.draw, describe=semilog.describe),
    },
)


def draw(data: FigureData) -> str:
    """The figure as SVG.  Raises: UnknownNameError if there is no such kind."""
    return FIGURES[data.kind].draw(data)


def describe(data: FigureData) -> str:
    """The author's description and, in a sentence for each curve, the points that the drawing has no place for."""
    return FIGURES[data.kind].describe(data)
