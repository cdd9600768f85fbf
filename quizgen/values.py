"""Immutable dataclasses that take little time to declare and to make: mypy freezes them, and they share their methods.

`dataclasses` writes and compiles half a dozen methods for each frozen class, which was a third of the time in which
quizgen started; and a frozen object checks its own fields one by one whenever it is made. Here only ``__init__`` is
written, and that nobody changes a field is left to the type checker.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def immutable(cls: type[T]) -> type[T]: ...
@overload
def immutable(*, kw_only: bool = True, eq: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True)
def immutable(cls: Any = None, *, kw_only: bool = True, eq: bool = True) -> Any:
    """A dataclass with slots, equal and hashable by its fields unless ``eq`` is false, that nobody may change.

    >>> @immutable
    ... class Point:
    ...     x: float
    >>> Point(x=1.0), Point(x=1.0) == Point(x=1.0)
    (Point(x=1.0), True)
    """

    def made(cls: Any) -> Any:
        made: Any = dataclass(slots=True, kw_only=kw_only, eq=False, repr=False)(cls)
        made.__repr__ = _shown
        if eq:
            made.__eq__, made.__hash__ = _equal, _hashed
            made._compared = _reader([field.name for field in fields(made) if field.compare])
        return made

    return made(cls) if cls else made


def _reader(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads these fields of a value at once."""
    return attrgetter(*names) if len(names) > 1 else lambda one: tuple([getattr(one, name) for name in names])


def _equal(one: Any, other: Any) -> Any:
    kind = one.__class__
    return kind._compared(one) == kind._compared(other) if other.__class__ is kind else NotImplemented


def _hashed(one: Any) -> int:
    return hash(one.__class__._compared(one))


def _shown(one: Any) -> str:
    shown = (f"{field.name}={getattr(one, field.name)!r}" for field in fields(one) if field.repr)
    return f"{type(one).__qualname__}({', '.join(shown)})"
