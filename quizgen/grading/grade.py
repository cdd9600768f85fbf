"""One student's responses graded against one form: what was read, what it earned, and what to say about it.

Grading fails closed: where the program itself is at fault, the part earns nothing, a person must look at it, and the
fault is reported.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from quizgen.blocks import Prose
from quizgen.expressions import parse
from quizgen.forms.form import Form
from quizgen.grading.intake.responses import Response
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Settings, Status, Verdict
from quizgen.items.item import CarriedError, Item, Part
from quizgen.prose import fill

Feedback = Prose | str  # an author's words with the item's numbers, or our own


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which question a part belongs to: what statistics and advice are counted by."""

    template: str = ""
    variant: int = 0
    part: str = ""
    type: str = ""
    title: str = ""
    topic: str = ""
    level: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScore:
    """What became of one part. ``response`` is the raw string; ``key`` is spelt as the model answer prints it."""

    label: str
    asked: Asked = Asked()
    status: Status
    score: float
    points: float
    response: str
    read_as: str = ""
    key: str = ""
    diagnosis: str | None = None
    written_label: str = ""  # where the student spelt the label otherwise: "2 A"
    note: str = ""  # where an earlier answer was taken into account
    feedback: Feedback = ""
    fault: str = ""  # of the program, not of the student


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreReport:
    """What became of one student's responses, part by part in the order of the form."""

    form: str
    title: str
    student: str
    parts: tuple[PartScore, ...]

    @property
    def score(self) -> float:
        """The points that were earned."""
        return math.fsum(part.score for part in self.parts)

    @property
    def points(self) -> float:
        """The points that could be earned."""
        return math.fsum(part.points for part in self.parts)

    def with_status(self, status: Status) -> tuple[PartScore, ...]:
        """The parts of one status."""
        return tuple(part for part in self.parts if part.status == status)


def grade(form: Form, response: Response, settings: Settings) -> ScoreReport:
    """Grade every part of ``form``; a label without a response is not answered."""
    parts = tuple(score for item in form.items for score in _grade_item(item, response, settings))
    return ScoreReport(form=form.id, title=form.title, student=response.student, parts=parts)


def _grade_item(item: Item, response: Response, settings: Settings) -> list[PartScore]:
    scores = []
    earlier: dict[str, tuple[str, str, Verdict]] = {}
    for part in item.parts:
        raw = response.responses.get(part.label, "")
        written_label = response.written_labels.get(part.label, "")
        try:
            verdict = _checked(_verdict(part, raw, settings))
            earlier[part.id] = (part.label, raw, verdict)
            verdict, note = _or_carried(part, raw, settings, earlier)
            scores.append(replace(_score(item, part, raw, verdict), note=note, written_label=written_label))
        except Exception as error:  # whatever it is, it must not earn points nor stop the others' grading
            scores.append(_failed(item, part, raw, error))
    return scores


def _verdict(part: Part, raw: str, settings: Settings) -> Verdict:
    return ITEM_TYPES[part.type].grade(part, raw, settings) if raw.strip() else Verdict(status="not-answered")


_FRACTIONS: Final[Mapping[Status, tuple[float, float]]] = {"right": (1.0, 1.0), "partial": (0.0, 1.0)}


def _checked(verdict: Verdict) -> Verdict:
    """The verdict, if its fraction is one that its status allows.  Raises: ValueError if it is not."""
    low, high = _FRACTIONS.get(verdict.status, (0.0, 0.0))
    if not low <= verdict.fraction <= high:
        raise ValueError(f"{verdict.status} with {verdict.fraction} of the points")
    return verdict


def _score(item: Item, part: Part, raw: str, verdict: Verdict) -> PartScore:
    return PartScore(
        label=part.label,
        asked=_asked(item, part),
        status=verdict.status,
        score=verdict.fraction * part.points,
        points=part.points,
        response=raw,
        read_as=verdict.read_as,
        key=ITEM_TYPES[part.type].key_response(part),
        diagnosis=verdict.diagnosis,
        feedback=_feedback(item, verdict),
    )


def _feedback(item: Item, verdict: Verdict) -> Feedback:
    """The verdict's words: an author's, with marks to fill, or our own, which may quote the response."""
    if verdict.status in ("unreadable", "needs-review") or not verdict.feedback:
        return verdict.feedback
    return fill(verdict.feedback, numbers=item.numbers, truths=item.truths)


def _asked(item: Item, part: Part) -> Asked:
    return Asked(
        template=item.template,
        variant=item.provenance.variant,
        part=part.id,
        type=part.type,
        title=item.title,
        topic=item.topic,
        level=item.level,
        claims=item.claims,
    )


def _failed(item: Item, part: Part, raw: str, error: Exception) -> PartScore:
    return PartScore(
        label=part.label,
        asked=_asked(item, part),
        status="needs-review",
        score=0.0,
        points=part.points,
        response=raw,
        feedback="This response could not be graded because of a fault in quizgen. Your teacher will look at it.",
        fault=f"part {part.label}: {type(error).__name__}: {error}",
    )


# -- error carried forward ---------------------------------------------------------------------------------------------


_Earlier = Mapping[str, tuple[str, str, Verdict]]  # part id -> label, response, and the verdict by the printed key


def _or_carried(part: Part, raw: str, settings: Settings, earlier: _Earlier) -> tuple[Verdict, str]:
    """The part's verdict; or right, with a note, if a wrong number follows from the student's own earlier value."""
    verdict = earlier[part.id][2]
    follows = part.follows
    if verdict.status != "wrong" or follows is None or follows.part not in earlier:
        return verdict, ""
    label, first_raw, first = earlier[follows.part]
    if not _is_plausible(first, follows):
        return verdict, ""
    value = own_key(follows, first.number or 0.0)
    if not math.isfinite(value):
        return verdict, ""
    item_type = ITEM_TYPES[part.type]
    own = replace(part, key=item_type.with_number(part.key, value), misconceptions=())
    by_own_key = _checked(_verdict(own, raw, settings))
    repeated = _verdict(own, first_raw, settings)  # as from 1 to 1ᵀ: repeating the earlier number shows no working
    if by_own_key.status != "right" or repeated.status == "right":
        return verdict, ""
    spelt = _verdict(own, item_type.key_response(own), settings).read_as
    note = f"Consistent with your answer to {label}: with your {first.read_as} there, the key here is {spelt}."
    return by_own_key, note


def _is_plausible(first: Verdict, follows: CarriedError) -> bool:
    """Whether the earlier answer was wrong, and by its size one could go on from it."""
    return first.status == "wrong" and first.number is not None and follows.low <= first.number <= follows.high


def own_key(follows: CarriedError, number: float) -> float:
    """The key as it follows from the student's ``number`` in place of the earlier part's key."""
    values = {**follows.values, follows.name: number}
    for name, source in follows.steps:
        values[name] = float(parse(source)(values))
    return values[follows.steps[-1][0]]
