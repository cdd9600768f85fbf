"""The study sheet: each topic's ideas and formulas, a worked example with measured numbers, the common mistakes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import quizgen
from quizgen import prose
from quizgen.bank.topic import Topic
from quizgen.blocks import Block, Document, Grid, Heading, Notice, Prose, Question
from quizgen.documents.questions import answered, filler
from quizgen.documents.words import ANSWER_HEADINGS, count
from quizgen.items.item import Item

MOST_NAMED: Final = 2  # titles that fit beside the page's title


def study_sheet(
    topics: Sequence[Topic], examples: Mapping[str, Item], measured: Mapping[str, Item], *, seed: int
) -> Document:
    """The sheet for ``topics``; by topic id, ``examples`` holds the labelled items that are worked through, and
    ``measured`` those whose numbers the topics' examples print.
    """
    titles = ", ".join(topic.title for topic in topics)
    return Document(
        kind="study-sheet",
        title="Study sheet",
        subtitle=titles if len(topics) <= MOST_NAMED else count(len(topics), "topic"),
        blocks=tuple(
            block for topic in topics for block in _topic(topic, examples.get(topic.id), measured.get(topic.id))
        ),
        footer=(f"seed {seed}", f"quizgen {quizgen.__version__}"),
    )


def _topic(topic: Topic, example: Item | None, measured: Item | None) -> Iterator[Block]:
    yield Heading(level=2, text=topic.title)
    if topic.summary.strip():
        yield _plain(topic.summary)
    for name, heading in ANSWER_HEADINGS.items():
        text = getattr(topic, name, "")
        if text.strip():
            yield Heading(level=3, text=heading)
            yield filler(measured)(text) if measured and name == "example" else _plain(text)
    if topic.formulas:
        yield Heading(level=3, text="Formulas")
        rows = tuple(
            (formula.name, _plain(f"${formula.formula}$"), _plain(formula.meaning)) for formula in topic.formulas
        )
        yield Grid(header=("Name", "Formula", "Meaning"), rows=rows, align=("left", "left", "left"))
    if example is not None:
        yield Heading(level=3, text="A worked example, with measured numbers")
        question, mistakes = _apart(answered(example))
        yield question
        if mistakes:
            yield Heading(level=3, text="Common mistakes")
            yield from mistakes


def _apart(question: Question) -> tuple[Question, tuple[Notice, ...]]:
    """The question without its common mistakes, and the mistakes of all its parts."""
    kept: list[Block] = []
    mistakes: list[Notice] = []
    for block in question.blocks:
        if isinstance(block, Question):
            part, more = _apart(block)
            kept.append(part)
            mistakes += more
        elif isinstance(block, Notice) and block.kind == "mistake":
            mistakes.append(block)
        else:
            kept.append(block)
    return replace(question, blocks=tuple(kept)), tuple(mistakes)


def _plain(text: str) -> Prose:
    return prose.fill(text, numbers={}, truths={})
