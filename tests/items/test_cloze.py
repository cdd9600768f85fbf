"""Texts with gaps: each gap is graded by its own type, and nothing unreadable is silently wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.blocks import Options, Prose, Sentence, WritingLines
from quizgen.documents.questions import filler
from quizgen.items import GAP_TYPES, ITEM_TYPES
from quizgen.items.choice import ChoiceKey
from quizgen.items.cloze import ClozeKey
from quizgen.items.cloze_response import split_response
from quizgen.items.contract import Settings
from quizgen.items.item import Misconception, Part
from quizgen.items.numeric import NumericKey
from quizgen.items.offers import KeyOption
from quizgen.items.realise import realise
from quizgen.items.short_text import ShortTextKey
from quizgen.numbers.printing import Number
from quizgen.numbers.reading import Unreadable
from quizgen.prose import fill, words
from quizgen.words import literally

CLOZE = ITEM_TYPES["cloze"]
MIXED = r"""
cloze:
  text: |
    The *product* is [[product]], as a formula [[formula]]. On $[0, 1]$ it is called [[name]], and it [[verdict]].
  gaps:
    name:
      points: 0.5
      short_text: {accept: [vanishing gradient], reject: [exploding gradient]}
    product:
      points: 0.5
      numeric: {key: y, rtol: 0.01, unit: m}
      misconceptions:
        forgets-a:
          value: x
          because: |
            You gave << x >>, without the factor << a >>.
    formula:
      points: 0.5
      expression: {key: x * h, symbols: {h: [0.1, 1]}, rtol: 0.001}
    verdict:
      points: 0.5
      choice:
        order: as-written
        options:
          - {text: shrinks, right: true}
          - {text: grows, misconception: gradient-grows, because: It was << x >>.}
"""
NUMBER = NumericKey(value=0.5, printed="0.500", rtol=0.01, atol=0, unit="", fractions=False, percent=False)
PHRASE = ShortTextKey(accept=("cell state",), wrong=(), reject=("hidden state",), closed=False)
LETTERS = ChoiceKey(
    options=(
        KeyOption(letter="A", text="up", right=False, because="No: << x >>."),
        KeyOption(letter="B", text="down", right=True),
    ),
    several=False,
    score="balanced",
)


def gap(number, name, kind, key, points=1.0, misconceptions=()):
    """One gap as a key holds it."""
    return Part(
        label=f"({number})", id=name, type=kind, points=points, ask="", key=key, misconceptions=tuple(misconceptions)
    )


def asked():
    """A part with a number (2 points), a phrase and a choice (1 point each)."""
    slip = Misconception(id="halves", value=0.25, because="You halved << x >>.")
    gaps = (
        gap(1, "n", "numeric", NUMBER, points=2.0, misconceptions=[slip]),
        gap(2, "where", "short_text", PHRASE),
        gap(3, "way", "choice", LETTERS),
    )
    return Part(
        label="1", id="c", type="cloze", points=4, ask="", key=ClozeKey(text="[[n]] [[where]] [[way]]", gaps=gaps)
    )


def grade(response, **settings):
    """The verdict on a response to `asked`."""
    return CLOZE.grade(asked(), response, Settings(**settings))


# -- responses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "response",
    [
        "0.5; cell state; B",
        "0.5;cell state;B;",
        "0.5\ncell state\nB\n",
        "0.5;\n\ncell state;\nB\n",
        "(1) 0.5; (2) cell state; (3) B",
        "1: 0.5; 3: B; 2: cell state",
        "1) 0.5\n2) cell state\n3) B",
        "way: B; n: 0.5; where: Cell-States",
    ],
)
def test_answers_are_told_apart_however_they_are_separated(response):
    """In order, or behind their numbers or names."""
    verdict = grade(response)
    assert (verdict.status, verdict.fraction, verdict.feedback) == ("right", 1.0, ""), verdict


def test_a_decimal_comma_stays_in_its_number():
    """A semicolon separates, a comma does not."""
    assert grade("0,5; cell state; B", decimal_comma=True).status == "right"
    assert grade("0,5; cell state; B").status == "partial"


def test_a_semicolon_in_parentheses_separates_nothing():
    """As in the arguments of a function."""
    assert split_response("max(w; 0,5); B", ["f", "c"]) == ("max(w; 0,5)", "B")
    assert split_response("w) ; B", ["f", "c"]) == ("w)", "B")


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ("0.5; B", "2 answers for 3 blanks"),
        ("0.5", "1 answer for 3 blanks"),
        ("0.5, cell state, B", "1 answer for 3 blanks"),
        ("1: 0.5; 1: 0.6", "Two answers for one blank"),
        ("x;" * 2000, "Longer than 2,000 characters"),
    ],
)
def test_what_cannot_be_told_apart_is_unreadable(response, reason):
    """The hint shows how to write it."""
    verdict = grade(response)
    assert (verdict.status, verdict.fraction) == ("unreadable", 0)
    assert reason in verdict.feedback
    assert "(1) …; (2) …; (3) …" in verdict.feedback


def test_blanks_may_be_left_empty():
    """They are not answered, and the others count."""
    for response in ("0.5;;B", "1: 0.5; 3: B", "(1) 0.5; (2) ; (3) B"):
        verdict = grade(response)
        assert (verdict.status, verdict.fraction) == ("partial", 0.75)
        assert "Blank (2): not answered." in verdict.feedback
    assert grade(";;").status == "not-answered"


# -- scores ------------------------------------------------------------------------------------------------------------


def test_each_gap_earns_its_share():
    """By its points; what is said of each stands in the order of the blanks."""
    verdict = grade("0.25; hidden state; B")
    assert (verdict.status, verdict.fraction, verdict.diagnosis) == ("partial", 0.25, "halves")
    assert verdict.feedback == "Blank (1): not right. You halved << x >>.\n\nBlank (2): not right.\n\nBlank (3): right."
    assert verdict.read_as == "(1) 0.25; (2) hidden state; (3) B"
    assert grade("0.5; hidden state; A").fraction == 0.5
    assert (grade("0.3; hidden state; A").status, grade("0.3; hidden state; A").fraction) == ("wrong", 0.0)


def test_an_unreadable_gap_is_named_and_the_others_count():
    """Where nothing else earns points, the part is unreadable, not wrong."""
    verdict = grade("half; cell state; B")
    assert (verdict.status, verdict.fraction) == ("partial", 0.5)
    assert "Blank (1): could not be read, so it earns nothing yet; it does not count as wrong." in verdict.feedback
    alone = grade("half; hidden state; A")
    assert (alone.status, alone.fraction) == ("unreadable", 0.0)
    assert "'half' is not part of a number" in alone.feedback
    assert "<<" not in alone.feedback


def test_a_person_decides_about_the_whole_part():
    """If one gap needs a person; an author's words with marks are left out, as they are shown unfilled."""
    verdict = grade("0.25; somewhere; A")
    assert (verdict.status, verdict.fraction) == ("needs-review", 0.0)
    assert verdict.feedback == ("Blank (1): not right. Blank (2): your teacher will look at it. Blank (3): not right.")


