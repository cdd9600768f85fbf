"""Short texts: right where accepted, wrong where known to be, and otherwise for a person to decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.blocks import AnswerBox, Notice
from quizgen.documents.questions import filler
from quizgen.items.contract import Settings
from quizgen.items.item import Part
from quizgen.items.realise import realise
from quizgen.items.short_text import MAX_LENGTH, ShortText, ShortTextKey, WrongText

PHENOMENON = """
short_text:
  accept: ["vanishing gradient | gradient vanishing | vanish*"]
  wrong:
    - {text: exploding gradient | explod*, misconception: gradient-grows, because: The numbers << x >> shrink.}
  reject: [overfitting]
"""


def part(*, closed=False):
    """A part that asks for the vanishing gradient."""
    key = ShortTextKey(
        accept=("vanishing gradient", "vanish*"),
        wrong=(
            WrongText(phrases=("exploding gradient", "explod*"), misconception="gradient-grows", because="It shrinks."),
            WrongText(phrases=("varnishing gradient",), misconception="paint", because="That is paint."),
        ),
        reject=("overfitting",),
        closed=closed,
    )
    return Part(label="1", id="t", type="short_text", points=1, ask="", key=key)


def grade(response, **how):
    """The verdict on a response."""
    return ShortText().grade(part(**how), response, Settings())


@pytest.mark.parametrize(
    "response", ["vanishing gradient", "Vanishing Gradients", "the vanishing-gradient", "VANISHES"]
)
def test_what_is_accepted_is_right(response):
    """Without a word said."""
    verdict = grade(response)
    assert (verdict.status, verdict.fraction, verdict.feedback) == ("right", 1.0, "")


def test_a_small_slip_is_right_with_a_remark():
    """The remark shows the spelling."""
    verdict = grade("vanishing gradeint")
    assert (verdict.status, verdict.fraction) == ("right", 1.0)
    assert verdict.feedback == "Counted as right; it is spelt vanishing gradient."


def test_a_slip_that_is_a_wrong_answer_is_wrong():
    """One letter makes another answer of it."""
    verdict = grade("varnishing gradient")
    assert (verdict.status, verdict.diagnosis, verdict.feedback) == ("wrong", "paint", "That is paint.")


def test_a_slip_near_both_goes_to_a_person():
    """As near the right as the wrong answer."""
    assert grade("vaunishing gradient").status == "needs-review"


@pytest.mark.parametrize(
    ("response", "diagnosis"),
    [("exploding gradient", "gradient-grows"), ("explodes", "gradient-grows"), ("Over-fitting", None), ("exploding gradeint", "gradient-grows")],
)  # fmt: skip
def test_known_wrong_answers_are_wrong(response, diagnosis):
    """A mistake that has a name is told."""
    verdict = grade(response)
    assert (verdict.status, verdict.fraction, verdict.diagnosis) == ("wrong", 0.0, diagnosis)


@pytest.mark.parametrize(
    "response", ["the gradient gets smaller", "decay", "not vanishing", "vanishing or exploding gradient", "v" * (MAX_LENGTH + 1)]
)  # fmt: skip
def test_what_nobody_foresaw_goes_to_a_person(response):
    """It may be right."""
    assert grade(response).status == "needs-review"


def test_a_closed_list_leaves_nothing_open():
    """Its author knows all that is right; a slip near both is still for a person."""
    assert grade("decay", closed=True).status == "wrong"
    assert grade("vaunishing gradient", closed=True).status == "needs-review"
    assert grade("vanishes", closed=True).status == "right"


@pytest.mark.parametrize("response", ["?", "…", "--", "   ."])
def test_no_word_is_unreadable(response):
    """There is nothing to judge."""
    assert grade(response).status == "unreadable"


@given(st.text(max_size=60))
def test_any_text_is_graded(text):
    """And nothing but the right words earns points."""
    for closed in (False, True):
        verdict = grade(text, closed=closed)
        assert verdict.status in {"right", "wrong", "unreadable", "needs-review"}
        assert verdict.fraction == (verdict.status == "right")
        assert verdict.status != "right" or "van" in text.casefold()


def test_a_condition_may_decide(made):
    """What is right depends on the variant."""
    written = """
    short_text:
      accept: ["<% if big %>large<% else %>small<% endif %>"]
      reject: ["<% if big %>small<% else %>large<% endif %>"]
    """
    compute = ("  y: x * a", "  big: a > 5\n  y: x * a")
    answers = {made(written, compute, variant=variant).key.accept for variant in range(12)}
    assert answers == {("large",), ("small",)}


def test_a_phrase_cannot_be_right_and_wrong(broken_rule, made):
    """However it is spelt; one that is only near another may stand beside it."""
    made("short_text: {accept: [vanishing], reject: [varnishing]}")
    assert "the wrong answer 'gates' reads as right" in broken_rule("short_text: {accept: [gate], reject: [gates]}")
    assert "the right answer 'exploding' reads as wrong" in broken_rule(
        "short_text: {accept: [exploding], reject: ['explod*']}"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{accept: ['vanish*']}", "nothing that can be written as it stands"),
        ("{accept: []}", "nothing that can be written as it stands"),
        ("{accept: [gate], reject: ['*gate']}", "a star stands at the end of a word"),
        ("{accept: ['<< q >>']}", "nothing here is named 'q'"),
    ],
)
def test_what_makes_no_sense_is_told_to_the_author(written, said, refusal):
    """Whatever the numbers."""
    assert said in refusal(f"short_text: {written}")


def test_a_variant_without_an_answer_is_drawn_again(broken_rule):
    """Where a condition leaves nothing to accept."""
    said = broken_rule(
        'short_text: {accept: ["<% if never %>gate<% endif %>"]}', ("  y: x * a", "  never: a > 99\n  y: x * a")
    )
    assert "no phrase is accepted" in said


def test_the_model_answer_tells_what_is_accepted_and_what_is_not(one_part):
    """The quiz has room for some words and says nothing."""
    item = realise(one_part(PHENOMENON), seed=1, variants=[0]).items[0]
    asked, fill = item.parts[0], filler(item)
    (box,) = ShortText().quiz_blocks(asked, fill)
    assert isinstance(box, AnswerBox)
    answer, others, mistake = ShortText().answer_blocks(asked, fill)
    assert answer.text == "Answer: vanishing gradient"
    assert others.text == "Accepted too: gradient vanishing, vanish…"
    assert isinstance(mistake, Notice)
    assert mistake.title == "If you got exploding gradient: gradient grows"
