"""Practising alone: a form's parts one after the other, each answered as often as one likes.

A session is a value. What it holds is written as a response file, so that it can be graded like any other, and read
back to go on.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path

from quizgen.errors import Place
from quizgen.forms.form import Form
from quizgen.grading.grade import Grader
from quizgen.grading.intake.responses import Response
from quizgen.grading.policy import NO_POLICY, Policy
from quizgen.grading.scores import PartScore, ScoreReport
from quizgen.items.contract import Settings
from quizgen.items.item import Item, Part
from quizgen.values import immutable


@immutable
class Session:
    """How far a practice has come: the last answer to each part that was dealt with ("" where it was skipped).

    ``attempts`` counts the answers that could be read, by label.
    """

    form: Form
    answers: Mapping[str, str] = field(default_factory=dict)
    attempts: Mapping[str, int] = field(default_factory=dict)


def resumed(form: Form, response: Response) -> Session:
    """The session that a response file was written by."""
    return Session(form=form, answers=dict(response.responses), attempts=dict(response.attempts))


def waiting(session: Session) -> Iterator[tuple[Item, Part]]:
    """The parts that are still to be answered, in the order of the form."""
    for item in session.form.items:
        for part in item.parts:
            if part.label not in session.answers:
                yield item, part


def answered(session: Session, label: str, response: str, settings: Settings) -> tuple[Session, PartScore]:
    """The session with an answer to one part, and what became of it; an unreadable one is no attempt."""
    tried = replace(session, answers={**session.answers, label: response})
    score = next(part for part in report(tried, settings).parts if part.label == label)
    if score.status not in ("unreadable", "not-answered"):
        tried = replace(tried, attempts={**session.attempts, label: session.attempts.get(label, 0) + 1})
    return tried, score


def skipped(session: Session, label: str) -> Session:
    """The session without an answer to a part."""
    return replace(session, answers={**session.answers, label: ""})


def report(session: Session, settings: Settings, policy: Policy = NO_POLICY) -> ScoreReport:
    """What the answers so far have earned."""
    response = Response(
        form=session.form.id,
        student="practice",
        responses=session.answers,
        attempts=session.attempts,
        place=Place(path=Path("practice")),
    )
    return Grader(session.form, settings, policy).grade(response)


def missed(found: ScoreReport) -> tuple[str, ...]:
    """The labels of the parts that did not earn all their points, and that a program can grade."""
    return tuple(
        part.label for part in found.parts if part.status != "needs-review" and part.score < part.points - 1e-9
    )


def to_yaml(session: Session) -> str:
    """The session as a response file."""
    lines = [
        f"# Practice with form {session.form.id}: `quizgen grade` reads this, and `quizgen practice` goes on from it.",
        f"form: {json.dumps(session.form.id)}",
        'student: "practice"',
        f"responses:{'' if session.answers else ' {}'}",
        *(f"  {label}: {json.dumps(answer)}" for label, answer in session.answers.items()),
    ]
    several = {label: count for label, count in session.attempts.items() if count > 1}
    if several:
        lines += ["attempts:", *(f"  {label}: {count}" for label, count in several.items())]
    return "\n".join(lines) + "\n"
