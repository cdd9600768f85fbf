"""All statistics of a class, or of several together."""

from collections.abc import Iterable, Sequence

import numpy as np

from quizgen.forms.form import Form
from quizgen.grading.scores import ScoreReport
from quizgen.grading.statistics.choices import ChoiceCount, count_choices
from quizgen.grading.statistics.distribution import Distribution, describe_scores
from quizgen.grading.statistics.item_analysis import ItemFigures, analyse_items
from quizgen.grading.statistics.mistakes import MistakeCount, count_mistakes
from quizgen.grading.statistics.reliability import Reliability, reliabilities
from quizgen.grading.statistics.score_table import by_part, tabulate
from quizgen.grading.statistics.variants import VariantTest, compare_variants
from quizgen.values import immutable


@immutable
class ClassStatistics:
    """What can be said of the scores in some reports.

    ``points`` that the marked parts come to; None where forms differ in it, and then ``distribution`` is of shares of
    the points instead of points. ``distribution`` is None where nothing is marked yet.
    """

    students: int
    points: float | None
    unreadable: int
    distribution: Distribution | None
    items: tuple[ItemFigures, ...]
    reliabilities: tuple[Reliability, ...]
    mistakes: tuple[MistakeCount, ...]
    choices: tuple[ChoiceCount, ...]
    variants: tuple[VariantTest, ...]


def class_statistics(reports: Sequence[ScoreReport], forms: Iterable[Form] = ()) -> ClassStatistics:
    """The statistics of ``reports``, one or more; options can be told apart for the ``forms`` that are given."""
    table, parts = tabulate(reports), by_part(reports)
    obtainable = table.obtainable
    points = float(obtainable[0]) if np.ptp(obtainable) < 1e-9 else None
    return ClassStatistics(
        students=len(reports),
        points=points,
        unreadable=sum(len(report.with_status("unreadable")) for report in reports),
        distribution=describe_scores(table.shares if points is None else table.totals, table.shares)
        if points != 0
        else None,
        items=analyse_items(table, parts),
        reliabilities=reliabilities(table),
        mistakes=count_mistakes(reports),
        choices=count_choices(reports, forms),
        variants=compare_variants(reports),
    )
