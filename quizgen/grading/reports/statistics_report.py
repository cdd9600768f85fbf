"""What the scores of one class or several together say about the questions: the page of `quizgen stats`."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from quizgen.blocks import Document, Facts, Grid, Heading
from quizgen.forms.form import Form
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.statistics_blocks import (
    choice_blocks,
    distribution_blocks,
    item_blocks,
    mistake_blocks,
    variant_blocks,
)
from quizgen.grading.reports.statistics_wording import aligned, caveat_blocks, how_computed, percent
from quizgen.grading.scores import ScoreReport
from quizgen.grading.statistics.class_statistics import class_statistics
from quizgen.grading.statistics.item_analysis import difficulty
from quizgen.grading.statistics.score_table import tabulate
from quizgen.words import say

_FORM_HEADER: Final = (
    *(say("keys.form"), say("statistics.form_title"), say("report.student_count"), say("statistics.share")),
)


def statistics_document(
    reports: Sequence[ScoreReport], *, forms: Iterable[Form] = (), names: Names | None = None
) -> Document:
    """The page on ``reports`` of one form or several, at least one report; options are told for ``forms`` only."""
    statistics = class_statistics(reports, forms)
    by_form = [_form_row(form, [one for one in reports if one.form == form]) for form in _forms(reports)]
    return Document(
        kind="statistics",
        title=say("statistics.title"),
        subtitle=say(
            "statistics.of",
            students=say("report.students", count=len(reports)),
            forms=say("statistics.forms", count=len(by_form)),
        ),
        blocks=(
            Facts(
                rows=(
                    (say("report.student_count"), str(len(reports))),
                    (say("report.parts"), str(len(statistics.items))),
                )
            ),
            *caveat_blocks(statistics),
            Heading(level=2, text=say("statistics.form_heading")),
            Grid(header=_FORM_HEADER, rows=tuple(by_form), align=aligned("llrr")),
            *distribution_blocks(statistics),
            *item_blocks(statistics),
            *variant_blocks(statistics),
            *mistake_blocks(statistics, names or Names()),
            *choice_blocks(statistics),
            how_computed(statistics),
        ),
    )


def _forms(reports: Sequence[ScoreReport]) -> Iterable[str]:
    return dict.fromkeys(report.form for report in reports)


def _form_row(form: str, reports: Sequence[ScoreReport]) -> tuple[str, ...]:
    shares = tabulate(reports).shares
    return form, reports[0].title, str(len(reports)), percent(difficulty(shares[~np.isnan(shares)]))
