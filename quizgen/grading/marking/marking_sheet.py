"""The marking sheet: what a person has to look at, with the evidence that was found, and blank scores to fill in."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import yaml

from quizgen.forms.form import Form
from quizgen.grading.marking.evidence import Evidence
from quizgen.grading.marking.marks import NO_MARKS, Marks
from quizgen.grading.marking.to_mark import ToMark, to_mark
from quizgen.grading.scores import ScoreReport
from quizgen.words import Said

_HEAD: Final = """\
# Marking sheet. Write a number after each "score:"; "points" is the most that it may be. A score that is left blank
# leaves the part to be marked. What you write after "comment:" is shown to the student. Then grade again with --marks.
# What was found in a response only points to sentences: it does not judge them.
# "no automatic search" says that the criterion names no phrases to look for: please read for it yourself.
"""


def to_yaml(form: Form, reports: Sequence[ScoreReport], marks: Marks = NO_MARKS) -> str:
    """The sheet for all students whose responses need a person; "" if none does.

    ``marks`` are what a person gave before: they stay in the sheet, so that the latest one always holds everything.
    """
    students = [
        {"student": student, "parts": [_entry(one) for one in entries]}
        for student, entries in to_mark(form, reports, marks)
    ]
    if not students:
        return ""
    plain = {"form": form.id, "students": students}
    return _HEAD + yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def _entry(one: ToMark) -> dict[str, Any]:
    entry: dict[str, Any] = {"label": one.part.label, "points": one.part.points, "response": one.score.response}
    if one.evidence and len(one.mark.lines) == len(one.evidence):
        lines = zip(one.evidence, one.mark.lines, strict=True)
        entry["rubric"] = [_line(one, found, points) for found, points in lines]
    else:
        entry |= {"reason": one.reason, "score": one.mark.score}
    return {**entry, "comment": one.mark.comment or None}


def _line(one: ToMark, found: Evidence, points: float | None) -> dict[str, Any]:
    line = {"criterion": one.criterion(found.criterion), "points": found.criterion.points}
    return {**line, **dict(_findings(found)), "score": points}


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
_Dumper.add_representer(Said, _text)
_Dumper.add_representer(float, _points)
