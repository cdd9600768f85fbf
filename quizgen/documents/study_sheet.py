"""The study sheet: each topic's ideas with their formulas, a measured demonstration, a worked example, a self-test.

The ideas stand in the order of study notes: what it is, why, what it does, an example, what helps, why recurrent
networks, and what to take away. The answers to the self-tests stand at the end of the sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import quizgen
from quizgen import prose
from quizgen.bank.catalogues import Claim, KnownMisconception
from quizgen.bank.topic import Formula, Topic
from quizgen.blocks import AnswerBox, Block, Document, Grid, Heading, Notice, Prose, Question, Sentence
from quizgen.documents.questions import answered, asked, drawn, filler
from quizgen.documents.words import IDEA_HEADINGS
from quizgen.forms.study import Missed, Study
from quizgen.items.item import Item
from quizgen.words import say

MOST_NAMED: Final = 2  # titles that fit beside the page's title
BEFORE_DEMONSTRATION: Final = "example"


def study_sheet(
    studies: Sequence[Study],
    *,
    seed: int,
    student: str = "",
    misconceptions: Mapping[str, KnownMisconception] | None = None,
    claims: Mapping[str, Claim] | None = None,
) -> Document:
    """The sheet for ``studies``; what a student missed is explained with the catalogues ``misconceptions``, ``claims``.

    ``student``: whose sheet it is, "" for anybody's.
    """
    titles = ", ".join(study.topic.title for study in studies)
    subtitle = titles if len(studies) <= MOST_NAMED else say("quiz.topics", count=len(studies))
    missed = [(study.topic, one) for study in studies for one in study.missed]
    return Document(
        kind="study-sheet",
        title=say("study.sheet_for", student=student) if student else say("study.sheet"),
        subtitle=subtitle,
        blocks=(
            *(_overview(missed) if missed else ()),
            *(block for study in studies for block in _study(study, misconceptions or {}, claims or {})),
            *_answers(studies),
        ),
        footer=(say("head.seed", seed=str(seed)), say("head.version", version=quizgen.__version__)),
    )


def plain(text: str) -> Prose:
    """A text without numbers of an item."""
    return prose.fill(text, numbers={}, truths={})


# -- what was missed ---------------------------------------------------------------------------------------------------


def _overview(missed: Sequence[tuple[Topic, Missed]]) -> Iterator[Block]:
    yield Sentence(text=say("study.only_missed"))
    rows = [
        (one.label, one.question, topic.title, say("study.score_of", score=one.score, points=one.points))
        for topic, one in missed
    ]
    yield Grid(
        header=(say("page.question"), say("study.about"), say("study.topic"), say("quiz.point_row")),
        rows=tuple(rows),
        align=("left", "left", "left", "right"),
        caption=say("study.what_to_study"),
    )


def _missed(
    study: Study, misconceptions: Mapping[str, KnownMisconception], claims: Mapping[str, Claim]
) -> Iterator[Block]:
    """What was missed of one topic: the mistakes that were found, and what the questions were about."""
    found = dict.fromkeys(mistake for one in study.missed for mistake in one.mistakes if mistake in misconceptions)
    for mistake in found:
        known = misconceptions[mistake]
        sure = all(len(one.mistakes) == 1 for one in study.missed if mistake in one.mistakes)
        labels = ", ".join(one.label for one in study.missed if mistake in one.mistakes)
        found_in = {"labels": labels, "mistake": known.name}
        title = say("study.mistake", **found_in) if sure else say("study.perhaps", **found_in)
        yield Notice(kind="mistake", title=title, blocks=(plain(known.why), plain(known.remedy)))
    told = dict.fromkeys(claim for one in study.missed for claim in one.claims if claim in claims)
    if told:
        texts = tuple(plain(claims[claim].claim) for claim in told)
        yield Notice(kind="note", title=say("study.claims"), blocks=texts)


# -- one topic ---------------------------------------------------------------------------------------------------------


def _study(
    study: Study, misconceptions: Mapping[str, KnownMisconception], claims: Mapping[str, Claim]
) -> Iterator[Block]:
    topic = study.topic
    yield Heading(level=2, text=topic.title)
    if topic.summary.strip():
        yield plain(topic.summary)
    yield from _missed(study, misconceptions, claims)
    for idea, heading in IDEA_HEADINGS.items():
        formulas = [formula for formula in topic.formulas if formula.idea == idea]
        text = getattr(topic, idea)
        if text.strip() or formulas:
            yield Heading(level=3, text=heading)
            if text.strip():
                yield filler(study.measured)(text) if study.measured and idea == "example" else plain(text)
            yield from map(formula_prose, formulas)
        if idea == BEFORE_DEMONSTRATION and study.demonstration:
            yield from _demonstration(study.demonstration)
    if study.example is not None:
        yield from _worked(study.example)
    if study.self_test:
        yield Heading(level=3, text=say("study.test"))
        yield from map(_asked, study.self_test)


def formula_prose(formula: Formula) -> Prose:
    """A formula on a line of its own, between its name and its meaning."""
    latex = formula.formula.strip()
    return plain(say("study.formula", name=formula.name, formula=latex, meaning=formula.meaning))


def _demonstration(item: Item) -> Iterator[Block]:
    yield Heading(level=3, text=say("study.measured"))
    fill = filler(item)
    yield fill(item.stem)
    if item.figure:
        yield drawn(item.template, item.figure, fill)


def _worked(item: Item) -> Iterator[Block]:
    yield Heading(level=3, text=say("study.worked"))
    question, mistakes = _apart(answered(item, whole=False))
    yield question
    if mistakes:
        yield Heading(level=3, text=say("study.mistakes"))
        yield from mistakes


def _apart(question: Question) -> tuple[Question, tuple[Notice, ...]]:
    """The question without its common mistakes and its points, and the mistakes of all its parts."""
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
    return replace(question, points=None, blocks=tuple(kept)), tuple(mistakes)


# -- the self-tests ----------------------------------------------------------------------------------------------------


def _asked(item: Item) -> Question:
    """A question as an exam asks it, with a box for the result and none for the working."""
    return _without_working(asked(item))


def _without_working(question: Question) -> Question:
    kept: list[Block] = []
    for block in question.blocks:
        match block:
            case Question():
                kept.append(_without_working(block))
            case AnswerBox():
                kept.append(replace(block, working_mm=0.0))
            case _:
                kept.append(block)
    return replace(question, points=None, blocks=tuple(kept))


def _answers(studies: Sequence[Study]) -> Iterator[Block]:
    items = [item for study in studies for item in study.self_test]
    if items:
        yield Heading(level=2, text=say("study.answers"))
        yield from map(_answer, items)


def _answer(item: Item) -> Question:
    """The model answer alone: the question stands above."""
    return _only_answers(_apart(answered(item, whole=False))[0])


def _only_answers(question: Question) -> Question:
    kept = (
        _only_answers(block) if isinstance(block, Question) else block
        for block in question.blocks
        if isinstance(block, Question) or (isinstance(block, Notice) and block.kind == "answer")
    )
    return replace(question, blocks=tuple(kept))
