"""A concrete question: texts with marks, the numbers that fill them, and what counts as right; form.json records it.

Texts keep their marks (``<< name >>``, ``<% if name %>``); `numbers` and `truths` say what to put there. An item needs
neither the bank nor the simulation again: it can be drawn, answered and graded from what it holds.
"""

from collections.abc import Mapping
from dataclasses import field

from quizgen.figures.figure import FigureData
from quizgen.numbers.printing import Number
from quizgen.values import immutable


@immutable
class Misconception:
    """A named mistake and the wrong number that it leads to; ``because`` tells the student kindly what went wrong."""

    id: str
    value: float
    because: str
    name: str = ""  # "" where it is called by its id


@immutable
class CarriedError:
    """How a part goes on from an earlier one: grade with the student's own value of ``name`` if it lies in the range.

    ``steps`` are the names computed after it with their expressions, in order; ``values`` the other numbers they read.
    """

    part: str
    name: str
    low: float
    high: float
    steps: tuple[tuple[str, str], ...]
    values: Mapping[str, float]


@immutable
class Part:
    """One thing to answer. ``key`` belongs to the item type named ``type`` (see `quizgen.items.ITEM_TYPES`)."""

    label: str  # '1' where an item has one part, '2a', '2b' where it has several
    id: str
    type: str
    points: float
    ask: str
    key: object
    misconceptions: tuple[Misconception, ...] = ()
    follows: CarriedError | None = None
    model_answer: str = ""

    def labelled(self, label: str) -> "Part":
        """The same part under another label."""
        return Part(
            label=label,
            id=self.id,
            type=self.type,
            points=self.points,
            ask=self.ask,
            key=self.key,
            misconceptions=self.misconceptions,
            follows=self.follows,
            model_answer=self.model_answer,
        )


@immutable
class Provenance:
    """Where an item's numbers came from: enough to simulate it again."""

    seed: int
    variant: int
    attempt: int
    source: str  # the template as it was written, so that a changed bank cannot change what was asked
    simulations: Mapping[str, Mapping[str, float | str]]  # run -> experiment and its arguments


@immutable
class Item:
    """One question of a form."""

    template: str
    digest: str
    title: str
    topic: str
    level: str
    minutes: float
    objective: str
    stem: str
    parts: tuple[Part, ...]
    numbers: Mapping[str, Number]
    truths: Mapping[str, bool]
    figure: FigureData | None
    model_answer: Mapping[str, str]  # heading word (define, cause, ...) -> text
    provenance: Provenance
    claims: tuple[str, ...] = field(default=())

    @property
    def points(self) -> float:
        """The points that all parts together can earn."""
        return sum(part.points for part in self.parts)
