"""Documents as PDF: tagged, bookmarked, equal bytes for equal documents. Needs the extra ``pdf``, which is Typst.

The compiler and the fonts that it brings are made once for a process; a page takes milliseconds after that.
"""

import re
from collections.abc import Mapping
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

from quizgen.blocks import Document
from quizgen.documents.cheat_sheet import KIND as CHEAT_SHEET
from quizgen.errors import QuizgenError, UsageError
from quizgen.renderers.contract import USUAL, Look
from quizgen.renderers.typst import place, program, to_json

if TYPE_CHECKING:
    from typst import Compiler

FILLED: Final = (1.95, 1.85, 1.65)  # of the two columns of a cheat sheet: how much of them it is tried to fill
Standard = Literal["ua-1"]  # PDF/UA-1: all that is drawn can be read aloud

_ONE_AT_A_TIME: Final = Lock()  # a compiler refuses a second thread; it uses all processors by itself
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")
_LINE: Final = re.compile(r"\.typ:(?P<line>\d+):")
_LACKS_LETTERS: Final = "could not be displayed"  # what Typst says of a text that no font of it can show


def render(document: Document, look: Look = USUAL) -> bytes:
    """The document as one PDF; equal documents in equal looks give equal bytes.

    Letters that Typst's own fonts lack come from the machine's; where those lack them too they are drawn as boxes, and
    the file does not claim to follow PDF/UA.

    Raises: UsageError if Typst is not installed; QuizgenError if it refuses the page: for a drawing that is no SVG, or
    a page template of somebody's own that is at fault.
    """
    own = look.template_dir
    try:
        is_sheet = document.kind == CHEAT_SHEET
        made = _cheat_sheet(document, look) if is_sheet else _readable(program(own), to_json(document, look))
        missing = look.pages - page_count(made)
        return made if missing <= 0 else _readable(program(own), to_json(document, look, blank_pages=missing))
    except RuntimeError as error:
        raise _refusal(document, error, own) from error


def _cheat_sheet(document: Document, look: Look) -> bytes:
    """As large as one page allows: what its columns leave at their feet is only known once it is set."""
    for columns in (*FILLED, 0.0):
        made = _readable(program(look.template_dir), to_json(document, look, columns=columns))
        if page_count(made) == 1:
            break
    return made


def _refusal(document: Document, error: RuntimeError, own: str) -> QuizgenError:
    """What Typst has against a page; where it is against a page template in the folder ``own``, at its place."""
    found = _LINE.search(getattr(error, "diagnostic", ""))
    where = place(int(found["line"]), own) if own and found else ""
    if where and where.startswith(own):
        return QuizgenError(f"{where}: {error}", hint="mend this page template, or take it away")
    return QuizgenError(f"{document.title}: Typst cannot set this page: {error}")


def _readable(source: bytes, said: str) -> bytes:
    """What is said, as PDF/UA if there is a font with all its letters.  Raises: RuntimeError if it cannot be set."""
    for machine_fonts in (False, True):
        try:
            return _pdf(_compiler(machine_fonts=machine_fonts), source, said, ["ua-1"])
        except RuntimeError as error:
            if _LACKS_LETTERS not in str(error):
                raise
    return _pdf(_compiler(machine_fonts=True), source, said, [])


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has that `render` wrote."""
    return len(_PAGE.findall(pdf))


def files_beside(document: Document) -> Mapping[str, bytes]:
    """None: the file holds everything itself."""
    del document
    return {}


def _pdf(compiler: "Compiler", source: bytes, said: str, standards: list[Standard]) -> bytes:
    """Raises: RuntimeError, of which Typst's own error is one."""
    with _ONE_AT_A_TIME:
        pdf = compiler.compile(
            input=source, sys_inputs={"document": said}, format="pdf", pdf_standards=[*standards], timestamp=0
        )
    assert isinstance(pdf, bytes)  # noqa: S101  (a list only for formats with a file for each page)
    return pdf


@cache
def _compiler(*, machine_fonts: bool) -> "Compiler":
    try:
        from typst import Compiler, Fonts
    except ImportError:
        raise UsageError(
            "PDF needs Typst, which is not installed", hint='pip install "quizgen[pdf]", or choose --format html'
        ) from None
    return Compiler(font_paths=Fonts(include_system_fonts=machine_fonts), ignore_system_fonts=not machine_fonts)
