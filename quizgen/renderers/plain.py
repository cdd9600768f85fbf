"""Documents as plain text: for a terminal, a mail, or a voice; formulas in Unicode, lines of 80 characters."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from quizgen.blocks import (
    AnswerBox,
    Block,
    Card,
    Cards,
    Document,
    Facts,
    Fields,
    Figure,
    Grid,
    Heading,
    Notice,
    Options,
    Prose,
    Question,
    Sentence,
    WritingLines,
)
from quizgen.prose import words
from quizgen.renderers.contract import USUAL, Look

WIDTH: Final = 80
_INDENT: Final = "    "
_MARKS: Final = {"": "[ ]", "right": "[x]", "wrong": "[ ]"}
_VERDICTS: Final = {"": "", "right": "  (right)", "wrong": "  (wrong)"}


def render(document: Document, look: Look = USUAL) -> bytes:
    """The document as text in UTF-8; equal documents give equal bytes."""
    del look  # text has no paper
    masthead = _wrapped(" · ".join(document.masthead)) if document.masthead else []
    head = [_underlined(document.title, "="), *masthead, *_wrapped(document.subtitle)]
    foot = [" · ".join(document.footer)] if document.footer else []
    return ("\n\n".join(filter(None, ["\n".join(head), to_text(document.blocks), *foot])) + "\n").encode()


def files_beside(document: Document) -> Mapping[str, bytes]:
    """None: a figure is told by its description."""
    del document
    return {}


def to_text(blocks: Iterable[Block], *, width: int = WIDTH) -> str:
    """Blocks one below the other, a blank line between them."""
    return "\n\n".join(filter(None, ("\n".join(_lines(block, width)) for block in blocks)))


def _lines(block: Block, width: int) -> list[str]:
    match block:
        case Prose():
            return _prose(block, width)
        case Heading(text=text, level=level):
            return [_underlined(text, "-" if level > 2 else "=")]
        case Sentence(text=text):
            return _wrapped(text, width)
        case Facts(rows=rows):
            return [line for name, said in rows for line in _hanging(f"{name}: ", _text(said), width)]
        case Fields(fields=fields):
            return [f"{label}: {'_' * round(8 * share)}" for label, share in fields]
        case Grid():
            return _grid(block, width)
        case AnswerBox(label=label, unit=unit):
            return [f"{label or 'Answer'}: ________________ {unit}".rstrip()]
        case WritingLines(lines=lines):
            return [f"(about {lines} {'line' if lines == 1 else 'lines'})"]
        case Options():
            return _options(block, width)
        case Figure(title=title, description=description, data=data):
            told = _hanging("Figure: ", f"{title}. {description}", width)
            return [*told, "", *_grid(replace(data, caption=""), width)] if data else told
        case Notice(title=title, blocks=inner):
            return [*_wrapped(title, width), *_indented(to_text(inner, width=width - len(_INDENT)))]
        case Cards(cards=cards):
            return [line for card in cards for line in _card(card, width)][:-1]
        case Question():
            return _question(block, width)


def _card(card: Card, width: int) -> list[str]:
    answer = _indented(to_text(card.back, width=width - len(_INDENT)))
    question = to_text(card.front, width=width).split("\n")
    return [_underlined(f"{card.number}. {card.topic}", "-"), "", *question, "", *answer, ""]


def _question(question: Question, width: int) -> list[str]:
    earns = "" if question.points is None else f" ({question.points:g} {'point' if question.points == 1 else 'points'})"
    name = f"{question.label}. {question.title}" if question.title else question.label
    line = f"{name}{earns}" if question.is_part else _underlined(f"{name}{earns}", "-")
    return [line, "", *to_text(question.blocks, width=width).split("\n")]


def _options(options: Options, width: int) -> list[str]:
    lines: list[str] = []
    for option in options.options:
        mark = f"{_MARKS[option.mark]} {option.letter}".rstrip()
        lines += _hanging(f"{mark}  ", words(option.text) + _VERDICTS[option.mark], width)
        if option.because:
            lines += _indented("\n".join(_prose(option.because, width - len(_INDENT))))
    return lines


def _grid(grid: Grid, width: int) -> list[str]:
    rows = [grid.header, *([" ".join(_text(cell).split()) for cell in row] for row in grid.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(grid.header))]
    caption = [grid.caption] if grid.caption else []
    if sum(widths) + 2 * len(widths) > width:
        return [*caption, *_records(rows, width)]
    ruled = [rows[0], ["─" * wide for wide in widths], *rows[1:]]
    return [*caption, *(_row(row, widths, grid.align) for row in ruled)]


def _row(cells: Sequence[str], widths: Sequence[int], align: Sequence[str]) -> str:
    padded = [
        cell.rjust(wide) if side == "right" else cell.center(wide) if side == "centre" else cell.ljust(wide)
        for cell, wide, side in zip(cells, widths, align, strict=True)
    ]
    return "  ".join(padded).rstrip()


def _records(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """A table that is wider than the page: the entries of each row, one below the other."""
    lines: list[str] = []
    for row in rows[1:]:
        for name, cell in zip(rows[0], row, strict=True):
            if cell:
                lines += _hanging(f"{name}: ", cell, width)
        lines.append("")
    return lines[:-1]


def _prose(prose: Prose, width: int) -> list[str]:
    return [line for paragraph in words(prose).split("\n") for line in _wrapped(paragraph, width)]


def _text(said: str | Prose) -> str:
    return said if isinstance(said, str) else words(said)


def _wrapped(text: str, width: int = WIDTH) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _hanging(lead: str, text: str, width: int) -> list[str]:
    """``lead`` and the text, its further lines below its first letter."""
    inner = [line for piece in text.split("\n") for line in _wrapped(piece, max(20, width - len(lead)))]
    return [f"{lead}{inner[0]}".rstrip(), *(f"{' ' * len(lead)}{line}".rstrip() for line in inner[1:])]


def _indented(text: str) -> list[str]:
    return [f"{_INDENT}{line}".rstrip() for line in text.split("\n")]


def _underlined(text: str, rule: str) -> str:
    return f"{text}\n{rule * min(len(text), WIDTH)}"
