"""What a teacher reads: scores, how each part went, which mistakes were made, and what a person must look at."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from quizgen.blocks import Block, Document, Facts, Grid, Heading, Sentence
from quizgen.grading.grade import PartScore, ScoreReport
from quizgen.grading.reports.wording import CLASS_HEADER, NONE, STATUS_WORDS, class_row, mistake, number, short


def class_document(reports: Sequence[ScoreReport]) -> Document:
    """The page for the teacher of a class; ``reports`` are of one form, and at least one."""
    first = reports[0]
    return Document(
        kind="class-report",
        title=f"Class report: {first.title}",
        subtitle=f"{len(reports)} student{'s' if len(reports) != 1 else ''}",
        blocks=(
            Facts(rows=(("Form", first.form), ("Students", str(len(reports))), ("Mean score", _mean_score(reports)))),
            Heading(level=2, text="Scores"),
            _score_grid(reports),
            Heading(level=2, text="Parts"),
            _part_grid(reports),
            *_mistakes(reports),
            *_unreadable(reports),
        ),
        footer=(f"Form {first.form}",),
    )


def _by_part(reports: Sequence[ScoreReport]) -> list[tuple[PartScore, ...]]:
    """For each part of the form, what became of it for every student."""
    return list(zip(*(report.parts for report in reports), strict=True))


def _is_pending(scores: Sequence[PartScore]) -> bool:
    """Whether a part has no mean yet, because a person has still to mark it for someone."""
    return any(score.status == "needs-review" for score in scores)


def _mean(scores: Sequence[PartScore]) -> float:
    return math.fsum(score.score for score in scores) / len(scores)


def _mean_score(reports: Sequence[ScoreReport]) -> str:
    """The mean over the parts that are marked for everyone, and which parts are left out of it."""
    parts = _by_part(reports)
    marked = [scores for scores in parts if not _is_pending(scores)]
    mean, points = math.fsum(map(_mean, marked)), math.fsum(scores[0].points for scores in marked)
    mean_of = f"{mean:.2f} of {number(points)}" if marked else "–"
    pending = [scores[0].label for scores in parts if _is_pending(scores)]
    if not pending:
        return mean_of
    return f"{mean_of}, without part{'s' if len(pending) > 1 else ''} {', '.join(pending)}, still to be marked"


def _score_grid(reports: Sequence[ScoreReport]) -> Grid:
    rows = tuple(class_row(report) for report in reports)
    return Grid(header=CLASS_HEADER, rows=rows, align=("left", "right", "right", "right", "right"))


def _part_grid(reports: Sequence[ScoreReport]) -> Grid:
    rows = []
    for scores in _by_part(reports):
        counts = Counter(score.status for score in scores)
        mean = "–" if _is_pending(scores) else f"{_mean(scores):.2f}"
        mean_of = f"{mean}\u00a0/\u00a0{number(scores[0].points)}"
        rows.append((scores[0].label, mean_of, *(str(counts[status] or NONE) for status in STATUS_WORDS)))
    header = ("Part", "Mean score", *(word.capitalize() for word in STATUS_WORDS.values()))
    counts_align: list[Literal["left", "right", "centre"]] = ["right"] * (len(header) - 1)
    return Grid(header=header, rows=tuple(rows), align=("left", *counts_align))


def _mistakes(reports: Sequence[ScoreReport]) -> tuple[Block, ...]:
    rows = []
    for scores in _by_part(reports):
        counts = Counter(score.diagnosis for score in scores if score.diagnosis)
        commonest_first = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
        rows += [(scores[0].label, mistake(diagnosis), str(count)) for diagnosis, count in commonest_first]
    if not rows:
        return ()
    grid = Grid(header=("Part", "Mistake", "Students"), rows=tuple(rows), align=("left", "left", "right"))
    return Heading(level=2, text="Mistakes behind the wrong answers"), grid


def _unreadable(reports: Sequence[ScoreReport]) -> tuple[Block, ...]:
    rows = tuple(
        (short(report.student), part.label, short(part.response), part.feedback)
        for report in reports
        for part in report.with_status("unreadable")
    )
    if not rows:
        return ()
    grid = Grid(header=("Student", "Part", "Answer", "Reason"), rows=rows, align=("left", "left", "left", "left"))
    advice = "They earn no points for now. Ask what was meant, mend the response file, and grade again."
    return Heading(level=2, text="Answers that could not be read"), Sentence(text=advice), grid
