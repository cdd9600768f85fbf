"""One student's responses graded against one form: what was read, what it earned, and what to say about it.

Grading fails closed: where the program itself is at fault, the part earns nothing, a person must look at it, and the
fault is reported.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from quizgen.expressions import parse
from quizgen.forms.form import Form
from quizgen.grading.corrections import (
    ACCEPTED_NOTE,
    NO_CORRECTIONS,
    VOID_NOTE,
    Corrections,
    corrected,
    is_also_right,
)
from quizgen.grading.intake.responses import Response
from quizgen.grading.penalties import adjusted
from quizgen.grading.policy import NO_POLICY, Policy
from quizgen.grading.scores import Asked, Feedback, PartScore, ScoreReport
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import ItemType, Settings, Status, Verdict
from quizgen.items.item import CarriedError, Item, Part
from quizgen.prose import fill
from quizgen.words import say


def grade(form: Form, response: Response, settings: Settings, policy: Policy = NO_POLICY) -> ScoreReport:
    """Grade every part of ``form``; a label without a response is not answered."""
    return Grader(form, settings, policy).grade(response)


def settings_for(form: Form, *, decimal_comma: bool = False) -> Settings:
    """How responses to ``form`` are read: as it declares, and with a decimal comma if the one who grades says so."""
    return Settings(decimal_comma=decimal_comma or form.decimal_comma, thousands=form.thousands)


class Grader:
    """Grades the responses to one form, and each response that several students wrote the same way only once."""

    def __init__(
        self,
        form: Form,
        settings: Settings,
        policy: Policy = NO_POLICY,
        corrections: Corrections = NO_CORRECTIONS,
    ) -> None:
        self._form, self._policy = form, policy
        self._gradings: list[_Grading] = []
        self._following: list[tuple[int, _Grading]] = []  # the place of each part that follows another, and that other
        for item, recorded in zip(corrected(form, corrections).items, form.items, strict=True):
            earlier: dict[str, _Grading] = {}
            for part, on_record in zip(item.parts, recorded.parts, strict=True):
                if part.follows and part.follows.part in earlier:
                    self._following.append((len(self._gradings), earlier[part.follows.part]))
                earlier[part.id] = _Grading(item, part, settings, corrections, on_record=on_record)
                self._gradings.append(earlier[part.id])

    def grade(self, response: Response) -> ScoreReport:
        """What became of one student's responses; equal responses give equal reports, in any order."""
        given = response.responses
        scores = [
            grading.seen.get(raw := given.get(grading.label, "")) or grading.score(raw) for grading in self._gradings
        ]
        for place, first in self._following:
            if scores[place].status == "wrong":
                carried = self._gradings[place].carried(scores[place].response, first, given.get(first.label, ""))
                scores[place] = carried or scores[place]
        if response.written_labels:
            scores = [_with_written_label(score, response.written_labels) for score in scores]
        if self._policy is not NO_POLICY:
            attempts = response.attempts
            scores = [adjusted(one, self._policy, attempts=attempts.get(one.label, 1)) for one in scores]
        return ScoreReport(
            form=self._form.id,
            title=self._form.title,
            student=response.student,
            parts=tuple(scores),
            policy=self._policy,
        )


def _with_written_label(score: PartScore, written: Mapping[str, str]) -> PartScore:
    """The score with its label as the student spelt it, if otherwise."""
    return score._replace(written_label=written[score.label]) if score.label in written else score


