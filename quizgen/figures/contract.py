"""What a kind of figure is: how it is drawn, told to those who cannot see it, and written down as a table."""

from collections.abc import Callable

from quizgen.blocks import Grid
from quizgen.figures.figure import FigureData, Mark
from quizgen.values import immutable


@immutable
class FigureKind:
    """One kind of figure, and the axes of `Mark` that it knows.

    ``draw`` gives SVG, the same bytes for equal data; ``describe`` adds what the drawing leaves out; ``tabulate`` gives
    the numbers, as exactly as a drawing can be read.
    """

    draw: Callable[[FigureData], str]
    describe: Callable[[FigureData], str]
    tabulate: Callable[[FigureData], Grid]
    marks: frozenset[str]

    def knows(self, mark: Mark) -> bool:
        """Whether a figure of this kind can show ``mark``."""
        return mark.axis in self.marks
