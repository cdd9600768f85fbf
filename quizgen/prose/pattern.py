"""An author's text to a `Pattern`: marks, Markdown and formulas are read once, whatever the numbers will be."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from quizgen import texts
from quizgen.blocks import Fixed, Pattern, Prose, Slot
from quizgen.errors import UnknownNameError
from quizgen.numbers.printing import Number
from quizgen.prose.reading import read_blocks
from quizgen.texts import FIRST_SLOT, TextFaults
from quizgen.words import Said, said_in

_NO_TRUTHS: Final[Mapping[str, bool]] = MappingProxyType({})


def to_pattern(source: str, truths: Mapping[str, bool] = _NO_TRUTHS) -> Pattern:
    """Read ``source`` with the branches that ``truths`` choose; the same call gives the same object.

    Raises: TextFaults with what cannot be read; UnknownNameError if ``truths`` lacks a condition of the text.
    """
    conditions = texts.parse(source).conditions
    return _pattern(source, tuple((name, truths[name]) for name in sorted(conditions) if name in truths))


def fill(source: str, *, numbers: Mapping[str, Number], truths: Mapping[str, bool] = _NO_TRUTHS) -> Prose:
    """The words of ``source`` for one variant; if they are fixed words, they can be said in another language later.

    Raises: as `to_pattern`; UnknownNameError if ``numbers`` lacks a value that the text prints.
    """
    pattern = to_pattern(source, truths)
    for slot in pattern.slots:
        if slot.name not in numbers:
            raise UnknownNameError("value", slot.name, numbers)
    return Prose(pattern, numbers, Fixed(source, truths)) if isinstance(source, Said) else Prose(pattern, numbers)


def said_again(text: Prose, language: str) -> Prose:
    """``text`` in another language, if it was made of fixed words; what authors wrote stays as it is."""
    if text.fixed is None:
        return text
    return fill(said_in(text.fixed.words, language), numbers=text.numbers, truths=text.fixed.truths)


@lru_cache(maxsize=4096)
def _pattern(source: str, truths: tuple[tuple[str, bool], ...]) -> Pattern:
    resolved = texts.parse(source).trace(dict(truths))
    reading = read_blocks(resolved)
    if reading.faults:
        raise TextFaults(reading.faults)
    characters = [chr(FIRST_SLOT + i) for i in range(len(resolved.names))]
    slots = tuple(
        Slot(character, name, reading.contexts.get(character, "text"))
        for character, name in zip(characters, resolved.names, strict=True)
    )
    return Pattern(reading.blocks, slots)
