"""Numbered entries with the letters that belong to them, and what becomes of a response: read, graded, explained."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from quizgen.items.contract import Verdict
from quizgen.items.offers import LETTERS
from quizgen.numbers.reading import MAX_LENGTH, Unreadable, too_long
from quizgen.values import immutable
from quizgen.words import joined, say


@immutable
class LeftEntry:
    """A numbered entry of a variant, with the letter that belongs to it."""

    text: str
    letter: str
    because: str


@immutable
class WrongPair:
    """A pair that a mistake leads to: the number and the letter as the page shows them."""

    number: int
    letter: str
    misconception: str
    because: str


@immutable
class MatchingKey:
    """Both columns of a variant: the left one numbered from 1, the right one lettered from A."""

    left: tuple[LeftEntry, ...]
    right: tuple[str, ...]
    repeats: bool
    wrong: tuple[WrongPair, ...]

    @property
    def letters(self) -> str:
        """The letters of the right entries."""
        return LETTERS[: len(self.right)]

    @property
    def numbered(self) -> Sequence[tuple[int, LeftEntry]]:
        """The left entries with their numbers."""
        return list(enumerate(self.left, start=1))

    @property
    def response(self) -> str:
        """The key as a student would write it: "1C 2A 3B"."""
        return _written({number: entry.letter for number, entry in self.numbered})

    @property
    def example(self) -> str:
        """How to write a response, with the letters from the last to the first."""
        return _written({number: self.letters[-number % len(self.letters)] for number, _ in self.numbered})


def grade_matching(key: MatchingKey, response: str) -> Verdict:
    """The share of the numbers that have the right letter."""
    matched = read_pairs(response, key)
    if isinstance(matched, Unreadable):
        return Verdict(status="unreadable", feedback=matched.told)
    fraction = sum(matched.get(number) == entry.letter for number, entry in key.numbered) / len(key.left)
    return Verdict(
        status="right" if fraction == 1 else "partial" if fraction > 0 else "wrong",
        fraction=fraction,
        read_as=_written(matched),
        diagnosis=next((slip.misconception for slip in _slips(key, matched).values()), None),
        feedback=joined("list.paragraphs", _remarks(key, matched)),
    )


def _written(matched: Mapping[int, str]) -> str:
    return " ".join(f"{number}{letter}" for number, letter in sorted(matched.items()))


def _slips(key: MatchingKey, matched: Mapping[int, str]) -> dict[int, WrongPair]:
    """The pairs of a response that known mistakes lead to, by number."""
    return {wrong.number: wrong for wrong in key.wrong if matched.get(wrong.number) == wrong.letter}


def _remarks(key: MatchingKey, matched: Mapping[int, str]) -> Iterator[str]:
    """For each number without its letter what belongs to it, and why."""
    slips = _slips(key, matched)
    for number, entry in key.numbered:
        found = matched.get(number)
        if found != entry.letter:
            because = slips.get(number, entry).because.strip()
            yield joined("list.sentences", (_belongs(number, found, entry.letter), because))


def _belongs(number: int, found: str | None, letter: str) -> str:
    if found is None:
        return say("told.left_out", number=str(number), letter=letter)
    return say("told.matched", number=str(number), found=found, letter=letter)


# -- reading -----------------------------------------------------------------------------------------------------------

_SEPARATORS: Final = re.compile(r"\band\b|[-\s,;:.()\[\]/&+=>→⇒–—]", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[0-9]+|\S")


def read_pairs(text: str, key: MatchingKey) -> dict[int, str] | Unreadable:
    """The letter of each number that has one, written as "1C 2A", "1-C, 2-A", "C1 A2", or all letters in order "C A".

    No number may stand twice, nor a letter, unless entries on the right may belong to several on the left.
    """
    hint = say("write.pairs", example=key.example)
    if len(text) > MAX_LENGTH:
        return too_long(MAX_LENGTH, hint)
    tokens = list(_TOKEN.finditer(_SEPARATORS.sub(lambda match: " " * len(match[0]), text).upper()))
    numbers = {str(number): number for number, _ in key.numbered}
    for token in tokens:
        if token[0] not in numbers and token[0] not in tuple(key.letters):
            reason = say("unread.no_entry", found=repr(token[0][:20]))
            return Unreadable(reason=reason, offset=min(token.start(), len(text)), hint=hint)
    pairs = _pairs([token[0] for token in tokens], list(numbers))
    if pairs is None:
        return Unreadable(reason=say("unread.no_pairs"), offset=0, hint=hint)
    for place, (number, letter) in enumerate(pairs):
        if any(number == other for other, _ in pairs[:place]):
            return Unreadable(reason=say("unread.twice", found=number), offset=0, hint=hint)
        if not key.repeats and any(letter == other for _, other in pairs[:place]):
            return Unreadable(reason=say("unread.twice", found=letter), offset=0, hint=say("write.letter_once"))
    return {numbers[number]: letter for number, letter in pairs}


def _pairs(words: Sequence[str], numbers: Sequence[str]) -> list[tuple[str, str]] | None:
    """Numbers with letters: number first, letter first, or no numbers but a letter for each of them."""
    kinds = "".join("1" if word in numbers else "A" for word in words)
    if kinds == "A" * len(numbers):
        return list(zip(numbers, words, strict=True))
    if re.fullmatch("(1A)+", kinds):
        return list(zip(words[::2], words[1::2], strict=True))
    if re.fullmatch("(A1)+", kinds):
        return list(zip(words[1::2], words[::2], strict=True))
    return None
