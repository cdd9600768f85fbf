"""Documents as HTML: one file that holds its fonts and style, asks no network, runs no script and prints as an exam."""

import base64
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from markupsafe import Markup

from quizgen.blocks import Block, Document, Prose, Question, WritingLines
from quizgen.pages import page_environment
from quizgen.renderers.html_prose import write_inline, write_prose
from quizgen.shipped import PAGE_TEMPLATES


def render(document: Document) -> bytes:
    """The document as one self-contained page in UTF-8; equal documents give equal bytes."""
    return _PAGES.get_template("html/page.html.jinja").render(document=document).encode()


def files_beside(document: Document) -> Mapping[str, bytes]:
    """None: the page holds everything itself."""
    del document
    return {}


def _kind(block: Block) -> str:
    """The name of the macro that draws ``block``: AnswerBox as answer_box."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(block).__name__).lower()


def _prose(prose: Prose) -> Markup:
    return Markup(write_prose(prose))  # noqa: S704 - everything in it was escaped when it was written


def _cell(content: str | Prose) -> str:
    """What stands in a cell or beside a tick box: plain words, or prose without its paragraph."""
    return content if isinstance(content, str) else Markup(write_inline(content))  # noqa: S704 - as above


def _drawing(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - written by a page template of ours, which escapes


def _opening(question: Question) -> int:
    """How many blocks of a question belong on one page: all to its first part, or all but its lines to write on."""
    for place, block in enumerate(question.blocks):
        if isinstance(block, Question):
            return place + 1
        if isinstance(block, WritingLines):
            return place
    return len(question.blocks)


def _points(points: float) -> str:
    return f"{points:g}"


def _css_string(text: str) -> Markup:
    """``text`` as a string of CSS that can end neither the string nor the style sheet."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{safe}"')  # noqa: S704 - only letters, digits, spaces and escapes are left


@cache
def _font(name: str) -> str:
    """A font file as a data address."""
    content = (PAGE_TEMPLATES / "html" / "fonts" / name).read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(content).decode()}"


_PAGES: Final = page_environment(
    {
        "kind": _kind,
        "prose": _prose,
        "cell": _cell,
        "drawing": _drawing,
        "opening": _opening,
        "points": _points,
        "css_string": _css_string,
        "font": _font,
    }
)
