"""Score reports as one table: a row for each student, a column for each part, whatever the form and the label.

A part is known by its template and its id, so that the reports of several classes, and of forms that differ from
student to student, fall into the same columns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from quizgen.experiments.contract import FloatArray
from quizgen.grading.scores import PartScore, ScoreReport
from quizgen.values import immutable


class PartKey(NamedTuple):
    """What makes two parts of different forms the same."""

    template: str
    part: str


@immutable(eq=False)
class ScoreTable:
    """Scores by student and part. Shapes: (students, parts); NaN where a student was not asked the part for points.

    ``scores`` are as they stand: an answer that could not be read counts 0, and ``readable`` is false there (and
    where the part was not asked). Parts that a person has still to mark for anyone have no column, nor have those
    that earn nothing since they were taken out of the exam.
    """

    parts: tuple[PartKey, ...]
    scores: FloatArray
    points: FloatArray
    readable: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

    @property
    def totals(self) -> FloatArray:
        """What each student earned in the parts of the table.  Shape: (students,)."""
        return np.asarray(np.nansum(self.scores, axis=1))

    @property
    def obtainable(self) -> FloatArray:
        """What each student could earn in the parts of the table.  Shape: (students,)."""
        return np.asarray(np.nansum(self.points, axis=1))

    @property
    def shares(self) -> FloatArray:
        """The share of the points that each student earned; NaN for one who was asked nothing.  Shape: (students,)."""
        return ratio(self.totals, self.obtainable)


def part_key(score: PartScore) -> PartKey:
    """The part that a score belongs to; a record that does not name its template is known by the label."""
    return PartKey(score.asked.template, score.asked.part or score.label)


def tabulate(reports: Sequence[ScoreReport]) -> ScoreTable:
    """All reports in one table, in their order; the parts in the order in which they first appear."""
    parts = tuple(key for key, scores in by_part(reports).items() if not is_waiting(scores) and _earns(scores))
    column = {key: index for index, key in enumerate(parts)}
    scores = np.full((len(reports), len(parts)), np.nan)
    points = scores.copy()
    readable = np.zeros(scores.shape, dtype=np.bool_)
    for row, report in enumerate(reports):
        for key, score in _marked(report, column):
            place = row, column[key]
            scores[place], points[place] = score.score, score.points
            readable[place] = score.status != "unreadable"
    return ScoreTable(parts=parts, scores=scores, points=points, readable=readable)


def by_part(reports: Iterable[ScoreReport]) -> dict[PartKey, list[PartScore]]:
    """The scores of each part, in the order in which parts first appear."""
    found: dict[PartKey, list[PartScore]] = {}
    for report in reports:
        for score in report.parts:
            found.setdefault(part_key(score), []).append(score)
    return found


def is_waiting(scores: Iterable[PartScore]) -> bool:
    """Whether a person has still to mark a part for someone."""
    return any(score.status == "needs-review" for score in scores)


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """``above`` / ``below``, NaN where that is 0."""
    shares: FloatArray = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=shares, where=below != 0)
    return shares


def _earns(scores: Iterable[PartScore]) -> bool:
    """Whether a part earns points for someone; one that was taken out of the exam earns none."""
    return any(score.points for score in scores)


def _marked(report: ScoreReport, column: Mapping[PartKey, int]) -> Iterator[tuple[PartKey, PartScore]]:
    for score in report.parts:
        if (key := part_key(score)) in column and score.points:
            yield key, score
