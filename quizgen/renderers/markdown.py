"""Documents as Markdown: reads well as plain text, and renders on a forge with its formulas, tables and figures."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote

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
    Option,
    Options,
    Paragraph,
    Prose,
    Question,
    Sentence,
    WritingLines,
)
from quizgen.documents.language import in_language
from quizgen.renderers.behind_figures import figures_in, to_csv
from quizgen.renderers.contract import USUAL, Look
from quizgen.renderers.markdown_prose import escape, escape_cell, escape_line, indented, prose_block, prose_cell, table
from quizgen.words import Words, fill, words_in

Page = Mapping[str, Words]
_FIELD_LENGTH: Final = 12  # underscores of a field of relative width 1
_ANSWER_LENGTH: Final = 16
_MARKS: Final = {"": "", "right": "✓", "wrong": "✗"}


def render(document: Document, look: Look = USUAL) -> bytes:
    """The document as Markdown in UTF-8; equal documents give equal bytes. Its figures are in `files_beside`."""
    document, page = in_language(document, look.language), words_in(look.language)["page"]
    masthead = escape_line(" · ".join(document.masthead))
    head = [f"# {_heading_words(document.title)}", masthead, escape_line(document.subtitle)]
    foot = ["---", "\\\n".join(escape_line(line) for line in document.footer)] if document.footer else []
    return (_joined([*head, *_blocks(document.blocks, page), *foot]) + "\n").encode()


def files_beside(document: Document) -> Mapping[str, bytes]:
    """The figures that the page shows, as SVG by the path that it names, and the numbers behind each as CSV."""
    figures = list(figures_in(document.blocks))
    drawings = {f"figures/{figure.name}.svg": figure.svg.encode() for figure in figures}
    return drawings | {f"figures/{figure.name}.csv": to_csv(figure.data) for figure in figures if figure.data}


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text)


def _blocks(blocks: Iterable[Block], page: Page) -> Iterator[str]:
    """Each block; ``page``: the words that stand on every page."""
    return (_block(block, page) for block in blocks)


def _block(block: Block, page: Page) -> str:
    match block:
        case Prose():
            return prose_block(block)
        case Heading(level=level, text=text):
            return f"{'#' * level} {_heading_words(text)}"
        case Sentence(text=text, strong=strong):
            return _bold(text) if strong else escape_line(text)
        case Facts(rows=rows):
            return "\n".join(f"- {_bold(name)}: {_words(words)}" for name, words in rows)
        case Fields(fields=fields):
            return "\n\n".join(f"{escape_line(label)}: {_rule(width * _FIELD_LENGTH)}" for label, width in fields)
        case Grid():
            return _grid(block)
        case AnswerBox(label=label, unit=unit):
            return f"{_bold(label or fill(page['answer']))}: {_rule(_ANSWER_LENGTH)} {escape(unit)}".rstrip()
        case WritingLines(lines=lines):
            return fill(page["lines"], lines=lines)
        case Options():
            return _options(block)
        case Figure():
            return _figure(block, page)
        case Notice(title=title, blocks=blocks):
            return _quoted(_joined([_bold(title), *_blocks(blocks, page)]))
        case Cards(cards=cards):
            return _joined(_card(card, page) for card in cards)
        case Question():
            return _joined([_question_line(block, page), *_blocks(block.blocks, page)])


def _figure(figure: Figure, page: Page) -> str:
    """The drawing, and with its title where its numbers are."""
    path = f"figures/{quote(figure.name, safe='')}"
    drawing = f"![{escape(figure.description)}]({path}.svg)"
    return (
        f"{drawing}\n\n*{escape(figure.title)}* ([{fill(page['its_numbers'])}]({path}.csv))" if figure.data else drawing
    )


def _card(card: Card, page: Page) -> str:
    """A card with its answer below it."""
    answer = _joined(_blocks(card.back, page))
    return _joined([f"### {card.number}. {escape(card.topic)}", *_blocks(card.front, page), _quoted(answer)])


def _question_line(question: Question, page: Page) -> str:
    points = f" ({fill(page['points'], points=question.points)})" if question.points is not None else ""
    label, title = escape(question.label), escape(question.title)
    if question.is_part:
        return f"**{label}**{' ' + title if title else ''}{points}"
    return f"### {label}. {title}{points}" if title else f"### {fill(page['question'])} {label}{points}"


def _grid(grid: Grid) -> str:
    rows = [[escape_cell(cell) if isinstance(cell, str) else prose_cell(cell) for cell in row] for row in grid.rows]
    drawn = table([escape_cell(cell) for cell in grid.header], rows, grid.align)
    return _joined([_bold(grid.caption) if grid.caption else "", drawn])


def _options(options: Options) -> str:
    entries = [_option(option, several=options.several) for option in options.options]
    return ("\n\n" if any("\n" in entry for entry in entries) else "\n").join(entries)


def _option(option: Option, *, several: bool) -> str:
    letter = f"**{escape(option.letter)}**" if option.letter else ""
    marks = " ".join(mark for mark in ("-", "☐" if several else "", letter, _MARKS[option.mark]) if mark)
    blocks = option.text.pattern.blocks
    gap = " " if blocks and isinstance(blocks[0], Paragraph) else "\n\n"
    text = marks + gap + prose_block(option.text)
    because = prose_block(option.because) if option.because else ""
    return indented(_joined([text, because]), 2)


def _words(words: str | Prose) -> str:
    return escape(words) if isinstance(words, str) else prose_cell(words)


def _bold(text: str) -> str:
    return f"**{escape(text.strip())}**"


def _heading_words(text: str) -> str:
    words = escape(text)
    return f"{words[:-1]}\\#" if words.endswith("#") else words


def _rule(length: float) -> str:
    return "_" * max(4, round(length))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))
