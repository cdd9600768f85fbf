"""Fewer points for the same line: what is closer together than a printer or a screen can show is left out.

Both steps say how far the new line is from the old one at most, in the units of the drawing, where a line is 2 wide.
"""

from typing import Final

import numpy as np

from quizgen.figures.figure import FloatArray

FEW: Final = 100  # so many are quickly drawn
WORTHWHILE: Final = 0.2  # of the points that a round looks at: what must go, or there is no further round
COLUMN: Final = 1.0  # of points in a stretch this wide, the first, the last, the lowest and the highest are kept
TOLERANCE: Final = 0.25  # a point is left out where the line without it passes this close above or below it


def shorten(points: FloatArray) -> FloatArray:
    """The points that are needed to draw the same line, the first and the last among them.

    Shapes: (n, 2) -> (m, 2), x and y of each point.  The new line is within `TOLERANCE` of the old one, up or down;
    where points are so dense that columns of them are thinned, also within `COLUMN` across.  A line that turns back or
    stands upright is left as it is.
    """
    if len(points) <= FEW or (np.diff(points[:, 0]) <= 0).any():
        return points
    return _without_the_straight(_by_column(points))


def _by_column(points: FloatArray) -> FloatArray:
    """At most four points of each column: between them the line goes through all heights that it went through."""
    x, y = points.T
    if len(x) < 4 * (x[-1] - x[0]) / COLUMN:
        return points
    column = np.floor((x - x[0]) / COLUMN)
    first = np.flatnonzero(np.diff(column, prepend=-1.0))
    last = np.append(first[1:], len(x)) - 1
    by_height = np.lexsort((y, column))
    kept: FloatArray = points[np.unique(np.concatenate([first, last, by_height[first], by_height[last]]))]
    return kept


def _without_the_straight(points: FloatArray) -> FloatArray:
    """Every second point goes where it lies close to the line between its neighbours, and so again with those left.

    Each stretch remembers how far it may be from the old line by now, so that all rounds together keep the tolerance.
    """
    x, y = points.T
    off = np.zeros(len(x))  # of the stretch that begins at each point
    before, at, after = slice(None, -2, 2), slice(1, -1, 2), slice(2, None, 2)
    while len(x) > FEW:
        share = (x[at] - x[before]) / (x[after] - x[before])
        joined = np.maximum(off[before], off[at]) + np.abs(y[before] + share * (y[after] - y[before]) - y[at])
        goes = joined <= TOLERANCE
        off[before] = np.where(goes, joined, off[before])
        kept = np.ones(len(x), dtype=bool)
        kept[at] = ~goes
        x, y, off = x[kept], y[kept], off[kept]
        if np.count_nonzero(goes) < WORTHWHILE * len(goes):
            break
    return np.stack([x, y], axis=1)
