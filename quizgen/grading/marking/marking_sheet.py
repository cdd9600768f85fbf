"""The marking sheet: what a person has to look at, with the evidence that was found, and blank scores to fill in."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import yaml

from quizgen.blocks import Prose
from quizgen.forms.form import Form
from quizgen.grading.grade import PartScore, ScoreReport
from quizgen.grading.marking.evidence import Evidence, find_evidence
from quizgen.items.item import Item, Part
from quizgen.items.open import OpenKey
from quizgen.prose import fill, words

_HEAD: Final = """\
# Marking sheet. Write a number after each "score:"; "points" is the most that it may be.
# What was found in a response only points to sentences: it does not judge them.
# "no automatic search" says that the criterion names no phrases to look for: please read for it yourself.
"""


def to_yaml(form: Form, reports: Sequence[ScoreReport]) -> str:
    """The sheet for all students whose responses need a person; "" if none does."""
    parts = {part.label: (item, part) for item in form.items for part in item.parts}
    students = [
        {"student": report.student, "parts": [_entry(*parts[score.label], score) for score in waiting]}
        for report in reports
        if (waiting := report.with_status("needs-review"))
    ]
    if not students:
        return ""
    plain = {"form": form.id, "students": students}
    return _HEAD + yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def _entry(item: Item, part: Part, score: PartScore) -> dict[str, Any]:
    entry: dict[str, Any] = {"label": part.label, "points": part.points, "response": score.response}
    if score.fault or not isinstance(part.key, OpenKey):
        return {**entry, "reason": score.fault or _said(score), "score": None}
    return {**entry, "rubric": [_line(item, found) for found in find_evidence(part.key, score.response)]}


def _said(score: PartScore) -> str:
    """What was found so far, as for a text of which some blanks could be graded."""
    return words(score.feedback) if isinstance(score.feedback, Prose) else score.feedback


def _line(item: Item, found: Evidence) -> dict[str, Any]:
    criterion = words(fill(found.criterion.criterion, numbers=item.numbers, truths=item.truths))
    return {"criterion": criterion, "points": found.criterion.points, **dict(_findings(found)), "score": None}


def _findings(found: Evidence) -> Iterator[tuple[str, Any]]:
    yield "finding", found.finding
    if found.sentences:
        yield "evidence", list(found.sentences)
    if found.against:
        yield "contradiction", list(found.against)
    if found.sentences and found.missing:
        yield "not_found", [" or ".join(group) for group in found.missing]


class _Dumper(yaml.SafeDumper):
    """YAML as a person would write it: blanks stay blank, texts of several lines stand under a |."""

    def ignore_aliases(self, data: Any) -> bool:
        """Equal values are written out each time."""
        del data
        return True


def _blank(dumper: yaml.SafeDumper, _: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _points(dumper: yaml.SafeDumper, points: float) -> yaml.Node:
    return dumper.represent_int(int(points)) if points == int(points) else dumper.represent_float(points)


_Dumper.add_representer(type(None), _blank)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _points)
