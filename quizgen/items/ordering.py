"""Entries to put in order: as they are written, or by a measured number; scored by how little is out of place."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from quizgen.blocks import AnswerBox, Block, Grid, Prose, Sentence
from quizgen.checks import OrderCheck, SelfCheck
from quizgen.items.contract import Fill, ItemType, Path, Rejected, Settings, Values, Varying, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.mistakes import Mistake, notice
from quizgen.items.offers import LETTERS
from quizgen.items.ordering_key import OrderedEntry, OrderingKey, WrongOrder, grade_ordering
from quizgen.values import immutable
from quizgen.words import say

Direction = Literal["ascending", "descending"]


@immutable
class OrderedEntrySpec:
    """One entry as its author wrote it."""

    text: str
    """What the entry says; a text."""
    by: str | None = None
    """The number that decides its place, as an expression; all entries have one, or none."""
    because: str = ""
    """Why it stands where it does; shown in model answers."""


@immutable
class WrongOrderSpec:
    """An order that a mistake leads to."""

    misconception: str
    """The id of the mistake in misconceptions.yaml."""
    by: tuple[str, ...]
    """For each entry, as they are written, the number by which the mistake orders it; in the same direction."""
    because: str
    """What went wrong and what to do instead; a text."""


@immutable
class OrderingSpec:
    """A part that is answered with an order."""

    entries: tuple[OrderedEntrySpec, ...]
    """What is put in order. Without numbers, they are written in the right order."""
    direction: Direction = "ascending"
    """ascending: the smallest number first; descending: the largest."""
    gap: float = 0.05
    """How much neighbouring numbers must differ, relative to the larger; variants where they do not are drawn again."""
    wrong: tuple[WrongOrderSpec, ...] = ()
    """Orders that known mistakes lead to."""


class Ordering(ItemType[OrderingSpec, OrderingKey]):
    """Entries to put in order."""

    name = "ordering"
    spec = OrderingSpec
    key = OrderingKey

    def expressions(self, spec: OrderingSpec) -> Iterator[tuple[Path, str]]:
        """The numbers that decide the right order, and the orders that mistakes lead to."""
        for index, entry in enumerate(spec.entries):
            if entry.by is not None:
                yield ("entries", index, "by"), entry.by
        for index, wrong in enumerate(spec.wrong):
            for place, source in enumerate(wrong.by):
                yield ("wrong", index, "by", place), source

    def texts(self, spec: OrderingSpec) -> Iterator[tuple[Path, str]]:
        """What the entries say, and why an order is right or wrong."""
        for index, entry in enumerate(spec.entries):
            yield ("entries", index, "text"), entry.text
            yield ("entries", index, "because"), entry.because
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "because"), wrong.because

    def mistakes(self, spec: OrderingSpec) -> Iterator[tuple[Path, str]]:
        """The mistakes that lead to wrong orders."""
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "misconception"), wrong.misconception

    def check(self, spec: OrderingSpec, points: float) -> Iterator[tuple[Path, str]]:
        """Three or more entries, as many as there are letters at the most, all with a number or none."""
        del points
        count = len(spec.entries)
        if not 3 <= count <= len(LETTERS):
            yield ("entries",), f"{count} entries; expected 3 to {len(LETTERS)}"
        if 0 < sum(entry.by is not None for entry in spec.entries) < count:
            yield ("entries",), "some entries have a number that decides their place, and some have none"
        if not 0 <= spec.gap < 1:
            yield ("gap",), f"{spec.gap:g}: expected a share from 0 to less than 1"
        for index, wrong in enumerate(spec.wrong):
            if len(wrong.by) != count:
                yield ("wrong", index, "by"), f"{len(wrong.by)} numbers for {count} entries"

    def make(self, spec: OrderingSpec, values: Values, misconceptions: Sequence[Misconception]) -> OrderingKey:
        """The entries in their right order, lettered in a shuffled one.  Raises: Rejected if two read the same."""
        del misconceptions
        if len({values.words(entry.text).casefold() for entry in spec.entries}) < len(spec.entries):
            raise Rejected("two entries read the same")
        letters = dict(zip(values.order("ordering", len(spec.entries)), LETTERS, strict=False))
        return OrderingKey(
            entries=tuple(
                OrderedEntry(letter=letters[index], text=spec.entries[index].text, because=spec.entries[index].because)
                for index in _order(spec, values.key)
            ),
            by=_kind(spec),
            wrong=tuple(
                WrongOrder(
                    misconception=wrong.misconception,
                    letters="".join(letters[i] for i in _by_number([*map(values.key, wrong.by)], spec.direction)),
                    because=wrong.because,
                )
                for wrong in spec.wrong
            ),
        )

    def faults(
        self, spec: OrderingSpec, key: OrderingKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """No rounding may change the order, no neighbours nearly tie, and no mistake lead to the right order."""
        del misconceptions
        if key.by is not None:
            for frame, look_up in (("key", values.key), ("raw", values.raw), ("hand", values.hand)):
                numbers = _numbers(spec, look_up)
                if not all(map(math.isfinite, numbers)):
                    yield "a number that decides the order is not finite"
                    return
                if _by_number(numbers, spec.direction) != _order(spec, values.key):
                    yield f"the order is another one with the {frame} values"
                if any(abs(a - b) <= spec.gap * max(abs(a), abs(b)) for a, b in pairwise(sorted(numbers))):
                    yield f"two entries differ by less than {spec.gap:g} of the larger ({frame} values)"
        for wrong in key.wrong:
            if wrong.letters == key.letters:
                yield f"misconception {wrong.misconception} leads to the right order"

    def varying(self, key: OrderingKey) -> Varying:
        """Nothing: keys that look alike are equal."""
        return Varying(look=key)

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The entries by letter, and a box for the letters in order."""
        key = self.key_of(part)
        shown = sorted(key.entries, key=lambda entry: entry.letter)
        return (
            Sentence(text=say("asks.order", count=len(shown), way=_which_way(key))),
            Grid(
                header=(say("asks.letter"), say("asks.entry")),
                rows=tuple((entry.letter, fill(entry.text)) for entry in shown),
                align=("centre", "left"),
            ),
            AnswerBox(label=part.label, width_mm=15.0 + 10.0 * len(shown)),
        )

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The right order, entry by entry, then each mistake with the order that it leads to."""
        key = self.key_of(part)
        rows = tuple((entry.letter, fill(entry.text), _why(entry, fill)) for entry in key.entries)
        return (
            Sentence(
                text=say("answers.is_within", answer=" ".join(key.letters), tolerance=_which_way(key)), strong=True
            ),
            Grid(
                header=(say("asks.letter"), say("asks.entry"), say("answers.why")),
                rows=rows,
                align=("centre", "left", "left"),
            ),
            *(
                notice(Mistake(wrong.misconception, wrong.because), " ".join(wrong.letters), fill)
                for wrong in key.wrong
            ),
        )

    def how_to_answer(self, part: Part) -> str:
        """All letters in order."""
        key = self.key_of(part)
        return say("how.order", count=len(key.entries), way=_which_way(key), example=key.example)

    def self_check(self, part: Part) -> SelfCheck:
        """The right order, and those that mistakes lead to."""
        key = self.key_of(part)
        return SelfCheck(
            check=OrderCheck(letters=key.letters),
            hints=tuple((OrderCheck(letters=wrong.letters), wrong.because) for wrong in key.wrong),
        )

    def key_response(self, part: Part) -> str:
        """Such as "C A D B"."""
        return " ".join(self.key_of(part).letters)

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """1 − d/n of the points, d being the edit distance to the right order of n letters.

        That is the published formula, and it is kept: n letters in any order share some of the right one, so the order
        in which the page shows them can earn a little too. Letters that are left out or repeated are unreadable.
        """
        del settings
        return grade_ordering(self.key_of(part), response)


def _kind(spec: OrderingSpec) -> Direction | None:
    """The direction in which numbers decide the order; None where it is the order as written."""
    return spec.direction if spec.entries[0].by is not None else None


def _order(spec: OrderingSpec, look_up: Callable[[str], float]) -> list[int]:
    """The places of the entries, as they are written, in the right order."""
    if _kind(spec) is None:
        return list(range(len(spec.entries)))
    return _by_number(_numbers(spec, look_up), spec.direction)


def _numbers(spec: OrderingSpec, look_up: Callable[[str], float]) -> list[float]:
    return [look_up(entry.by) for entry in spec.entries if entry.by is not None]


def _by_number(numbers: Sequence[float], direction: Direction) -> list[int]:
    return sorted(range(len(numbers)), key=lambda index: numbers[index], reverse=direction == "descending")


def _which_way(key: OrderingKey) -> str:
    ways = {"ascending": "smallest_first", "descending": "largest_first", None: "first_to_last"}
    return say(f"asks.{ways[key.by]}")


def _why(entry: OrderedEntry, fill: Fill) -> Prose | str:
    return fill(entry.because) if entry.because.strip() else "–"
