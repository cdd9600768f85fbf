"""What a policy takes off a part's score: for wrong answers, and for retries."""

from quizgen.grading.policy import Policy, rounded
from quizgen.grading.scores import PartScore
from quizgen.words import Said, joined, say


def adjusted(part: PartScore, policy: Policy, *, attempts: int = 1) -> PartScore:
    """The score of a part under a policy, with a note on what was taken off; what a person must mark stays."""
    if part.status in ("needs-review", "unreadable", "not-answered"):
        return part
    score, notes = part.score, list[Said]()
    cost = policy.wrong_costs.get(part.asked.type, 0.0) * part.points
    if part.status == "wrong" and cost:
        score -= cost
        notes.append(say("note.wrong_costs", points=_points(cost)))
    retries = min(max(score, 0.0), policy.retry_costs * part.points * (attempts - 1))
    if retries > 0:
        score -= retries
        notes.append(say("note.retry_costs", attempt=str(attempts), points=_points(retries)))
    score = rounded(score, policy.round_parts_to)
    if score == part.score and not notes:
        return part
    return part._replace(score=score, note=joined("list.sentences", (part.note, *notes)))


def _points(points: float) -> Said:
    number = f"{points:.2f}".rstrip("0").rstrip(".")
    return say("page.points", points=number, count=1 if number == "1" else 0)
