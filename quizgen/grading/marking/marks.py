"""A person's points, read back from a marking sheet that was filled in, and merged into the scores.

A line that was left blank leaves its part to be marked; the points of the other lines wait with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from quizgen.errors import Fault, FileFaults, Place, did_you_mean
from quizgen.forms.form import Form
from quizgen.grading.grade import PartScore, ScoreReport
from quizgen.grading.intake.responses import read_text
from quizgen.grading.intake.sheets import fault
from quizgen.items.contract import Status
from quizgen.items.open import OpenKey

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HINT: Final = "fill in the marking-sheet.yaml that `quizgen grade --out` wrote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a person gave one student for one part, and wrote to them; None while a line is still blank."""

    score: float | None
    comment: str = ""


Marks = Mapping[tuple[str, str], Mark]  # by student and label
NO_MARKS: Final[Marks] = MappingProxyType({})


def read_marks(path: Path, form: Form) -> Marks:
    """The points in a marking sheet.

    Raises: FileFaults with every student, label and number that does not fit the form.
    """
    text = read_text(path)
    try:
        top = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise fault(path, f"not YAML: {problem}", line=line, column=column, hint=_HINT) from None
    reading = _Reading(path, form)
    marks = dict(reading.marks(top))
    if reading.faults:
        raise FileFaults(reading.faults)
    return marks


def with_marks(report: ScoreReport, marks: Marks) -> ScoreReport:
    """The report with a person's points in the parts that waited for them."""
    if not marks:
        return report
    return replace(report, parts=tuple(_marked(part, marks.get((report.student, part.label))) for part in report.parts))


def unused(marks: Marks, reports: Sequence[ScoreReport]) -> tuple[tuple[str, str], ...]:
    """Students and labels that were marked although nothing of theirs waits for a person."""
    waiting = {(report.student, part.label) for report in reports for part in report.with_status("needs-review")}
    return tuple(slot for slot, mark in marks.items() if mark.score is not None and slot not in waiting)


def _marked(part: PartScore, mark: Mark | None) -> PartScore:
    if mark is None or mark.score is None or part.status != "needs-review":
        return part
    status: Status = "right" if mark.score >= part.points else "partial" if mark.score > 0 else "wrong"
    said = mark.comment.strip() or "Marked by your teacher."
    return replace(part, status=status, score=mark.score, feedback=said, fault="")


class _Reading:
    """One pass over a marking sheet; collects the faults."""

    def __init__(self, path: Path, form: Form) -> None:
        self.path, self.form = path, form
        self.parts = {part.label: part for item in form.items for part in item.parts}
        self.faults: list[Fault] = []

    def marks(self, top: Any) -> Iterator[tuple[tuple[str, str], Mark]]:
        entries = self._mapping(top)
        if entries is None:
            self._fault(top, "not a marking sheet", _HINT)
            return
        form = entries.get("form")
        if form is not None and self._text(form) != self.form.id:
            self._fault(form, f"marks for form {self._text(form)!r}, not for {self.form.id!r}", _HINT)
            return
        seen: set[tuple[str, str]] = set()
        for student in self._list(entries.get("students")):
            about = self._mapping(student) or {}
            name = self._text(about.get("student"))
            if not name:
                self._fault(student, "no student is named", _HINT)
            for part in self._list(about.get("parts")):
                found = self._part(part)
                if found is not None and (name, found[0]) in seen:
                    self._fault(part, f"part {found[0]} of {name!r} a second time", "keep one of them")
                elif found is not None:
                    seen.add((name, found[0]))
                    yield (name, found[0]), found[1]

    def _part(self, node: Any) -> tuple[str, Mark] | None:
        entries = self._mapping(node) or {}
        label = self._text(entries.get("label"))
        if label not in self.parts:
            self._fault(entries.get("label", node), f"no part {label!r}", did_you_mean(label, self.parts))
            return None
        part = self.parts[label]
        comment = self._text(entries.get("comment"))
        if "rubric" not in entries:
            return label, Mark(score=self._score(entries.get("score"), part.points), comment=comment)
        limits = [line.points for line in part.key.criteria] if isinstance(part.key, OpenKey) else []
        lines = self._list(entries["rubric"])
        if len(lines) != len(limits):
            self._fault(entries["rubric"], f"{len(lines)} lines; the rubric of {label} has {len(limits)}", _HINT)
            return None
        scores = [
            self._score((self._mapping(line) or {}).get("score"), limit)
            for line, limit in zip(lines, limits, strict=True)
        ]
        given = [score for score in scores if score is not None]
        return label, Mark(score=sum(given) if len(given) == len(limits) else None, comment=comment)

    def _score(self, node: Any, most: float) -> float | None:
        text = self._text(node)
        if text in ("", "null", "~"):
            return None
        try:
            score = float(text)
        except ValueError:
            self._fault(node, f"{text!r} is not a number of points", f"write a number from 0 to {most:g}")
            return None
        if not 0 <= score <= most:
            self._fault(node, f"{text} points", f"write a number from 0 to {most:g}")
            return None
        return score

    def _mapping(self, node: Any) -> dict[str, Any] | None:
        if not isinstance(node, yaml.MappingNode):
            return None
        return {self._text(key): value for key, value in node.value}

    def _list(self, node: Any) -> list[Any]:
        return list(node.value) if isinstance(node, yaml.SequenceNode) else []

    def _text(self, node: Any) -> str:
        return node.value.strip() if isinstance(node, yaml.ScalarNode) else ""

    def _fault(self, node: Any, message: str, hint: str) -> None:
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node is not None else (1, 1)
        self.faults.append(Fault(message=message, place=Place(path=self.path, line=line, column=column), hint=hint))
