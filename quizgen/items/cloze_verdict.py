"""One verdict on all gaps of a cloze.

Where a person must decide about one gap, the whole part waits for that person. A gap that cannot be read earns nothing
and is named; a part in which nothing else earns points is then unreadable, and never just wrong.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from quizgen.items.cloze_response import literally
from quizgen.items.contract import Status, Verdict
from quizgen.items.item import Part

_SAID: Final[Mapping[Status, str]] = {
    "right": "right.",
    "partial": "partly right.",
    "wrong": "not right.",
    "not-answered": "not answered.",
    "needs-review": "your teacher will look at it.",
    "unreadable": "could not be read, so it earns nothing yet; it does not count as wrong.",
}


def together(gaps: Sequence[Part], verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict on a response: each gap earns its points, and the feedback goes from gap to gap."""
    pairs = list(zip(gaps, verdicts, strict=True))
    earned = math.fsum(gap.points * verdict.fraction for gap, verdict in pairs)
    status = _status({verdict.status for verdict in verdicts}, earned)
    share = min(earned / math.fsum(gap.points for gap in gaps), 1.0)
    return Verdict(
        status=status,
        fraction={"right": 1.0, "partial": share}.get(status, 0.0),
        read_as="; ".join(f"{gap.label} {verdict.read_as}" for gap, verdict in pairs if verdict.read_as),
        diagnosis=next((verdict.diagnosis for verdict in verdicts if verdict.diagnosis), None),
        feedback=_feedback(pairs, status),
    )


def _status(found: set[Status], earned: float) -> Status:
    if "needs-review" in found:
        return "needs-review"
    if len(found) == 1:
        return next(iter(found))
    if earned > 0:
        return "partial"
    return "unreadable" if "unreadable" in found else "wrong"


def _feedback(pairs: Sequence[tuple[Part, Verdict]], status: Status) -> str:
    """What is said of each gap.

    A part that is unreadable, or waits for a person, shows its feedback as it is: then an author's words, which are yet
    to be filled with numbers, are left out.
    """
    if all(verdict.status == "right" and not verdict.feedback for _, verdict in pairs):
        return ""
    if status in ("needs-review", "unreadable"):
        return " ".join(f"Blank {gap.label}: {_SAID[v.status]}{_hint(v.status, v.feedback)}" for gap, v in pairs)
    return "\n\n".join(f"Blank {gap.label}: {_SAID[v.status]}{_words(v)}" for gap, v in pairs)


def _hint(status: Status, feedback: str) -> str:
    return f" {feedback}" if status == "unreadable" else ""


def _words(verdict: Verdict) -> str:
    """The feedback on one gap as part of a text: ours may quote the response, which is no text of an author's."""
    feedback = literally(verdict.feedback) if verdict.status == "unreadable" else verdict.feedback
    return f" {feedback}" if feedback else ""
