"""Grading again: what changed for each student, and why; as lines for people, and as a log that only grows."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizgen.forms.form import Form
from quizgen.grading.corrections import Corrections
from quizgen.grading.reports.wording import STATUS_WORDS, number, short
from quizgen.grading.scores import PartScore, ScoreReport
from quizgen.items import ITEM_TYPES
from quizgen.items.item import Part
from quizgen.values import immutable
from quizgen.words import joined, say


@immutable
class PartChange:
    """One part that earns otherwise, and the corrections that made it so; None where a form does not have it."""

    label: str
    old: PartScore | None
    new: PartScore | None
    why: str


@immutable
class Change:
    """What grading again did to one student; ``parts`` holds the parts that earn otherwise."""

    student: str
    old: ScoreReport
    new: ScoreReport
    parts: tuple[PartChange, ...]


# -- why ---------------------------------------------------------------------------------------------------------------


def reasons(form: Form, corrections: Corrections, *, before: Form | None = None) -> Mapping[str, str]:
    """What was corrected in each part, by label; a part that goes on from a corrected one has that as its reason.

    ``before`` is the form as it was, if ``form`` itself is a corrected one.
    """
    found = dict(_between(before, form)) if before else {}
    for label, said in corrections.by_label.items():
        found[label] = joined("list.semicolon", (found.get(label, ""), *said))
    for item in form.items:
        labels = {part.id: part.label for part in item.parts}
        for part in item.parts:
            first = labels.get(part.follows.part) if part.follows else None
            if part.label not in found and first in found:
                found[part.label] = say("corrected.goes_on_from", label=first)
    order = [part.label for item in form.items for part in item.parts]
    return {label: found[label] for label in dict.fromkeys((*order, *found)) if label in found}


def _between(old: Form, new: Form) -> Iterator[tuple[str, str]]:
    """The parts in which two states of one form differ, in the order of the new one, and how."""
    was = {part.label: part for item in old.items for part in item.parts}
    now = {part.label: part for item in new.items for part in item.parts}
    for label, part in now.items():
        if label not in was:
            yield label, say("corrected.new")
        elif said := joined("list.semicolon", _differences(was[label], part)):
            yield label, said
    yield from ((label, say("corrected.gone")) for label in was if label not in now)


def _differences(old: Part, new: Part) -> Iterator[str]:
    if old.points != new.points:
        yield say("corrected.points", points=number(new.points), before=number(old.points))
    keys = [ITEM_TYPES[part.type].key_response(part) for part in (old, new)]
    if keys[0] != keys[1]:
        yield say("corrected.key", key=keys[1], before=keys[0])
    elif old.key != new.key:
        yield say("corrected.comparison")
    if old.follows != new.follows or old.misconceptions != new.misconceptions:
        yield say("corrected.taken_into_account")


# -- what --------------------------------------------------------------------------------------------------------------


def changes(before: Sequence[ScoreReport], after: Sequence[ScoreReport], why: Mapping[str, str]) -> tuple[Change, ...]:
    """One entry for each student of ``after`` who is in ``before``, in the order of ``after``."""
    earlier = {report.student: report for report in before}
    return tuple(
        Change(student=new.student, old=old, new=new, parts=tuple(_part_changes(old, new, why)))
        for new in after
        if (old := earlier.get(new.student))
    )


def _part_changes(old: ScoreReport, new: ScoreReport, why: Mapping[str, str]) -> Iterator[PartChange]:
    was, now = ({part.label: part for part in report.parts} for report in (old, new))
    for label in dict.fromkeys((*now, *was)):
        if _differs(was.get(label), now.get(label)):
            yield PartChange(label=label, old=was.get(label), new=now.get(label), why=why.get(label, ""))


def _differs(old: PartScore | None, new: PartScore | None) -> bool:
    if old is None or new is None:
        return True
    is_same = math.isclose(old.score, new.score, abs_tol=1e-9) and math.isclose(old.points, new.points, abs_tol=1e-9)
    return not is_same or old.status != new.status


# -- in words ----------------------------------------------------------------------------------------------------------


def to_text(why: Mapping[str, str], found: Sequence[Change]) -> str:
    """What was corrected; each student's score before and now, with a line for each part that made the difference."""
    rows = [("Student", "Before", "Now", "Why")]
    for change in found:
        first, *others = [_part_words(part) for part in change.parts] or ["nothing changed"]
        rows += [(short(change.student), _score(change.old), _score(change.new), first)]
        rows += [("", "", "", line) for line in others]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    head, *lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
    rule = "  ".join("─" * width for width in widths)
    corrected = [f"{label}: {said}" for label, said in why.items()] or ["Nothing was corrected."]
    return "\n".join(["Corrected:", *(f"  {line}" for line in corrected), "", head, rule, *lines, "", _summary(found)])


def _score(report: ScoreReport) -> str:
    """``12.5 of 38 (33 %)``; with the grade, and whether something is still to be marked."""
    share = f"{100 * report.score / report.points:.0f} %" if report.points else ""
    more = ", ".join(filter(None, (share, report.grade, "" if report.is_final else "so far")))
    return f"{number(report.score)} of {number(report.points)}{f' ({more})' if more else ''}"


def _part_words(part: PartChange) -> str:
    why = f" ({part.why})" if part.why else ""
    return f"{part.label}: {_earned(part.old)} → {_earned(part.new)}{why}"


def _earned(score: PartScore | None) -> str:
    if score is None:
        return "not asked"
    if score.status in ("void", "needs-review"):
        return STATUS_WORDS[score.status]
    return f"{number(score.score)} of {number(score.points)}"


def _summary(found: Sequence[Change]) -> str:
    """How many students fare better, worse or alike, by the share of the points; and how many grades changed."""
    better = sum(_share(change.new) > _share(change.old) + 1e-9 for change in found)
    worse = sum(_share(change.new) < _share(change.old) - 1e-9 for change in found)
    alike = len(found) - better - worse
    said = f"By the share of their points, {better} fare better, {worse} worse and {alike} as before."
    moved = sum(change.old.grade != change.new.grade for change in found)
    return f"{said} Another grade: {moved}." if moved else said


def _share(report: ScoreReport) -> float:
    return report.score / report.points if report.points else 0.0


def log_entry(form: str, why: Mapping[str, str], found: Sequence[Change], *, when: str, folder: str) -> str:
    """One line of the log of regradings: JSON, with what was corrected and every student's old and new score."""
    entry = {
        "when": when,
        "form": form,
        "reports": folder,
        "corrections": why,
        "students": [_logged(change) for change in found],
    }
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _logged(change: Change) -> dict[str, Any]:
    return {
        "student": change.student,
        "old": round(change.old.score, 6),
        "old_points": round(change.old.points, 6),
        "new": round(change.new.score, 6),
        "new_points": round(change.new.points, 6),
        "parts": [
            {
                "label": part.label,
                "old": None if part.old is None else round(part.old.score, 6),
                "new": None if part.new is None else round(part.new.score, 6),
                "why": part.why,
            }
            for part in change.parts
        ],
    }
