"""What a figure shows, before it is drawn: enough to draw it again, in any size, without the simulation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One labelled line: y over x, equally long."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureData:
    """A figure's kind (a name in `quizgen.figures.FIGURES`), its words, and its numbers."""

    kind: str
    title: str
    description: str
    x_label: str
    y_label: str
    curves: tuple[Curve, ...]
