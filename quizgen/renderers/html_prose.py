"""An author's text as HTML: a pattern becomes pieces once, and each variant only puts its numbers between them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Final, Literal
from urllib.parse import urlsplit

from quizgen.blocks import (
    CodeBlock,
    DisplayMaths,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Maths,
    MathsNode,
    Paragraph,
    Pattern,
    Prose,
    Slot,
    Styled,
    TableBlock,
    TextBlock,
    Words,
)
from quizgen.numbers.spelling import to_mathml, to_unicode
from quizgen.prose.contexts import SLOT
from quizgen.prose.formulas import formula_words
from quizgen.values import immutable

_STYLES: Final = {"strong": "strong", "emphasis": "em", "code": "code"}
NARROW: Final = 18  # signs of a formula that fit on a phone
MANY: Final = 12  # columns from which on words are broken rather than run off the paper
NUMBER: Final = 7  # signs of a number, about
TABLE: Final = "Table"
FORMULA: Final = "Formula"
_AT_SLOTS: Final = re.compile(f"({SLOT.pattern})")
_CLOSING: Final = frozenset(",.;:?!)-")
_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto"})


@immutable(kw_only=False)
class Gap:
    """Where a number goes: among words, or as an element of a formula."""

    slot: Slot
    place: Literal["words", "formula"]

    def fill(self, prose: Prose) -> str:
        """The number of this gap as HTML."""
        printed = prose.numbers[self.slot.name].printed
        if self.place == "formula":
            return to_mathml(printed, self.slot.context)
        return escape(to_unicode(printed, self.slot.context))


Piece = str | Gap


def write_prose(prose: Prose) -> str:
    """The text with its numbers, as HTML; all that an author wrote is escaped."""
    return "".join(piece if isinstance(piece, str) else piece.fill(prose) for piece in pieces_of(prose.pattern))


def write_inline(prose: Prose) -> str:
    """The same without the paragraph's own element where there is only one: for a cell, or beside a tick box."""
    html = write_prose(prose)
    blocks = prose.pattern.blocks
    is_line = len(blocks) == 1 and isinstance(blocks[0], Paragraph)
    return html.removeprefix("<p>").removesuffix("</p>\n") if is_line else html


def scrolls(name: str) -> str:
    """The attributes of what may be wider than the page, so that keys can move it too."""
    return f' role="group" tabindex="0" aria-label="{escape(name)}"'


