"""What a format is: how its files end, how a document becomes bytes, and which files lie beside it."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, Literal

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


@immutable
class Renderer:
    """One format, drawn by a module of its own, which is imported when a document is first drawn."""

    suffix: str  # without a dot: "html"
    module: str  # its functions `render` and `files_beside` do what is said below

    def render(self, document: Document, look: Look = USUAL) -> bytes:
        """The document as one file, with every block of `quizgen.blocks`; equal bytes for equal documents and looks."""
        made: bytes = self._drawing.render(document, look)
        return made

    def files_beside(self, document: Document) -> Mapping[str, bytes]:
        """What the page refers to, by name: none where it holds everything itself."""
        found: Mapping[str, bytes] = self._drawing.files_beside(document)
        return found

    @property
    def _drawing(self) -> Any:
        return import_module(self.module)
