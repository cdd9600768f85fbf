"""Score reports as pages: for a student, and for the teacher of a class."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from quizgen.blocks import Block, Document, Facts, Grid, Heading, Notice, Prose, Sentence
from quizgen.grading.grade import PartScore, ScoreReport
from quizgen.grading.wording import CLASS_HEADER, STATUS_WORDS, class_row, number, of, short, spelt, total


def student_document(report: ScoreReport) -> Document:
    """What one student reads: the score, each part with what was read and the key, then what to say about it."""
    rows = tuple(
        (part.label, short(part.response), part.read_as, spelt(part.key), STATUS_WORDS[part.status], of(part))
        for part in report.parts
    )
    header = ("Part", "Your response", "Read as", "Key", "Verdict", "Score")
    return Document(
        kind="score-report",
        title=f"Score report: {report.title}",
        subtitle=short(report.student),
        blocks=(
            Facts(rows=(("Student", short(report.student)), ("Form", report.form), ("Score", total(report)))),
            Grid(header=header, rows=rows, align=("left", "left", "left", "left", "left", "right")),
            *(notice for part in report.parts for notice in _notices(part)),
        ),
        footer=(f"Form {report.form}",),
    )


def class_document(reports: Sequence[ScoreReport]) -> Document:
    """What a teacher reads: the scores, how each part went, which mistakes were made, and what a person must look at.

    ``reports`` are of one form, and at least one.
    """
    first = reports[0]
    mean = math.fsum(report.score for report in reports) / len(reports)
    facts = (
        ("Form", first.form),
        ("Students", str(len(reports))),
        ("Mean score", f"{mean:.2f} of {number(first.points)}"),
    )
    return Document(
        kind="class-report",
        title=f"Class report: {first.title}",
        subtitle=f"{len(reports)} student{'s' if len(reports) != 1 else ''}",
        blocks=(
            Facts(rows=facts),
            Heading(level=2, text="Scores"),
            _score_grid(reports),
            Heading(level=2, text="Parts"),
            _part_grid(reports),
            *_mistakes(reports),
            *_unreadable(reports),
        ),
        footer=(f"Form {first.form}",),
    )


def _notices(part: PartScore) -> Iterator[Notice]:
    said: list[Block] = [Sentence(text=part.note)] if part.note else []
    if part.feedback:
        said.append(part.feedback if isinstance(part.feedback, Prose) else Sentence(text=part.feedback))
    if said:
        yield Notice(kind="feedback", title=f"{part.label}: {STATUS_WORDS[part.status]}", blocks=tuple(said))


def _score_grid(reports: Sequence[ScoreReport]) -> Grid:
    rows = tuple(class_row(report) for report in reports)
    return Grid(header=CLASS_HEADER, rows=rows, align=("left", "right", "right", "right", "right"))


def _part_grid(reports: Sequence[ScoreReport]) -> Grid:
    rows = []
    for scores in zip(*(report.parts for report in reports), strict=True):
        counts = Counter(score.status for score in scores)
        mean = math.fsum(score.score for score in scores) / len(scores)
        mean_of = f"{mean:.2f} / {number(scores[0].points)}"
        rows.append((scores[0].label, mean_of, *(str(counts[status] or "") for status in STATUS_WORDS)))
    header = ("Part", "Mean score", *(word.capitalize() for word in STATUS_WORDS.values()))
    counts_align: list[Literal["left", "right", "centre"]] = ["right"] * (len(header) - 1)
    return Grid(header=header, rows=tuple(rows), align=("left", *counts_align))


def _mistakes(reports: Sequence[ScoreReport]) -> tuple[Block, ...]:
    counts = Counter((part.label, part.diagnosis) for report in reports for part in report.parts if part.diagnosis)
    if not counts:
        return ()
    order = {part.label: index for index, part in enumerate(reports[0].parts)}
    found = sorted(counts.items(), key=lambda entry: (order[entry[0][0]], -entry[1], entry[0][1]))
    rows = tuple((label, (diagnosis or "").replace("-", " "), str(count)) for (label, diagnosis), count in found)
    grid = Grid(header=("Part", "Mistake", "Students"), rows=rows, align=("left", "left", "right"))
    return Heading(level=2, text="Mistakes that lead to the wrong numbers"), grid


def _unreadable(reports: Sequence[ScoreReport]) -> tuple[Block, ...]:
    rows = tuple(
        (short(report.student), part.label, short(part.response), part.feedback)
        for report in reports
        for part in report.with_status("unreadable")
    )
    if not rows:
        return ()
    grid = Grid(header=("Student", "Part", "Response", "Reason"), rows=rows, align=("left", "left", "left", "left"))
    return Heading(level=2, text="Responses that could not be read"), grid
