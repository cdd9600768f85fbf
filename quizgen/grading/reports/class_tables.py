"""A class as two tidy tables in CSV: a row for each student and part, and a row for each part.

Text is made safe for spreadsheets; numbers that quizgen writes itself, such as scores, are left as they are.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from quizgen.grading.reports.cells import safe
from quizgen.grading.reports.wording import STATUS_WORDS
from quizgen.grading.scores import ScoreReport
from quizgen.grading.statistics.class_statistics import class_statistics
from quizgen.grading.statistics.reliability import with_and_without

BOM: Final = "\ufeff"  # tells Excel that a file is in UTF-8

SCORE_COLUMNS: Final = (
    *("form", "student", "label", "template", "variant", "part", "question", "type", "topic", "level", "claims"),
    *("status", "score", "points", "response", "read_as", "key", "diagnosis"),
)
ITEM_COLUMNS: Final = (
    *("template", "part", "labels", "question", "type", "topic", "level", "points", "students", "answers"),
    *("difficulty", "discrimination", "upper_lower", "alpha_without"),
    *(status.replace("-", "_") for status in STATUS_WORDS),
)


def scores_csv(reports: Sequence[ScoreReport], *, bom: bool = False) -> bytes:
    """A row for each student and part, in UTF-8; a score that a person has still to give is blank."""
    rows = (
        (
            *map(safe, (report.form, report.student, part.label, part.asked.template)),
            str(part.asked.variant),
            *map(safe, (part.asked.part, part.asked.title, part.asked.type, part.asked.topic, part.asked.level)),
            safe(" ".join(part.asked.claims)),
            part.status,
            "" if part.status == "needs-review" else _spelt(part.score),
            _spelt(part.points),
            *map(safe, (part.response, part.read_as, part.key, part.diagnosis or "")),
        )
        for report in reports
        for part in report.parts
    )
    return _written(SCORE_COLUMNS, rows, bom=bom)


def items_csv(reports: Sequence[ScoreReport], *, bom: bool = False) -> bytes:
    """A row for each part with its figures, blank where they are undefined, and the counts of each status."""
    statistics = class_statistics(reports)
    alphas = with_and_without(statistics.reliabilities)
    rows = (
        (
            *map(safe, (item.key.template, item.key.part, " ".join(item.labels))),
            *map(safe, (item.asked.title, item.asked.type, item.asked.topic, item.asked.level)),
            *(_spelt(item.points), str(item.students), str(item.answers)),
            *map(
                _spelt, (item.difficulty, item.discrimination, item.upper_lower, alphas.get(item.key, (None, None))[1])
            ),
            *(str(item.statuses[status]) for status in STATUS_WORDS),
        )
        for item in statistics.items
    )
    return _written(ITEM_COLUMNS, rows, bom=bom)


def _spelt(value: float | None) -> str:
    """A number with up to six decimals; "" for what is undefined."""
    return "" if value is None else f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")


def _written(columns: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return ((BOM if bom else "") + text.getvalue()).encode()