class _Grading:
    """One part of a form, with the scores of the responses that were seen so far.

    ``part`` has the key that counts, ``on_record`` the one with which the form was made; ``seen`` holds the scores by
    the raw string.
    """

    def __init__(
        self, item: Item, part: Part, settings: Settings, corrections: Corrections, *, on_record: Part
    ) -> None:
        self.item, self.part, self.settings, self.on_record = item, part, settings, on_record
        self.label = part.label
        self._accepted = corrections.accept.get(part.label, ())
        self._is_void = part.label in corrections.void
        self._asked = _asked(item, part)
        self.seen: dict[str, PartScore] = {}
        self._seen_after: dict[tuple[str, str], PartScore | None] = {}

    @cached_property
    def type(self) -> ItemType[Any, Any]:
        """The part's item type.  Raises: UnknownNameError for one that this quizgen does not know."""
        return ITEM_TYPES[self.part.type]

    @cached_property
    def key(self) -> str:
        """The key as it is spelt."""
        return self.type.key_words(self.part)

    def score(self, raw: str) -> PartScore:
        """The score of a response by the printed key, from now on among those ``seen``."""
        try:
            found = self._score(raw, self.verdict(raw))
        except Exception as error:  # whatever it is, it must not earn points nor stop the others' grading
            found = self._failed(raw, error)
        self.seen[raw] = found
        return found

    def carried(self, raw: str, first: "_Grading", first_raw: str) -> PartScore | None:
        """The score of a wrong response that follows from the student's own earlier one; None where it does not."""
        slot = (raw, first_raw)
        if slot not in self._seen_after:
            self._seen_after[slot] = self._carried(raw, first, first_raw)
        return self._seen_after[slot]

    def verdict(self, raw: str, part: Part | None = None) -> Verdict:
        """What the item type says.  Raises: ValueError if that is no verdict."""
        if not raw.strip():
            return Verdict(status="not-answered")
        found = _checked(self.type.grade(part or self.part, raw, self.settings))
        if found.status != "right" and self._accepted and is_also_right(self.part, raw, self._accepted, self.settings):
            return found._replace(status="right", fraction=1.0, diagnosis=None, feedback=ACCEPTED_NOTE)
        return found

    def gone_on_from(self, raw: str) -> Verdict:
        """What a later part finds here: wrong where a key says so, that on record or one that replaced it.

        The later part's own key follows from that on record, so what a correction makes right is gone on from as well.
        """
        if not raw.strip():
            return Verdict(status="not-answered")
        by_key = _checked(self.type.grade(self.part, raw, self.settings))
        if by_key.status == "right" and self.on_record is not self.part:
            return _checked(self.type.grade(self.on_record, raw, self.settings))
        return by_key

    def _carried(self, raw: str, first: "_Grading", first_raw: str) -> PartScore | None:
        try:
            found = _from_own_value(self, raw, first, first_raw)
            return self._score(raw, found[0])._replace(note=found[1]) if found else None
        except Exception as error:
            return self._failed(raw, error)

    def _score(self, raw: str, verdict: Verdict) -> PartScore:
        if self._is_void:
            return self._voided(raw, verdict.read_as)
        return PartScore(
            label=self.part.label,
            asked=self._asked,
            status=verdict.status,
            score=verdict.fraction * self.part.points,
            points=self.part.points,
            response=raw,
            read_as=verdict.read_as,
            key=self.key,
            diagnosis=verdict.diagnosis,
            feedback=_feedback(self.item, verdict),
        )

    def _voided(self, raw: str, read_as: str = "") -> PartScore:
        """A part that counts for nobody: no verdict and no mistake, but what was given stays on record."""
        return PartScore(
            label=self.part.label,
            asked=self._asked,
            status="void",
            score=0.0,
            points=0.0,
            note=VOID_NOTE,
            response=raw,
            read_as=read_as,
        )

    def _failed(self, raw: str, error: Exception) -> PartScore:
        if self._is_void:
            return self._voided(raw)
        return PartScore(
            label=self.part.label,
            asked=self._asked,
            status="needs-review",
            score=0.0,
            points=self.part.points,
            response=raw,
            feedback=say("note.fault"),
            fault=f"part {self.part.label}: {type(error).__name__}: {error}",
        )


_FRACTIONS: Final[Mapping[Status, tuple[float, float]]] = {"right": (1.0, 1.0), "partial": (0.0, 1.0)}


def _checked(verdict: Verdict) -> Verdict:
    """The verdict, if its fraction is one that its status allows.  Raises: ValueError if it is not."""
    low, high = _FRACTIONS.get(verdict.status, (0.0, 0.0))
    if not low <= verdict.fraction <= high:
        raise ValueError(f"{verdict.status} with {verdict.fraction} of the points")
    return verdict


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


# -- error carried forward ---------------------------------------------------------------------------------------------


def _from_own_value(grading: _Grading, raw: str, first: _Grading, first_raw: str) -> tuple[Verdict, str] | None:
    """Right, with a note, if a wrong number follows from the student's own earlier value; None if it does not."""
    part, follows = grading.part, grading.part.follows
    by_printed_key = first.gone_on_from(first_raw)
    if follows is None or not _is_plausible(by_printed_key, follows):
        return None
    value = own_key(follows, by_printed_key.number or 0.0)
    if not math.isfinite(value):
        return None
    own = replace(part, key=grading.type.with_number(part.key, value), misconceptions=())
    verdict = grading.verdict(raw, own)
    repeated = grading.verdict(first_raw, own)  # as from 1 to 1ᵀ: repeating the earlier number shows no working
    if verdict.status != "right" or repeated.status == "right":
        return None
    spelt = grading.type.grade(own, grading.type.key_response(own), Settings()).read_as  # printed with a point
    return verdict, say("note.consistent", label=first.part.label, earlier=by_printed_key.read_as, key=spelt)


def _is_plausible(first: Verdict, follows: CarriedError) -> bool:
    """Whether the earlier answer was wrong, and by its size one could go on from it."""
    return first.status == "wrong" and first.number is not None and follows.low <= first.number <= follows.high


def own_key(follows: CarriedError, number: float) -> float:
    """The key as it follows from the student's ``number`` in place of the earlier part's key."""
    values = {**follows.values, follows.name: number}
    for name, source in follows.steps:
        values[name] = float(parse(source)(values))
    return values[follows.steps[-1][0]]
