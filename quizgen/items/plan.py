"""An item template made ready: what the planner hands on to `quizgen.items.evaluation`."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from quizgen.experiments.contract import Experiment
from quizgen.expressions import Expression
from quizgen.items.template import ItemTemplate
from quizgen.numbers.printing import BEYOND_PAPER, Precision
from quizgen.values import immutable

_ROUNDING: Final = re.compile(r"(?<!\s)\s+to\s+(?:(\d+)\s+(figures?|decimals?)|(exact|integer))\s*$")


@immutable
class Rule:
    """A named value: its expression, and how the page prints it (None: it is never printed)."""

    name: str
    expression: Expression
    precision: Precision | None


@immutable
class Run:
    """A simulation ready to run: its numeric arguments as expressions, its words, and what will be read of it."""

    name: str
    experiment: Experiment
    numbers: Mapping[str, Expression]
    words: Mapping[str, str]
    wanted: Mapping[str, tuple[Expression, ...] | None]


@immutable(eq=False)
class Plan:
    """A checked template with everything parsed."""

    template: ItemTemplate
    runs: tuple[Run, ...]
    given: tuple[Rule, ...]
    compute: tuple[Rule, ...]
    require: tuple[Expression, ...]
    quiz_names: frozenset[str]  # numbers that the student's page prints
    needed: frozenset[str]  # numbers from which the keys follow
    numbers: frozenset[str]  # numbers that some page prints
    truths: frozenset[str]

    @property
    def ordered_truths(self) -> Sequence[str]:
        """The conditions in the order in which they are recorded."""
        return _ordered(self.truths)

    def rule(self, name: str) -> Rule | None:
        """The given or computed value of this name."""
        return _rules(self).get(name)


@lru_cache(maxsize=1024)
def _ordered(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


@lru_cache(maxsize=1024)
def _rules(plan: Plan) -> Mapping[str, Rule]:
    return {rule.name: rule for rule in (*plan.compute, *plan.given)}


def split_rounding(source: str) -> tuple[str, Precision | None]:
    """``"x * 2 to 3 figures"`` as ``("x * 2", 3 figures)``.

    >>> split_rounding("run.norm[10] to 3 figures")
    ('run.norm[10]', Precision(kind='figures', count=3))
    """
    match = _ROUNDING.search(source)
    if not match:
        return source, None
    count, unit, _ = match.groups()
    expression = source[: match.start()]
    if unit is None:
        return expression, Precision(kind="exact")
    number = int(count) if len(count) < len(str(BEYOND_PAPER)) else BEYOND_PAPER
    return expression, Precision(kind="figures" if unit.startswith("figure") else "decimals", count=number)
