"""The rows of a cohort's index: one for each seat, written when its folders are in place."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from quizgen.cohort.make import Made
from quizgen.cohort.plan import Questions
from quizgen.forms.assemble import part_labels
from quizgen.forms.form import Form
from quizgen.grading.reports.cells import safe
from quizgen.items import ITEM_TYPES

COLUMNS: Final = ("student", "name", "group", "folder", "form", "seed", "minutes", "difficulty", "shared")


def row_of(made: Made) -> tuple[str, ...]:
    """What the index says of a student: `COLUMNS`, then the key of each part."""
    seat = made.seat
    return (
        *map(safe, (seat.student.id, seat.student.name, seat.student.group)),
        *(seat.folder, seat.form, str(seat.seed), f"{made.form.minutes:g}", f"{made.difficulty:g}"),
        " ".join(made.shared),
        *keys_of(made.form),
    )


def labels_of(questions: Questions) -> Iterator[str]:
    """The labels of all parts, in their order."""
    for number, template in enumerate(questions.templates, start=1):
        yield from part_labels(number, len(template.parts))


def keys_of(form: Form) -> Iterator[str]:
    """The key of each part as a student would write it; blank where a person grades."""
    for item in form.items:
        for part in item.parts:
            yield ITEM_TYPES[part.type].key_response(part)


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows of the index as they stand in its file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def read_rows(paths: Sequence[Path]) -> Iterator[list[str]]:
    """The rows of several files, one after the other, with no more than one of them in memory."""
    for path in paths:
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.reader(stream)
