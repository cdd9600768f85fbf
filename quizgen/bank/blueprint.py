"""A blueprint: what an exam must contain, without saying which questions."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Final

from quizgen.bank.yaml_file import Entry
from quizgen.items.template import Level
from quizgen.numbers.reading import thousands_fault
from quizgen.values import immutable

MOST_QUESTIONS: Final = 200
MOST_BOUNDS: Final = 60
BY_NAME: Final = ("levels", "topics", "types", "claims")  # the bounds that are given for each name apart
_ROUNDING: Final = 1e-9  # what adding up parts of points may lose


@immutable
class Bound:
    """How much is enough, and how much is too much: at least one of the two."""

    at_least: float | None = None
    """The smallest amount that is enough."""
    at_most: float | None = None
    """The largest amount that is not too much."""

    def accepts(self, amount: float) -> bool:
        """Whether ``amount`` is enough and not too much."""
        return self.meets(amount, amount)

    def meets(self, least: float, most: float) -> bool:
        """Whether some amount from ``least`` to ``most`` could be enough and not too much."""
        return most >= self.low - _ROUNDING and least <= self.high + _ROUNDING

    @property
    def low(self) -> float:
        """The smallest amount accepted; no amount is below 0."""
        return 0.0 if self.at_least is None else self.at_least

    @property
    def high(self) -> float:
        """The largest amount accepted; infinite if there is none."""
        return float("inf") if self.at_most is None else self.at_most

    def __str__(self) -> str:
        if self.at_most is None:
            return f"at least {self.low:g}"
        if self.at_least is None:
            return f"at most {self.high:g}"
        return f"exactly {self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"


@immutable
class Bounds:
    """What all questions of an exam must come to together."""

    points: Bound | None = None
    """The points of all questions."""
    minutes: Bound | None = None
    """The minutes that the questions take, each by its own template."""
    levels: Mapping[str, Bound] = field(default_factory=dict)
    """How many questions may be of a level: `analyse: {at_least: 3}`."""
    topics: Mapping[str, Bound] = field(default_factory=dict)
    """How many questions may be of a topic."""
    types: Mapping[str, Bound] = field(default_factory=dict)
    """How many parts may be of an item type: `open: {at_least: 1}`."""
    claims: Mapping[str, Bound] = field(default_factory=dict)
    """How many questions may examine a claim: `S9: {at_least: 1}`."""

    def by_entry(self) -> dict[Entry, Bound]:
        """Each bound by the way to it: ("points",) or ("levels", "analyse")."""
        alone = {("points",): self.points, ("minutes",): self.minutes}
        named = {(kind, name): bound for kind in BY_NAME for name, bound in getattr(self, kind).items()}
        return {entry: bound for entry, bound in (alone | named).items() if bound is not None}


@immutable
class Section:
    """A run of questions of an exam, and where they may come from."""

    questions: int
    """How many questions."""
    topics: tuple[str, ...] = ()
    """The topics that the questions are picked from; any, if left out."""
    levels: tuple[Level, ...] = ()
    """The levels that they may have; any, if left out."""
    types: tuple[str, ...] = ()
    """Item types of which each question has at least one part; any, if left out."""
    only: tuple[str, ...] = ()
    """Item types of which all parts of each question must be; any, if left out."""
    without: tuple[str, ...] = ()
    """Item types of which no part may be."""


@immutable
class Blueprint:
    """What `blueprints/<id>.yaml` says."""

    id: str
    """The name of the file."""
    title: str
    """The title of the exam."""
    questions: int
    """How many questions all sections have together."""
    sections: tuple[Section, ...]
    """The exam from its first question to its last."""
    minutes: float | None = None
    """The time that the first page announces; if left out, the sum over the questions, as a multiple of five."""
    one_topic: bool = False
    """Whether all questions are on one topic: the one that --topic names, else one that the seed picks."""
    bounds: Bounds = field(default_factory=Bounds)
    """What all questions must come to together."""
    instructions: str = ""
    """What the first page tells the student."""
    institution: str = ""
    """Who holds the exam; stands above the title."""
    course: str = ""
    """The course that the exam belongs to; stands above the title."""
    date: str = ""
    """When the exam is held, in words of your own; stands above the title."""
    logo: str = ""
    """A picture beside the title: a PNG, JPEG or SVG file, named as seen from the blueprint's own folder."""
    decimal_comma: bool = False
    """Whether students write 1,5 for one and a half."""
    thousands: str = ""
    """The mark that students may write between thousands: a comma, a point (with a decimal comma), or an apostrophe."""


def blueprint_faults(blueprint: Blueprint) -> Iterator[tuple[Entry, str]]:
    """What a blueprint asks that no bank could give, each with the entry at fault."""
    if fault := thousands_fault(blueprint.thousands, decimal_comma=blueprint.decimal_comma):
        yield ("thousands",), fault
    total = sum(section.questions for section in blueprint.sections)
    if total != blueprint.questions:
        yield ("questions",), f"{blueprint.questions} questions, but the sections have {total}"
    elif not 1 <= total <= MOST_QUESTIONS:
        yield ("questions",), f"{total} questions: expected between 1 and {MOST_QUESTIONS}"
    if blueprint.minutes is not None and blueprint.minutes <= 0:
        yield ("minutes",), f"{blueprint.minutes:g}: expected a time greater than 0"
    for index, section in enumerate(blueprint.sections):
        if section.questions < 1:
            yield ("sections", index, "questions"), f"{section.questions}: expected at least 1"
    bounds = blueprint.bounds.by_entry()
    if len(bounds) > MOST_BOUNDS:
        yield ("bounds",), f"{len(bounds)} bounds: expected at most {MOST_BOUNDS}"
    for entry, bound in bounds.items():
        if fault := _bound_fault(bound):
            yield ("bounds", *entry), fault
    working = blueprint.bounds.minutes
    if working and blueprint.minutes and working.low > blueprint.minutes:
        yield ("bounds", "minutes"), f"{working}, but the first page announces {blueprint.minutes:g} minutes"


def _bound_fault(bound: Bound) -> str:
    if bound == Bound():
        return "no bound: expected at_least, at_most or both"
    if min(bound.low, bound.high) < 0:
        return f"{bound}: no amount is below 0"
    return f"at least {bound.low:g} and at most {bound.high:g} cannot both be" if bound.low > bound.high else ""
