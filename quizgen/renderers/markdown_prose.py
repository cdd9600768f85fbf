"""An author's text as Markdown that forges read: compiled once for a pattern, then only joined with numbers."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from quizgen.blocks import (
    CodeBlock,
    DisplayMaths,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Maths,
    Paragraph,
    Pattern,
    Prose,
    Slot,
    Styled,
    TableBlock,
    TextBlock,
    Words,
)
from quizgen.numbers.spelling import Context, to_latex, to_unicode
from quizgen.prose.contexts import SLOT

_SPECIAL: Final = re.compile(
    r"[\\`\[\]$]|\*(?! )|(?<! )\*|(?<![^\W_])_|_(?![^\W_])|~(?=~)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|!$"
)
_NUMBERED: Final = re.compile(rf"((?:[0-9]|{SLOT.pattern})+)(?=[.)])")
_BLOCK_MARK: Final = re.compile(r"(?=[-+](?:[ \-+*]|$)|\*(?: |$)|(?:\* *){3,}$|#{1,6}(?: |$)|[>=|~])")
_RULE: Final = {"left": ":--", "right": "--:", "centre": ":-:"}
# Forges take the backslash off a sign, even inside a formula; commands that are words survive.
_WORD_COMMANDS: Final = {
    r"\{": r"\lbrace ",
    r"\}": r"\rbrace ",
    r"\|": r"\Vert ",
    r"\\": r"\cr ",
    r"\,": r"\thinspace ",
    r"\:": r"\medspace ",
    r"\>": r"\medspace ",
    r"\;": r"\thickspace ",
    r"\!": r"\negthinspace ",
}
_SIGN_COMMAND: Final = re.compile(r"\\[{}|\\,:>;!]")
# A program that knows no formulas would take these for a tag, and for a link; a space makes no difference to LaTeX.
_MARKUP_IN_LATEX: Final = re.compile(r"<(?=[A-Za-z/!?])|\](?=\()")
_SPACES: Final = re.compile(r"\s+")


def prose_block(prose: Prose) -> str:
    """The paragraphs of ``prose``, parted by blank lines, without a newline at the end."""
    return _fill(_compile_block(prose.pattern), prose)


def prose_cell(prose: Prose) -> str:
    """``prose`` in one line, for a cell of a table."""
    return _fill(_compile_cell(prose.pattern), prose)


def escape(text: str) -> str:
    """Plain words inside a line, so that Markdown shows them as they are."""
    return _SPECIAL.sub(r"\\\g<0>", _SPACES.sub(" ", text))


def escape_line(text: str) -> str:
    """Plain words that begin a line: neither a list, nor a heading, nor a rule."""
    return _guard_line(escape(text))


def escape_cell(text: str) -> str:
    """Plain words in a cell of a table."""
    return escape(text).replace("|", r"\|")


def table(header: Sequence[str], rows: Iterable[Sequence[str]], align: Iterable[str]) -> str:
    """A pipe table of cells that are Markdown already."""
    lines = [header, [_RULE[side] for side in align], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


# -- compiling and filling ---------------------------------------------------------------------------------------------


class _Compiled(NamedTuple):
    """Markdown cut at its slots: ``pieces`` has one more than ``slots``."""

    pieces: tuple[str, ...]
    slots: tuple[tuple[Slot, Callable[[str, Context], str]], ...]


def _fill(compiled: _Compiled, prose: Prose) -> str:
    filled = [compiled.pieces[0]]
    for (slot, spell), piece in zip(compiled.slots, compiled.pieces[1:], strict=True):
        filled += (spell(prose.numbers[slot.name].printed, slot.context), piece)
    return "".join(filled)


@lru_cache(maxsize=4096)
def _compile_block(pattern: Pattern) -> _Compiled:
    return _cut("\n\n".join(_blocks(pattern.blocks)), pattern)


@lru_cache(maxsize=4096)
def _compile_cell(pattern: Pattern) -> _Compiled:
    return _cut(" ".join(_blocks_in_line(pattern.blocks)), pattern)


def _cut(markdown: str, pattern: Pattern) -> _Compiled:
    slots = {slot.character: slot for slot in pattern.slots}
    found = [slots[character] for character in SLOT.findall(markdown)]
    spellings = tuple((slot, to_unicode if slot.context == "text" else to_latex) for slot in found)
    return _Compiled(tuple(SLOT.split(markdown)), spellings)


# -- blocks ------------------------------------------------------------------------------------------------------------


def _blocks(blocks: Iterable[TextBlock]) -> list[str]:
    texts: list[str] = []
    other_mark = False
    previous: TextBlock | None = None
    for block in blocks:
        other_mark = _would_join(previous, block) and not other_mark
        texts.append(_block(block, other_mark=other_mark))
        previous = block
    return texts


def _would_join(first: TextBlock | None, second: TextBlock) -> bool:
    """Whether two lists would be read as one."""
    return isinstance(first, ListBlock) and isinstance(second, ListBlock) and first.ordered == second.ordered


def _block(block: TextBlock, *, other_mark: bool) -> str:
    match block:
        case Paragraph(inlines):
            return _guard_line(_line(inlines))
        case DisplayMaths(maths):
            return f"$${_latex(maths.latex)}$$"
        case ListBlock():
            return _list(block, other_mark=other_mark)
        case TableBlock(header, rows, align):
            return table(_cells(header), [_cells(row) for row in rows], align)
        case CodeBlock(text):
            fence = _fence("`", text, shortest=3)
            return f"{fence}\n{text}\n{fence}"


def _list(block: ListBlock, *, other_mark: bool) -> str:
    """A list; right after another one it takes the other mark, lest the two become one."""
    is_loose = any(len(entry) > 1 for entry in block.entries)
    after_number, bullet = (")", "*") if other_mark else (".", "-")
    texts = []
    for i, entry in enumerate(block.entries, start=1):
        mark = f"{i}{after_number}" if block.ordered else bullet
        text = "\n\n".join(_blocks(entry))
        texts.append(f"{mark} {indented(text, len(mark) + 1)}")
    return ("\n\n" if is_loose else "\n").join(texts)


def indented(text: str, width: int) -> str:
    """All lines but the first moved right, as the rest of a list's entry."""
    return re.sub(r"\n(?=[^\n])", "\n" + " " * width, text)


