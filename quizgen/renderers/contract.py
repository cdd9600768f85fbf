"""What a format is: how its files end, how a document becomes bytes, and which files lie beside it."""

from collections.abc import Callable, Mapping
from typing import Final, Literal, Protocol

from quizgen.blocks import Document
from quizgen.values import immutable

PaperSize = Literal["a4", "letter"]


@immutable
class Look:
    """How a document is to look, whatever it says; a format takes from it what it can follow."""

    paper: PaperSize = "a4"
    large_print: bool = False
    pages: int = 0  # at least so many on paper; blank ones follow the last
    language: str = "en"  # of the fixed words
    logo: str = ""  # a picture for the title, as a data address
    template_dir: str = ""  # a folder of page templates that stand in for those of the same name
    fonts: str = ""  # the folder of the font files that pages share, as a page names it; "" for a page that holds them


USUAL: Final = Look()


class Render(Protocol):
    """Draws every block of `quizgen.blocks`; equal documents in equal looks give equal bytes."""

    def __call__(self, document: Document, look: Look = USUAL) -> bytes:
        """The document as one file."""


@immutable
class Renderer:
    """One format.

    ``files_beside`` are what the page refers to, by name: none where it holds everything itself.
    """

    suffix: str  # without a dot: "html"
    render: Render
    files_beside: Callable[[Document], Mapping[str, bytes]]
