"""Which mistake leads to a wrong number: the part's own misconceptions first, then slips that any number can suffer.

A match is only evidence, so the words say as much as it shows: one mistake, one of several, or a guess.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final, Literal

from quizgen.items.contract import Verdict
from quizgen.items.item import Misconception
from quizgen.numbers.comparing import exactly, window
from quizgen.numbers.reading import Reading

LEAST_RTOL: Final = 1e-6  # for parts without tolerance, whose misconceptions may still have endless decimals
_ROUNDED: Final = Context(prec=40, Emax=10**9, Emin=-(10**9))
_LN_10: Final = _ROUNDED.ln(Decimal(10))

_SLIPS: Final = {
    "sign": "the sign is the other way round",
    "reciprocal": "it is 1 divided by the right value",
    "natural-for-base-10": "it is off by the factor ln 10 = 2.303, as when natural and base-10 logarithms are mixed up",
    "percent": "it is off by a factor of 100, as when a percentage is written for a fraction, or the reverse",
    "power-of-ten": "the digits fit, but not the power of ten",
    "square": "it is the square of the right value",
    "square-root": "it is the square root of the right value",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The mistakes that would lead to a number, and the sentence that says so; no ids where none does.

    ``named``: the part's own misconceptions; ``slip``: a generic one; ``guess``: a slip on top of a misconception.
    """

    kind: Literal["named", "slip", "guess", "none"]
    ids: tuple[str, ...]
    sentence: str


def diagnose(value: Decimal, key: float, misconceptions: Sequence[Misconception], rtol: float) -> Diagnosis:
    """Find what leads to ``value`` instead of ``key``, within the relative tolerance of the part.

    The sentence keeps the marks of the misconceptions' texts.  Raises: ParameterError for a key that is not finite.
    """
    known = _known(key, tuple(misconceptions), max(rtol, LEAST_RTOL))
    if named := [one for one, (low, high) in known.named if low <= value <= high]:
        return _named(named)
    if slips := known.right.slips(value):
        reasons = " or ".join(_SLIPS[slip] for slip in slips)
        start = "Compared with the right value," if len(slips) == 1 else "Compared with the right value, one of these:"
        return Diagnosis(kind="slip", ids=slips, sentence=f"{start} {reasons}.")
    pairs = [(one, slip) for one, wrong in known.wrong for slip in wrong.slips(value) if slip in _ON_TOP]
    if len(pairs) == 1:
        one, slip = pairs[0]
        sentence = f"This is a guess: {_words(one)}, and besides {_SLIPS[slip]}. {one.because.strip()}"
        return Diagnosis(kind="guess", ids=(one.id, slip), sentence=sentence)
    return Diagnosis(kind="none", ids=(), sentence="")


def diagnose_wrong(reading: Reading, key: float, misconceptions: Sequence[Misconception], *, rtol: float) -> Verdict:
    """The verdict on a wrong number: which mistake, if any, leads to it."""
    found = diagnose(reading.value, key, misconceptions, rtol=rtol)
    return Verdict(
        status="wrong",
        read_as=reading.read_as,
        number=float(reading.value),
        diagnosis=" or ".join(found.ids) if found.kind in ("named", "slip") else None,  # a guess is only said
        feedback=found.sentence,
    )


_ON_TOP: Final = frozenset({"sign", "reciprocal", "percent"})  # rare enough by chance to be worth a guess


def _named(found: Sequence[Misconception]) -> Diagnosis:
    ids = tuple(one.id for one in found)
    if len(found) == 1:
        return Diagnosis(kind="named", ids=ids, sentence=found[0].because.strip())
    several = "two" if len(found) == 2 else str(len(found))
    reasons = "\n\n".join(one.because.strip() for one in found)
    return Diagnosis(kind="named", ids=ids, sentence=f"One of these {several} leads to your number.\n\n{reasons}")


_ORDER: Final = list(_SLIPS)  # as they are named where a number fits several

# -- what a wrong number may come from, worked out once for each part --------------------------------------------------

Window = tuple[Decimal, Decimal]  # the least and the greatest number that is near enough


@dataclass(frozen=True, slots=True)
class _Around:
    """A number with the windows of the slips that lead away from it."""

    centre: Decimal
    near: Window
    slipped: tuple[tuple[str, Window], ...]

    def slips(self, value: Decimal) -> tuple[str, ...]:
        """The generic mistakes that turn the number into ``value``."""
        if value == 0 or self.centre == 0:
            return ()
        found = [name for name, (low, high) in self.slipped if low <= value <= high]
        return tuple(sorted((*found, *self._shifted(value)), key=_ORDER.index))

    def _shifted(self, value: Decimal) -> Iterator[str]:
        """The power of ten by which ``value`` is off, if its digits fit."""
        low, high = self.near
        middle = value.adjusted() - self.centre.adjusted()
        for shift in (middle - 1, middle, middle + 1):
            if shift != 0 and low <= _ROUNDED.scaleb(value, -shift) <= high:
                yield "percent" if abs(shift) == 2 else "power-of-ten"


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a part: the windows of its mistakes, and of the slips around its key and around the mistakes."""

    named: tuple[tuple[Misconception, Window], ...]
    right: _Around
    wrong: tuple[tuple[Misconception, _Around], ...]


@lru_cache(maxsize=1024)
def _known(key: float, misconceptions: tuple[Misconception, ...], rtol: float) -> _Known:
    return _Known(
        tuple((one, window(one.value, rtol)) for one in misconceptions),
        _around(exactly(key), rtol),
        tuple((one, _around(exactly(one.value), rtol)) for one in misconceptions),
    )


def _around(centre: Decimal, rtol: float) -> _Around:
    """The windows around ``centre``; a slip that leaves it as it is explains nothing."""
    low, high = window(centre, rtol)
    slipped = [(name, wrong) for name, wrong in _wrong_values(centre) if not low <= wrong <= high] if centre else []
    return _Around(centre, (low, high), tuple((name, window(wrong, rtol)) for name, wrong in slipped))


def _wrong_values(right: Decimal) -> Iterator[tuple[str, Decimal]]:
    yield "sign", right.copy_negate()
    yield "reciprocal", _ROUNDED.divide(Decimal(1), right)
    yield "natural-for-base-10", _ROUNDED.multiply(right, _LN_10)
    yield "natural-for-base-10", _ROUNDED.divide(right, _LN_10)
    yield "square", _ROUNDED.multiply(right, right)
    if right > 0:
        yield "square-root", _ROUNDED.sqrt(right)


def _words(one: Misconception) -> str:
    return one.name or one.id.replace("-", " ")
