"""An author's text for Typst: text blocks and inlines as lists and words that `prose.typ` draws; no text is code."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from quizgen.blocks import (
    CodeBlock,
    DisplayMaths,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Maths,
    Paragraph,
    Prose,
    Slot,
    Styled,
    TableBlock,
    TextBlock,
    Words,
)
from quizgen.numbers.printing import Number
from quizgen.numbers.spelling import to_unicode
from quizgen.prose.formulas import formula_words
from quizgen.renderers.typst_maths import DEEPEST, depth, formula
from quizgen.values import immutable

Drawn = list[Any]  # kind, then what that kind takes

_SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_LONGEST: Final = 30  # characters of a word that no line is too short for
_LONG_WORD: Final = re.compile(rf"\S{{{_LONGEST + 1},}}")
_PIECE: Final = re.compile(r"\S{10}(?=\S)")
_MAY_BREAK: Final = "\u200b"


def text_blocks(prose: Prose) -> list[Drawn]:
    """The blocks of a text, with its numbers in their places."""
    writer = _Writer(slots={slot.character: slot for slot in prose.pattern.slots}, numbers=prose.numbers)
    return [writer.block(block) for block in prose.pattern.blocks]


def line(content: str | Prose) -> list[Drawn]:
    """What stands in a cell or beside a tick box: plain words, or the text's blocks."""
    return [["paragraph", [["words", breakable(content)]]]] if isinstance(content, str) else text_blocks(content)


def breakable(words: str) -> str:
    """``words`` on one line; where a word is too long for any line, it says where it may be broken."""
    return _LONG_WORD.sub(
        lambda word: _PIECE.sub(lambda piece: piece[0] + _MAY_BREAK, word[0]), " ".join(words.split("\n"))
    )


def extents(rows: Sequence[Sequence[list[Drawn]]]) -> list[dict[str, int]]:
    """For each column of a table the characters of its longest word, than which it cannot be narrower, and of its
    longest text, than which it need not be wider.
    """
    columns = [[list(_words(cell)) for cell in column] for column in zip(*rows, strict=True)]
    return [
        {
            "word": max((len(word) for cell in column for word in cell), default=0),
            "text": max((len(" ".join(cell)) for cell in column), default=0),
        }
        for column in columns
    ]


def _words(drawn: list[Any]) -> Iterator[str]:
    """The words of what is drawn, formulas as they are read aloud."""
    for inner in drawn:
        match inner:
            case ["words" | "fixed", str(text)]:
                yield from re.split(f"[\\s{_MAY_BREAK}]", text)
            case ["maths" | "display", _, str(text)]:
                yield text
            case list():
                yield from _words(inner)


@immutable
class _Writer:
    """Writes the blocks of one text; knows what stands for its slots."""

    slots: Mapping[str, Slot]
    numbers: Mapping[str, Number]

    def block(self, block: TextBlock) -> Drawn:
        match block:
            case Paragraph(inlines):
                return ["paragraph", self.inlines(inlines)]
            case DisplayMaths(maths):
                drawn = self.formula(maths)
                return ["paragraph", [drawn]] if drawn[0] == "words" else ["display", *drawn[1:]]
            case CodeBlock(text):
                return ["code", self.spelt(text)]
            case ListBlock(ordered, entries):
                return ["list", ordered, [[self.block(inner) for inner in entry] for entry in entries]]
            case TableBlock(header, rows, align):
                drawn = [[self.cell(cell) for cell in row] for row in (header, *rows)]
                return ["table", drawn[0], drawn[1:], align, extents(drawn)]

    def cell(self, inlines: tuple[Inline, ...]) -> list[Drawn]:
        return [["paragraph", self.inlines(inlines)]]

    def inlines(self, inlines: Iterable[Inline]) -> list[Drawn]:
        return [self.inline(inline) for inline in inlines]

    def inline(self, inline: Inline) -> Drawn:
        match inline:
            case Words(text):
                return ["words", breakable(self.spelt(text))]
            case Styled("code", inner):
                return ["fixed", "".join(self.spelt(words.text) for words in inner if isinstance(words, Words))]
            case Styled(style, inner):
                return [style, self.inlines(inner)]
            case Link(href, inner) if urlsplit(href).scheme in _SAFE_SCHEMES:
                return ["link", href, self.inlines(inner)]
            case Link(_, inner):
                return ["group", self.inlines(inner)]
            case LineBreak():
                return ["break"]
            case Maths():
                return self.formula(inline)

    def formula(self, maths: Maths) -> Drawn:
        """The formula's nodes, and the words by which a voice reads it; deeper than Typst goes, words alone."""
        spellings = {c: to_unicode(self.numbers[s.name].printed, s.context) for c, s in self.slots.items()}
        words = formula_words(maths.tree, spellings)
        nodes = formula(maths.tree, self.slots, self.numbers)
        return ["maths", nodes, words] if depth(nodes) <= DEEPEST else ["words", breakable(words)]

    def spelt(self, text: str) -> str:
        """Words with the numbers that stand among them."""
        return "".join(
            to_unicode(self.numbers[self.slots[c].name].printed, self.slots[c].context) if c in self.slots else c
            for c in text
        )
