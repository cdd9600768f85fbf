"""Documents as what `templates/typst/` draws: one value of words, numbers and lists, so that no text becomes code."""

import base64
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

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
from quizgen.documents.language import in_language
from quizgen.pages import template_file
from quizgen.prose import words
from quizgen.renderers.behind_figures import figures_in, to_csv
from quizgen.renderers.contract import Look
from quizgen.renderers.typst_prose import breakable, extents, line, text_blocks
from quizgen.words import words_in

Drawn = dict[str, Any]

# The page templates, each of which uses those before it.
_ORDER: Final = (
    "measures", "maths", "tables", "prose", "grids", "blocks", "questions", "cards", "draw", "exam", "page",
)  # fmt: skip
_PIECES: Final = tuple(f"typst/{name}.typ" for name in _ORDER)
_BRIEF: Final = 10  # characters
_LINE: Final = 90  # characters of a line as wide as the page


@lru_cache(maxsize=8)
def program(own: str = "") -> bytes:
    """The page templates as one Typst program, which reads the document from its inputs.

    ``own``: a folder of page templates that are looked for first.
    """
    return b"\n".join(template_file(name, own).read_bytes() for name in _PIECES)


def place(line: int, own: str = "") -> str:
    """The page template, and the line in it, from which a line of the program came."""
    for name in _PIECES:
        path = template_file(name, own)
        lines = path.read_bytes().count(b"\n") + 1
        if line <= lines:
            return f"{path}:{line}"
        line -= lines
    return ""


def to_json(document: Document, look: Look, *, blank_pages: int = 0, columns: float = 0.0) -> str:
    """The document as the program reads it; ``blank_pages`` follow its last one.

    ``columns``: how much of its two columns a cheat sheet may fill.
    """
    document = in_language(document, look.language)
    return json.dumps(
        {
            "kind": document.kind,
            "title": document.title,
            "subtitle": document.subtitle,
            "masthead": document.masthead,
            "logo": _logo(look.logo),
            "footer": document.footer,
            "language": document.language,
            "paper": {"a4": "a4", "letter": "us-letter"}[look.paper],
            "large": look.large_print,
            "blank_pages": blank_pages,
            "columns": columns,
            "words": _words(look.language),
            "attachments": _attachments(document),
            "blocks": _without_gaps(_blocks(document.blocks)),
        }
    )


def _attachments(document: Document) -> list[Drawn]:
    """The numbers behind each figure, as a file of the name that it has beside a page of Markdown."""
    named = {figure.name: figure for figure in figures_in(document.blocks)}
    return [
        {"name": f"{name}.csv", "description": figure.title, "content": to_csv(figure.data).decode()}
        for name, figure in named.items()
        if figure.data
    ]


def _words(language: str) -> Drawn:
    """The fixed words that the program puts between those of a document."""
    page = words_in(language)["page"]
    said = {name: page[name] for name in ("continued", "blank", "too_much", "too_long")}
    marks = {name: f"({page[name]})" for name in ("right", "wrong")}
    return {"page": page["of_pages"], "point": page["points"][0], "points": page["points"][1], **said, **marks}


def _logo(address: str) -> Drawn | None:
    """A picture that a data address holds: its format and its bytes, as numbers."""
    if not address:
        return None
    kind, _, content = address.partition(";base64,")
    formats = {"data:image/png": "png", "data:image/jpeg": "jpg", "data:image/svg+xml": "svg"}
    return {"format": formats[kind], "bytes": list(base64.b64decode(content))}


def _blocks(blocks: Iterable[Block], level: int = 1) -> list[Drawn]:
    """Blocks below a heading of ``level - 1``; questions stand one level below the heading before them."""
    drawn: list[Drawn] = []
    for block in blocks:
        drawn.append(_block(block, level))
        if isinstance(block, Heading):
            level = block.level
    return drawn


