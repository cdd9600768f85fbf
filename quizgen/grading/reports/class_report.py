"""What a teacher reads: scores, how each part went, which mistakes were made, and what a person must look at."""

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from quizgen.blocks import Block, Document, Facts, Grid, Heading, Sentence
from quizgen.forms.form import Form
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.statistics_blocks import choice_blocks, distribution_blocks, item_blocks, mistake_blocks
from quizgen.grading.reports.statistics_wording import UNDEFINED, aligned, caveat_blocks, how_computed
from quizgen.grading.reports.wording import (
    CLASS_HEADER,
    NONE,
    STATUS_WORDS,
    class_row,
    handed_in_nothing,
    number,
    short,
    yes_or_no,
)
from quizgen.grading.scores import ScoreReport
from quizgen.grading.statistics.class_statistics import ClassStatistics, class_statistics
from quizgen.grading.statistics.item_analysis import ItemFigures
from quizgen.words import say


def class_document(
    reports: Sequence[ScoreReport],
    *,
    form: Form | None = None,
    names: Names | None = None,
    corrected: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """The page for the teacher of a class; ``reports`` are of one form or of the forms of a cohort, and at least one.

    Options are told by what they say if the ``form`` is given; else they are left out. ``corrected``: what was
    corrected since the exam, by label.
    """
    first = reports[0]
    forms = {report.form for report in reports}
    form_id = first.form if len(forms) == 1 else ""
    several = say("report.individual_forms", count=len(forms))
    statistics = class_statistics(reports, [form] if form else [])
    return Document(
        kind="class-report",
        title=say("report.class_title", exam=first.title),
        subtitle=say("report.students", count=len(reports)),
        blocks=(
            Facts(
                rows=(
                    (say("keys.form" if form_id else "statistics.form_heading"), form_id or several),
                    (say("report.student_count"), str(len(reports))),
                    (say("report.mean_score"), _mean_score(statistics)),
                )
            ),
            *_corrected(corrected),
            *caveat_blocks(statistics),
            *distribution_blocks(statistics),
            Heading(level=2, text=say("report.scores")),
            *_by_policy(reports),
            _score_grid(reports),
            *_absent(reports),
            Heading(level=2, text=say("report.parts")),
            _part_grid(statistics),
            *item_blocks(statistics),
            *mistake_blocks(statistics, names or Names()),
            *choice_blocks(statistics),
            *_unreadable(reports),
            *_to_mark(reports),
            how_computed(statistics),
        ),
        footer=(say("head.form", form=form_id) if form_id else several,),
    )


def _is_pending(item: ItemFigures) -> bool:
    """Whether a part has no mean yet, because a person has still to mark it for someone."""
    return bool(item.statuses["needs-review"])


def _mean_score(statistics: ClassStatistics) -> str:
    """The mean over the parts that are marked for everyone, and which parts are left out of it."""
    found = statistics.distribution
    mean_of = UNDEFINED
    if found:
        mean_of = say("report.score_of", score=f"{found.mean:.2f}", points=number(statistics.points or 0))
    pending = [item.labels[0] for item in statistics.items if _is_pending(item)]
    if not pending:
        return mean_of
    return say("report.mean_without", mean=mean_of, parts=", ".join(pending), count=len(pending))


def _score_grid(reports: Sequence[ScoreReport]) -> Grid:
    """A row for each student, with grades and passes where the policy knows of them."""
    policy = reports[0].policy
    header: tuple[str, ...] = CLASS_HEADER
    rows = [class_row(report) for report in reports]
    if policy.grades:
        header, rows = (
            (*header, say("report.grade")),
            [(*row, one.grade or NONE) for row, one in zip(rows, reports, strict=True)],
        )
    if policy.pass_at is not None:
        passed = [yes_or_no(report.is_passed) for report in reports]
        header, rows = (*header, say("report.passed")), [(*row, one) for row, one in zip(rows, passed, strict=True)]
    return Grid(header=header, rows=tuple(rows), align=aligned("lrrrrll"[: len(header)]))


def _corrected(corrected: Mapping[str, str]) -> Iterator[Block]:
    """What was corrected since the exam: these reports are of a second grading."""
    if corrected:
        yield Heading(level=2, text=say("report.corrected"))
        yield Facts(rows=tuple((say("report.part", label=label), said) for label, said in corrected.items()))


def _by_policy(reports: Sequence[ScoreReport]) -> Iterator[Sentence]:
    """That scores here are not the sums from which the figures are found, where a policy rounds or bounds them."""
    sums = (math.fsum(part.score for part in report.parts) for report in reports)
    if any(abs(report.score - earned) > 1e-9 for report, earned in zip(reports, sums, strict=True)):
        yield Sentence(text=say("report.by_policy"))


def _absent(reports: Sequence[ScoreReport]) -> Iterator[Sentence]:
    if told := handed_in_nothing(reports):
        yield Sentence(text=told)


def _part_grid(statistics: ClassStatistics) -> Grid:
    """How often each part was right, wrong, ...: a column for each status that occurs."""
    seen = [status for status in STATUS_WORDS if any(item.statuses[status] for item in statistics.items)]
    rows = tuple(
        (
            item.labels[0],
            number(item.points),
            *(str(item.statuses[status] or NONE) for status in seen),
        )
        for item in statistics.items
    )
    header = (say("page.part"), say("quiz.point_row"), *(say(f"status_column.{status}") for status in seen))
    return Grid(header=header, rows=rows, align=aligned("l" + "r" * (len(header) - 1)))


def _unreadable(reports: Sequence[ScoreReport]) -> Iterator[Block]:
    rows = tuple(
        (short(report.student), part.label, short(part.response), part.feedback)
        for report in reports
        for part in report.with_status("unreadable")
    )
    if rows:
        yield Heading(level=2, text=say("report.unread_answers"))
        yield Sentence(text=say("report.unread_what_to_do"))
        header = (say("report.student"), say("page.part"), say("page.answer"), say("report.reason"))
        yield Grid(header=header, rows=rows, align=aligned("llll"))


def _to_mark(reports: Sequence[ScoreReport]) -> Iterator[Block]:
    """What a person has still to mark: for each part how many answers, and what they can earn together."""
    waiting: dict[str, list[float]] = {}
    faults = [(short(report.student), part.fault) for report in reports for part in report.parts if part.fault]
    for report in reports:
        for part in report.with_status("needs-review"):
            waiting.setdefault(part.label, []).append(part.points)
    if waiting:
        rows = tuple((label, str(len(points)), number(math.fsum(points))) for label, points in waiting.items())
        yield Heading(level=2, text=say("report.still_to_mark"))
        yield Sentence(text=say("report.how_to_mark"))
        header = (say("page.part"), say("report.answers"), say("report.points_together"))
        yield Grid(header=header, rows=rows, align=aligned("lrr"))
    if faults:
        yield Sentence(text=say("report.faults"))
        yield Grid(header=(say("report.student"), say("report.fault")), rows=tuple(faults), align=aligned("ll"))
