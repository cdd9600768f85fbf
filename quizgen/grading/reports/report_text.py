"""Score reports as text: JSON for programs, a table in the terminal for people."""

from collections.abc import Iterator, Sequence
from typing import Any

from quizgen.grading.grade import PartScore, ScoreReport
from quizgen.grading.reports.wording import (
    CLASS_HEADER,
    STATUS_WORDS,
    class_row,
    label_read,
    mistake,
    of,
    plain,
    remarks,
    short,
    spelt,
    total,
    unanswered,
)


def to_plain(report: ScoreReport) -> dict[str, Any]:
    """The object that JSON output prints for one student; feedback is plain text."""
    return {
        "form": report.form,
        "student": report.student,
        "score": _tidy(report.score),
        "points": _tidy(report.points),
        "parts": [
            {
                "label": part.label,
                "status": part.status,
                "score": _tidy(part.score),
                "points": _tidy(part.points),
                "response": part.response,
                "read_as": part.read_as,
                "key": part.key,
                "diagnosis": part.diagnosis,
                "feedback": " ".join(filter(None, (_label_note(part), part.note, plain(part.feedback)))),
            }
            for part in report.parts
        ],
    }


def to_text(reports: Sequence[ScoreReport]) -> str:
    """A table for people: of one student's parts, or of a class's scores with what could not be read."""
    if len(reports) == 1:
        (report,) = reports
        header = ("Part", "Response", "Read as", "Key", "Verdict", "Score", "Mistake")
        rows = [_text_row(part) for part in report.parts]
        said = [f"{part.label}: {line}" for part in report.parts for line in _said(part)]
        said += filter(None, [unanswered(report)])
        return "\n".join([f"{short(report.student)}: {total(report)}", "", *_table(header, rows), "", *said]).rstrip()
    unread = [
        f"{short(report.student)}, {part.label}: “{short(part.response)}” could not be read: {plain(part.feedback)}"
        for report in reports
        for part in report.with_status("unreadable")
    ]
    return "\n".join([*_table(CLASS_HEADER, [class_row(report) for report in reports]), "", *unread]).rstrip()


def _label_note(part: PartScore) -> str:
    read = label_read(part)
    return f"{read[0].upper()}{read[1:]}." if read else ""


def _text_row(part: PartScore) -> tuple[str, ...]:
    read, verdict = "; ".join(filter(None, (part.read_as, label_read(part)))), STATUS_WORDS[part.status]
    return (part.label, short(part.response, 24), read, spelt(part.key), verdict, of(part), mistake(part.diagnosis))


def _said(part: PartScore) -> Iterator[str]:
    for remark in remarks(part):
        yield from filter(None, plain(remark).splitlines())


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = [header, ["─" * width for width in widths], *rows]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _tidy(score: float) -> float:
    """A score without binary dust."""
    return round(score, 6)