def _blocks_in_line(blocks: Iterable[TextBlock]) -> Iterable[str]:
    for block in blocks:
        match block:
            case Paragraph(inlines):
                yield _cell(inlines)
            case DisplayMaths(maths):
                yield _cell((maths,))
            case ListBlock(_, entries):
                yield "; ".join(" ".join(_blocks_in_line(entry)) for entry in entries)
            case TableBlock(header, rows, _):
                yield "; ".join(", ".join(_cells(row)) for row in (header, *rows))
            case CodeBlock(text):
                yield _code(text).replace("|", r"\|")


# -- inside a line -----------------------------------------------------------------------------------------------------


def _cells(cells: Iterable[tuple[Inline, ...]]) -> list[str]:
    return [_cell(inlines) for inlines in cells]


def _cell(inlines: tuple[Inline, ...]) -> str:
    return _line(inlines, in_cell=True).replace("|", r"\|")


def _line(inlines: tuple[Inline, ...], *, in_cell: bool = False) -> str:
    line = ""
    for i, inline in enumerate(inlines):
        after = _first_character(inlines[i + 1]) if i + 1 < len(inlines) else ""
        line += _inline(inline, before=line[-1:], after=after, in_cell=in_cell)
    return line


def _inline(inline: Inline, *, before: str, after: str, in_cell: bool) -> str:
    """One inline; ``before`` and ``after`` are the characters it will stand between."""
    match inline:
        case Words(text):
            return escape(text) if before != "\n" else escape_line(text)
        case Maths(latex, _):
            # Numbers right beside dollar signs would make them sums of money.
            left, right = (" " if _is_digit(side) else "" for side in (before, after))
            return f"{left}${_latex(latex, in_cell=in_cell)}${right}"
        case Styled("code", inlines):
            return _code("".join(inline.text for inline in inlines if isinstance(inline, Words)))
        case Styled(style, inlines):
            return _styled(
                style, _line(inlines, in_cell=in_cell), inside_a_word=_is_letter(before) or _is_letter(after)
            )
        case Link(href, inlines):
            address = f"<{href}>" if re.search(r"[\s()]", href) else href
            return f"[{_line(inlines, in_cell=in_cell)}]({address})"
        case LineBreak():
            return " " if in_cell else "\\\n"


def _styled(style: str, words: str, *, inside_a_word: bool) -> str:
    if style == "strong":
        return f"**{words}**"
    return f"*{words}*" if inside_a_word else f"_{words}_"


def _code(text: str) -> str:
    fence = _fence("`", text, shortest=1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _fence(mark: str, text: str, *, shortest: int) -> str:
    longest = max((len(run) for run in re.findall(f"{mark}+", text)), default=0)
    return mark * max(shortest, longest + 1)


def _latex(latex: str, *, in_cell: bool = False) -> str:
    latex = _SIGN_COMMAND.sub(lambda command: _WORD_COMMANDS[command[0]], latex)
    latex = _MARKUP_IN_LATEX.sub(r"\g<0> ", latex)
    if in_cell:
        latex = latex.replace("|", r"\vert ")
    return _SPACES.sub(" ", latex).strip()


def _guard_line(line: str) -> str:
    """``line`` with a backslash where it would begin a list, a heading, a quote, a rule or a table."""
    if _BLOCK_MARK.match(line):
        return f"\\{line}"
    return _NUMBERED.sub(r"\1\\", line, count=1) if _NUMBERED.match(line) else line


def _first_character(inline: Inline) -> str:
    match inline:
        case Words(text):
            return text[:1]
        case Styled(_, inlines) | Link(_, inlines):
            return _first_character(inlines[0]) if inlines else ""
        case _:
            return ""


def _is_digit(character: str) -> bool:
    return character.isdigit() or SLOT.match(character) is not None


def _is_letter(character: str) -> bool:
    return character.isalnum() or SLOT.match(character) is not None
