"""Lines on a logarithmic y axis: what shrinks or grows by the same factor at every lag is straight."""

import numpy as np

from quizgen.figures.chart import lay_out
from quizgen.figures.figure import FigureData, FloatArray
from quizgen.figures.left_out import complete
from quizgen.figures.scales import decade_ticks
from quizgen.figures.writing import write


def draw(data: FigureData) -> str:
    """The figure as SVG; what has no logarithm (0, above all) is left out."""
    return write("chart", lay_out(data, height_of=_exponent, ticks=decade_ticks, description=describe(data)))


def describe(data: FigureData) -> str:
    """The description, with what had to be left out."""
    return complete(data, height_of=_exponent)


def _exponent(values: FloatArray) -> FloatArray:
    """The decimal logarithm of what has one, NaN for the rest."""
    has_one = np.isfinite(values) & (values > 0)
    return np.log10(values, out=np.full_like(values, np.nan), where=has_one)
