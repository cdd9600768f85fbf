"""Texts written once with holes in the places of what differs, and filled many times."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stencil(Generic[T]):
    """A text in UTF-8: ``pieces`` are its words and, in every second place, its holes.

    ``read`` finds all that differs, written as it is to stand there; ``order`` says what of it goes into each hole.
    """

    pieces: tuple[bytes, ...]
    order: tuple[int, ...]
    read: Callable[[T], Sequence[bytes]]

    def fill(self, values: T) -> bytes:
        """The text with what is read of ``values``."""
        return self.filled(self.read(values))

    def filled(self, found: Sequence[bytes]) -> bytes:
        """The text with what was read already."""
        filled = list(self.pieces)
        filled[1::2] = [found[index] for index in self.order]
        return b"".join(filled)


def stencil(text: str, holes: Mapping[str, int], read: Callable[[T], Sequence[bytes]]) -> Stencil[T]:
    """``text`` with a hole for each character in ``holes``, which says what of all that is ``read`` goes there.

    >>> stencil("B, then A", {"A": 0, "B": 1}, bytes.split).fill(b"1 2")
    b'2, then 1'
    """
    pieces = re.split(f"([{''.join(map(re.escape, holes))}])", text) if holes else [text]
    return Stencil(
        pieces=tuple([piece.encode() for piece in pieces]),
        order=tuple([holes[character] for character in pieces[1::2]]),
        read=read,
    )
