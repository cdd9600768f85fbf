"""Which mistake leads to a wrong number: the part's own misconceptions first, then slips that any number can suffer.

A match is only evidence, so the words say as much as it shows: one mistake, one of several, or a guess.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Final, Literal

from quizgen.items.contract import Verdict
from quizgen.items.item import Misconception
from quizgen.numbers.comparing import accepts, exactly
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
    near = max(rtol, LEAST_RTOL)
    if named := [one for one in misconceptions if accepts(value, one.value, rtol=near)]:
        return _named(named)
    right = exactly(key)
    if slips := list(_slips(value, right, near)):
        reasons = " or ".join(_SLIPS[slip] for slip in slips)
        start = "Compared with the right value," if len(slips) == 1 else "Compared with the right value, one of these:"
        return Diagnosis(kind="slip", ids=tuple(slips), sentence=f"{start} {reasons}.")
    pairs = [
        (one, slip) for one in misconceptions for slip in _slips(value, exactly(one.value), near) if slip in _ON_TOP
    ]
    if len(pairs) == 1:
        one, slip = pairs[0]
        sentence = f"This is a guess: {_words(one.id)}, and besides {_SLIPS[slip]}. {one.because.strip()}"
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


def _slips(value: Decimal, right: Decimal, rtol: float) -> Iterator[str]:
    """The generic mistakes that turn ``right`` into ``value``; one that leaves ``right`` as it is explains nothing."""
    if value == 0 or right == 0:
        return
    for name, wrong in _wrong_values(value, right):
        if accepts(value, wrong, rtol=rtol) and not accepts(wrong, right, rtol=rtol):
            yield name


def _wrong_values(value: Decimal, right: Decimal) -> Iterator[tuple[str, Decimal]]:
    yield "sign", right.copy_negate()
    yield "reciprocal", _ROUNDED.divide(Decimal(1), right)
    yield "natural-for-base-10", _ROUNDED.multiply(right, _LN_10)
    yield "natural-for-base-10", _ROUNDED.divide(right, _LN_10)
    for shift in _powers_of_ten(value, right):
        if shift != 0:
            yield "percent" if abs(shift) == 2 else "power-of-ten", _ROUNDED.scaleb(right, shift)
    yield "square", _ROUNDED.multiply(right, right)
    if right > 0:
        yield "square-root", _ROUNDED.sqrt(right)


def _powers_of_ten(value: Decimal, right: Decimal) -> range:
    """The shifts that could bring ``right`` to the size of ``value``."""
    shift = value.adjusted() - right.adjusted()
    return range(shift - 1, shift + 2)


def _words(name: str) -> str:
    return name.replace("-", " ")
