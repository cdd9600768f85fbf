"""What a student missed, for a study sheet: the parts that are graded and did not earn all of their points."""

from quizgen.forms.study import Missed
from quizgen.grading.reports.study_advice import LEAST
from quizgen.grading.scores import ScoreReport

_OPEN_STILL = ("needs-review", "void")  # a person has not marked it yet, or it counts for nobody


def missed_parts(report: ScoreReport) -> tuple[Missed, ...]:
    """The parts in their order; what was not answered or could not be read is among them."""
    return tuple(
        Missed(
            label=part.label,
            question=part.asked.title,
            topic=part.asked.topic,
            score=part.score,
            points=part.points,
            claims=part.asked.claims,
            mistakes=tuple(part.diagnosis.split(" or ")) if part.diagnosis else (),
        )
        for part in report.parts
        if part.status not in _OPEN_STILL and part.points - part.score > LEAST
    )
