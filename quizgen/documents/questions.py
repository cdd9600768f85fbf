"""An item as blocks: what every document shows of it, asked or answered."""

from collections.abc import Callable
from dataclasses import replace

from quizgen import figures, prose
from quizgen.blocks import Block, Facts, Figure, Notice, Prose, Question
from quizgen.documents.words import ANSWER_HEADINGS
from quizgen.figures.figure import FigureData
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Fill
from quizgen.items.item import Item, Part
from quizgen.prose.words import words
from quizgen.words import say

PartBlocks = Callable[[Part, Fill], tuple[Block, ...]]


def filler(item: Item) -> Fill:
    """Turns a text of ``item`` into prose with the item's numbers."""

    def fill(text: str) -> Prose:
        return prose.fill(text, numbers=item.numbers, truths=item.truths)

    return fill


def asked(item: Item) -> Question:
    """The item as the student's page shows it."""
    return _question(item, lambda part, fill: ITEM_TYPES[part.type].quiz_blocks(part, fill))


def answered(item: Item, *, whole: bool = True) -> Question:
    """The item with its key, its worked steps and its common mistakes, and the structured answer where it has one.

    ``whole``: whether the structured answer is wanted that sums up the parts.
    """
    question = _question(item, lambda part, fill: _part_answer(item, part, fill))
    if not whole or not item.model_answer or _is_in_words(item):
        return question
    overview = Notice(kind="answer", title=say("answers.whole_answer"), blocks=(_structured_answer(item),))
    return replace(question, blocks=(*question.blocks, overview))


def opening(item: Item) -> tuple[Block, ...]:
    """What the parts of the item have in common: the stem and the figure."""
    fill = filler(item)
    return (*_text(item.stem, fill), *_figure(item, fill))


def drawing(item: Item) -> tuple[Block, ...]:
    """The figure alone."""
    return _figure(item, filler(item))


def asked_part(item: Item, part: Part) -> Question:
    """One part as the student's page shows it."""
    return _part(item, part, ITEM_TYPES[part.type].quiz_blocks)


def answered_part(item: Item, part: Part) -> tuple[Block, ...]:
    """The key of one part with its worked steps and its common mistakes."""
    return _part_answer(item, part, filler(item))


def _question(item: Item, part_blocks: PartBlocks) -> Question:
    parts = item.parts
    if len(parts) == 1:
        body = _part(item, parts[0], part_blocks).blocks
        return Question(label=parts[0].label, title=item.title, points=item.points, blocks=(*opening(item), *body))
    nested = tuple(_part(item, part, part_blocks) for part in parts)
    number = parts[0].label.rstrip("abcdefghij")
    return Question(label=number, title=item.title, points=item.points, blocks=(*opening(item), *nested))


def _part(item: Item, part: Part, part_blocks: PartBlocks) -> Question:
    fill = filler(item)
    blocks = (*_text(part.ask, fill), *part_blocks(part, fill))
    return Question(label=part.label, points=part.points, blocks=blocks, is_part=True)


def _part_answer(item: Item, part: Part, fill: Fill) -> tuple[Block, ...]:
    key, *rest = ITEM_TYPES[part.type].answer_blocks(part, fill)
    structured = (_structured_answer(item),) if item.model_answer and _is_in_words(item) else ()
    answer = Notice(
        kind="answer", title=say("answers.model_answer"), blocks=(*_text(part.model_answer, fill), *structured, key)
    )
    return (answer, *rest)


def _is_in_words(item: Item) -> bool:
    """Whether the item asks one thing that no program can grade: then the structured answer is its model answer."""
    part = item.parts[0]
    return len(item.parts) == 1 and not ITEM_TYPES[part.type].key_response(part)


def _structured_answer(item: Item) -> Facts:
    fill = filler(item)
    rows = [
        (heading, fill(item.model_answer[name]))
        for name, heading in ANSWER_HEADINGS.items()
        if name in item.model_answer
    ]
    return Facts(rows=tuple(rows))


def _figure(item: Item, fill: Fill) -> tuple[Block, ...]:
    if item.figure is None:
        return ()
    number = item.parts[0].label.rstrip("abcdefghij")
    return (drawn(f"question-{number}", item.figure, fill),)


def drawn(name: str, data: FigureData, fill: Fill) -> Figure:
    """A figure drawn, described and tabulated; files beside a page are named ``name``."""
    shown = replace(data, title=words(fill(data.title)), description=words(fill(data.description)))
    return Figure(
        name=name,
        svg=figures.draw(shown),
        title=shown.title,
        description=figures.describe(shown),
        data=figures.tabulate(shown),
    )


def _text(text: str, fill: Fill) -> tuple[Block, ...]:
    return (fill(text),) if text.strip() else ()
