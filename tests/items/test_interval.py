"""Any number of an interval is right; its ends, its example and its mistakes are certified."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.contract import Settings
from quizgen.items.interval import End, Interval, IntervalKey
from quizgen.items.item import Misconception, Part

INTERVAL = "interval: {low: y, high: 2 * y, example: 1.5 * y}"


def end(value, *, is_included=True):
    """An end that prints as Python does."""
    return None if value is None else End(value=value, printed=repr(value), is_included=is_included)


def part(low, high, *, included=True, rtol=0.01, mistakes=()):
    """A part with these ends."""
    key = IntervalKey(
        low=end(low, is_included=included),
        high=end(high, is_included=included),
        example=1.5,
        printed="1.5",
        rtol=rtol,
        unit="",
        fractions=False,
        percent=False,
    )
    found = tuple(Misconception(id=name, value=value, because=f"{name}!") for name, value in mistakes)
    return Part(label="1a", id="a", type="interval", points=2, ask="", key=key, misconceptions=found)


def grade(asked, response):
    """The verdict on a response."""
    return Interval().grade(asked, response, Settings())


@pytest.mark.parametrize(
    ("response", "status"),
    [("1", "right"), ("1.5", "right"), ("2", "right"), ("0.99", "right"), ("2.02", "right"), ("0.98", "wrong"),
     ("2.03", "wrong"), ("-1.5", "wrong"), ("1e-400", "wrong"), ("1e400000", "wrong"), ("1 to 2", "unreadable")],
)  # fmt: skip
def test_included_ends_are_right_within_the_tolerance(response, status):
    """Whoever rounds an end on the way loses nothing."""
    assert grade(part(1.0, 2.0), response).status == status


@pytest.mark.parametrize(
    ("response", "status"), [("1", "wrong"), ("1.0000001", "right"), ("1.9999", "right"), ("2", "wrong")]
)
def test_excluded_ends_are_wrong_and_have_no_tolerance(response, status):
    """Below 1 is not 1."""
    assert grade(part(1.0, 2.0, included=False), response).status == status


def test_an_interval_may_have_one_end():
    """At least, or at most."""
    assert [grade(part(1.0, None), text).status for text in ("0", "1", "1e300")] == ["wrong", "right", "right"]
    assert [grade(part(None, 1.0), text).status for text in ("-1e300", "1", "2")] == ["right", "right", "wrong"]


def test_a_wrong_number_is_explained_by_its_mistake_or_by_its_side():
    """A mistake of the part first, then whether the number is too small or too large."""
    asked = part(1.0, 2.0, mistakes=[("halves", 0.5), ("doubles", 4.0)])
    assert grade(asked, "0.5").diagnosis == "halves"
    assert grade(asked, "4.01").feedback == "doubles!"
    assert grade(asked, "0.7").feedback == "Your number is too small: the right ones begin at 1.0 (included)."
    assert grade(asked, "9").feedback == "Your number is too large: the right ones end at 2.0 (included)."


@given(low=st.floats(-1e9, 1e9), width=st.floats(1e-3, 1e9), share=st.floats(0, 1), far=st.floats(1, 1e6))
def test_what_lies_between_is_right_and_what_lies_beyond_is_wrong(low, width, share, far):
    """Points and nothing, with no share between them."""
    asked = part(low, low + width, rtol=0.0)
    inside = min(max(low + share * width, low), low + width)
    assert grade(asked, repr(inside)).fraction == 1.0
    assert grade(asked, repr(low + width + far)).fraction == 0.0
    assert grade(asked, repr(low - far)).fraction == 0.0


def test_the_key_follows_from_the_printed_numbers(made):
    """The example, written as printed, is right, and the model answer says the interval in words."""
    asked = made(INTERVAL)
    assert asked.key.high.value == pytest.approx(2 * asked.key.low.value)
    assert grade(asked, Interval().key_response(asked)).fraction == 1.0
    [answer] = Interval().answer_blocks(asked, fill=str)
    assert answer.text.startswith("Answer: any number from ")
    assert ", for example " in answer.text


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("interval: {low: y, example: 2 * y, includes: low}", "any number above"),
        ("interval: {high: y, example: y / 2, includes: neither}", "(excluded)"),
    ],
)
def test_one_end_is_said_in_words(made, spec, words):
    """Above or below, and whether the end itself is right."""
    [answer] = Interval().answer_blocks(made(spec), fill=str)
    assert words in answer.text


def test_an_earlier_mistake_does_not_move_the_ends(made):
    """An interval is not computed from one number."""
    key = made(INTERVAL).key
    assert Interval().with_number(key, 3.0) == key
    assert Interval().value(key) == key.example


@pytest.mark.parametrize(
    ("spec", "changes", "rule"),
    [
        ("interval: {low: y / (a - a), high: 2, example: 1}", [], "key is not finite"),
        ("interval: {low: y, high: 2 * y, example: 1.5 * y}", [("9] to 4", "9] to 1")], "raw value of an end drifts"),
        ("interval: {low: 1.2345 * a, high: 20 * a, example: 9 * a, figures: 1}", [], "an end is printed as"),
        ("interval: {low: y, high: y / 2, example: y / 1.5}", [], "the lower end is not below the upper end"),
        ("interval: {low: y, high: 2 * y, example: 3 * y}", [], "the example is not well inside the interval (key value)"),
        ("interval: {low: y, high: 2 * y, example: 1.01 * y}", [], "the example is not well inside the interval (key value)"),
        ("interval: {low: 1, high: 10, example: 1.5}", [], "the page prints a right number as a"),
        (f"{INTERVAL}\nmisconceptions: {{m: {{value: 1.1 * y, because: No.}}}}", [], "misconception m is in the interval"),
        (f"{INTERVAL}\nmisconceptions: {{m: {{value: y / (a - a), because: No.}}}}", [], "misconception m is not finite"),
    ],
)  # fmt: skip
def test_every_rule_of_the_certificate_turns_a_variant_down(broken_rule, spec, changes, rule):
    """Each rule is broken on purpose, and says so by name."""
    assert f"only: {rule}" in broken_rule(spec, *changes)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("interval: {example: y}", "an interval needs low, high or both"),
        ("interval: {low: y, example: 2 * y}", "write low or neither"),
        ("interval: {low: y, high: 2 * y, example: 1.5 * y, rtol: 1}", "expected a tolerance from 0 to less than 0.5"),
        ("interval: {low: y, high: 2 * y, example: 1.5 * y, figures: 99}", "expected 1 to 12"),
    ],
)
def test_a_spec_that_makes_no_sense_is_refused(refusal, spec, message):
    """Before any number is drawn, at its place in the file."""
    assert message in refusal(spec)
