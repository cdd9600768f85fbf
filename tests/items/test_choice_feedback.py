"""What a student is told after ticking options, or judging a statement."""

from dataclasses import replace

import pytest

from quizgen.items.choice import Choice, ChoiceKey
from quizgen.items.contract import Settings
from quizgen.items.item import Part
from quizgen.items.offers import KeyOption
from quizgen.items.true_false import TrueFalse, TrueFalseKey

OPTIONS = (
    KeyOption(letter="A", text="Small.", right=True, because="It shrinks.\n"),
    KeyOption(letter="B", text="Large.", right=False, because="It does not $grow$.\n", misconception="grows"),
    KeyOption(letter="C", text="Zero.", right=False),
)


def part(key) -> Part:
    return Part(label="1", id="x", type="", points=1, ask="?", key=key)


def verdict(response: str, *, several: bool):
    options = (*OPTIONS, KeyOption(letter="D", text="Tiny.", right=several))
    key = ChoiceKey(options=options, several=several, score="balanced")
    return Choice().grade(part(key), response, Settings())


@pytest.mark.parametrize(
    ("response", "feedback"),
    [
        ("A, D", ""),
        ("A", "You left out D."),
        ("ABD", "You ticked B: It does not $grow$."),
        ("BC", "You ticked B: It does not $grow$.\n\nYou ticked C.\n\nYou left out A: It shrinks.\n\nYou left out D."),
    ],
)
def test_each_tick_that_went_wrong_is_named_with_its_reason(response, feedback):
    """Wrong ticks first, then right options that were left out."""
    assert verdict(response, several=True).feedback == feedback


def test_where_one_option_is_right_only_the_wrong_tick_is_named():
    """The key says which one was right."""
    told = verdict("b", several=False)
    assert (told.status, told.diagnosis, told.feedback) == ("wrong", "grows", "You ticked B: It does not $grow$.")


def test_two_ticks_where_one_was_asked_for_are_quoted():
    """Unreadable, and said in a sentence."""
    told = verdict("C a", several=False)
    assert (told.status, told.feedback) == ("unreadable", "Only one letter was asked for, not A, C.")


@pytest.mark.parametrize(
    ("response", "status", "feedback"),
    [
        ("true A", "right", ""),
        ("true", "partial", "You gave no reason; half of the points are for it."),
        ("true B", "partial", "You chose reason B: It does not $grow$."),
        ("true C", "partial", "You chose reason C."),
        ("false A", "wrong", "The statement is true."),
        ("false B", "wrong", "The statement is true.\n\nYou chose reason B: It does not $grow$."),
        ("maybe", "unreadable", "Write true or false and the letter of the reason (A to C), such as: true B."),
    ],
)
def test_a_judgement_and_its_reason_are_told_apart(response, status, feedback):
    """First whether the statement holds, then what is wrong with the reason."""
    told = TrueFalse().grade(part(TrueFalseKey(right=True, reasons=OPTIONS)), response, Settings())
    assert (told.status, told.feedback) == (status, feedback)


@pytest.mark.parametrize(
    ("response", "read_as"), [("wahr B", "true B"), ("Falsch, b", "false B"), ("w B", "true B"), ("T b", "true B")]
)
def test_a_judgement_is_read_in_every_language(response, read_as):
    """By the words that pages have for it, or their first letters; the reading is the same for all."""
    reasons = (replace(OPTIONS[0], right=False), replace(OPTIONS[1], right=True))
    found = TrueFalse().grade(part(TrueFalseKey(right=True, reasons=reasons)), response, Settings())
    assert found.read_as == read_as
    assert TrueFalse().key_response(part(TrueFalseKey(right=True, reasons=reasons))) == "true B"
