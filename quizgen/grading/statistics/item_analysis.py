"""What the scores say about each part: how difficult it was, and whether it tells strong students from weak ones."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import NormalDist
from typing import Final

import numpy as np

from quizgen.errors import ParameterError
from quizgen.experiments.contract import FloatArray
from quizgen.grading.scores import Asked, PartScore
from quizgen.grading.statistics.score_table import PartKey, ScoreTable, ratio
from quizgen.grading.statistics.small_classes import FEWEST
from quizgen.items.contract import Status
from quizgen.values import immutable

EXTREME_GROUP: Final = 0.27  # the share of the class in each extreme group that serves best: Kelley (1939)
_DUST: Final = 1e-9  # shares of points that differ by less are equal


@immutable
class ItemFigures:
    """One part. ``difficulty``, ``discrimination`` and ``upper_lower`` are None where undefined or too few answered.

    ``labels`` are what its forms call it, ``students`` how many were asked, ``answers`` how many count: not those
    that could not be read. ``points`` is the mean over forms, should they differ.
    """

    key: PartKey
    labels: tuple[str, ...]
    asked: Asked
    points: float
    students: int
    answers: int
    statuses: Mapping[Status, int]
    difficulty: float | None = None
    discrimination: float | None = None
    upper_lower: float | None = None


def analyse_items(table: ScoreTable, scores: Mapping[PartKey, Sequence[PartScore]]) -> tuple[ItemFigures, ...]:
    """The figures of every part; those without a column in ``table`` have no difficulty and no discrimination."""
    return tuple(_figures(table, key, own) for key, own in scores.items())


def _figures(table: ScoreTable, key: PartKey, scores: Sequence[PartScore]) -> ItemFigures:
    figures = ItemFigures(
        key=key,
        labels=tuple(dict.fromkeys(score.label for score in scores)),
        asked=scores[0].asked,
        points=math.fsum(score.points for score in scores) / len(scores),
        students=len(scores),
        answers=sum(score.status not in ("unreadable", "needs-review") for score in scores),
        statuses=Counter(score.status for score in scores),
    )
    return _with_shares(figures, table, table.parts.index(key)) if key in table.parts else figures


def _with_shares(figures: ItemFigures, table: ScoreTable, part: int) -> ItemFigures:
    counted = table.readable[:, part]
    own = ratio(table.scores[counted, part], table.points[counted, part])
    enough = counted.sum() >= FEWEST
    return replace(
        figures,
        difficulty=difficulty(own),
        discrimination=correlation(own, rest_shares(table, part)[counted]) if enough else None,
        upper_lower=upper_lower(own, table.shares[counted]) if enough else None,
    )


def difficulty(shares: FloatArray) -> float | None:
    """The mean share of the points: 1 where everyone was right (so it is really an easiness), None without answers.

    Source: Ebel & Frisbie (1991), Essentials of Educational Measurement, 5th edition, chapter 13.
    """
    return float(np.mean(shares)) if len(shares) else None


def rest_shares(table: ScoreTable, part: int) -> FloatArray:
    """The share of the points that each student earned in all parts but one.  Shape: (students,).

    For students who were asked the same questions, correlations with it are those with the rest of the total.
    """
    others = np.delete(np.arange(len(table.parts)), part)
    return ratio(np.nansum(table.scores[:, others], axis=1), np.nansum(table.points[:, others], axis=1))


def correlation(first: FloatArray, second: FloatArray) -> float | None:
    """Pearson's r over the pairs without NaN; None for fewer than 3, or where either does not vary.

    Of a part's share with `rest_shares` it is the corrected item–total correlation: the part itself is left out of
    the total. With shares of 0 and 1 it is a point-biserial correlation.
    Source: Henrysson (1963), "Correction of item-total correlations in item analysis", Psychometrika 28.
    """
    known = ~(np.isnan(first) | np.isnan(second))
    x, y = first[known], second[known]
    if len(x) < 3 or np.ptp(x) <= _DUST or np.ptp(y) <= _DUST:
        return None
    x, y = x - x.mean(), y - y.mean()
    return float(np.clip((x @ y) / math.sqrt((x @ x) * (y @ y)), -1, 1))


def fisher_interval(r: float, *, students: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of a correlation, tanh(artanh r ± z/√(n − 3)).

    Raises: ParameterError for fewer than 4 students.  Source: Fisher (1921), Metron 1.
    """
    if students < 4:
        raise ParameterError(f"interval of a correlation over {students} students: expected 4 or more")
    if abs(r) == 1:
        return r, r
    reach = NormalDist().inv_cdf((1 + confidence) / 2) / math.sqrt(students - 3)
    return math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach)


def upper_lower(shares: FloatArray, totals: FloatArray) -> float | None:
    """D: the mean share in the best 27 % of the class less that in the weakest 27 %; None where no totals differ.

    Source: Kelley (1939), "The selection of upper and lower groups for the validation of test items", Journal of
    Educational Psychology 30; Ebel & Frisbie (1991), chapter 13.
    """
    if len(totals) < 2 or np.ptp(totals) <= _DUST:
        return None
    upper, lower = extreme_groups(totals)
    return float(upper @ shares / upper.sum() - lower @ shares / lower.sum())


def extreme_groups(totals: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How much of each student belongs to the best and to the weakest 27 %, rounded to whole students, at least 1.

    Students with equal totals share the places that are left, so the order of the class does not matter.
    Shapes: (students,) -> twice (students,), each adding up to the size of a group.
    """
    size = max(1, round(EXTREME_GROUP * len(totals)))
    return _best(totals, size), _best(-totals, size)


def _best(totals: FloatArray, size: int) -> FloatArray:
    border = np.sort(totals)[-size]
    inside, at_border = totals > border + _DUST, np.abs(totals - border) <= _DUST
    return np.where(inside, 1.0, np.where(at_border, (size - inside.sum()) / at_border.sum(), 0.0))


def quality(upper_lower: float) -> str:
    """What D, rounded to two decimals, is worth.

    Source: Ebel & Frisbie (1991), chapter 13, the table by which indices of discrimination are judged.
    """
    if upper_lower < 0:
        return "negative"
    for least, verdict in ((0.40, "very good"), (0.30, "good"), (0.20, "marginal")):
        if round(upper_lower, 2) >= least:
            return verdict
    return "poor"
