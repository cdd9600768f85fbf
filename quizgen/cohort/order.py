"""What is to be made and where to: everything that a process needs besides the seats, and small enough to be sent."""

import hashlib
import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

import quizgen
from quizgen.cohort.plan import Questions, Seat
from quizgen.renderers.contract import USUAL, Look
from quizgen.values import immutable

SEATS_AT_ONCE: Final = 250  # even, so that the first seat of every run is; more take more memory


@immutable(eq=False)
class Order:
    """The questions of a cohort, the folder to write into, and the formats and the look of its pages."""

    questions: Questions
    out: Path
    formats: tuple[str, ...]
    look: Look = USUAL

    def digest(self, seats: Sequence[Seat]) -> str:
        """What the bytes of all files depend on, in 64 letters and digits; the folder is no part of it."""
        asked = {
            "blueprint": asdict(self.questions.blueprint),
            "templates": [template.digest for template in self.questions.templates],
            "seed": self.questions.seed,
            "formats": self.formats,
            "look": asdict(self.look),
            "versions": [quizgen.__version__, np.__version__],
            "seats": [_settled(seat) for seat in seats],
        }
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _settled(seat: Seat) -> tuple[object, ...]:
    """All that a student's files depend on."""
    student = seat.student
    told = (student.id, student.name, student.group, student.seed, asdict(student.extra_time))
    return (*told, seat.number, seat.folder, seat.seed, seat.form)


@immutable
class Run:
    """Neighbouring seats that are made in one batch, and the seat after them."""

    seats: tuple[Seat, ...]
    after: Seat | None

    @property
    def name(self) -> str:
        """What the run is called in the folder of unfinished work; names sort as the seats do."""
        return f"{self.seats[0].number:09d}.csv"


def runs_of(seats: Sequence[Seat]) -> Iterator[Run]:
    """All seats in their order, cut into runs."""
    for start in range(0, len(seats), SEATS_AT_ONCE):
        end = start + SEATS_AT_ONCE
        yield Run(seats=tuple(seats[start:end]), after=seats[end] if end < len(seats) else None)


def packed(order: Order) -> bytes:
    """The order as bytes, to be sent to other processes."""
    return pickle.dumps(order)


@lru_cache(maxsize=2)
def unpacked(content: bytes) -> Order:
    """The order that was `packed`: the same object each time, so that what was compiled for it is kept."""
    order = pickle.loads(content)  # noqa: S301  (from the process that started this one)
    assert isinstance(order, Order)  # noqa: S101
    return order
