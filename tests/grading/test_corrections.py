"""Grading again: parts that count for nobody, answers that are right as well, other keys."""

import json
from dataclasses import replace

import pytest

from quizgen.errors import UsageError
from quizgen.grading.corrections import NO_CORRECTIONS, Corrections, read_corrections
from quizgen.grading.grade import Grader
from quizgen.grading.regrading import changes, log_entry, reasons, to_text
from quizgen.grading.reports.wording import plain
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
    assert (without.parts[0].status, without.parts[0].diagnosis) == ("void", None)
    assert "taken out" in without.parts[0].note


def test_an_answer_may_be_right_as_well(form, respond):
    """A number within the tolerance of the other one; the key stays right; what is wrong stays wrong."""
    accept = ["1a=0.25", "2=A"]
    for answer, status in (("0.5", "right"), ("0.25", "right"), ("2.51e-1", "right"), ("0.3", "wrong")):
        assert graded(form, respond(_1a=answer), accept=accept).parts[0].status == status
    assert "right as well" in plain(graded(form, respond(_1a="0.25"), accept=accept).parts[0].feedback)
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
        ({"keys": ["1a=1e999"]}, "cannot be its key"),
        ({"keys": ["1a=1e-400"]}, "cannot be its key"),
        ({"keys": ["2=Z"]}, "cannot be its key"),
        ({"keys": ["3=words"]}, "cannot be its key"),
        ({"accept": ["3=words"]}, "a person marks this part"),
        ({"accept": ["1a=0.2"], "void": ["1a"]}, "taken out, and corrected as well"),
        ({"keys": ["1a=0.2", "1a=0.3"]}, "cannot both be its key"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(form, respond, corrections, told):
    """Before anything is graded."""
    with pytest.raises(UsageError, match=told):
        graded(form, respond(), **corrections)


def test_what_waits_for_a_person_no_longer_does_when_it_is_void(form, respond):
    """An open part that counts for nobody leaves nothing to mark; a blank one is not called wrong."""
    report = graded(form, respond(_3="It vanishes."), void=["3", "2"])
    assert [part.status for part in report.parts] == ["not-answered", "not-answered", "void", "void"]
    assert (report.is_final, report.points) == (True, 3)


def test_what_was_gone_on_from_still_counts_when_it_is_accepted(form, respond):
    """1b follows from the student's own 1a: accepting that 1a as well must not take the points of 1b away."""
    own = 0.25**40
    answers = respond(_1a="0.25", _1b=f"{own:.3e}")
    assert [part.score for part in graded(form, answers).parts[:2]] == [0, 2]
    for corrections in ({"accept": ["1a=0.25"]}, {"keys": ["1a=0.25"]}, {"void": ["1a"]}):
        assert graded(form, answers, **corrections).parts[1].score == 2
    replaced = graded(form, respond(_1a="0.5", _1b="9.09e-13"), keys=["1a=0.25"])
    assert [part.score for part in replaced.parts[:2]] == [0, 2]


def change_of(form, response, **corrections):
    found = read_corrections(
        corrections.get("void", ()), corrections.get("accept", ()), corrections.get("keys", ()), form
    )
    why = reasons(form, found)
    before, after = Grader(form, SETTINGS).grade(response), Grader(form, SETTINGS, corrections=found).grade(response)
    return why, changes([before], [after], why)


def test_changes_and_their_log_tell_old_and_new(form, respond):
    """Student by student, with the parts that changed and what was corrected in them."""
    why, (change,) = change_of(form, respond(_1a="0.25", _2="AC"), accept=["1a=0.25"])
    assert (change.old.score, change.new.score, [part.label for part in change.parts]) == (0, 1, ["1a"])
    entry = json.loads(log_entry(form.id, why, [change], when="2026-11-22T12:00:00", folder="regraded-1"))
    assert entry["corrections"] == {"1a": "0.25 is right as well", "1b": "it goes on from 1a"}
    assert (entry["students"][0]["new"], entry["reports"]) == (1, "regraded-1")
    assert entry["students"][0]["parts"] == [{"label": "1a", "old": 0, "new": 1, "why": "0.25 is right as well"}]


def test_the_table_says_why_each_score_changed(form, respond):
    """Which correction touched which part, and for whom it made a difference."""
    why, (ann,) = change_of(form, respond(_1a="0.25", _2="AB", _3="So."), accept=["1a=0.25"], void=["2"])
    _, (bo,) = change_of(form, respond("Bo", _1a="0.5"), accept=["1a=0.25"])
    assert to_text(why, [ann, bo]).splitlines() == [
        "Corrected:",
        "  1a: 0.25 is right as well",
        "  1b: it goes on from 1a",
        "  2: it counts for nobody",
        "",
        "Student  Before                 Now                    Why",
        "───────  ─────────────────────  ─────────────────────  ────────────────────────────────────────────",
        "Ann      2 of 9 (22 %, so far)  1 of 7 (14 %, so far)  1a: 0 of 1 → 1 of 1 (0.25 is right as well)",
        "                                                       2: 2 of 2 → taken out (it counts for nobody)",
        "Bo       1 of 9 (11 %)          1 of 9 (11 %)          nothing changed",
        "",
        "By the share of their points, 0 fare better, 1 worse and 1 as before.",
    ]


def test_two_states_of_a_form_are_told_apart(form):
    """Other keys, other points, parts that came or went."""
    part = form.items[0].parts[0]
    other = replace(part, points=2, key=replace(part.key, value=0.25, printed="0.250"))
    items = (replace(form.items[0], parts=(other, *form.items[0].parts[1:])), form.items[1])
    found = reasons(replace(form, items=items), NO_CORRECTIONS, before=form)
    assert found == {
        "1a": "2 instead of 1 points; the key is 0.250, not 0.500",
        "1b": "it goes on from 1a",
        "3": "no longer in the form",
    }
    assert reasons(form, NO_CORRECTIONS, before=form) == {}


def test_without_corrections_nothing_changes(form, respond):
    """The same values, and no change to tell."""
    assert not NO_CORRECTIONS
    assert Corrections(void=frozenset({"1a"}))
    response = respond(_1a="0.5")
    before = Grader(form, SETTINGS).grade(response)
    assert graded(form, response) == before
    assert changes([before], [before], {})[0].parts == ()
