"""Study sheets, the cheat sheet and cards: what stands on them, in which order, and that it comes from the topics."""

from dataclasses import replace

import pytest

from quizgen.blocks import Cards, Document, Figure, Heading, Notice, Question
from quizgen.documents.cards import LONGEST, MOST_ITEMS, cards
from quizgen.documents.cheat_sheet import cheat_sheet
from quizgen.documents.study_sheet import study_sheet
from quizgen.forms.study import Missed, gather, short_items
from quizgen.renderers import RENDERERS
from quizgen.renderers.plain import to_text


@pytest.fixture(scope="module")
def topics(bank):
    """Two topics."""
    return [bank.topics["vanishing"], bank.topics["clipping"]]


@pytest.fixture(scope="module")
def sheet(bank, topics):
    """Their study sheet."""
    return study_sheet(gather(bank, topics, seed=1), seed=1)


def headings(document, level):
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


def test_the_ideas_stand_in_the_order_of_the_notes(sheet, topics):
    """Definition, cause, effect, example, measured, solutions, why recurrent, conclusion; then the example and the test."""
    assert headings(sheet, 2) == [*(topic.title for topic in topics), "Answers to the questions"]
    one = headings(sheet, 3)[: len(headings(sheet, 3)) // 2]
    assert one == [
        "Definition",
        "Cause",
        "Effect",
        "Example",
        "Measured",
        "Solutions",
        "Why recurrent networks",
        "Conclusion",
        "A worked example",
        "Common mistakes, and the numbers they lead to",
        "Test yourself",
    ]


def test_every_formula_stands_once_on_the_sheet(sheet, topics):
    """Below the idea that it belongs to."""
    text = to_text(sheet.blocks)
    for topic in topics:
        for formula in topic.formulas:
            assert text.count(f"{formula.name}:") == 1
    first = text[: text.index("Effect")]
    assert "Gradient through time:" in first
    assert "Time constant and half-life:" not in first


def test_each_topic_shows_a_figure_with_its_numbers_behind_it(sheet):
    """Drawn from a real simulation, with a table for those who cannot see it."""
    shown = [block for block in sheet.blocks if isinstance(block, Figure)]
    assert [figure.name for figure in shown] == ["demonstration-vanishing", "demonstration-clipping"]
    assert all(figure.data.rows and figure.description for figure in shown)


def test_answers_stand_at_the_end_and_nowhere_before(sheet):
    """The questions of the self-tests hold no answers; behind the last heading each has its own."""
    place = next(
        i for i, block in enumerate(sheet.blocks) if block == Heading(level=2, text="Answers to the questions")
    )
    asked = [b for b in sheet.blocks[:place] if isinstance(b, Question) and b.label.isdigit()]
    told = [b for b in sheet.blocks[place:] if isinstance(b, Question)]
    assert [question.label for question in asked] == [question.label for question in told] == list("123456")
    assert not any(isinstance(block, Notice) for question in asked for block in question.blocks)
    assert all(isinstance(block, Notice) and block.kind == "answer" for answer in told for block in answer.blocks)
    assert all(question.points is None for question in asked)


def test_equal_seeds_give_equal_sheets_and_other_seeds_other_numbers(bank, topics, sheet):
    """To the byte."""
    again, other = (RENDERERS["md"].render(study_sheet(gather(bank, topics, seed=s), seed=s)) for s in (1, 2))
    assert RENDERERS["md"].render(sheet) == again != other


def test_a_sheet_from_a_report_says_what_went_wrong(bank, topics):
    """The mistakes by their names with what to do instead, the claims, and a table of the questions."""
    missed = [
        Missed(label="2b", question="How fast?", topic="vanishing", score=0.0, points=2.0, claims=("S1",),
               mistakes=("adds-the-factors",)),
        Missed(label="4", question="Clip it", topic="clipping", score=0.5, points=1.0,
               mistakes=("clips-each-entry", "clips-each-tensor")),
    ]  # fmt: skip
    known = list(bank.misconceptions)[:3]
    missed = [replace(missed[0], mistakes=(known[0],)), replace(missed[1], mistakes=(known[1], known[2]))]
    document = study_sheet(
        gather(bank, topics, seed=1, missed=missed),
        seed=1,
        student="ada",
        misconceptions=bank.misconceptions,
        claims=bank.claims,
    )
    text = to_text(document.blocks)
    assert document.title == "Study sheet for ada"
    assert "0.5 of 1" in text
    assert f"Your mistake in 2b: {bank.misconceptions[known[0]].name}" in text.replace("\n", " ")
    assert text.count("Perhaps your mistake in 4: ") == 2
    assert "What your questions were about" in text


def test_the_cheat_sheet_has_every_key_formula(bank):
    """Each topic with its definition and its conclusion; a formula that is not key is left out."""
    for topic in bank.topics.values():
        document = cheat_sheet([topic])
        text = to_text(document.blocks)
        assert (document.kind, document.subtitle) == ("cheat-sheet", topic.title)
        for formula in topic.formulas:
            assert (f"\n{formula.name}: " in text) == formula.key


def test_cards_are_short_and_numbered(bank, topics):
    """No side holds more than a card has room for, and numbers run from 1."""
    items = [list(short_items(bank, topic, seed=1)) for topic in topics]
    (made,) = cards(topics, items, seed=1).blocks
    assert isinstance(made, Cards)
    assert [card.number for card in made.cards] == list(range(1, len(made.cards) + 1))
    assert {card.topic for card in made.cards} == {topic.title for topic in topics}
    assert all(len(to_text(side)) < 1.5 * LONGEST for card in made.cards for side in (card.front, card.back))
    named = {formula.name for topic in topics for formula in topic.formulas}
    assert sum(to_text(card.front[:1]) in named for card in made.cards) == len(named)
    assert 1 <= len(made.cards) - len(named) - 8 <= 2 * MOST_ITEMS


@pytest.mark.parametrize("format_name", ["md", "html", "txt"])
def test_cards_are_drawn_in_every_format(bank, topics, format_name):
    """Each card's question and answer, once."""
    document = cards(topics[:1], [[]], seed=1)
    page = RENDERERS[format_name].render(document).decode()
    assert page.count("Write down the formula") == len(topics[0].formulas)
    assert "Give the definition." in page


def test_backs_lie_behind_their_fronts(bank, topics):
    """For each page of fronts a page of backs follows, set from right to left, with the same cards in the same order."""
    page = RENDERERS["html"].render(cards(topics[:1], [[]], seed=1)).decode()
    sides = [part.split('"')[0] for part in page.split('<section class="sheet ')[1:]]
    assert sides == ["fronts", "backs"] * 2
    assert ".cards .backs { direction: rtl; }" in page


def test_an_empty_topic_makes_a_sheet(bank):
    """A topic that only has a title is no reason to fail."""
    bare = replace(
        bank.topics["clipping"], summary="", define="", cause="", effect="", example="", example_numbers="",
        solution="", why_recurrent="", conclusion="", formulas=(), demonstration=None, example_template="",
    )  # fmt: skip
    assert isinstance(study_sheet(gather(bank, [bare], seed=1), seed=1), Document)
    assert cards([bare], [[]], seed=1).subtitle == "0 cards"
    assert len(cheat_sheet([bare]).blocks) == 1
