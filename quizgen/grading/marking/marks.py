"""What a person gave for parts that no program grades, merged into the scores.

A line that was left blank leaves its part to be marked; the points of the other lines wait with it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from quizgen.grading.scores import PartScore, ScoreReport
from quizgen.items.contract import Status
from quizgen.values import immutable


@immutable
class Mark:
    """What a person gave one student for one part, line by line (None where it is blank), and wrote to them."""

    lines: tuple[float | None, ...]
    comment: str = ""

    @property
    def score(self) -> float | None:
        """The points of all lines together; None while one is blank."""
        given = [points for points in self.lines if points is not None]
        return math.fsum(given) if len(given) == len(self.lines) else None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written yet."""
        return not self.comment and all(points is None for points in self.lines)


Slot = tuple[str, str]  # a student and a label
Marks = Mapping[Slot, Mark]
NO_MARKS: Final[Marks] = MappingProxyType({})


def with_marks(report: ScoreReport, marks: Marks) -> ScoreReport:
    """The report with a person's points in the parts that waited for them."""
    if not marks:
        return report
    return replace(report, parts=tuple(_marked(part, marks.get((report.student, part.label))) for part in report.parts))


def used(marks: Marks, reports: Sequence[ScoreReport]) -> Marks:
    """The marks for what waits for a person in ``reports``, which were graded without them."""
    waiting = {(report.student, part.label) for report in reports for part in report.with_status("needs-review")}
    return {slot: mark for slot, mark in marks.items() if slot in waiting}


def _marked(part: PartScore, mark: Mark | None) -> PartScore:
    if mark is None or mark.score is None or part.status != "needs-review":
        return part
    status: Status = "right" if mark.score >= part.points else "partial" if mark.score > 0 else "wrong"
    said = mark.comment.strip() or "Marked by your teacher."
    by_line = tuple(points for points in mark.lines if points is not None)
    return part._replace(status=status, score=mark.score, feedback=said, by_line=by_line, fault="")
