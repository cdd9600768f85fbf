"""How the pieces of a score report are spelt, on pages and in the terminal alike."""

from typing import Final

from quizgen.blocks import Prose
from quizgen.grading.grade import Feedback, PartScore, ScoreReport
from quizgen.items.contract import Status
from quizgen.numbers.reading import Reading, read_number
from quizgen.prose import words

STATUS_WORDS: Final[dict[Status, str]] = {
    "right": "right",
    "partial": "partly right",
    "wrong": "wrong",
    "unreadable": "could not be read",
    "not-answered": "not answered",
    "needs-review": "to be reviewed",
}
LONGEST: Final = 60  # characters of a response in a table

CLASS_HEADER: Final = ("Student", "Score", "Of", "Could not be read", "To be reviewed")


def class_row(report: ScoreReport) -> tuple[str, ...]:
    """One student's row under `CLASS_HEADER`."""
    unread, review = (len(report.with_status(status)) for status in ("unreadable", "needs-review"))
    return (short(report.student), number(report.score), number(report.points), str(unread or ""), str(review or ""))


def spelt(key: str) -> str:
    """A key as a page spells it: a number with its true minus and power of ten, anything else as it is."""
    reading = read_number(key)
    return reading.read_as if isinstance(reading, Reading) else key


def plain(feedback: Feedback) -> str:
    """Feedback in plain words."""
    return words(feedback) if isinstance(feedback, Prose) else feedback


def short(response: str, longest: int = LONGEST) -> str:
    """What a student wrote, on one line and safe to show: whatever does not print becomes a replacement mark."""
    line = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(response.split()))
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def number(score: float) -> str:
    """A score with no more than two decimals."""
    return f"{score:.2f}".rstrip("0").rstrip(".")


def of(part: PartScore) -> str:
    """The score of a part beside its points; a dash where a person gives it."""
    score = "–" if part.status == "needs-review" else number(part.score)
    return f"{score} / {number(part.points)}"


def total(report: ScoreReport) -> str:
    """The score beside the points, and how many points a person has still to decide on."""
    pending = sum(part.points for part in report.with_status("needs-review"))
    review = f", {number(pending)} of them to be reviewed" if pending else ""
    return f"{number(report.score)} of {number(report.points)} points{review}"