@given(st.lists(st.text(max_size=20), max_size=4).map("; ".join) | st.text(max_size=40))
def test_any_text_is_graded_and_its_feedback_can_be_printed(text):
    """A quotation of the response is no text of an author's: marks and formulas in it stay words."""
    verdict = grade(text)
    assert verdict.fraction == 1 if verdict.status == "right" else verdict.fraction < 1
    assert verdict.status in ("right", "partial") or verdict.fraction == 0
    if verdict.status in ("right", "partial", "wrong"):
        fill(verdict.feedback, numbers={"x": Number(printed="1", raw=1.0)})


@given(st.text(max_size=40))
def test_what_is_taken_literally_says_itself(text):
    """But for characters that do not print, and spaces where Markdown takes them away."""
    shown = words(fill(f"a {literally(text)} z", numbers={}))
    printed = "".join(sign if sign.isprintable() else " " for sign in text)
    assert "".join(shown.split()) == "".join(f"a{printed}z".split())


@given(st.text("1)(: ;ab\n", max_size=30))
def test_splitting_never_raises(text):
    """It gives a reason, or as many answers as there are blanks."""
    found = split_response(text, ["a", "b"])
    assert isinstance(found, Unreadable) or len(found) == 2


# -- one variant -------------------------------------------------------------------------------------------------------


@pytest.fixture
def mixed(one_part):
    """The item of `MIXED`."""
    return realise(one_part(MIXED), seed=1, variants=[0]).items[0]


def test_gaps_come_in_the_order_of_the_text(mixed):
    """Whatever the order in which they are written below it."""
    part = mixed.parts[0]
    assert [(one.id, one.label) for one in part.key.gaps] == [
        ("product", "(1)"),
        ("formula", "(2)"),
        ("name", "(3)"),
        ("verdict", "(4)"),
    ]
    assert CLOZE.grade(part, CLOZE.key_response(part), Settings()).fraction == 1
    in_order = "; ".join(GAP_TYPES[one.type].key_response(one) for one in part.key.gaps)
    assert CLOZE.grade(part, in_order, Settings()).status == "right"


