"""Grading again: parts that count for nobody, answers that are right as well, other keys."""

import json

import pytest

from quizgen.errors import UsageError
from quizgen.grading.corrections import NO_CORRECTIONS, Corrections, read_corrections
from quizgen.grading.grade import Grader
from quizgen.grading.regrading import changes, log_entry
from quizgen.items.contract import Settings

SETTINGS = Settings()


def graded(form, response, **corrections):
    found = read_corrections(
        corrections.get("void", ()), corrections.get("accept", ()), corrections.get("keys", ()), form
    )
    return Grader(form, SETTINGS, corrections=found).grade(response)


def test_a_void_part_counts_for_nobody(form, respond):
    """Neither its score nor its points stay in the total, and the student is told."""
    whole, without = graded(form, respond(_1a="0.5")), graded(form, respond(_1a="0.5"), void=["1a"])
    assert (without.score, without.points) == (whole.score - 1, whole.points - 1)
    assert "taken out" in without.parts[0].note


def test_an_answer_may_be_right_as_well(form, respond):
    """A number within the tolerance of the other one; the key stays right; what is wrong stays wrong."""
    accept = ["1a=0.25", "2=A"]
    for answer, status in (("0.5", "right"), ("0.25", "right"), ("2.51e-1", "right"), ("0.3", "wrong")):
        assert graded(form, respond(_1a=answer), accept=accept).parts[0].status == status
    assert graded(form, respond(_2="a"), accept=accept).parts[2].score == form.items[1].parts[0].points


def test_a_key_may_be_replaced(form, respond):
    """The old one is wrong then, if it is not within the tolerance of the new one."""
    keys = ["1a=0.25", "2=A, B"]
    assert graded(form, respond(_1a="0.25"), keys=keys).parts[0].status == "right"
    assert graded(form, respond(_1a="0.5"), keys=keys).parts[0].status == "wrong"
    assert graded(form, respond(_2="AB"), keys=keys).parts[2].status == "right"


@pytest.mark.parametrize(
    ("corrections", "told"),
    [
        ({"void": ["9"]}, "no part '9'"),
        ({"accept": ["1a"]}, "LABEL=ANSWER"),
        ({"accept": ["1a=half"]}, "cannot be its key"),
        ({"keys": ["1a=half"]}, "cannot be its key"),
        ({"keys": ["2=Z"]}, "cannot be its key"),
        ({"keys": ["3=words"]}, "cannot be its key"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(form, respond, corrections, told):
    """Before anything is graded."""
    with pytest.raises(UsageError, match=told):
        graded(form, respond(), **corrections)


def test_changes_and_their_log_tell_old_and_new(form, respond):
    """Student by student, with the labels that changed."""
    response = respond(_1a="0.25", _2="AC")
    before = [Grader(form, SETTINGS).grade(response)]
    corrections = read_corrections([], ["1a=0.25"], [], form)
    after = [Grader(form, SETTINGS, corrections=corrections).grade(response)]
    (change,) = changes(before, after)
    assert (change.old, change.new, [part.label for part in change.parts]) == (0, 1, ["1a"])
    entry = json.loads(log_entry(form.id, corrections, [change], when="2026-11-22T12:00:00"))
    assert entry["corrections"] == ["1a: 0.25 is right as well"]
    assert entry["students"][0]["new"] == 1


def test_without_corrections_nothing_changes(form, respond):
    """The same values, and no change to tell."""
    assert not NO_CORRECTIONS
    assert Corrections(void=frozenset({"1a"}))
    response = respond(_1a="0.5")
    before = Grader(form, SETTINGS).grade(response)
    assert graded(form, response) == before
    assert changes([before], [before])[0].parts == ()
