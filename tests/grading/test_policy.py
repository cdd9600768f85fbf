"""Losses, retries, rounding and grades: a policy turns what parts earned into a score."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import FileFaults
from quizgen.grading.grade import grade
from quizgen.grading.policy import Grade, Policy, grade_for, read_policy, rounded, total
from quizgen.items.contract import Settings

SETTINGS = Settings()


def test_a_wrong_choice_costs_what_the_policy_says_and_no_more_than_there_is(form, respond):
    """The part says so; the total is 0 at least, unless the policy allows otherwise."""
    policy = Policy(wrong_costs={"choice": 0.25})
    report = grade(form, respond(_2="AC"), SETTINGS, policy)
    part = report.parts[2]
    assert (part.status, part.score) == ("wrong", -0.25 * part.points)
    assert "costs" in part.note
    assert report.score == 0
    assert grade(form, respond(_2="AC"), SETTINGS, replace(policy, total_may_be_negative=True)).score < 0
    assert grade(form, respond(_1a="0.5", _2="AC"), SETTINGS, policy).score == 1 - 0.25 * part.points


def test_nothing_is_taken_for_what_was_not_answered_or_not_read(form, respond):
    """A policy punishes wrong answers only."""
    policy = Policy(wrong_costs={"numeric": 1.0, "choice": 1.0, "open": 1.0}, retry_costs=0.5)
    report = grade(form, respond(_1a="half", _3="words"), SETTINGS, policy)
    assert [part.score for part in report.parts] == [0, 0, 0, 0]


def test_retries_cost_a_share_of_the_points_but_never_more_than_was_earned(form, respond):
    """The note says which attempt it was."""
    response = replace(respond(_1a="0.5"), attempts={"1a": 3})
    part = grade(form, response, SETTINGS, Policy(retry_costs=0.1)).parts[0]
    assert part.score == pytest.approx(0.8)
    assert part.note == "This was attempt 3, which costs 0.2 points."
    assert grade(form, response, SETTINGS, Policy(retry_costs=1.0)).parts[0].score == 0


@pytest.mark.parametrize(
    ("score", "step", "expected"),
    [(2.25, 0.5, 2.5), (2.24, 0.5, 2.0), (0.1 + 0.2, 0.1, 0.3), (7.5, 1, 8), (-0.25, 0.5, -0.5), (1.234, 0, 1.234)],
)
def test_rounding_knows_no_binary_dust(score, step, expected):
    """Halves go away from 0."""
    assert rounded(score, step) == expected


@given(score=st.floats(0, 100), step=st.sampled_from([0.1, 0.25, 0.5, 1.0]))
def test_rounding_moves_a_score_by_half_a_step_at_the_most(score, step):
    """And rounds a rounded score to itself."""
    found = rounded(score, step)
    assert abs(found - score) <= step / 2 + 1e-9
    assert rounded(found, step) == found


def test_totals_are_rounded_after_they_are_summed():
    """Three thirds are one."""
    assert total([1 / 3, 1 / 3, 1 / 3], Policy(round_total_to=0.5)) == 1


def test_grades_begin_where_they_say(form, respond):
    """The edge belongs to the better grade; below the lowest there is none; nothing is final while a part waits."""
    policy = Policy(
        grades=(Grade(grade="B", at_least=0.5), Grade(grade="A", at_least=0.9), Grade(grade="C", at_least=0.4)),
        pass_at=0.5,
    )
    assert [grade_for(share, policy) for share in (1, 0.9, 0.8999, 0.5, 0.45, 0.1)] == ["A", "A", "B", "B", "C", ""]
    assert grade_for(0.1 + 0.2 + 0.2, policy) == "B"
    waiting = grade(form, respond(_1a="0.5", _3="words"), SETTINGS, policy)
    assert (waiting.grade, waiting.is_passed) == ("", None)
    blank = grade(form, respond(), SETTINGS, policy)
    assert (blank.grade, blank.is_passed) == ("", False)


def test_a_policy_is_read_from_a_file(tmp_path):
    """Every entry may be left out."""
    path = tmp_path / "policy.yaml"
    path.write_text("wrong_costs: {choice: 0.25}\npass_at: 0.5\ngrades:\n  - {grade: A, at_least: 0.9}\n")
    assert read_policy(path) == Policy(
        wrong_costs={"choice": 0.25}, pass_at=0.5, grades=(Grade(grade="A", at_least=0.9),)
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("wrong_costs: {chioce: 0.25}", "did you mean 'choice'"),
        ("wrong_costs: {choice: 25}", "from 0 to 1"),
        ("retry_costs: 10", "from 0 to 1"),
        ("round_total_to: -1", "0 to 100"),
        ("pass_at: 50", "0.5 is half"),
        ("grades: [{grade: A, at_least: 0.9}, {grade: B, at_least: 0.9}]", "begins where 'A' does"),
        ("negative: 1", "negative"),
        ("pass_at: half", "a number"),
    ],
)
def test_what_is_wrong_with_a_policy_is_told_at_its_place(tmp_path, text, told):
    """With line and column."""
    path = tmp_path / "policy.yaml"
    path.write_text(text + "\n")
    with pytest.raises(FileFaults, match=told) as caught:
        read_policy(path)
    assert "policy.yaml:1:" in str(caught.value)
