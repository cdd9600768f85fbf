"""What one student reads: the score, each part with the answer and the key, then what to say about it."""

from collections.abc import Iterator

from quizgen.blocks import Block, Document, Facts, Grid, Notice, Prose, Sentence
from quizgen.grading.grade import PartScore, ScoreReport
from quizgen.grading.reports.wording import (
    NONE,
    STATUS_WORDS,
    label_read,
    of,
    read_otherwise,
    remarks,
    short,
    spelt,
    total,
    unanswered,
    whole,
)


def student_document(report: ScoreReport) -> Document:
    """The page for the student of ``report``."""
    return Document(
        kind="score-report",
        title=f"Score report: {report.title}",
        subtitle=short(report.student),
        blocks=(
            Facts(rows=(("Student", short(report.student)), ("Form", report.form), ("Score", total(report)))),
            _grid(report),
            *_notices(report),
        ),
        footer=(f"Form {report.form}",),
    )


def _grid(report: ScoreReport) -> Grid:
    rows = tuple(
        (part.label, _answer(part), spelt(part.key) or NONE, STATUS_WORDS[part.status], of(part).replace(" ", "\u00a0"))
        for part in report.parts
    )
    header = ("Part", "Your answer", "Key", "Verdict", "Score")
    return Grid(header=header, rows=rows, align=("left", "left", "left", "left", "right"))


def _answer(part: PartScore) -> str:
    """The answer, and how it was read if that is not what stands there; an answer in words stands further down."""
    answer = "see below" if _is_in_words(part) else short(part.response) or NONE
    read = read_otherwise(part)
    told = "; ".join(filter(None, (f"read as {read}" if read else "", label_read(part))))
    return f"{answer} ({told})" if told else answer


def _is_in_words(part: PartScore) -> bool:
    return part.status == "needs-review" and not part.fault


def _notices(report: ScoreReport) -> Iterator[Notice]:
    for part in report.parts:
        said: list[Block] = [one if isinstance(one, Prose) else Sentence(text=one) for one in remarks(part)]
        if _is_in_words(part):
            said.append(Notice(kind="note", title="You wrote", blocks=(whole(part.response),)))
        if said:
            yield Notice(kind="feedback", title=f"{part.label}: {STATUS_WORDS[part.status]}", blocks=tuple(said))
    if missing := unanswered(report):
        yield Notice(kind="feedback", title="Not answered", blocks=(Sentence(text=missing),))
