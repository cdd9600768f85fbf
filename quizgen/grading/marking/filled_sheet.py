"""Marking sheets that a person has filled in, read back; whatever does not fit the form is told, with its place."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from quizgen.errors import Fault, FileFaults, Place, did_you_mean
from quizgen.forms.form import Form
from quizgen.grading.intake.files import MAX_CLASS_BYTES, read_text
from quizgen.grading.intake.sheets import Written
from quizgen.grading.marking.marks import Mark, Marks, Slot
from quizgen.grading.marking.sheet_yaml import HINT, Entries, Keys, Node, read_nodes
from quizgen.items.item import Part
from quizgen.items.open import OpenKey

SHEET_KEYS: Final = ("form", "students")
STUDENT_KEYS: Final = ("student", "parts")
PART_KEYS: Final = ("label", "points", "response", "reason", "score", "rubric", "comment")
LINE_KEYS: Final = ("criterion", "points", "finding", "evidence", "contradiction", "not_found", "score")
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
_BLANK: Final = ("", "null", "~")


def read_marks(paths: Sequence[Path], form: Form) -> Marks:
    """The points in one marking sheet, or in several that are taken together.

    Raises: FileFaults with every key, student, label and number that does not fit the form, and every part that
    two sheets give different points for.
    """
    faults: list[Fault] = []
    marks: dict[Slot, Mark] = {}
    first: dict[Slot, Place] = {}
    for path in dict.fromkeys(paths):
        sheet = _Sheet(path, form)
        try:
            found = list(sheet.marks(read_nodes(path, read_text(path, most=MAX_CLASS_BYTES))))
        except FileFaults as error:
            faults += error.faults
            continue
        faults += sheet.faults
        for slot, mark, place in found:
            if slot not in marks or marks[slot].is_blank:
                marks[slot], first[slot] = mark, place
            elif not mark.is_blank and mark != marks[slot]:
                student, label = slot
                message = f"other points for part {label} of {student!r}"
                faults.append(Fault(message=message, place=place, hint=f"the first ones stand at {first[slot]}"))
    if faults:
        raise FileFaults(faults)
    return marks


class _Sheet:
    """One sheet; collects the faults."""

    def __init__(self, path: Path, form: Form) -> None:
        self.form = form
        self.top = Place(path=path, line=1, column=1)
        self.parts = {part.label: part for item in form.items for part in item.parts}
        self.faults: list[Fault] = []

    def marks(self, top: Node) -> Iterator[tuple[Slot, Mark, Place]]:
        if not isinstance(top, Keys):
            self._fault(top.place, "not a marking sheet", HINT)
            return
        sheet = self._keys(top, SHEET_KEYS, ("form", "students"))
        form = self._text(sheet, "form")
        if "form" in sheet and form != self.form.id:
            self._fault(top.nodes["form"].place, f"marks for form {form!r}, not for {self.form.id!r}", HINT)
            return
        seen: set[Slot] = set()
        for student in self._list(sheet, "students"):
            about = self._keys(student, STUDENT_KEYS, STUDENT_KEYS)
            name = self._text(about, "student")
            if "student" in about and not name:
                self._fault(about["student"].place, "no student is named", HINT)
            for part in self._list(about, "parts"):
                found = self._part(part)
                if found and (name, found[0]) in seen:
                    self._fault(part.place, f"part {found[0]} of {name!r} a second time", "keep one of them")
                elif found and name:
                    seen.add((name, found[0]))
                    yield (name, found[0]), found[1], part.place

    def _part(self, node: Node) -> tuple[str, Mark] | None:
        about = self._keys(node, PART_KEYS, ("label",))
        label = self._text(about, "label")
        if label not in self.parts:
            if "label" in about:
                self._fault(about["label"].place, f"no part {label!r}", did_you_mean(label, self.parts))
            return None
        part, comment = self.parts[label], self._text(about, "comment")
        comment = "" if comment in _BLANK else comment
        if "rubric" not in about:
            return label, Mark(lines=(self._score(about, part.points),), comment=comment)
        if "score" in about:
            hint = "write points beside the lines of the rubric, or take the rubric away for a score of the whole part"
            self._fault(about["score"].place, "a score beside a rubric", hint)
        lines = self._lines(about, part)
        return (label, Mark(lines=lines, comment=comment)) if lines is not None else None

    def _lines(self, about: dict[str, Node], part: Part) -> tuple[float | None, ...] | None:
        limits = [line.points for line in part.key.criteria] if isinstance(part.key, OpenKey) else []
        lines = self._list(about, "rubric")
        if len(lines) != len(limits):
            message = f"{len(lines)} lines; the rubric of {part.label} has {len(limits)}"
            self._fault(about["rubric"].place, message, HINT)
            return None
        return tuple(
            self._score(self._keys(line, LINE_KEYS, ()), limit) for line, limit in zip(lines, limits, strict=True)
        )

    def _score(self, about: dict[str, Node], most: float) -> float | None:
        text = self._text(about, "score")
        if text in _BLANK:
            return None
        hint = f"write a number from 0 to {most:g}, such as {most / 2:g}"
        if not _NUMBER.fullmatch(text):
            self._fault(about["score"].place, f"{text[:20]!r} is not a number of points", hint)
        elif float(text) > most:
            self._fault(about["score"].place, f"{text[:20]} points", hint)
        else:
            return float(text)
        return None

    def _keys(self, node: Node, known: Sequence[str], needed: Sequence[str]) -> dict[str, Node]:
        """The values by key; unknown keys and missing ones are faults."""
        if not isinstance(node, Keys):
            self._fault(node.place, f"expected the keys {', '.join(known)}", HINT)
            return {}
        for name, place in node.places.items():
            if name not in known:
                self._fault(place, f"no key named {name!r}", did_you_mean(name, known))
        for name in needed:
            if name not in node.nodes:
                self._fault(node.place, f"{name!r} is missing", HINT)
        return dict(node.nodes)

    def _list(self, about: dict[str, Node], name: str) -> tuple[Node, ...]:
        node = about.get(name)
        if isinstance(node, Entries):
            return node.nodes
        if node is not None and not (isinstance(node, Written) and not node.text.strip()):
            self._fault(node.place, f"{name!r} is not a list", HINT)
        return ()

    def _text(self, about: dict[str, Node], name: str) -> str:
        node = about.get(name)
        if node is None:
            return ""
        if not isinstance(node, Written):
            self._fault(node.place, f"{name!r} is not a text", HINT)
            return ""
        return node.text.strip()

    def _fault(self, place: Place | None, message: str, hint: str) -> None:
        self.faults.append(Fault(message=message, place=place or self.top, hint=hint))
