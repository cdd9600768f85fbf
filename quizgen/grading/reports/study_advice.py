"""What a student should study next: the topics and claims that cost the most points."""

import math
from collections.abc import Iterable, Iterator
from typing import Final

from quizgen.blocks import Block, Grid, Heading, Sentence
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.wording import number
from quizgen.grading.scores import PartScore, ScoreReport
from quizgen.values import immutable
from quizgen.words import say

MOST_CLAIMS: Final = 5
LEAST: Final = 0.005  # points: what is shown as 0 is nothing lost


@immutable
class Loss:
    """What one topic or claim cost: points lost, of how many in parts that are graded, and in which parts."""

    id: str
    lost: float
    points: float
    labels: tuple[str, ...]


def topic_losses(report: ScoreReport) -> tuple[Loss, ...]:
    """The topics that cost points, those that cost most first."""
    return _losses((part.asked.topic, part) for part in _graded(report))


def claim_losses(report: ScoreReport) -> tuple[Loss, ...]:
    """The claims of questions that cost points, those that cost most first."""
    return _losses((claim, part) for part in _graded(report) for claim in part.asked.claims)


def study_blocks(report: ScoreReport, names: Names) -> Iterator[Block]:
    """The part of a student's page that says what to study next; nothing where no points were lost."""
    topics = [loss for loss in topic_losses(report) if loss.id]
    if not topics:
        return
    yield Heading(level=2, text=say("report.study_next"))
    rows = tuple((names.topic(loss.id), _lost_of(loss), ", ".join(loss.labels)) for loss in topics)
    yield Grid(
        header=(say("study.topic"), say("report.points_lost"), say("report.in_parts")),
        rows=rows,
        align=("left", "right", "left"),
    )
    claims = claim_losses(report)[:MOST_CLAIMS]
    if claims:
        yield Sentence(text=say("report.ideas"))
        ideas = tuple((names.claim(loss.id), number(loss.lost), ", ".join(loss.labels)) for loss in claims)
        yield Grid(
            header=(say("report.idea"), say("report.points_lost"), say("report.in_parts")),
            rows=ideas,
            align=("left", "right", "left"),
        )


def _lost_of(loss: Loss) -> str:
    return say("report.score_of", score=number(loss.lost), points=number(loss.points))


def _graded(report: ScoreReport) -> Iterator[PartScore]:
    """The parts whose score is final: what could not be read, or waits for a person, is no loss yet."""
    return (part for part in report.parts if part.status not in ("unreadable", "needs-review"))


def _losses(parts: Iterable[tuple[str, PartScore]]) -> tuple[Loss, ...]:
    found: dict[str, list[PartScore]] = {}
    for name, part in parts:
        found.setdefault(name, []).append(part)
    losses = (_loss(name, own) for name, own in found.items())
    return tuple(sorted((loss for loss in losses if loss.lost >= LEAST), key=lambda loss: (-loss.lost, loss.id)))


def _loss(name: str, parts: list[PartScore]) -> Loss:
    return Loss(
        id=name,
        lost=math.fsum(_lost(part) for part in parts),
        points=math.fsum(part.points for part in parts),
        labels=tuple(part.label for part in parts if _lost(part) >= LEAST),
    )


def _lost(part: PartScore) -> float:
    """The points of a part that were not earned: no more than it has, where a wrong answer costs some besides."""
    return min(part.points - part.score, part.points)