@lru_cache(maxsize=4096)
def pieces_of(pattern: Pattern) -> tuple[Piece, ...]:
    """The pattern as HTML, cut where its numbers go. Patterns compare by identity, so this runs once for each."""
    slots = {slot.character: slot for slot in pattern.slots}
    return tuple(_joined(_Writer(slots).blocks(pattern.blocks)))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with neighbouring strings made one."""
    words: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            words.append(piece)
        else:
            yield "".join(words)
            yield piece
            words.clear()
    yield "".join(words)


@immutable(kw_only=False)
class _Writer:
    """Writes text blocks as pieces; knows the pattern's slots by their characters."""

    slots: Mapping[str, Slot]

    def blocks(self, blocks: Iterable[TextBlock]) -> Iterator[Piece]:
        for block in blocks:
            yield from self.block(block)
            yield "\n"

    def block(self, block: TextBlock) -> Iterator[Piece]:
        match block:
            case Paragraph(inlines):
                yield from self.element("p", self.inlines(inlines))
            case DisplayMaths(maths):
                moved = scrolls(FORMULA) if self.is_wide(maths) else ""
                yield from (f'<div class="display"{moved}>', *self.maths(maths, display=True), "</div>")
            case CodeBlock(text):
                yield from ("<pre><code>", *self.text(text), "</code></pre>")
            case ListBlock(ordered, entries):
                yield "<ol>" if ordered else "<ul>"
                for entry in entries:
                    yield from self.element("li", self.entry(entry))
                yield "</ol>" if ordered else "</ul>"
            case TableBlock():
                yield from self.table(block)

    def entry(self, blocks: tuple[TextBlock, ...]) -> Iterator[Piece]:
        """A list entry; one of a single paragraph stands close to its neighbours."""
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            yield from self.inlines(blocks[0].inlines)
        else:
            yield from self.blocks(blocks)

    def table(self, table: TableBlock) -> Iterator[Piece]:
        columns = len(table.header)
        yield f'<div class="scroll"{scrolls(TABLE)}>'
        many = " many" if columns > MANY else ""
        yield f'<table class="data{many}" style="--columns: {columns}"><thead><tr>'
        for cell, align in zip(table.header, table.align, strict=True):
            header = (f'<th scope="col" class="{align}">', *self.column_header(cell), "</th>")
            yield from header if cell else ("<td></td>",)
        yield "</tr></thead><tbody>"
        for row in table.rows:
            yield "<tr>"
            for cell, align in zip(row, table.align, strict=True):
                yield from (f'<td class="{align}">', *self.inlines(cell), "</td>")
            yield "</tr>"
        yield "</tbody></table></div>"

    def column_header(self, cell: tuple[Inline, ...]) -> Iterator[Piece]:
        """A header; one that is a formula is read aloud in plain words, as not every reader tells formulas."""
        match cell:
            case (Maths(latex, tree),) if not any(sign in self.slots for sign in latex):
                yield f'<span class="unseen">{escape(formula_words(tree, {}))}</span><span aria-hidden="true">'
                yield from (*self.inlines(cell), "</span>")
            case _:
                yield from self.inlines(cell)

    def inlines(self, inlines: Iterable[Inline]) -> Iterator[Piece]:
        """Inlines; a formula keeps the punctuation that follows it on its line."""
        waiting = list(inlines)
        for place, inline in enumerate(waiting):
            match inline, waiting[place + 1] if place + 1 < len(waiting) else None:
                case Maths(), Words(text) if text[:1] in _CLOSING:
                    yield from ('<span class="together">', *self.inline(inline), text[0], "</span>")
                    waiting[place + 1] = Words(text[1:])
                case _:
                    yield from self.inline(inline)

    def inline(self, inline: Inline) -> Iterator[Piece]:
        match inline:
            case Words(text):
                yield from self.text(text)
            case Styled(style, inner):
                yield from self.element(_STYLES[style], self.inlines(inner))
            case Link(href, inner) if urlsplit(href).scheme in _SAFE_SCHEMES:
                yield from (f'<a href="{escape(href)}">', *self.inlines(inner), "</a>")
            case Link(_, inner):
                yield from self.inlines(inner)
            case LineBreak():
                yield "<br>"
            case Maths() if self.is_wide(inline):
                yield from (
                    f'<span class="long"{scrolls(FORMULA)}>',
                    *self.maths(inline, display=False),
                    "</span>",
                )
            case Maths():
                yield from self.maths(inline, display=False)

    def is_wide(self, maths: Maths) -> bool:
        """Whether a formula may be wider than a phone."""
        return self.signs(maths.tree) > NARROW

    def signs(self, node: MathsNode) -> int:
        """About how many signs stand side by side in a formula."""
        if node.tag in ("mfrac", "munder", "munderover", "mtd") and len(node.children) > 1:
            return max(map(self.signs, node.children))
        return (NUMBER if node.text in self.slots else len(node.text)) + sum(map(self.signs, node.children))

    def maths(self, maths: Maths, *, display: bool) -> Iterator[Piece]:
        children = maths.tree.children if maths.tree.tag == "math" else (maths.tree,)
        yield '<math display="block">' if display else "<math>"
        for child in children:
            yield from self.node(child)
        yield "</math>"

    def node(self, node: MathsNode) -> Iterator[Piece]:
        """One element of a formula; a slot takes the place of the element that holds it."""
        if node.text in self.slots:
            yield Gap(self.slots[node.text], "formula")
            return
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes)
        yield f"<{node.tag}{attributes}>"
        yield from self.text(node.text)
        for child in node.children:
            yield from self.node(child)
        yield f"</{node.tag}>"

    def text(self, text: str) -> Iterator[Piece]:
        """Escaped words, cut at their slots."""
        for piece in filter(None, _AT_SLOTS.split(text)):
            yield Gap(self.slots[piece], "words") if piece in self.slots else escape(piece)

    def element(self, tag: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
        yield f"<{tag}>"
        yield from pieces
        yield f"</{tag}>"
