"""How the pieces of a score report are spelt, on pages and in the terminal alike."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from quizgen.blocks import LineBreak, Paragraph, Pattern, Prose, Words
from quizgen.grading.scores import Feedback, PartScore, ScoreReport
from quizgen.items.contract import Status
from quizgen.numbers.reading import Reading, read_number
from quizgen.prose import words
from quizgen.words import joined, listed, say

_STATUSES: Final[tuple[Status, ...]] = (
    *("right", "partial", "wrong", "unreadable", "not-answered", "needs-review", "void"),
)
STATUS_WORDS: Final[dict[Status, str]] = {status: say(f"status.{status}") for status in _STATUSES}
LONGEST: Final = 60  # characters of a response in a table
NONE: Final = "·"  # in a table, where there is nothing to count

CLASS_HEADER: Final = (
    *(say("report.student"), say("quiz.score"), say("report.of"), say("report.unread"), say("report.still_to_mark")),
)

_BLANK_LINES: Final = re.compile(r"\n\s*\n")


# -- scores ------------------------------------------------------------------------------------------------------------


def class_row(report: ScoreReport) -> tuple[str, ...]:
    """One student's row under `CLASS_HEADER`."""
    unread, pending = len(report.with_status("unreadable")), pending_points(report)
    to_mark = points(pending) if pending else NONE
    return (short(report.student), number(report.score), number(report.points), str(unread or NONE), to_mark)


def handed_in_nothing(reports: Sequence[ScoreReport]) -> str:
    """Which students gave no answer at all; "" if everyone gave one."""
    absent = [short(report.student) for report in reports if not any(part.response.strip() for part in report.parts)]
    return say("report.handed_in_nothing", students=", ".join(absent)) if absent else ""


def titles_once(titles: Sequence[str]) -> tuple[str, ...]:
    """The titles of parts for a column of a table: each stands beside the first of its question's parts only."""
    before = ("", *titles)
    return tuple("\u00a0" if title in ("", last) else title for last, title in zip(before, titles, strict=False))


def yes_or_no(claim: bool | None) -> str:  # noqa: FBT001  (it is what is spelt)
    """A claim in a table; NONE where it cannot be known yet."""
    return NONE if claim is None else say("report.yes") if claim else say("report.no")


def pending_points(report: ScoreReport) -> float:
    """The points of the parts that a person has still to mark."""
    return math.fsum(part.points for part in report.with_status("needs-review"))


def total(report: ScoreReport) -> str:
    """The score beside the points, and how many of the points a person has still to decide on."""
    pending = pending_points(report)
    if not pending:
        return say("report.score_of", score=number(report.score), points=points(report.points))
    return say(
        "report.so_far",
        score=points(report.score),
        pending=number(pending),
        points=number(report.points),
        count=pending,
    )


def of(part: PartScore) -> str:
    """The score of a part beside its points; a dash where a person gives it."""
    score = "–" if part.status == "needs-review" else number(part.score)
    return f"{score} / {number(part.points)}"


def points(score: float) -> str:
    """``points(1)`` is "1 point", ``points(2.5)`` is "2.5 points"."""
    return say("page.points", points=number(score), count=score)


def number(score: float) -> str:
    """A score with no more than two decimals."""
    return f"{round(score, 2) + 0.0:.2f}".rstrip("0").rstrip(".").replace("-", "−")


# -- responses ---------------------------------------------------------------------------------------------------------


def short(response: str, longest: int = LONGEST) -> str:
    """What a student wrote, on one line and safe to show: whatever does not print becomes a replacement mark."""
    line = _printable(" ".join(response.split()))
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def whole(response: str) -> Prose:
    """All that a student wrote, line by line and as safe to show: an answer in words."""
    paragraphs = (_lines(paragraph) for paragraph in _BLANK_LINES.split("\n".join(response.strip().splitlines())))
    return Prose(Pattern(tuple(Paragraph(tuple(lines)) for lines in paragraphs)), {})


def read_otherwise(part: PartScore) -> str:
    """How a response was read, if that is not what stands there; else ""."""
    return part.read_as if _bare(part.read_as) != _bare(part.response) else ""


def label_read(part: PartScore) -> str:
    """How the label was read, if it was written otherwise; else ""."""
    if not part.written_label:
        return ""
    return say("report.label_read", written=short(part.written_label), label=part.label)


def _bare(text: str) -> str:
    """``text`` without what makes no difference to a reader: spaces, commas between letters, case, kind of minus."""
    return re.sub(r"\s|(?<![0-9]),", "", text.lower()).replace("−", "-")


def _lines(paragraph: str) -> Iterator[Words | LineBreak]:
    for place, line in enumerate(paragraph.splitlines()):
        if place:
            yield LineBreak()
        yield Words(_printable(" ".join(line.split())))


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in line)


# -- what is said ------------------------------------------------------------------------------------------------------


def remarks(part: PartScore) -> tuple[Feedback, ...]:
    """What to tell the student about a part that was answered, besides the verdict."""
    said = part.feedback
    if part.status == "unreadable":
        said = say("report.unread_is_open", said=plain(said))
    elif part.status == "wrong" and not said:
        said = say("report.compare")
    return tuple(filter(None, (part.note, said)))


def unanswered(report: ScoreReport) -> str:
    """What to tell the student about the parts without an answer, all at once; "" if there are none."""
    parts = report.with_status("not-answered")
    keys = [say("report.answer_to", answer=spelt(part.key), label=part.label) for part in parts if part.key]
    labels = [part.label for part in parts if not part.key]
    return joined(
        "list.sentences",
        (
            say("report.no_answer", answers=listed(keys), count=len(keys)) if keys else "",
            say("report.no_words", parts=listed(labels)) if labels else "",
        ),
    )


def spelt(key: str) -> str:
    """A key as a page spells it: a number with its true minus and power of ten, anything else as it is."""
    reading = read_number(key)
    return reading.read_as if isinstance(reading, Reading) else key


def plain(feedback: Feedback) -> str:
    """Feedback in plain words."""
    return words(feedback) if isinstance(feedback, Prose) else feedback
