"""What a figure shows, before it is drawn: enough to draw it again, in any size, without the simulation."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from quizgen.values import immutable

FloatArray = NDArray[np.float64]


@immutable
class Curve:
    """One labelled line: y over x, equally long."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@immutable
class Mark:
    """A value that the reader should see among the measurements: a limit, a threshold, an update.

    ``axis`` says where it lies: ``y`` is a horizontal line, ``x`` a vertical one through the points that stand there,
    ``radius`` a circle around the origin (vectors), ``level`` the border between cells on both sides of it (heat map).
    """

    axis: Literal["x", "y", "radius", "level"]
    value: float
    label: str


@immutable
class FigureData:
    """A figure's kind (a name in `quizgen.figures.FIGURES`), its words, its numbers and its marks."""

    kind: str
    title: str
    description: str
    x_label: str
    y_label: str
    curves: tuple[Curve, ...]
    marks: tuple[Mark, ...] = ()
