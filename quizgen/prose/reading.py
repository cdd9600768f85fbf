"""The Markdown tree of a resolved text to text blocks, with every fault of the text at its place in the source."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from markdown_it.tree import SyntaxTreeNode

from quizgen.blocks import (
    CodeBlock,
    DisplayMaths,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Maths,
    Paragraph,
    Styled,
    TableBlock,
    TextBlock,
    Words,
)
from quizgen.numbers.spelling import Context
from quizgen.prose.contexts import SLOT, slot_contexts
from quizgen.prose.markdown import read_markdown
from quizgen.prose.maths import MathsFault, to_maths
from quizgen.texts import Resolved, TextFault
from quizgen.values import immutable

LINK_SCHEMES: Final = frozenset({"http", "https", "mailto"})

_STYLES: Final[Mapping[str, Literal["strong", "emphasis"]]] = {"strong": "strong", "em": "emphasis"}
_ALIGNMENTS: Final[Mapping[str, Literal["left", "right", "centre"]]] = {
    "text-align:left": "left",
    "text-align:right": "right",
    "text-align:center": "centre",
}
_TABLE_RULE: Final = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_NORM_IN_CELL: Final = re.compile(r"\$[^$|]*\\\|[^$]*\$")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_PIPE_HINT: Final = "all rows need as many cells as the header; a | in a formula ends its cell: write \\lvert x \\rvert"
_REFUSED: Final = {
    "heading": ("a heading inside a text", "headings belong to the document: write **bold** words"),
    "blockquote": ("a block quote inside a text", "delete the >; to write the sign, escape it: \\>"),
    "hr": ("a rule across the page", "delete it, or escape the line: \\---"),
    "image": ("an image inside a text", "declare a figure in the template"),
}


@immutable
class Reading:
    """What a text says, what surrounds each value in a formula, and what is wrong (offsets in the source)."""

    blocks: tuple[TextBlock, ...]
    contexts: Mapping[str, Context]
    faults: tuple[TextFault, ...]


@lru_cache(maxsize=4096)  # a text is read to find its faults, and again to fill it
def read_blocks(resolved: Resolved) -> Reading:
    """Read the Markdown of ``resolved``; a formula or element at fault is left out of the blocks."""
    reader = _Reader(resolved)
    blocks = reader.blocks(read_markdown(resolved.text).children)
    return Reading(blocks=blocks, contexts=reader.contexts, faults=tuple(sorted(reader.faults)))


class _Reader:
    """Walks one tree in the order of the text, and remembers how far it came, to say where a fault is."""

    def __init__(self, resolved: Resolved) -> None:
        self._resolved = resolved
        self._lines = _line_starts(resolved.text)
        self._position = 0
        self.contexts: dict[str, Context] = {}
        self.faults: list[TextFault] = []

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[TextBlock, ...]:
        return tuple(block for node in nodes for block in self._read_block(node))

    def _read_block(self, node: SyntaxTreeNode) -> Iterator[TextBlock]:
        if node.map:
            self._position = max(self._position, self._lines[node.map[0]])
        match node.type:
            case "paragraph":
                self._look_for_table_rules(node.children[0].content)
                yield from _split_at_display(self._inlines(node.children[0].children))
            case "math_block":
                yield from (DisplayMaths(maths) for maths in self._maths(node, display=True))
            case "bullet_list" | "ordered_list":
                entries = tuple(self.blocks(entry.children) for entry in node.children)
                yield ListBlock(node.type == "ordered_list", entries)
            case "table":
                yield self._table(node)
            case "fence" | "code_block":
                yield CodeBlock(node.content.removesuffix("\n"))
            case _:
                self._refuse(node.type, at=self._position)

    def _table(self, table: SyntaxTreeNode) -> TableBlock:
        header, *rows = (row for section in table.children for row in section.children)
        for row in rows:
            self._count_cells(row, len(header.children))
        align = tuple(_ALIGNMENTS.get(str(cell.attrs.get("style")), "left") for cell in header.children)
        return TableBlock(self._cells(header), tuple(self._cells(row) for row in rows), align)

    def _count_cells(self, row: SyntaxTreeNode, expected: int) -> None:
        r"""The parser drops the cells that a row has too many, and takes ``\|`` for ``|`` even in a formula."""
        start = self._lines[row.map[0]] if row.map else self._position
        line = self._resolved.text[start:].partition("\n")[0].strip().removeprefix("|")
        count = len(_CELL_END.findall(line.removesuffix("|"))) + 1
        if count > expected:
            self._fault(start, f"a row of {count} cells in a table of {expected}", _PIPE_HINT)
        for norm in _NORM_IN_CELL.finditer(line):
            found = self._resolved.text.find(norm[0], start)
            self._fault(
                found, "\\| in a table's formula would be a single |", "write \\lVert x \\rVert, or \\lvert x \\rvert"
            )

    def _look_for_table_rules(self, paragraph: str) -> None:
        for line in paragraph.split("\n"):
            if "|" in line and _TABLE_RULE.fullmatch(line.strip()):
                self._fault(self._find(line.strip()), "a table's rule, but no table", _PIPE_HINT)

    def _cells(self, row: SyntaxTreeNode) -> tuple[tuple[Inline, ...], ...]:
        return tuple(_in_one_line(self._inlines(cell.children[0].children)) for cell in row.children)

    def _inlines(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Inline | DisplayMaths, ...]:
        return _joined(inline for node in nodes for inline in self._read_inline(node))

    def _read_inline(self, node: SyntaxTreeNode) -> Iterator[Inline | DisplayMaths]:
        match node.type:
            case "text":
                yield Words(node.content)
            case "softbreak":
                yield Words(" ")
            case "hardbreak":
                yield LineBreak()
            case "code_inline":
                self._find(node.content)
                yield Styled("code", (Words(node.content),))
            case "math_inline":
                yield from self._maths(node, display=False)
            case "math_inline_double":
                yield from (DisplayMaths(maths) for maths in self._maths(node, display=True))
            case "strong" | "em":
                yield Styled(_STYLES[node.type], _in_one_line(self._inlines(node.children)))
            case "link":
                yield self._link(node)
            case "image":
                self._refuse(node.type, at=self._find("!["))
            case _:
                self._refuse(node.type, at=self._position)

    def _maths(self, node: SyntaxTreeNode, *, display: bool) -> Iterator[Maths]:
        start = self._find(node.content)
        try:
            maths = to_maths(node.content.strip(), display=display)
        except MathsFault as error:
            leading = len(node.content) - len(node.content.lstrip())
            self._fault(start + leading + error.fault.offset, error.fault.message, error.fault.hint)
        else:
            self.contexts.update(slot_contexts(maths.tree))
            yield maths

    def _link(self, node: SyntaxTreeNode) -> Link:
        href = str(node.attrs.get("href", ""))
        start = max(self._resolved.text.find(unquote(href), self._position), self._position)
        if SLOT.search(unquote(href)):
            self._fault(start, "a value inside a link's address", "write the whole address, or no link")
        elif urlsplit(href).scheme not in LINK_SCHEMES and not href.startswith("#"):
            self._fault(start, f"a link to {href!r}", "links go to http:, https:, mailto: and # addresses")
        return Link(href, _in_one_line(self._inlines(node.children)))

    def _find(self, content: str) -> int:
        """Where ``content`` stands after what was found before it; the parser gives lines only."""
        found = self._resolved.text.find(content, self._position)
        if found < 0:
            return self._position
        self._position = found + len(content)
        return found

    def _refuse(self, kind: str, *, at: int) -> None:
        message, hint = _REFUSED.get(kind, (f"Markdown that texts do not use: {kind}", ""))
        self._fault(at, message, hint)

    def _fault(self, offset: int, message: str, hint: str) -> None:
        self.faults.append(TextFault(self._resolved.origin(offset), message, hint))


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return tuple(starts)


def _joined(inlines: Iterable[Inline | DisplayMaths]) -> tuple[Inline | DisplayMaths, ...]:
    """Neighbouring words as one, with no space left at the end of the text."""
    joined: list[Inline | DisplayMaths] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Words) and isinstance(last, Words):
            joined[-1] = Words(last.text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)


def _in_one_line(inlines: Iterable[Inline | DisplayMaths]) -> tuple[Inline, ...]:
    """The inlines of a place that has no room for a display formula, without space at their ends."""
    return _trimmed([inline.maths if isinstance(inline, DisplayMaths) else inline for inline in inlines])


def _split_at_display(inlines: Iterable[Inline | DisplayMaths]) -> Iterator[TextBlock]:
    """A paragraph's inlines as paragraphs, with its display formulas between them."""
    run: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, DisplayMaths):
            yield from _paragraphs(run)
            yield inline
            run = []
        else:
            run.append(inline)
    yield from _paragraphs(run)


def _paragraphs(run: list[Inline]) -> Iterator[Paragraph]:
    trimmed = _trimmed(run)
    if trimmed:
        yield Paragraph(trimmed)


def _trimmed(inlines: list[Inline]) -> tuple[Inline, ...]:
    trimmed = list(inlines)
    if trimmed and isinstance(trimmed[0], Words):
        trimmed[0] = Words(trimmed[0].text.lstrip(" "))
    if trimmed and isinstance(trimmed[-1], Words):
        trimmed[-1] = Words(trimmed[-1].text.rstrip(" "))
    return tuple(inline for inline in trimmed if inline != Words(""))
