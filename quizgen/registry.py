"""The explicit table of a plug-in package: names to values, with help for a misspelt name."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from quizgen.errors import UnknownNameError

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """A read-only table whose missing keys are explained.

    >>> Registry("cell", {"elman": 1, "gru": 2})["gur"]
    Traceback (most recent call last):
        ...
    quizgen.errors.UnknownNameError: no cell named 'gur'
      hint: did you mean 'gru'? known: elman, gru
    """

    def __init__(self, kind: str, entries: Mapping[str, T]) -> None:
        self.kind = kind
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> T:
        try:
            return self._entries[name]
        except KeyError:
            raise UnknownNameError(self.kind, name, self._entries) from None

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
