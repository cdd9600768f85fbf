"""Lettered entries in their right order, and what becomes of a response: read, scored, explained."""

import re
from typing import Final, Literal

from quizgen.items.contract import Verdict
from quizgen.items.mistakes import Mistake, told
from quizgen.numbers.reading import MAX_LENGTH, Unreadable, too_long
from quizgen.values import immutable
from quizgen.words import Said, joined, say


@immutable
class OrderedEntry:
    """An entry of a variant with the letter that the page shows it under."""

    letter: str
    text: str
    because: str


@immutable
class WrongOrder:
    """The order that a mistake leads to in one variant."""

    misconception: str
    letters: str
    because: str


@immutable
class OrderingKey:
    """The entries in their right order; ``by`` is the direction in which numbers decide it, if numbers do."""

    entries: tuple[OrderedEntry, ...]
    by: Literal["ascending", "descending"] | None
    wrong: tuple[WrongOrder, ...]

    @property
    def letters(self) -> str:
        """The letters in the right order."""
        return "".join(entry.letter for entry in self.entries)

    @property
    def example(self) -> str:
        """How to write a response: the letters from the first to the last, as the page shows them."""
        return " ".join(sorted(self.letters))


def grade_ordering(key: OrderingKey, response: str) -> Verdict:
    """1 − d/n of the points, d being the edit distance between the response and the right order of n letters."""
    letters = read_order(response, key)
    if isinstance(letters, Unreadable):
        return Verdict(status="unreadable", feedback=letters.told)
    fraction = 1 - edit_distance(letters, key.letters) / len(key.letters)
    diagnosis, feedback = _explained(letters, key)
    return Verdict(
        status="right" if fraction == 1 else "partial" if fraction > 0 else "wrong",
        fraction=fraction,
        read_as=" ".join(letters),
        diagnosis=diagnosis,
        feedback=feedback,
    )


def edit_distance(first: str, second: str) -> int:
    """The fewest letters to insert, delete or replace that turn ``first`` into ``second``.

    Source: Levenshtein (1966), by the dynamic programming of Wagner & Fischer (1974).

    >>> edit_distance("BCDA", "ABCD")
    2
    """
    row = list(range(len(second) + 1))
    for count, letter in enumerate(first, start=1):
        above, row = row, [count]
        for place, other in enumerate(second):
            row.append(min(above[place] + (letter != other), above[place + 1] + 1, row[place] + 1))
    return row[-1]


def _explained(letters: str, key: OrderingKey) -> tuple[str | None, str]:
    """The mistakes that lead to an order, and what to say."""
    if letters == key.letters:
        return None, ""
    if named := [Mistake(one.misconception, one.because) for one in key.wrong if one.letters == letters]:
        return told(named)
    if letters == key.letters[::-1]:
        return "reversed", say("told.reversed")
    place = next(i for i, (found, right) in enumerate(zip(letters, key.letters, strict=True)) if found != right)
    entry = key.entries[place]
    name = "told.order_number" if place else "told.order_first"
    sentence = say(name, found=letters[place], letter=entry.letter, number=str(place + 1))
    return None, joined("list.sentences", (sentence, entry.because.strip()))


# -- reading -----------------------------------------------------------------------------------------------------------

_SEPARATORS: Final = re.compile(r"->|=>|\bthen\b|\band\b|[-\s,;:.()\[\]/&+→⇒–—|]", re.IGNORECASE)
_SIGNS: Final = {"<": "ascending", ">": "descending"}


def read_order(text: str, key: OrderingKey) -> str | Unreadable:
    """The letters in the order that ``text`` states: "C A D B", "CADB", "C, A, D, B", "C → A → D → B", "C > A > D > B".

    Every letter must stand there once. Where numbers decide the order, < or > must not contradict its direction.
    """
    hint = say("write.each_letter", count=len(key.letters), example=key.example)
    if len(text) > MAX_LENGTH:
        return too_long(MAX_LENGTH, hint)
    marks = _SEPARATORS.sub(lambda match: " " * len(match[0]), text)
    signs = [sign for sign in _SIGNS if sign in marks]
    if len(signs) == 2 or (signs and key.by is not None and _SIGNS[signs[0]] != key.by):
        if key.by is not None:
            hint = say("write.smallest_first" if key.by == "ascending" else "write.largest_first", hint=hint)
        reason = say("unread.other_direction", sign=signs[-1])
        return Unreadable(reason=reason, offset=marks.index(signs[-1]), hint=hint)
    return _letters(marks, key, hint)


def _letters(marks: str, key: OrderingKey, hint: Said) -> str | Unreadable:
    found = ""
    for offset, mark in enumerate(marks):
        letter = mark.upper()
        if mark.isspace() or mark in _SIGNS:
            continue
        if letter not in tuple(key.letters):
            return Unreadable(reason=say("unread.no_entry", found=repr(mark)), offset=offset, hint=hint)
        if letter in found:
            return Unreadable(reason=say("unread.twice", found=letter), offset=offset, hint=hint)
        found += letter
    if missing := sorted(set(key.letters) - set(found)):
        return Unreadable(reason=say("unread.missing", letters=", ".join(missing)), offset=len(marks), hint=hint)
    return found
