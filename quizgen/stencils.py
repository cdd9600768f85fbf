"""Texts written once with holes in the places of what differs, and filled many times."""

import re
from collections.abc import Sequence

from quizgen.values import immutable


@immutable(kw_only=False)
class Stencil:
    """A text in UTF-8: ``pieces`` are its words and, in every second place, its holes.

    ``order`` says which of the values that differ goes into each hole.
    """

    pieces: tuple[bytes, ...]
    order: tuple[int, ...]

    def filled(self, values: Sequence[bytes]) -> bytes:
        """The text with these values, each written as it is to stand there."""
        filled = list(self.pieces)
        filled[1::2] = [values[index] for index in self.order]
        return b"".join(filled)


def stencil(text: str, holes: Sequence[str]) -> Stencil:
    """``text`` with a hole in each place of the characters ``holes``: the first of them is for the first value.

    >>> stencil("B, then A", ["A", "B"]).filled([b"1", b"2"])
    b'2, then 1'
    """
    pieces = re.split(f"([{''.join(map(re.escape, holes))}])", text) if holes else [text]
    places = {character: place for place, character in enumerate(holes)}
    return Stencil(
        pieces=tuple([piece.encode() for piece in pieces]),
        order=tuple([places[character] for character in pieces[1::2]]),
    )
