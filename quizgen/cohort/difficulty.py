"""How much work a variant is for a student, so that nobody's exam is harder than another's.

The intended difficulty of an item is the number of operations that lead from the printed numbers to its keys. Most
templates need as many in every variant; where the way to a key depends on the numbers, a variant that needs far more or
far fewer than is usual for its template is drawn again.
"""

import ast
from collections.abc import Callable, Iterator
from functools import lru_cache
from statistics import median
from typing import Final

from quizgen.certificate.way import Steps, way_to
from quizgen.items import ITEM_TYPES
from quizgen.items.draws import Variant
from quizgen.items.evaluation import VariantValues
from quizgen.items.plan import Plan
from quizgen.items.planner import plan
from quizgen.items.realise import attempt
from quizgen.items.template import ItemTemplate
from quizgen.values import immutable

TRIED: Final = 33  # variants that tell what is usual for a template
SLACK: Final = 2  # operations: fewer than this apart, and two variants are equally hard


@immutable
class Usual:
    """What is usual for a template: how many operations, and whether some variants need more than others."""

    operations: float
    varies: bool

    def accepts(self, operations: float) -> bool:
        """Whether an item is about as hard as the others of its template."""
        return abs(operations - self.operations) <= SLACK


@lru_cache(maxsize=1024)
def usual(template: ItemTemplate) -> Usual:
    """What is usual for a template; it is tried out if its variants may differ."""
    ready = plan(template)
    if not any(_has_branches(source) for source in _sources(ready)):
        return Usual(operations=_operations(ready, lambda condition: False), varies=False)
    variants = [Variant(seed=0, template=template.id, variant=number) for number in range(TRIED)]
    found = [operations(ready, outcome.values) for outcome in attempt(template, variants) if outcome.values]
    return Usual(operations=median(found) if found else 0.0, varies=True)


def operations(ready: Plan, values: VariantValues) -> int:
    """How many operations lead to the keys of all parts in one variant; a step that two parts need counts twice."""
    return _operations(ready, lambda condition: bool(values.key(condition)))


def _operations(ready: Plan, decide: Callable[[str], bool]) -> int:
    """The same, where ``decide`` tells which branches are taken."""
    steps = Steps(
        computed={rule.name: rule.expression for rule in ready.compute},
        arguments={run.name: tuple(run.numbers.values()) for run in ready.runs},
        decide=decide,
    )
    return sum(way_to(keys, steps).operations for keys in _keys(ready))


def _keys(ready: Plan) -> Iterator[list[str]]:
    for part in ready.template.parts:
        yield [source for _, source in ITEM_TYPES[part.type].derived(part.spec)]


def _sources(ready: Plan) -> Iterator[str]:
    """Every expression that may stand on the way to a key."""
    yield from (rule.expression.source for rule in ready.compute)
    yield from (argument.source for run in ready.runs for argument in run.numbers.values())
    yield from (source for keys in _keys(ready) for source in keys)


def _has_branches(source: str) -> bool:
    return any(isinstance(node, ast.IfExp) for node in ast.walk(ast.parse(source.strip().replace("\n", " "))))
