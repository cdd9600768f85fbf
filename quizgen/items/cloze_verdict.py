"""One verdict on all gaps of a cloze.

Where a person must decide about one gap, the whole part waits for that person. A gap that cannot be read earns nothing
and is named; a part in which nothing else earns points is then unreadable, and never just wrong.
"""

import math
from collections.abc import Sequence
from typing import Literal

from quizgen.items.contract import Status, Verdict
from quizgen.items.item import Part
from quizgen.words import joined, say


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
        return joined("list.sentences", (_said(gap, verdict, "plain") for gap, verdict in pairs))
    return joined("list.paragraphs", (_said(gap, verdict, "filled") for gap, verdict in pairs))


def _said(gap: Part, verdict: Verdict, text: Literal["plain", "filled"]) -> str:
    """What is said of one gap: in a text to be filled, ours on what cannot be read may quote the response literally."""
    of_gap = say(f"blank.{verdict.status}", blank=gap.label)
    if not verdict.feedback or (text == "plain" and verdict.status != "unreadable"):
        return of_gap
    is_quoted = text == "filled" and verdict.status == "unreadable"
    return say("blank.literally" if is_quoted else "list.sentences", before=of_gap, after=verdict.feedback)
