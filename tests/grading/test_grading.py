"""Grading a student's responses against a form."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from quizgen.blocks import Prose
from quizgen.grading import grade as grading
from quizgen.grading.grade import grade, own_key
from quizgen.items.contract import Settings, Verdict
from quizgen.items.item import CarriedError
from quizgen.prose import words

SETTINGS = Settings()
RIGHT = {"_1a": "0.5", "_1b": "9.1e-13", "_2": "A, B", "_3": "The product of Jacobians shrinks."}


def statuses(report) -> dict[str, str]:
    return {part.label: part.status for part in report.parts}


def test_every_part_is_graded_in_the_order_of_the_form(form, respond):
    """Right numbers and ticks earn full points; open parts wait for a person."""
    report = grade(form, respond(**RIGHT), SETTINGS)
    assert statuses(report) == {"1a": "right", "1b": "right", "2": "right", "3": "needs-review"}
    assert (report.score, report.points) == (5, 9)
    assert [part.key for part in report.parts] == ["0.500", "9.09e-13", "A, B", ""]


def test_a_missing_or_blank_response_is_not_answered(form, respond):
    """Blank is its own status and earns nothing."""
    report = grade(form, respond(_1a="  \n"), SETTINGS)
    assert set(statuses(report).values()) == {"not-answered"}
    assert report.score == 0


def test_zero_is_wrong_for_a_tiny_key(form, respond):
    """No absolute floor: 0 and 1e-12 do not pass for 9.09e-13."""
    for text in ("0", "1e-12", "1e-400"):
        assert statuses(grade(form, respond(_1b=text), SETTINGS))["1b"] == "wrong"


def test_unreadable_is_never_wrong(form, respond):
    """What cannot be read keeps its raw string and says why; marks in it are not read as marks."""
    for text in ("0.5 frogs", "<< first >>", "1,5", "<% if x %>", "$x$ **"):
        part = grade(form, respond(_1a=text), SETTINGS).parts[0]
        assert (part.status, part.score, part.response) == ("unreadable", 0, text)
        assert isinstance(part.feedback, str)
        assert part.feedback
        assert not part.fault


def test_a_named_mistake_is_explained_with_the_numbers_of_the_item(form, respond):
    """The misconception's text is filled for this student."""
    part = grade(form, respond(_1a="0.0312"), SETTINGS).parts[0]
    assert (part.status, part.diagnosis) == ("wrong", "arithmetic-mean")
    assert isinstance(part.feedback, Prose)
    assert words(part.feedback) == "You divided 0.312 by 10; take the root."


def test_partial_scores_come_from_the_rule(form, respond):
    """One right tick of two, one wrong: nothing; one right: half."""
    assert grade(form, respond(_2="A"), SETTINGS).parts[2].score == 1
    part = grade(form, respond(_2="AC"), SETTINGS).parts[2]
    assert (part.status, part.score, part.diagnosis) == ("wrong", 0, "clipping-cures-vanishing")


def test_an_answer_in_words_is_left_to_the_teacher(form, respond):
    """The student is told so, in words for a student."""
    assert grade(form, respond(_3="It shrinks."), SETTINGS).parts[3].feedback == "Your teacher will mark this answer."


def test_a_label_that_was_written_otherwise_is_kept(form, respond):
    """The report can say under which label an answer was written."""
    response = replace(respond(_1a="0.5"), written_labels={"1a": "1 A"})
    assert [part.written_label for part in grade(form, response, SETTINGS).parts] == ["1 A", "", "", ""]


# -- error carried forward ---------------------------------------------------------------------------------------------


def test_a_wrong_earlier_value_is_carried_forward_and_said_so(form, respond):
    """0.6 is wrong for the rate, but 0.6⁴⁰ follows from it."""
    report = grade(form, respond(_1a="0.6", _1b=f"{0.6**40:.3g}"), SETTINGS)
    first, second = report.parts[:2]
    assert (first.status, second.status, second.score) == ("wrong", "right", 2)
    assert second.note == "Consistent with your answer to 1a: with your 0.6 there, the key here is 1.34×10⁻⁹."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1", "1"),  # trivial: everything after it is 1
        ("0", "0"),
        ("0.999", f"{0.999**40:.4g}"),
        ("-0.6", f"{0.6**40:.3g}"),
        ("", f"{0.6**40:.3g}"),
        ("0.6 frogs", f"{0.6**40:.3g}"),
        ("0.5", f"{0.6**40:.3g}"),  # the earlier one was right
        ("0.6", f"{0.7**40:.3g}"),
    ],
)
def test_only_plausible_wrong_values_are_carried(form, respond, first, second):
    """Degenerate, unreadable, missing or right earlier answers change nothing."""
    part = grade(form, respond(_1a=first, _1b=second), SETTINGS).parts[1]
    assert (part.status, part.note) == ("wrong", "")


def test_the_printed_key_earns_points_whatever_came_before(form, respond):
    """A part that is right by the key needs no error to be carried."""
    part = grade(form, respond(_1a="0.6", _1b="9.09e-13"), SETTINGS).parts[1]
    assert (part.status, part.note) == ("right", "")


def test_own_key_runs_through_all_steps():
    """Each step may read the ones before it; the last one is the key."""
    steps = (("half", "rate / 2"), ("key", "half ** T + extra"))
    follows = CarriedError(part="a", name="rate", low=0, high=1, steps=steps, values={"T": 2.0, "extra": 1.0})
    assert own_key(follows, 0.8) == pytest.approx(0.4**2 + 1)


# -- failing closed ----------------------------------------------------------------------------------------------------


def broken(verdict):
    def grade_part(part, response, settings):
        if isinstance(verdict, Exception):
            raise verdict
        return verdict

    return SimpleNamespace(grade=grade_part, key_response=lambda part: "")


@pytest.mark.parametrize(
    "verdict",
    [
        ZeroDivisionError("oops"),
        Verdict(status="right", fraction=float("nan")),
        Verdict(status="right", fraction=2.0),
        Verdict(status="wrong", fraction=1.0),
        Verdict(status="partial", fraction=-0.5),
        Verdict(status="wrong", feedback="<< no_such_name >>"),
    ],
)
def test_a_fault_of_the_program_gives_no_points_and_is_reported(form, respond, monkeypatch, verdict):
    """Whatever goes wrong inside a type, the part is left to a person and the others are graded."""
    monkeypatch.setattr(grading, "ITEM_TYPES", {**grading.ITEM_TYPES, "choice": broken(verdict)})
    report = grade(form, respond(**RIGHT), SETTINGS)
    part = report.parts[2]
    assert (part.status, part.score, part.response) == ("needs-review", 0, "A, B")
    assert part.fault.startswith("part 2: ")
    assert "fault in quizgen" in part.feedback
    assert report.score == 3


def test_an_unknown_item_type_is_a_fault_and_no_zero(form, respond):
    """A record from elsewhere may hold a type that this quizgen lacks."""
    strange = replace(form.items[1], parts=(replace(form.items[1].parts[0], type="essay"),))
    report = grade(replace(form, items=(strange,)), respond(**RIGHT), SETTINGS)
    assert report.parts[0].status == "needs-review"
    assert "essay" in report.parts[0].fault
