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

STATUS_WORDS: Final[dict[Status, str]] = {
    "right": "right",
    "partial": "partly right",
    "wrong": "wrong",
    "unreadable": "could not be read",
    "not-answered": "not answered",
    "needs-review": "to be marked",
    "void": "taken out",
}
LONGEST: Final = 60  # characters of a response in a table
NONE: Final = "·"  # in a table, where there is nothing to count

CLASS_HEADER: Final = ("Student", "Score", "Of", "Could not be read", "Still to be marked")

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
    return f"Handed in nothing: {', '.join(absent)}. Every part counts 0." if absent else ""


def titles_once(titles: Sequence[str]) -> tuple[str, ...]:
    """The titles of parts for a column of a table: each stands beside the first of its question's parts only."""
    before = ("", *titles)
    return tuple("\u00a0" if title in ("", last) else title for last, title in zip(before, titles, strict=False))


def yes_or_no(claim: bool | None) -> str:  # noqa: FBT001  (it is what is spelt)
    """A claim in a table; NONE where it cannot be known yet."""
    return NONE if claim is None else "yes" if claim else "no"


def pending_points(report: ScoreReport) -> float:
    """The points of the parts that a person has still to mark."""
    return math.fsum(part.points for part in report.with_status("needs-review"))


def total(report: ScoreReport) -> str:
    """The score beside the points, and how many of the points a person has still to decide on."""
    pending = pending_points(report)
    if not pending:
        return f"{number(report.score)} of {points(report.points)}"
    verb = "is" if pending == 1 else "are"
    return f"{points(report.score)} so far; {number(pending)} of the {number(report.points)} {verb} still to be marked"


def of(part: PartScore) -> str:
    """The score of a part beside its points; a dash where a person gives it."""
    score = "–" if part.status == "needs-review" else number(part.score)
    return f"{score} / {number(part.points)}"


def points(score: float) -> str:
    """``points(1)`` is "1 point", ``points(2.5)`` is "2.5 points"."""
    return f"{number(score)} {'point' if score == 1 else 'points'}"


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
    return f"label “{short(part.written_label)}” read as {part.label}" if part.written_label else ""


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
        said = f"{said} This was not counted as wrong; please tell your teacher what you meant."
    elif part.status == "wrong" and not said:
        said = "Compare your steps with the model answer."
    return tuple(filter(None, (part.note, said)))


def unanswered(report: ScoreReport) -> str:
    """What to tell the student about the parts without an answer, all at once; "" if there are none."""
    parts = report.with_status("not-answered")
    keys = [f"{spelt(part.key)}\u00a0({part.label})" for part in parts if part.key]
    labels = [part.label for part in parts if not part.key]
    said = []
    if keys:
        answers = "answer, which is" if len(keys) == 1 else "answers, which are"
        said.append(f"You gave no answer here. See whether you can get to the right {answers} {_listed(keys)}.")
    if labels:
        said.append(f"For {_listed(labels)}, a few sentences in your own words can already earn points.")
    return " ".join(said)


def _listed(entries: Sequence[str]) -> str:
    """``0.42 (3b), 580 (8) and B (9b)``."""
    return " and ".join(filter(None, (", ".join(entries[:-1]), entries[-1])))


def spelt(key: str) -> str:
    """A key as a page spells it: a number with its true minus and power of ten, anything else as it is."""
    reading = read_number(key)
    return reading.read_as if isinstance(reading, Reading) else key


def plain(feedback: Feedback) -> str:
    """Feedback in plain words."""
    return words(feedback) if isinstance(feedback, Prose) else feedback
