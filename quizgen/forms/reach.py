"""From which sums one or two bounds can still be kept: tables that tell a search where to turn back.

A set of sums is one whole number, whose bit s stands for the sum s; adding a template to all of them is a shift. Two
sums are packed into one. The tables count each template of a section once, as a choice does, but let two sections take
the same one: what they rule out is ruled out for certain, and what they leave open may still fail.
Source: Bellman (1957), the knapsack's table, backwards.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Final

from quizgen.forms.slots import Goal, Slots
from quizgen.values import immutable

MAX_BITS: Final = 200_000_000  # of all tables together: 25 MB
MAX_TABLES: Final = 40
Sums = tuple[int, ...]


@immutable(kw_only=False)
class Reach:
    """The table of one or two goals: for each section, rank and number of templates left, the sums that may go on."""

    goals: tuple[tuple[int, int], ...]  # index of a goal, and what its sum is multiplied by
    open: tuple[tuple[tuple[int, ...], ...], ...]

    def allows(self, section: int, rank: int, left: int, sums: Sums) -> bool:
        """Whether ``left`` templates from ``rank`` on, and those of all later sections, could keep the goals."""
        packed = sum(sums[index] * factor for index, factor in self.goals)
        return bool(self.open[section][rank][left] >> packed & 1)


def tables(slots: Slots, goals: Sequence[Goal]) -> tuple[Reach, ...]:
    """The tables of single goals, then of pairs, as many as fit into the memory and the time for them."""
    rows = sum((len(own) + 1) * (count + 1) for own, count in zip(slots.candidates, slots.counts, strict=True))
    made: list[Reach] = []
    bits = 0
    alone = [(index,) for index in range(len(goals))]
    for indices in [*alone, *combinations(range(len(goals)), 2)]:
        size = rows
        for index in indices:
            size *= goals[index].size
        if len(made) < MAX_TABLES and bits + size <= MAX_BITS:
            made.append(_table(slots, goals, indices))
            bits += size
    return tuple(made)


def _table(slots: Slots, goals: Sequence[Goal], indices: tuple[int, ...]) -> Reach:
    first, *others = (goals[index] for index in indices)
    factors = (1, first.size)[: len(indices)]
    after = _ones(first)
    for second in others:
        after = sum(after << total * first.size for total in range(second.low, second.high + 1))
    sections = []
    for section in reversed(range(len(slots.counts))):
        packed = [
            sum(goals[index].adds[section][rank] * factor for index, factor in zip(indices, factors, strict=True))
            for rank in range(len(slots.candidates[section]))
        ]
        rows = _rows(packed, slots.counts[section], after)
        sections.append(rows)
        after = rows[0][-1]
    return Reach(tuple(zip(indices, factors, strict=True)), tuple(reversed(sections)))


def _ones(goal: Goal) -> int:
    """The sums that keep a goal."""
    return (1 << goal.high + 1) - (1 << goal.low) if goal.low <= goal.high else 0


def _rows(adds: Sequence[int], count: int, after: int) -> tuple[tuple[int, ...], ...]:
    """One section's part of a table: by rank, then by the templates that are left to take from it."""
    rows = [(after, *(0 for _ in range(count)))]
    for add in reversed(adds):
        skipped = rows[-1]
        rows.append((after, *(skipped[left] | skipped[left - 1] >> add for left in range(1, count + 1))))
    return tuple(reversed(rows))
