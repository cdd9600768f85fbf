"""Practising alone: a session is a value that becomes a response file and comes back."""

from quizgen.grading.intake.responses import read_responses
from quizgen.grading.policy import Policy
from quizgen.grading.practice import Session, answered, missed, report, resumed, skipped, to_yaml, waiting
from quizgen.items.contract import Settings

SETTINGS = Settings()


def labels(session):
    return [part.label for _, part in waiting(session)]


def test_parts_wait_in_the_order_of_the_form_until_they_are_dealt_with(form):
    """An answer or a skip is the end of a part."""
    session = Session(form=form)
    assert labels(session) == ["1a", "1b", "2", "3"]
    session, score = answered(session, "1a", "0.5", SETTINGS)
    assert score.status == "right"
    assert labels(skipped(session, "1b")) == ["2", "3"]


def test_attempts_count_answers_that_could_be_read(form):
    """What could not be read may be mended for nothing."""
    session, first = answered(Session(form=form), "1a", "half", SETTINGS)
    session, second = answered(session, "1a", "0.6", SETTINGS)
    session, third = answered(session, "1a", "0.5", SETTINGS)
    assert [first.status, second.status, third.status] == ["unreadable", "wrong", "right"]
    assert session.attempts == {"1a": 2}
    assert report(session, SETTINGS, Policy(retry_costs=0.25)).parts[0].score == 0.75


def test_a_later_part_may_follow_from_a_wrong_earlier_one(form):
    """As in an exam."""
    session, _ = answered(Session(form=form), "1a", "0.6", SETTINGS)
    _, score = answered(session, "1b", f"{0.6**40:.3g}", SETTINGS)
    assert (score.status, bool(score.note)) == ("right", True)


def test_a_session_is_a_response_file(form, tmp_path):
    """Written, read and gone on with; whatever was answered."""
    session, _ = answered(Session(form=form), "1a", "0.6", SETTINGS)
    session, _ = answered(session, "1a", '0.5 "exactly"\n: #', SETTINGS)
    session, _ = answered(skipped(session, "1b"), "3", "It shrinks.\n\n- truly: é", SETTINGS)
    path = tmp_path / "responses.yaml"
    for one in (session, Session(form=form)):
        path.write_text(to_yaml(one), encoding="utf-8")
        again = resumed(form, read_responses([path], form)[0])
        assert again.answers == one.answers
        assert {label: n for label, n in one.attempts.items() if n > 1} == again.attempts


def test_what_went_wrong_is_what_a_program_can_grade(form):
    """An answer in words is left to its author; a skipped part counts."""
    session, _ = answered(Session(form=form), "1a", "0.5", SETTINGS)
    session, _ = answered(skipped(session, "1b"), "3", "words", SETTINGS)
    assert missed(report(session, SETTINGS)) == ("1b", "2")