def test_the_page_shows_blanks_options_and_room(mixed):
    """A unit stands behind its blank, options below the text; nothing of the key is there."""
    part, filled = mixed.parts[0], filler(mixed)
    text, *others = CLOZE.quiz_blocks(part, filled)
    assert isinstance(text, Prose)
    blank = "_" * 12
    assert words(text) == (
        f"The product is (1) {blank} m, as a formula (2) {blank}. On [0, 1] it is called (3) {blank}, and it (4) {blank}."
    )
    assert Sentence(text="For blank (4):") in others
    assert Sentence(text="For blank (3):") not in others
    assert sum(isinstance(block, Options) for block in others) == 1
    assert isinstance(others[-1], WritingLines)


def test_the_model_answer_has_all_answers_and_what_each_gap_says(mixed):
    """First on one line, then gap by gap with their mistakes."""
    part, filled = mixed.parts[0], filler(mixed)
    first, *others = CLOZE.answer_blocks(part, filled)
    assert first.text == f"Answer: {CLOZE.key_response(part)}"
    assert [block.text for block in others if isinstance(block, Sentence) and block.text.startswith("Blank")] == [
        f"Blank ({number})" for number in (1, 2, 3, 4)
    ]
    assert any(getattr(block, "title", "").endswith("forgets a") for block in others)


def test_gaps_shuffle_their_options_each_in_its_own_way(one_part):
    """Else the place of one right option would tell that of the next."""
    three = "options: [{text: yes, right: true}, {text: no}, {text: perhaps}]"
    written = f"""
    cloze:
      text: "[[p]] [[q]]"
      gaps:
        p: {{choice: {{{three}}}}}
        q: {{choice: {{{three}}}}}
    """
    items = realise(one_part(written), seed=1, variants=range(12)).items
    places = [[GAP_TYPES["choice"].right_place(one.key) for one in item.parts[0].key.gaps] for item in items]
    assert any(first != second for first, second in places)


def test_the_certificate_of_each_gap_holds(broken_rule):
    """A misconception near the key is one as anywhere else."""
    said = broken_rule("""
    cloze:
      text: "[[p]]"
      gaps:
        p: {points: 2, numeric: {key: y, rtol: 0.01}, misconceptions: {same: {value: y * 1.001, because: So.}}}
    """)
    assert "gap p: misconception same is too close to the key" in said


@pytest.mark.parametrize(
    ("text", "gaps", "said"),
    [
        ("[[p]] [[q]]", "p: {points: 2, numeric: {key: y}}", "no gap is named 'q'"),
        ("none", "p: {points: 2, numeric: {key: y}}", "the gap 'p' stands in the text 0 times"),
        ("[[p]] [[p]]", "p: {points: 2, numeric: {key: y}}", "the gap 'p' stands in the text 2 times"),
        ("$x = [[p]]$", "p: {points: 2, numeric: {key: y}}", "a gap inside a formula"),
        ("<% if big %>[[p]]<% endif %>", "p: {points: 2, numeric: {key: y}}", "has no conditions"),
        ("[[p]]", "p: {numeric: {key: y}}", "the gaps add up to 1 points, the part to 2"),
        ("[[p]]", "p: {points: 2, numeric: {key: y, rtol: 3}}", "cloze.gaps.p.numeric.rtol"),
        ("[[p]]", "p: {points: 2, numeric: {key: q}}", "nothing before this is named 'q'"),
        ("[[p]]", "p: {points: 2}", "no item type: expected exactly one item type"),
        ("[[p]]", "p: {points: 2, numeric: {key: y}, magnitude: {key: y}}", "expected exactly one item type"),
        ("[[p]]", "p: {points: 2, open: {lines: 3, rubric: []}}", "no such key"),
        ("[[p]]", "p: {points: 2, numeric: {key: y}, misconceptions: {m: {value: x}}}", "because is missing"),
        ("[[p]]", "p: {points: 2, short_text: {accept: [y]}, misconceptions: {m: {value: x, because: So.}}}", "not filled with"),
        ("[[P]]", "P: {points: 2, numeric: {key: y}}", "a gap's name has small letters"),
        ("[[p]] << q >>", "p: {points: 2, numeric: {key: y}}", "nothing here is named 'q'"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_to_the_author(text, gaps, said, refusal):
    """At its place."""
    written = f"""
    cloze:
      text: "{text}"
      gaps:
        {gaps}
    """
    assert said in refusal(written, ("  y: x * a", "  big: a > 5\n  y: x * a"))
