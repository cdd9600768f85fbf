"""From a drawing's fields to SVG: the page templates in ``templates/svg`` only write down what stands there."""

import hashlib
import struct
from dataclasses import replace
from functools import cache
from typing import Final, Protocol

from jinja2 import Template

from quizgen.figures.figure import FigureData
from quizgen.pages import page_environment

# Okabe and Ito (2008), "Color Universal Design", without the yellow, which is lost on white paper.
COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#56708c")
LETTER, TICK_LETTER = 7.2, 6.6  # mean widths of a letter in a label, in a tick


class Drawing(Protocol):
    """What the head of every figure is written from."""

    @property
    def id(self) -> str:
        """What the title and the description are referred to by."""
        ...

    @property
    def title(self) -> str:
        """The title."""
        ...

    @property
    def description(self) -> str:
        """What replaces the drawing for those who cannot see it."""
        ...

    @property
    def width(self) -> float:
        """The width of the view box."""
        ...

    @property
    def height(self) -> float:
        """The height of the view box."""
        ...


def write(template: str, drawing: Drawing) -> str:
    """A drawing as SVG, by the page template of this name."""
    return _page(template).render(chart=drawing)


def identify(data: FigureData) -> str:
    """An id that equal figures share, and no others on a page."""
    words = replace(data, curves=tuple(replace(curve, x=(), y=()) for curve in data.curves))
    found = hashlib.sha256(repr(words).encode())
    for curve in data.curves:
        for values in (curve.x, curve.y):
            found.update(struct.pack(f"<q{len(values)}d", len(values), *values))
    return "figure-" + found.hexdigest()[:12]


def _length(value: float) -> str:
    return f"{value:.1f}"


_PAGES: Final = page_environment({"n": _length})


@cache
def _page(template: str) -> Template:
    return _PAGES.get_template(f"svg/{template}.svg.jinja")
