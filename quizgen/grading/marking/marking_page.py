"""The marking sheet on paper: for each student a page with what waits, what was found in it, and boxes for points."""

import math
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from quizgen.blocks import Block, Document, Fields, Grid, Heading, Notice, Prose, Question, Sentence
from quizgen.forms.form import Form
from quizgen.grading.marking.evidence import Evidence
from quizgen.grading.marking.marks import NO_MARKS, Marks
from quizgen.grading.marking.to_mark import ToMark, to_mark
from quizgen.grading.reports.wording import number, short, whole
from quizgen.grading.scores import ScoreReport
from quizgen.words import joined, say

_BLANK: Final = "\u00a0"  # an empty cell would be drawn as one to fill in
_LONGEST: Final = 200  # characters of a sentence that is quoted beside a line of the rubric
_ALIGN: Final[tuple[Literal["left", "right", "centre"], ...]] = ("left", "left", "right", "centre")


def marking_document(form: Form, reports: Sequence[ScoreReport], marks: Marks = NO_MARKS) -> Document | None:
    """The printable sheet for all students whose responses need a person, points given before filled in; None if none.

    A renderer for paper begins a page with each heading but the first.
    """
    students = to_mark(form, reports, marks)
    if not students:
        return None
    pages = tuple(block for student, entries in students for block in _page(student, entries))
    answers = sum(len(entries) for _, entries in students)
    return Document(
        kind="marking-sheet",
        title=say("marking.title", exam=form.title),
        subtitle=say("head.form", form=form.id),
        blocks=(Sentence(text=_how_to(len(students), answers)), *pages),
        footer=(say("head.form", form=form.id), say("marking.for_instructors")),
    )


def _how_to(students: int, answers: int) -> str:
    told = say("marking.page_each") if students > 1 else say("marking.one_student")
    return say("marking.how_to", answers=say("marking.answers", count=answers), told=told)


def _page(student: str, entries: Sequence[ToMark]) -> Iterator[Block]:
    yield Heading(level=2, text=short(student))
    for one in entries:
        answer = Notice(kind="note", title=say("page.answer"), blocks=(whole(one.score.response),))
        comment = Fields(fields=((_comment(one), 1.0),))
        blocks: tuple[Block, ...] = (*_asked(one), answer, *_reason(one), _rubric(one), comment)
        yield Question(label=one.part.label, title=one.item.title, points=one.part.points, blocks=blocks)
    if len(entries) > 1:
        points = math.fsum(one.part.points for one in entries)
        header = (say("marking.all_parts"), say("quiz.point_row"), say("quiz.score"))
        yield Grid(header=header, rows=((say("marking.together"), number(points), ""),), align=_ALIGN[-3:])


def _asked(one: ToMark) -> Iterator[Prose]:
    """What the part asks; where it asks nothing of its own, the stem does."""
    asks = one.part.ask if one.part.ask.strip() else one.item.stem
    if asks.strip():
        yield one.text(asks)


def _reason(one: ToMark) -> Iterator[Sentence]:
    if not one.evidence:
        yield Sentence(text=one.reason)


def _rubric(one: ToMark) -> Grid:
    """A row for each criterion with a box for its points, and one for all of them together."""
    label, points = one.part.label, one.part.points
    by_line = len(one.evidence) == len(one.mark.lines)
    rows: list[tuple[str | Prose, ...]] = [
        (one.text(found.criterion.criterion), _found(found), number(found.criterion.points), _given(given))
        for found, given in zip(one.evidence, one.mark.lines if by_line else [None] * len(one.evidence), strict=True)
    ]
    rows.append((say("marking.part_together", label=label), _BLANK, number(points), _given(one.mark.score)))
    header = (say("answers.rubric"), say("marking.found"), say("quiz.point_row"), say("quiz.score"))
    return Grid(header=header, rows=tuple(rows), align=_ALIGN)


def _found(found: Evidence) -> str:
    """What speaks for and against a criterion, sentence by sentence, and which phrases are missing."""
    quoted = [one for one in found.sentences if one not in found.against]
    said = [_quoted(found.against)] if found.against else []
    if quoted:
        said.append(say("marking.for_it", quoted=_quoted(quoted)) if found.against else _quoted(quoted))
    if found.missing:
        said.append(say("marking.not_found" if found.sentences else "marking.looked_for", phrases=_missing(found)))
    finding = say(f"found.{found.finding}")
    return say("marking.found_what", finding=finding, said=joined("list.semicolon", said)) if said else finding


def _missing(found: Evidence) -> str:
    """The phrases that were looked for in vain; a stem such as multipl* ends in an ellipsis."""
    groups = (joined("list.or", (phrase.replace("*", "…") for phrase in group)) for group in found.missing)
    return joined("list.semicolon", groups)


def _quoted(sentences: Sequence[str]) -> str:
    return joined("list.sentences", (say("marking.quoted", sentence=short(one, _LONGEST)) for one in sentences))


def _given(points: float | None) -> str:
    return "" if points is None else number(points)


def _comment(one: ToMark) -> str:
    return say("marking.comment_is", comment=one.mark.comment) if one.mark.comment else say("marking.comment")
