"""One response to several blanks taken apart, and put together again: which words answer which blank."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from quizgen.numbers.reading import Unreadable, too_long
from quizgen.words import Said, say

MAX_LENGTH: Final = 2_000  # characters
_SEPARATOR: Final = re.compile(r"\s*;\s*|\s*\n\s*")


def split_response(text: str, names: Sequence[str]) -> tuple[str, ...] | Unreadable:
    """What is written for each of ``names``, in their order; "" where nothing is.

    Answers are separated by ``;`` or stand one on a line: in the order of the blanks, or each behind its number or its
    name (``2: …``, ``(2) …``, ``name: …``). A ``;`` inside parentheses separates nothing.
    """
    if len(text) > MAX_LENGTH:
        return too_long(MAX_LENGTH, _hint(names))
    pieces = list(_pieces(text.strip()))
    labelled = [_labelled(piece, names) for piece in pieces if piece]
    if labelled and all(labelled):
        return _in_order([pair for pair in labelled if pair], names)
    if len(pieces) == len(names) + 1 and not pieces[-1]:
        del pieces[-1]  # a separator behind the last answer
    if len(pieces) != len(names):
        reason = say("unread.answers_for_blanks", count=len(pieces), blanks=str(len(names)))
        return Unreadable(reason=reason, offset=0, hint=_hint(names))
    return tuple(pieces)


def _pieces(text: str) -> Iterator[str]:
    """The answers, cut at each separator that no parenthesis encloses."""
    start = 0
    for match in _SEPARATOR.finditer(text):
        before = text[start : match.start()]
        if before.count("(") <= before.count(")"):
            yield before
            start = match.end()
    yield text[start:]


def _labelled(piece: str, names: Sequence[str]) -> tuple[int, str] | None:
    """The blank that a piece names, counted from 0, and what is written behind its name."""
    for index, name in enumerate(names):
        number = str(index + 1)
        if match := re.match(rf"(?:\({number}\)|{number}\))(?:\s+|$)|{number}\s*:\s*|{re.escape(name)}\s*:\s*", piece):
            return index, piece[match.end() :]
    return None


def _in_order(labelled: Sequence[tuple[int, str]], names: Sequence[str]) -> tuple[str, ...] | Unreadable:
    found = dict(labelled)
    if len(found) < len(labelled):
        return Unreadable(reason=say("unread.two_for_one_blank"), offset=0, hint=_hint(names))
    return tuple(found.get(index, "") for index in range(len(names)))


def _hint(names: Sequence[str]) -> Said:
    example = "; ".join(f"({number}) …" for number in range(1, len(names) + 1))
    return say("write.each_blank", example=example)
