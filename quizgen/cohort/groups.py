"""Working on all that is alike at once, without losing the order."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def grouped(values: Sequence[T], keys: Sequence[K]) -> dict[K, list[T]]:
    """The values with each key, in their order.

    >>> grouped(["a", "b", "c"], [1, 2, 1])
    {1: ['a', 'c'], 2: ['b']}
    """
    groups: dict[K, list[T]] = {}
    for value, key in zip(values, keys, strict=True):
        groups.setdefault(key, []).append(value)
    return groups


def in_order(groups: Mapping[K, Iterable[T]], keys: Sequence[K]) -> list[T]:
    """What was `grouped` by ``keys``, in the order in which it was.

    >>> in_order({1: ["A", "C"], 2: ["B"]}, [1, 2, 1])
    ['A', 'B', 'C']
    """
    next_of = {key: iter(group) for key, group in groups.items()}
    return [next(next_of[key]) for key in keys]
