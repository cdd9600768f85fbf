"""An author's text to a `Pattern`: marks, Markdown and formulas are read once, whatever the numbers will be."""

import pickle
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from quizgen import texts
from quizgen.blocks import Fixed, Paragraph, Pattern, Prose, Slot, Words
from quizgen.errors import UnknownNameError
from quizgen.numbers.printing import Number
from quizgen.texts import FIRST_SLOT, TextFaults
from quizgen.words import Said, said_in

Branch = tuple[str, tuple[tuple[str, bool], ...]]  # a text, and the truths that choose, in the order of their names
Packed = Mapping[Branch, bytes]  # each pattern by itself: it costs nothing until it is asked for

_PACKED: Final[dict[Branch, bytes]] = {}  # by an earlier process
_WORDS: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")  # of letters alone: no Markdown is among them
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


def packed(sources: Iterable[str]) -> Packed:
    """The patterns of texts without faults, in all their branches, for a later process to `unpack_when_asked`."""
    from quizgen.prose.lints import branches

    found = ((source, tuple(truths.items())) for source in sources for truths in branches(texts.parse(source)))
    return {branch: pickle.dumps(_pattern(*branch), protocol=5) for branch in found}


def unpack_when_asked(patterns: Packed) -> None:
    """From now on take these patterns in place of reading their texts: then no parser need be imported for them.

    They must be an earlier process's own: unpacking what others wrote would run it.
    """
    _PACKED.update(patterns)


@lru_cache(maxsize=4096)
def _pattern(source: str, truths: tuple[tuple[str, bool], ...]) -> Pattern:
    if (source, truths) in _PACKED:
        kept: Pattern = pickle.loads(_PACKED[source, truths])  # noqa: S301  (our own, see `unpack_when_asked`)
        return kept
    if _WORDS.fullmatch(source):
        return Pattern((Paragraph((Words(source),)),))
    from quizgen.prose.reading import read_blocks

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
