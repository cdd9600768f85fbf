"""What a choice of templates must fill: how many of each section, and within which amounts, in whole numbers."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from quizgen.bank.blueprint import Bound
from quizgen.bank.yaml_file import Entry
from quizgen.forms.amounts import amounts
from quizgen.items.template import ItemTemplate
from quizgen.values import immutable

HUNDREDTHS: Final = 100  # points and minutes are told apart as finely as this


@immutable
class Slots:
    """Section i gives ``counts[i]`` templates out of ``candidates[i]``, which stand there best liked first."""

    counts: tuple[int, ...]
    candidates: tuple[tuple[ItemTemplate, ...], ...]

    @property
    def questions(self) -> int:
        """How many templates a choice has."""
        return sum(self.counts)


@immutable
class Goal:
    """One bound in its own unit: what each candidate adds, and which sums keep it."""

    adds: tuple[tuple[int, ...], ...]
    """For each section, what each of its candidates adds."""
    low: int
    high: int
    """The smallest and the largest sum that keep the bound; ``high`` is no larger than any choice can be."""
    size: int
    """One more than any choice can come to."""


def goals(slots: Slots, bounds: Mapping[Entry, Bound]) -> tuple[Goal, ...]:
    """Each bound over the candidates of ``slots``, counted in the largest unit that fits them all."""
    found = [[amounts(one) for one in own] for own in slots.candidates]
    return tuple(
        _goal([[round(HUNDREDTHS * one.get(entry, 0)) for one in own] for own in found], slots.counts, bound)
        for entry, bound in bounds.items()
    )


def _goal(fine: Sequence[Sequence[int]], counts: Sequence[int], bound: Bound) -> Goal:
    """A bound over candidates that add the amounts ``fine``, in hundredths."""
    unit = math.gcd(*(add for own in fine for add in own)) or 1
    adds = tuple(tuple(add // unit for add in own) for own in fine)
    most = sum(_largest(own, count) for own, count in zip(adds, counts, strict=True))
    return Goal(
        adds=adds,
        low=math.ceil(round(HUNDREDTHS * bound.low) / unit),
        high=most if bound.at_most is None else min(most, round(HUNDREDTHS * bound.high) // unit),
        size=most + 1,
    )


def _largest(adds: Sequence[int], count: int) -> int:
    return sum(sorted(adds, reverse=True)[:count])