def _block(block: Block, level: int) -> Drawn:
    match block:
        case Prose():
            return {"block": "prose", "text": text_blocks(block)}
        case Heading():
            return {"block": "heading", "level": block.level - 1, "text": breakable(block.text)}
        case Sentence():
            return {"block": "sentence", "text": breakable(block.text), "strong": block.strong}
        case Facts(rows=rows):
            return {"block": "facts", "rows": [(breakable(name), line(said)) for name, said in rows]}
        case Fields():
            return {"block": "fields", "fields": [(label, share) for label, share in block.fields]}
        case Grid():
            return _grid(block)
        case AnswerBox():
            return {
                "block": "answer_box",
                "working": block.working_mm,
                "label": block.label,
                "unit": block.unit,
                "width": block.width_mm,
            }
        case WritingLines():
            return {"block": "writing_lines", "lines": block.lines}
        case Options():
            return _options(block)
        case Figure():
            return {"block": "figure", "svg": block.svg, "title": block.title, "description": _read_aloud(block)}
        case Cards(cards=cards):
            return {
                "block": "cards",
                "across": block.across,
                "down": block.down,
                "cards": [_card(card, level) for card in cards],
            }
        case Notice():
            return {
                "block": "notice",
                "kind": block.kind,
                "title": breakable(block.title),
                "blocks": _blocks(block.blocks, level),
            }
        case Question():
            return {
                "block": "question",
                "label": block.label,
                "title": breakable(block.title),
                "points": None if block.points is None else f"{block.points:g}",
                "is_part": block.is_part,
                "level": level,
                "blocks": _blocks(block.blocks, level + 1),
            }


def _read_aloud(figure: Figure) -> str:
    """What stands for a drawing: its description, and the numbers that it shows."""
    if figure.data is None:
        return figure.description
    rows = (figure.data.header, *([_told(cell) for cell in row] for row in figure.data.rows))
    return f"{figure.description} {'; '.join(', '.join(row) for row in rows)}."


def _told(cell: str | Prose) -> str:
    return cell if isinstance(cell, str) else words(cell)


def _card(card: Card, level: int) -> Drawn:
    return {
        "number": card.number,
        "topic": breakable(card.topic),
        "front": _blocks(card.front, level),
        "back": _blocks(card.back, level),
    }


def _grid(grid: Grid) -> Drawn:
    """A grid with empty cells is there to be filled in, so its cells are ruled."""
    rows = [[line(cell) for cell in row] for row in (grid.header, *grid.rows)]
    return {
        "block": "grid",
        "header": rows[0],
        "rows": rows[1:],
        "align": grid.align,
        "extents": extents(rows),
        "lines": sum(_lines(row) for row in (grid.header, *grid.rows)),
        "caption": breakable(grid.caption),
        "to_fill": any(cell == "" for row in grid.rows for cell in row),
        "wide": [column for column, cells in enumerate(zip(*grid.rows, strict=True)) if not all(map(_is_brief, cells))],
    }


def _lines(row: Sequence[str | Prose]) -> int:
    """About how many lines a row takes."""
    return math.ceil(sum(len(_told(cell)) for cell in row) / _LINE) or 1


def _is_brief(cell: str | Prose) -> bool:
    """Whether a cell stands on one line in the narrowest column."""
    return len(_told(cell)) <= _BRIEF


def _options(options: Options) -> Drawn:
    return {
        "block": "options",
        "several": options.several,
        "options": [
            {
                "letter": option.letter,
                "text": text_blocks(option.text),
                "mark": option.mark,
                "because": text_blocks(option.because) if option.because else None,
            }
            for option in options.options
        ],
    }


def _in_outline(blocks: list[Drawn]) -> Iterator[Drawn]:
    """What stands in the outline, in the order of reading."""
    for block in blocks:
        if "level" in block:
            yield block
        for inner in ("blocks", "cards", "front", "back"):
            yield from _in_outline(block.get(inner, []))


def _without_gaps(blocks: list[Drawn]) -> list[Drawn]:
    """The same blocks, no heading more than one level below the one before it, as readers of tagged PDF ask."""
    last = 0
    for block in _in_outline(blocks):
        last = block["level"] = min(max(block["level"], 1), last + 1)
    return blocks
