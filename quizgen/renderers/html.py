"""Documents as HTML: one file that holds its fonts and style, asks no network, runs no script and prints as an exam."""

import base64
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from quizgen.blocks import Block, Document, Fields, Paragraph, Prose
from quizgen.documents.language import in_language
from quizgen.pages import PageTemplates
from quizgen.renderers import html_entry
from quizgen.renderers.contract import USUAL, Look
from quizgen.renderers.html_pieces import pieces
from quizgen.renderers.html_prose import FORMULA, TABLE, scrolls, write_inline, write_prose
from quizgen.renderers.html_sizes import card_share, sheet_share
from quizgen.shipped import PAGE_TEMPLATES
from quizgen.words import Words, fill, words_in

ASSETS: Final = "assets"  # the folder of files that the pages of a cohort share
FONTS: Final = (
    *("STIXTwoText-Regular.woff2", "STIXTwoText-Italic.woff2", "STIXTwoText-Bold.woff2"),
    "STIXTwoMath-Regular.woff2",
)

HEAD_LINE: Final = 7  # underscores for a field of share 1
NAMED: Final = 2  # fields that tell whose sheet it is: the name and the number


def render(document: Document, look: Look = USUAL) -> bytes:
    """The document as one self-contained page in UTF-8; equal documents give equal bytes."""
    return _PAGES.write("html/page.html.jinja", look.template_dir, **_said(document, look)).encode()


def render_blocks(document: Document, look: Look = USUAL) -> str:
    """The blocks of a document as they stand in its page, without what is around them."""
    said = _said(document, look)
    blocks = in_language(document, look.language).blocks
    return _PAGES.write("html/blocks.html.jinja", look.template_dir, **said, blocks=blocks, level=2)


def _said(document: Document, look: Look) -> Mapping[str, object]:
    """What the page templates are told."""
    return {"document": in_language(document, look.language), "look": look, "words": words_in(look.language)}


def shared_fonts() -> Mapping[str, bytes]:
    """The font files that pages need which do not hold them themselves, by name."""
    return {name: _font_file(name) for name in FONTS}


def files_beside(document: Document) -> Mapping[str, bytes]:
    """None: the page holds everything itself."""
    del document
    return {}


def _kind(block: Block) -> str:
    """The name of the macro that draws ``block``: AnswerBox as answer_box."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(block).__name__).lower()


@pass_context
def _prose(context: Context, prose: Prose) -> Markup:
    return Markup(_named(write_prose(prose), context["words"]))  # noqa: S704 - all in it was escaped when it was written


@pass_context
def _cell(context: Context, content: str | Prose) -> str:
    """What stands in a cell or beside a tick box: plain words, or prose without its paragraph."""
    if isinstance(content, str):
        return content
    return Markup(_named(write_inline(content), context["words"]))  # noqa: S704 - as above


def in_cell(prose: Prose, language: str) -> str:
    """Prose without its paragraph, as it stands in a page of this language."""
    return _named(write_inline(prose), words_in(language))


def _named(html: str, words: Mapping[str, Mapping[str, Words]]) -> str:
    """What is moved sideways is called in the page's language."""
    page = words["page"]
    for name, word in ((TABLE, fill(page["table"])), (FORMULA, fill(page["formula"]))):
        html = html if word == name else html.replace(scrolls(name), scrolls(word))
    return html


def _unit(words: list[str], points: float) -> str:
    """What points are called, without their number."""
    return fill(words, points=points).replace(f"{points:g}", "").strip()


def css_pages(words: str) -> Markup:
    """The number of a page, and of all pages, as style sheets count them."""
    counters = {name: Markup(f"counter({name[1:-1]})") for name in ("{page}", "{pages}")}  # noqa: S704 - fixed words
    pieces = re.split(r"({pages?})", words)
    return Markup(" ").join(counters.get(piece) or css_string(piece) for piece in pieces)


def _drawing(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - written by a page template of ours, which escapes


def _lines_to_fill(document: Document) -> list[str]:
    """What the head of a page asks for again on every further sheet of paper, with a line to write on."""
    found = next((block.fields for block in document.blocks if isinstance(block, Fields)), ())
    return [f"{label} {'_' * round(HEAD_LINE * share)}" for label, share in found[:NAMED]]


def _is_line(prose: Prose) -> bool:
    """Whether a text is no more than one line, which may stand in a label."""
    blocks = prose.pattern.blocks
    return len(blocks) == 1 and isinstance(blocks[0], Paragraph)


def _points(points: float) -> str:
    return f"{points:g}"


def css_string(text: str) -> Markup:
    """``text`` as a string of CSS that can end neither the string nor the style sheet."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{safe}"')  # noqa: S704 - only letters, digits, spaces and escapes are left


@cache
def _font(name: str, folder: str) -> str:
    """The address of a font file: in ``folder``, or the file itself where the page holds it."""
    if folder:
        return f"{folder}/{name}"
    return f"data:font/woff2;base64,{base64.b64encode(_font_file(name)).decode()}"


def _font_file(name: str) -> bytes:
    return (PAGE_TEMPLATES / "html" / "fonts" / name).read_bytes()


_PAGES: Final = PageTemplates(
    {
        "kind": _kind,
        "prose": _prose,
        "cell": _cell,
        "drawing": _drawing,
        "pieces": pieces,
        "card_share": card_share,
        "sheet_share": sheet_share,
        "lines_to_fill": _lines_to_fill,
        "is_line": _is_line,
        "inputs_json": html_entry.inputs_json,
        "practice_json": html_entry.practice_json,
        "json": html_entry.to_json,
        "sha256": html_entry.sha256,
        "points": _points,
        "css_string": css_string,
        "css_pages": css_pages,
        "fill": fill,
        "unit": _unit,
        "font": _font,
    }
)
