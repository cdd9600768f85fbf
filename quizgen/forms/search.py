"""The first choice of templates, in the order in which the sections prefer them, that keeps within all bounds.

Choices are compared question by question, and the first one that keeps the bounds is taken. So a template that is added
to a bank changes a choice only by standing in the new one. The search goes depth first; it turns back where a table
rules out what is left, and where the same sums have failed before. What it does not find is not there, unless it says
that it gave up.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import add
from typing import Final

from quizgen.bank.blueprint import Bound
from quizgen.bank.yaml_file import Entry
from quizgen.forms.reach import Sums, tables
from quizgen.forms.slots import Slots, goals
from quizgen.items.template import ItemTemplate

MAX_FAILURES: Final = 10_000
MAX_QUESTIONS: Final = 500  # the search calls itself for each
Choice = Sequence[Sequence[ItemTemplate]]
"""The templates of each section."""


class GaveUp(Exception):
    """So many beginnings of a choice failed that nothing is known: there may be a choice, and there may be none."""


def first_within(slots: Slots, bounds: Mapping[Entry, Bound], *, failures: int = MAX_FAILURES) -> Choice | None:
    """The first choice that keeps within ``bounds``, no template twice; None if there is none.

    Raises: GaveUp after so many ``failures``, and at once for more than `MAX_QUESTIONS`.
    """
    if slots.questions > MAX_QUESTIONS:
        raise GaveUp
    search = _Search(slots, bounds, failures)
    if not search.fill(0, 0, (0,) * len(bounds)):
        return None
    return search.chosen


class _Search:
    """The beginning of a choice, filled template by template; a section takes its own in the order of their ranks."""

    def __init__(self, slots: Slots, bounds: Mapping[Entry, Bound], failures: int) -> None:
        self.slots, self.failures = slots, failures
        self.goals = goals(slots, bounds)
        self.tables = tables(slots, self.goals)
        claimed = Counter(one.id for own in slots.candidates for one in own)
        self.wanted_twice = {one for one, sections in claimed.items() if sections > 1}
        self.chosen: list[list[ItemTemplate]] = [[] for _ in slots.counts]
        self.used: set[str] = set()
        self.failed: set[object] = set()

    def fill(self, section: int, rank: int, sums: Sums) -> bool:
        """Fill what is left from ``rank`` of a section on, where all before comes to ``sums``; whether that worked."""
        if section == len(self.slots.counts):
            return all(goal.low <= total <= goal.high for goal, total in zip(self.goals, sums, strict=True))
        own, left = self.chosen[section], self.slots.counts[section] - len(self.chosen[section])
        if not left:
            return self.fill(section + 1, 0, sums)
        beginning = section, rank, left, sums, frozenset(self.used & self.wanted_twice)
        if beginning in self.failed:
            return False
        for at, template in enumerate(self.slots.candidates[section][rank:], start=rank):
            if not all(table.allows(section, at, left, sums) for table in self.tables):
                break
            after = tuple(map(add, sums, (goal.adds[section][at] for goal in self.goals)))
            if template.id in self.used or not all(
                table.allows(section, at + 1, left - 1, after) for table in self.tables
            ):
                continue
            own.append(template)
            self.used.add(template.id)
            if self.fill(section, at + 1, after):
                return True
            self.used.remove(template.id)
            own.pop()
        if len(self.failed) == self.failures:
            raise GaveUp
        self.failed.add(beginning)
        return False
