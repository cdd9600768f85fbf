"""Vectors, matrices and sets as people write them: marks between the entries, each entry read as one number.

Entries stand between commas, or between spaces where a row has no comma; rows between semicolons, on lines of their
own, or in brackets of their own. Where a decimal comma is declared, a comma separates only before a space.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from quizgen.numbers.reading import MAX_LENGTH, Reading, Unreadable, read_number, short, too_long
from quizgen.values import immutable
from quizgen.words import say

HINT: Final = say("write.rows")
Shape = tuple[int, int]
"""How many rows, and how many entries in each of them."""


@immutable
class ArrayReading:
    """Numbers in rows of the same length, as they were read."""

    rows: tuple[tuple[Reading, ...], ...]

    @property
    def shape(self) -> Shape:
        """How many rows, and how many entries in each of them."""
        return len(self.rows), len(self.rows[0])

    @property
    def read_as(self) -> str:
        """How it was understood: (1, 2) or [1, 2; 3, 4]."""
        return spelt([[entry.read_as for entry in row] for row in self.rows])

    @property
    def transposed(self) -> "ArrayReading":
        """The columns as rows."""
        return ArrayReading(rows=tuple(zip(*self.rows, strict=True)))


def spelt(rows: Sequence[Sequence[str]]) -> str:
    """Entries that are spelt already, as one vector (a row or a column) or as a matrix.

    >>> spelt([["1"], ["2"]]), spelt([["1", "2"], ["3", "4"]])
    ('(1, 2)', '[1, 2; 3, 4]')
    """
    if is_vector((len(rows), len(rows[0]))):
        return f"({', '.join(entry for row in rows for entry in row)})"
    return f"[{'; '.join(', '.join(row) for row in rows)}]"


def is_vector(shape: Shape) -> bool:
    """Whether an array of this shape is one row, or one column."""
    return 1 in shape


def asked_for(shape: Shape) -> str:
    """What is to be written: "3 numbers", or "a matrix of 2 × 3 numbers"."""
    rows, columns = shape
    if is_vector(shape):
        return say("unread.numbers", count=rows * columns)
    return say("unread.matrix", rows=str(rows), columns=str(columns))


def read_array(
    text: str, *, decimal_comma: bool = False, fractions: bool = False, percent: bool = False, unit: str = ""
) -> ArrayReading | Unreadable:
    """Read numbers in rows, whatever the text; nothing is raised.

    The flags are those of `read_number`, which reads each entry; ``unit`` may follow each of them, or the last bracket.
    A mark of transposition (ᵀ, ^T) behind the last bracket turns rows into columns.
    """
    if len(text) > MAX_LENGTH:
        return too_long(MAX_LENGTH, HINT)
    whole = _bare(_Piece(text.translate(_SAME_AS), 0))
    bracketed = whole.text.removesuffix(unit).rstrip()
    body = bracketed if bracketed.endswith((")", "]", "}")) else whole.text
    mark = _TRANSPOSED.search(body)
    body = _EXPONENT.sub(r"\1\2 \3 ", body[: mark.start()] if mark else body)
    rows = _rows(_Piece(body, whole.offset), _COMMA_BEFORE_SPACE if decimal_comma else _COMMA)
    if isinstance(rows, Unreadable):
        return rows
    read = partial(read_number, decimal_comma=decimal_comma, fractions=fractions, percent=percent, unit=unit)
    found: list[tuple[Reading, ...]] = []
    for row in rows:
        entries = _read_row(row, read)
        if isinstance(entries, Unreadable):
            return entries
        if found and len(entries) != len(found[0]):
            reason = say("unread.uneven_rows", entries=str(len(entries)), above=str(len(found[0])))
            return Unreadable(reason=reason, offset=row[0].offset, hint=HINT)
        found.append(entries)
    array = ArrayReading(rows=tuple(found))
    return array.transposed if mark else array


def in_shape(array: ArrayReading, shape: Shape) -> ArrayReading | Unreadable:
    """``array`` in the shape that is asked for; a vector may be written as a row or as a column."""
    if array.shape == shape:
        return array
    if is_vector(shape) and array.shape == shape[::-1]:
        return array.transposed
    reason = say("unread.other_shape", expected=asked_for(shape), found=asked_for(array.shape))
    return Unreadable(reason=reason, offset=0, hint=HINT)


# -- marks -------------------------------------------------------------------------------------------------------------

_SAME_AS: Final = str.maketrans("（）［］｛｝⟨⟩，；\r", "()[]{}[],; ")  # one to one: an offset stays the same
_CLOSED_BY: Final = {"(": ")", "[": "]", "{": "}"}
_EXPONENT: Final = re.compile(r"(\^|\*\*)(\s*)[({]([^()\[\]{}]*)[)}]")  # its brackets belong to a number: 10^(-3)
_TRANSPOSED: Final = re.compile(r"(?<=[)\]}])\s*(?:\^\s*(?:T|⊤|\{T\}|\{\\top\})|ᵀ|⊤)$")
_GROUP: Final = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_ROW_ENDS: Final = re.compile(r"\s*;\s*|(?<![,\s])\s*\n\s*(?![,\s])")
_COMMA: Final = re.compile(r",")
_COMMA_BEFORE_SPACE: Final = re.compile(r",(?=\s)")
_SPACES: Final = re.compile(r"\s+")
_END_OF_THOUSAND: Final = re.compile(r"\s*0[0-9]{2}\s*")  # behind a comma or a space: 1,000 or 1 000


class _Piece(NamedTuple):
    """Some of the text, and at which character it begins."""

    text: str
    offset: int


def _bare(piece: _Piece) -> _Piece:
    """Without the spaces around it."""
    return _Piece(piece.text.strip(), piece.offset + len(piece.text) - len(piece.text.lstrip()))


def _split(piece: _Piece, *marks: re.Pattern[str]) -> list[_Piece]:
    """What stands between any of the ``marks``."""
    pieces = [piece]
    for mark in marks:
        pieces = [part for whole in pieces for part in _split_at(whole, mark)]
    return pieces


def _split_at(piece: _Piece, mark: re.Pattern[str]) -> Iterator[_Piece]:
    start = 0
    for found in mark.finditer(piece.text):
        yield _Piece(piece.text[start : found.start()], piece.offset + start)
        start = found.end()
    yield _Piece(piece.text[start:], piece.offset + start)


# -- rows --------------------------------------------------------------------------------------------------------------


def _rows(body: _Piece, comma: re.Pattern[str]) -> list[list[_Piece]] | Unreadable:
    """The entries of each row, not read yet."""
    if fault := _unbalanced(body):
        return fault
    while _is_enclosed(body.text):
        body = _bare(_Piece(body.text[1:-1], body.offset + 1))
    if not any(bracket in body.text for bracket in _CLOSED_BY):
        return [_split(row, comma) for row in _split(body, _ROW_ENDS)]
    groups = [_Piece(match[1], body.offset + match.start(1)) for match in _GROUP.finditer(body.text)]
    for between in _split(body, _GROUP):
        if stray := between.text.strip(" \n,;"):
            offset = between.offset + between.text.index(stray)
            return Unreadable(reason=say("unread.outside_a_row", found=short(stray)), offset=offset, hint=HINT)
    return [_split(_bare(group), _ROW_ENDS, comma) for group in groups]


def _unbalanced(body: _Piece) -> Unreadable | None:
    """The first bracket that has no partner."""
    waiting: list[tuple[str, int]] = []
    for place, mark in enumerate(body.text, start=body.offset):
        if mark in _CLOSED_BY:
            waiting.append((_CLOSED_BY[mark], place))
        elif mark in _CLOSED_BY.values() and (not waiting or waiting.pop()[0] != mark):
            return Unreadable(reason=say("unread.closes_no_bracket", mark=mark), offset=place, hint=HINT)
    if waiting:
        return Unreadable(reason=say("unread.open_bracket"), offset=waiting[-1][1], hint=HINT)
    return None


def _is_enclosed(text: str) -> bool:
    """Whether one pair of brackets encloses all of a text whose brackets are balanced."""
    if text[:1] not in _CLOSED_BY:
        return False
    depth = 0
    for place, mark in enumerate(text):
        depth += (mark in _CLOSED_BY) - (mark in _CLOSED_BY.values())
        if depth == 0:
            return place == len(text) - 1
    return False


# -- entries -----------------------------------------------------------------------------------------------------------


def _read_row(pieces: list[_Piece], read: Callable[[str], Reading | Unreadable]) -> tuple[Reading, ...] | Unreadable:
    """The entries of one row, between commas; or between spaces where there is no comma, and it is not one number."""
    found = [_placed(read(piece.text), piece.offset) for piece in pieces]
    if len(pieces) == 1 and isinstance(found[0], Unreadable):
        spaced = _split(_bare(pieces[0]), _SPACES)
        entries = [_placed(read(piece.text), piece.offset) for piece in spaced]
        if not any(isinstance(entry, Unreadable) for entry in entries):
            pieces, found = spaced, entries
    for piece in pieces[1:]:
        if _END_OF_THOUSAND.fullmatch(piece.text):
            reason = say("unread.end_of_thousands", entry=piece.text.strip())
            return Unreadable(reason=reason, offset=piece.offset, hint=say("write.unmarked_thousands"))
    faults = [entry for entry in found if isinstance(entry, Unreadable)]
    return faults[0] if faults else tuple(entry for entry in found if isinstance(entry, Reading))


def _placed(found: Reading | Unreadable, offset: int) -> Reading | Unreadable:
    return replace(found, offset=offset + found.offset) if isinstance(found, Unreadable) else found
