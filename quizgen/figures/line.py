"""Lines on two linear axes."""

from quizgen.figures.chart import lay_out
from quizgen.figures.figure import FigureData
from quizgen.figures.left_out import complete, if_finite
from quizgen.figures.scales import linear_ticks
from quizgen.figures.writing import write


def draw(data: FigureData) -> str:
    """The figure as SVG; values that are infinite or not a number are left out."""
    return write("chart", lay_out(data, height_of=if_finite, ticks=linear_ticks, description=describe(data)))


def describe(data: FigureData) -> str:
    """The description, with what had to be left out."""
    return complete(data, height_of=if_finite)
