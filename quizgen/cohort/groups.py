"""Working on all that is alike at once, without losing the order."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
R = TypeVar("R")


def by_group(values: Sequence[T], keys: Sequence[K], make: Callable[[K, Sequence[T]], Sequence[R]]) -> list[R]:
    """What ``make`` makes of all values with the same key, in the order of the values.

    >>> by_group(["a", "b", "c"], [1, 2, 1], lambda key, group: [f"{one} of {len(group)}" for one in group])
    ['a of 2', 'b of 1', 'c of 2']
    """
    places: dict[K, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    made: dict[K, Iterator[R]] = {
        key: iter(make(key, [values[place] for place in group])) for key, group in places.items()
    }
    return [next(made[key]) for key in keys]
