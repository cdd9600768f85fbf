"""Grading again: what changed for each student, and why; as lines for people, and as a log that only grows."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizgen.grading.corrections import Corrections
from quizgen.grading.grade import PartScore, ScoreReport
from quizgen.grading.reports.wording import number, short


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """What one part earned before and earns now."""

    label: str
    old: float
    new: float
    old_points: float
    new_points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What grading again did to one student's score; ``parts`` holds the parts that changed."""

    student: str
    old: float
    old_points: float
    new: float
    new_points: float
    parts: tuple[PartChange, ...]


def changes(before: Sequence[ScoreReport], after: Sequence[ScoreReport]) -> tuple[Change, ...]:
    """One entry for each student of ``after`` who is in ``before``, in the order of ``after``."""
    earlier = {report.student: report for report in before}
    return tuple(_change(earlier[report.student], report) for report in after if report.student in earlier)


def _change(old: ScoreReport, new: ScoreReport) -> Change:
    return Change(
        student=new.student,
        old=old.score,
        old_points=old.points,
        new=new.score,
        new_points=new.points,
        parts=tuple(_part_changes(old, new)),
    )


def _part_changes(old: ScoreReport, new: ScoreReport) -> Iterator[PartChange]:
    was = {part.label: part for part in old.parts}
    for part in new.parts:
        before = was.get(part.label)
        if before is not None and _differs(before, part):
            yield PartChange(
                label=part.label,
                old=before.score,
                new=part.score,
                old_points=before.points,
                new_points=part.points,
            )


def _differs(old: PartScore, new: PartScore) -> bool:
    return abs(old.score - new.score) > 1e-9 or abs(old.points - new.points) > 1e-9


def to_text(corrections: Corrections, found: Sequence[Change]) -> str:
    """What was corrected, and each student's score before and now with the parts that made the difference."""
    rows = [
        (
            short(change.student),
            f"{number(change.old)} of {number(change.old_points)}",
            f"{number(change.new)} of {number(change.new_points)}",
            ", ".join(map(_part_words, change.parts)) or "nothing changed",
        )
        for change in found
    ]
    header = ("Student", "Before", "Now", "Parts")
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (header, *rows)
    ]
    return "\n".join([*corrections.sentences, "", *table])


def _part_words(part: PartChange) -> str:
    if part.new_points == 0 and part.old_points:
        return f"{part.label} taken out"
    return f"{part.label} {number(part.old)} → {number(part.new)}"


def log_entry(form: str, corrections: Corrections, found: Sequence[Change], *, when: str) -> str:
    """One line of the log of regradings: JSON, with every student's old and new score."""
    entry = {
        "when": when,
        "form": form,
        "corrections": list(corrections.sentences),
        "students": [
            {
                "student": change.student,
                "old": round(change.old, 6),
                "old_points": round(change.old_points, 6),
                "new": round(change.new, 6),
                "new_points": round(change.new_points, 6),
                "parts": [part.label for part in change.parts],
            }
            for change in found
        ],
    }
    return json.dumps(entry, ensure_ascii=False) + "\n"
