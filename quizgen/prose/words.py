"""Prose as plain words in Unicode, formulas included: for descriptions of figures, terminals and response files."""

from collections.abc import Iterable
from functools import lru_cache

from quizgen.blocks import (
    CodeBlock,
    DisplayMaths,
    Inline,
    LineBreak,
    ListBlock,
    Maths,
    Paragraph,
    Pattern,
    Prose,
    TableBlock,
    TextBlock,
    Words,
)
from quizgen.numbers.spelling import to_unicode
from quizgen.prose.contexts import SLOT
from quizgen.prose.formulas import Spellings, formula_words


def words(prose: Prose) -> str:
    """The plain text of ``prose``, one line for each paragraph, entry or row."""
    if not prose.pattern.slots:
        return _always_the_same(prose.pattern)
    spellings = {
        slot.character: to_unicode(prose.numbers[slot.name].printed, slot.context) for slot in prose.pattern.slots
    }
    return "\n".join(_lines(prose.pattern.blocks, spellings))


@lru_cache(maxsize=4096)
def _always_the_same(pattern: Pattern) -> str:
    """The plain text of a pattern without slots. Patterns compare by identity, so this runs once for each."""
    return "\n".join(_lines(pattern.blocks, {}))


def _lines(blocks: Iterable[TextBlock], spellings: Spellings) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(inlines):
                lines.append(_line(inlines, spellings))
            case DisplayMaths(maths):
                lines.append(formula_words(maths.tree, spellings))
            case ListBlock(ordered, entries):
                for i, entry in enumerate(entries, start=1):
                    mark = f"{i}." if ordered else "–"
                    lines.append(f"{mark} {' '.join(_lines(entry, spellings))}")
            case TableBlock(header, rows, _):
                lines.extend(" | ".join(_line(cell, spellings) for cell in row) for row in (header, *rows))
            case CodeBlock(text):
                lines.append(_spelt(text, spellings))
    return lines


def _line(inlines: Iterable[Inline], spellings: Spellings) -> str:
    pieces: list[str] = []
    for inline in inlines:
        match inline:
            case Words(text):
                pieces.append(_spelt(text, spellings))
            case Maths(_, tree):
                pieces.append(formula_words(tree, spellings))
            case LineBreak():
                pieces.append(" ")
            case _:
                pieces.append(_line(inline.inlines, spellings))
    return "".join(pieces)


def _spelt(text: str, spellings: Spellings) -> str:
    return SLOT.sub(lambda slot: spellings[slot[0]], text)
