"""One part over many variants: its keys, how hard it is in each of them, and where its right option stands."""

import math
from collections.abc import Mapping
from typing import Final

from quizgen.certificate.places import Places, places
from quizgen.certificate.spread import Spread, spread
from quizgen.certificate.way import Steps, Way, way_to
from quizgen.items import ITEM_TYPES
from quizgen.items.choice import ChoiceKey
from quizgen.items.evaluation import VariantValues
from quizgen.items.item import Item, Part
from quizgen.items.offers import shown_value
from quizgen.items.plan import Plan
from quizgen.numbers.reading import written_figures
from quizgen.values import immutable

# A variant stands apart only if it differs from the median of its template by more than this.
OPERATIONS_FLOOR: Final = 2.0
FIGURES_FLOOR: Final = 4.0
NEAREST_FLOOR: Final = 1.0  # decades: a tenth of the distance, or ten times as far


@immutable
class KeySpread:
    """The keys of a part: the smallest and the largest size but 0, and how many figures they are printed with."""

    smallest: float
    largest: float
    least_figures: int
    most_figures: int


@immutable
class PartCheck:
    """What the variants of one part showed.

    ``operations``: how many lead from the printed numbers to the key. ``figures``: of all printed numbers that go into
    it. ``nearest``: the distance of the nearest wrong value from the key, relative to it; None where there is none.
    ``places``: of the right option; None where there is none.
    """

    part: str
    type: str
    key: KeySpread | None
    operations: Spread | None
    figures: Spread | None
    nearest: Spread | None
    places: Places | None


Made = Mapping[int, tuple[Item, VariantValues]]
"""Items by seed, with the values they were made from."""


def check_part(ready: Plan, index: int, made: Made) -> PartCheck:
    """What part ``index`` is like in the variants that were ``made``."""
    spec = ready.template.parts[index]
    item_type = ITEM_TYPES[spec.type]
    parts = {seed: item.parts[index] for seed, (item, _) in made.items()}
    keys = [source for _, source in item_type.derived(spec.spec)]
    ways = {seed: way_to(keys, _steps(ready, values)) for seed, (_, values) in made.items()} if keys else {}
    nearest = {seed: found for seed, part in parts.items() if (found := _nearest(part, made[seed][0]))}
    stood = (item_type.right_place(part.key) for part in parts.values())
    return PartCheck(
        part=spec.id,
        type=spec.type,
        key=_key_spread(list(parts.values())),
        operations=spread({seed: way.operations for seed, way in ways.items()}, floor=OPERATIONS_FLOOR),
        figures=spread({seed: _figures(way, made[seed][0]) for seed, way in ways.items()}, floor=FIGURES_FLOOR),
        nearest=spread(nearest, floor=NEAREST_FLOOR, decades=True),
        places=places(place for place in stood if place),
    )


def _steps(ready: Plan, values: VariantValues) -> Steps:
    """What leads to the keys in one variant."""
    return Steps(
        computed={rule.name: rule.expression for rule in ready.compute},
        arguments={run.name: tuple(run.numbers.values()) for run in ready.runs},
        decide=lambda condition: bool(values.key(condition)),
    )


def _figures(way: Way, item: Item) -> int:
    printed = (item.numbers[name].printed for name in way.sources if name in item.numbers)
    return sum(_figures_of(text) for text in printed)


def _figures_of(printed: str) -> int:
    return written_figures(printed.lstrip("-").partition("e")[0])


def _key_spread(parts: list[Part]) -> KeySpread | None:
    """The spread of keys that are numbers."""
    item_type = ITEM_TYPES[parts[0].type] if parts else None
    sizes = [abs(value) for part in parts if item_type and (value := item_type.value(part.key))]
    if not sizes or item_type is None:
        return None
    figures = [_figures_of(item_type.key_response(part)) for part in parts]
    return KeySpread(smallest=min(sizes), largest=max(sizes), least_figures=min(figures), most_figures=max(figures))


def _nearest(part: Part, item: Item) -> float | None:
    """How far the nearest wrong value lies from the key, relative to the key."""
    right, wrong = _compared(part, item)
    distances = [abs(value - key) / abs(key) for key in right if key for value in wrong]
    return min(filter(math.isfinite, distances), default=None)


def _compared(part: Part, item: Item) -> tuple[list[float], list[float]]:
    """The right and the wrong numbers of a part."""
    key = ITEM_TYPES[part.type].value(part.key)
    if key is not None:
        return [key], [misconception.value for misconception in part.misconceptions]
    options = part.key.options if isinstance(part.key, ChoiceKey) else ()
    numbers = [(option.right, item.numbers[name].value) for option in options if (name := shown_value(option))]
    return [n for right, n in numbers if right], [n for right, n in numbers if not right]
