"""What grading finds: what became of each part, and of one student's responses as a whole."""

import math
from typing import NamedTuple

from quizgen.blocks import Prose
from quizgen.grading.policy import NO_POLICY, Policy, grade_for, total
from quizgen.items.contract import Status
from quizgen.values import immutable

Feedback = Prose | str  # an author's words with the item's numbers, or our own


@immutable
class Asked:
    """Which question a part belongs to: what statistics and advice are counted by."""

    template: str = ""
    variant: int = 0
    part: str = ""
    type: str = ""
    title: str = ""
    topic: str = ""
    level: str = ""
    claims: tuple[str, ...] = ()


class PartScore(NamedTuple):
    """What became of one part. ``response`` is the raw string; ``key`` is spelt as the model answer prints it.

    A tuple, since a class of students makes many: a frozen dataclass of so many fields takes five times as long.
    """

    label: str
    status: Status
    score: float
    points: float
    response: str
    asked: Asked = Asked()
    read_as: str = ""
    key: str = ""
    diagnosis: str | None = None
    written_label: str = ""  # where the student spelt the label otherwise: "2 A"
    note: str = ""  # where an earlier answer was taken into account
    feedback: Feedback = ""
    by_line: tuple[float, ...] = ()  # what a person gave for each line of the rubric
    fault: str = ""  # of the program, not of the student


@immutable
class ScoreReport:
    """What became of one student's responses, part by part in the order of the form."""

    form: str
    title: str
    student: str
    parts: tuple[PartScore, ...]
    policy: Policy = NO_POLICY

    @property
    def score(self) -> float:
        """The points that were earned, rounded and bounded as the policy says."""
        return total([part.score for part in self.parts], self.policy)

    @property
    def is_final(self) -> bool:
        """Whether nothing is left for a person to mark."""
        return not self.with_status("needs-review")

    @property
    def grade(self) -> str:
        """The grade by the policy; "" where it gives none, or while something is still to be marked."""
        share = self.score / self.points if self.points else 0.0
        return grade_for(share, self.policy) if self.is_final else ""

    @property
    def is_passed(self) -> bool | None:
        """Whether the exam is passed by the policy; None where it does not say, or it cannot be known yet."""
        needed = self.policy.pass_at
        if needed is None or not (self.is_final or self.score >= needed * self.points):
            return None
        return self.score >= needed * self.points - 1e-9

    @property
    def points(self) -> float:
        """The points that could be earned."""
        return math.fsum(part.points for part in self.parts)

    def with_status(self, status: Status) -> tuple[PartScore, ...]:
        """The parts of one status."""
        return tuple(part for part in self.parts if part.status == status)
