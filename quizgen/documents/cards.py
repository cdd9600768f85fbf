"""Cards to cut out and learn from: a question in front, the answer on the back; only what is short.

A card asks for a definition, a cause or an effect, for a formula by its name, or one question of an exam. What is too
long for a card is left out: it is in the study sheet.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import quizgen
from quizgen.bank.topic import Topic
from quizgen.blocks import (
    AnswerBox,
    Block,
    Card,
    Cards,
    DisplayMaths,
    Document,
    Facts,
    Figure,
    Grid,
    Notice,
    Options,
    Prose,
    Question,
    Sentence,
    TableBlock,
    WritingLines,
)
from quizgen.documents.questions import answered, asked
from quizgen.documents.study_sheet import plain
from quizgen.documents.words import CARD_QUESTIONS
from quizgen.items.item import Item
from quizgen.prose import words
from quizgen.words import say

LONGEST: Final = 520  # characters on one side
LINE: Final = 55  # characters in a line: what a formula of its own takes beside its letters, an option, a new paragraph
MOST_ITEMS: Final = 3  # cards of one topic that ask a question of an exam

Sides = tuple[tuple[Block, ...], tuple[Block, ...]]


def cards(topics: Sequence[Topic], items: Sequence[Sequence[Item]], *, seed: int) -> Document:
    """The cards for ``topics``; ``items`` are short questions of each, the first that fit are taken."""
    made: list[Card] = []
    for topic, own in zip(topics, items, strict=True):
        for front, back in _sides(topic, own):
            made.append(Card(number=len(made) + 1, topic=topic.title, front=front, back=back))
    return Document(
        kind="cards",
        title=say("study.cards"),
        subtitle=say("quiz.cards", count=len(made)),
        blocks=(Cards(cards=tuple(made)),),
        footer=(say("head.seed", seed=str(seed)), say("head.version", version=quizgen.__version__)),
    )


def _sides(topic: Topic, items: Sequence[Item]) -> Iterator[Sides]:
    for idea, question in CARD_QUESTIONS.items():
        text = getattr(topic, idea)
        sides: Sides = ((Sentence(text=topic.title, strong=True), Sentence(text=question)), (plain(text),))
        if text.strip() and _fits(sides):
            yield sides
    for formula in topic.formulas:
        front = (Sentence(text=formula.name, strong=True), Sentence(text=say("study.card_formula")))
        yield front, (plain(f"$$\n{formula.formula.strip()}\n$$\n\n{formula.meaning}"),)
    fitting = (sides for item in items if item.figure is None and _fits(sides := _of_item(item)))
    for sides, _ in zip(fitting, range(MOST_ITEMS), strict=False):
        yield sides


def _of_item(item: Item) -> Sides:
    """The question without its boxes, and the answer without the common mistakes."""
    front = tuple(block for block in asked(item).blocks if not isinstance(block, AnswerBox | WritingLines))
    notices = (
        block for block in answered(item, whole=False).blocks if isinstance(block, Notice) and block.kind == "answer"
    )
    return front, tuple(inner for notice in notices for inner in notice.blocks)


def _fits(sides: Sides) -> bool:
    return all(sum(_length(block) + LINE / 2 for block in side) <= LONGEST for side in sides)


def _length(block: Block) -> float:
    """How much room a block takes, in characters; more than there is for what no card can hold."""
    match block:
        case Prose():
            return _prose_length(block)
        case Sentence(text=text):
            return len(text)
        case Facts(rows=rows):
            return sum(len(name) + (len(said) if isinstance(said, str) else _prose_length(said)) for name, said in rows)
        case Options(options=options):
            return sum(
                max(LINE, 1.3 * _prose_length(one.text)) + (_prose_length(one.because) if one.because else 0)
                for one in options
            )
        case AnswerBox() | WritingLines():
            return 0
        case Grid() | Figure() | Notice() | Cards() | Question():
            return LONGEST + 1
        case _:
            return LINE


def _prose_length(prose: Prose) -> float:
    if any(isinstance(block, TableBlock) for block in prose.pattern.blocks):
        return LONGEST + 1
    shown = sum(isinstance(block, DisplayMaths) for block in prose.pattern.blocks)
    return len(words(prose)) + LINE * shown
