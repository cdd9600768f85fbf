"""What a kind of figure is: how it is drawn, and how it is described to those who cannot see it."""

from collections.abc import Callable
from dataclasses import dataclass

from quizgen.figures.figure import FigureData


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKind:
    """One kind. ``draw`` gives SVG, the same bytes for equal data; ``describe`` adds what the drawing leaves out."""

    draw: Callable[[FigureData], str]
    describe: Callable[[FigureData], str]
