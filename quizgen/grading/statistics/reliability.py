"""How reliable the scores of one set of questions are: Cronbach's α with its interval, and the error of a score."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from quizgen.errors import ParameterError
from quizgen.experiments.contract import FloatArray
from quizgen.grading.statistics.f_distribution import f_quantile
from quizgen.grading.statistics.score_table import PartKey, ScoreTable
from quizgen.grading.statistics.small_classes import FEWEST
from quizgen.values import immutable

_DUST = 1e-12  # relative: a variance below it comes from rounding alone


@immutable
class Reliability:
    """The reliability of the scores of students who were asked the same questions.

    ``alpha`` and what follows from it are None where they are undefined, or the students are too few. ``low`` to
    ``high`` is the 95 % interval; ``standard_error`` is in points; ``without`` is α if a part is left out.
    """

    students: int
    parts: tuple[PartKey, ...]
    points: float
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    without: tuple[float | None, ...] = ()


def reliabilities(table: ScoreTable) -> tuple[Reliability, ...]:
    """The reliability of every set of questions that students were asked, that of most students first."""
    sets: dict[bytes, list[int]] = {}
    for row, points in enumerate(table.points):
        sets.setdefault(points.tobytes(), []).append(row)
    return tuple(_reliability(table, rows) for rows in sorted(sets.values(), key=len, reverse=True))


def with_and_without(found: Sequence[Reliability]) -> Mapping[PartKey, tuple[float | None, float | None]]:
    """For each part, α of the largest set of questions that holds it, and α of that set without the part."""
    return {
        key: (one.alpha, without)
        for one in reversed(found)  # so that the largest set, which comes first, has the last word
        for key, without in zip(one.parts, one.without, strict=True)
    }


def _reliability(table: ScoreTable, rows: list[int]) -> Reliability:
    asked = ~np.isnan(table.points[rows[0]])
    scores = table.scores[rows][:, asked]
    parts = tuple(key for key, is_asked in zip(table.parts, asked, strict=True) if is_asked)
    points = float(np.nansum(table.points[rows[0]]))
    alpha = cronbach_alpha(scores) if len(rows) >= FEWEST else None
    if alpha is None:
        return Reliability(students=len(rows), parts=parts, points=points, without=(None,) * len(parts))
    low, high = feldt_interval(alpha, students=len(rows), parts=len(parts))
    return Reliability(
        students=len(rows),
        parts=parts,
        points=points,
        alpha=alpha,
        low=low,
        high=high,
        standard_error=standard_error(scores),
        without=alpha_if_deleted(scores),
    )


def cronbach_alpha(scores: FloatArray) -> float | None:
    """α = k/(k − 1) · (1 − Σ var(part) / var(total)); None for fewer than 2 students or parts, or equal totals.

    Shape of ``scores``: (students, k parts), nothing missing. With scores of 0 and 1 it is the KR-20 of Kuder and
    Richardson (1937). It is negative where parts correlate negatively.
    Source: Cronbach (1951), "Coefficient alpha and the internal structure of tests", Psychometrika 16, formula 2.
    """
    students, parts = scores.shape
    if students < 2 or parts < 2:
        return None
    total = float(np.var(scores.sum(axis=1), ddof=1))
    if total <= _DUST * max(1.0, float(np.max(np.abs(scores))) ** 2):
        return None
    return float(parts / (parts - 1) * (1 - np.var(scores, axis=0, ddof=1).sum() / total))


def feldt_interval(alpha: float, *, students: int, parts: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval from 1 − (1 − α)·F(1 − γ/2) to 1 − (1 − α)·F(γ/2), where γ is 1 − ``confidence``.

    F has n − 1 and (n − 1)(k − 1) degrees of freedom for n students and k parts.
    Raises: ParameterError for fewer than 2 students or parts.
    Source: Feldt (1965), "The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty",
    Psychometrika 30; as put by Feldt, Woodruff & Salih (1987), Applied Psychological Measurement 11, formulas 6 and 7.
    """
    if students < 2 or parts < 2:
        raise ParameterError(f"interval of α over {students} students and {parts} parts: expected 2 or more of both")
    df1, df2 = students - 1, (students - 1) * (parts - 1)
    tail = (1 - confidence) / 2
    return 1 - (1 - alpha) * f_quantile(1 - tail, df1, df2), 1 - (1 - alpha) * f_quantile(tail, df1, df2)


def alpha_if_deleted(scores: FloatArray) -> tuple[float | None, ...]:
    """For each part, α of the others; None where that is undefined.  Shape of ``scores``: (students, parts)."""
    return tuple(cronbach_alpha(np.delete(scores, part, axis=1)) for part in range(scores.shape[1]))


def standard_error(scores: FloatArray) -> float | None:
    """The standard error of measurement, s·√(1 − α), in points; None where α is undefined or negative.

    Source: Gulliksen (1950), Theory of Mental Tests, chapter 2; Harvill (1991), "Standard error of measurement".
    """
    alpha = cronbach_alpha(scores)
    if alpha is None or alpha < 0:
        return None
    return float(np.std(scores.sum(axis=1), ddof=1)) * math.sqrt(1 - alpha)
