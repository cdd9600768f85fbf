"""An order of magnitude: right within some decades of the key, whatever its digits, and however small it is."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from typing import Final

from quizgen.blocks import AnswerBox, Block, Sentence
from quizgen.checks import NumberCheck, SelfCheck
from quizgen.inputs import Input, Inputs
from quizgen.items.contract import Fill, ItemType, Path, Settings, Values, Varying, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.mistakes import Mistake, notice, told
from quizgen.numbers.comparing import exactly, log10_ratio
from quizgen.numbers.printing import Precision, precision_fault
from quizgen.numbers.reading import MAX_EXPONENT, Reading, Unreadable, read_number
from quizgen.numbers.spelling import to_unicode
from quizgen.numbers.tolerance import Tolerance, window
from quizgen.values import immutable
from quizgen.words import say

DEFAULT_FIGURES: Final = 2
CLEARANCE: Final = 1.5  # misconceptions lie farther from the key than this times what is accepted
SLACK: Final = 1e-9  # of what is accepted: 10^-3 is within one decade of 10^-4, whatever the logarithms' last digits
EXAMPLES: Final = (Decimal("1e-99"), Decimal("3e-99"))  # in the hint that says how to answer: neither may be right
_WIDE: Final = Context(prec=30, Emax=10**9, Emin=-(10**9))


@immutable
class MagnitudeSpec:
    """A part that is answered with an order of magnitude. It has either a key or a log10."""

    key: str = ""
    """The number itself: an expression."""
    log10: str = ""
    """The base-10 logarithm of the number, for numbers too small or too large for float64 (10^-400); the values of the
    misconceptions, and the range of a part that follows, are then logarithms too."""
    within: float = 0.5
    """How many powers of ten the response may be off: 0.5 is a factor of about 3."""
    figures: int = DEFAULT_FIGURES
    """How many significant figures the model answer prints."""
    unit: str = ""
    """The unit printed after the answer box, and read if the student writes it."""


@immutable
class MagnitudeKey:
    """The number that earns full points, or its base-10 logarithm, and by how many powers of ten one may be off."""

    value: float
    is_log10: bool
    printed: str
    within: float
    figures: int
    unit: str

    def number(self, value: float) -> Decimal:
        """The number that ``value``, which is one or its logarithm as the key is, stands for."""
        return _WIDE.power(Decimal(10), exactly(value)) if self.is_log10 else exactly(value)


class Magnitude(ItemType[MagnitudeSpec, MagnitudeKey]):
    """An order of magnitude."""

    name = "magnitude"
    spec = MagnitudeSpec
    key = MagnitudeKey

    def expressions(self, spec: MagnitudeSpec) -> Iterator[tuple[Path, str]]:
        """The key, or its logarithm."""
        if spec.key:
            yield ("key",), spec.key
        if spec.log10:
            yield ("log10",), spec.log10

    def derived(self, spec: MagnitudeSpec) -> Iterator[tuple[Path, str]]:
        """The key, or its logarithm."""
        yield from self.expressions(spec)

    def check(self, spec: MagnitudeSpec, points: float) -> Iterator[tuple[Path, str]]:
        """A key or a logarithm, and a width that makes sense."""
        del points
        if bool(spec.key) == bool(spec.log10):
            yield (), "expected either key or log10"
        if not 0 < spec.within <= 3:
            yield ("within",), f"{spec.within:g}: expected a width from above 0 to 3 powers of ten"
        if fault := precision_fault(Precision(kind="figures", count=spec.figures)):
            yield ("figures",), fault

    def number(self, spec: MagnitudeSpec) -> str:
        """The key, or its logarithm."""
        return spec.key or spec.log10

    def make(self, spec: MagnitudeSpec, values: Values, misconceptions: Sequence[Misconception]) -> MagnitudeKey:
        """The key as it follows from the printed numbers."""
        del misconceptions
        key = MagnitudeKey(
            value=math.nan,
            is_log10=bool(spec.log10),
            printed="",
            within=spec.within,
            figures=spec.figures,
            unit=spec.unit,
        )
        return self.with_number(key, values.key(self.number(spec)))

    def faults(
        self, spec: MagnitudeSpec, key: MagnitudeKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """The certificate, counted in powers of ten: nothing drifts by more than half of what is accepted."""
        frames = {"raw": values.raw(self.number(spec)), "hand": values.hand(self.number(spec))}
        if not all(_is_number(value, key) for value in (key.value, *frames.values())):
            yield "key is not finite"
            return
        if key.number(key.value) == 0:
            yield "the key is 0, which has no order of magnitude"
            return
        for frame, value in frames.items():
            if not _is_near(key.number(value), key, share=0.5):
                yield f"{frame} value drifts from the key"
        for misconception in misconceptions:
            if not _is_number(misconception.value, key):
                yield f"misconception {misconception.id} is not finite"
            elif _is_near(key.number(misconception.value), key, share=CLEARANCE):
                yield f"misconception {misconception.id} is too close to the key"
        for name, number in values.quiz_numbers.items():
            if _is_near(exactly(number.value), key):
                yield f"the page prints the key as {name}"
        if any(_is_near(example, key) for example in EXAMPLES):
            yield "the hint's example is the key"
        if _grade(key, (), key.printed, Settings()).status != "right":
            yield "the printed key is not accepted"

    def value(self, key: MagnitudeKey) -> float:
        """The key, or its logarithm."""
        return key.value

    def with_number(self, key: MagnitudeKey, value: float) -> MagnitudeKey:
        """The key with another number (or logarithm), printed with the same figures."""
        return replace(key, value=value, printed=_printed(replace(key, value=value), value))

    def varying(self, key: MagnitudeKey) -> Varying | None:
        """The number; not that of a logarithm, whose mistakes are worked out where they are shown."""
        return None if key.is_log10 else Varying(numbers=(key.printed,))

    def with_varying(self, key: MagnitudeKey, varying: Varying) -> MagnitudeKey:
        """The key with another number."""
        return replace(key, printed=varying.numbers[0])

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """How near is near enough, room for working, and a box for the number."""
        del fill
        key = self.key_of(part)
        request = say("asks.factor", factor=_factor(key))
        return Sentence(text=request), AnswerBox(working_mm=12 + 6 * part.points, label=part.label, unit=key.unit)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The key with what is accepted, then each mistake with the number it leads to."""
        key = self.key_of(part)
        answer = " ".join(filter(None, (to_unicode(key.printed), key.unit)))
        return (
            Sentence(text=_answer(answer, key), strong=True),
            *(
                notice(Mistake(one.id, one.because, one.name), to_unicode(_printed(key, one.value)), fill)
                for one in part.misconceptions
            ),
        )

    def how_to_answer(self, part: Part) -> str:
        """A power of ten, or any number near it."""
        key = self.key_of(part)
        return say("how.magnitude_in", unit=key.unit) if key.unit else say("how.magnitude")

    def inputs(self, part: Part) -> Inputs:
        """A line for the number, with its unit."""
        return Inputs(inputs=(Input(kind="words", how=self.how_to_answer(part), unit=self.key_of(part).unit),))

    def self_check(self, part: Part) -> SelfCheck:
        """The numbers within the powers of ten that are accepted, and those around what mistakes lead to."""
        key = self.key_of(part)
        mistakes = [(one.value, one.because) for one in part.misconceptions if _is_number(one.value, key)]
        return SelfCheck(
            check=_around(key, key.value),
            hints=tuple((_around(key, value), because) for value, because in mistakes),
        )

    def key_response(self, part: Part) -> str:
        """The key as printed."""
        return self.key_of(part).printed

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Right within the powers of ten that are accepted; a wrong number is explained where a mistake leads to it."""
        return _grade(self.key_of(part), part.misconceptions, response, settings)


def _is_number(value: float, key: MagnitudeKey) -> bool:
    """Whether ``value`` stands for a number that a response can state."""
    return math.isfinite(value) and (not key.is_log10 or abs(value) < MAX_EXPONENT)


def _printed(key: MagnitudeKey, value: float) -> str:
    """The number that ``value`` stands for, in the canonical spelling."""
    if not _is_number(value, key):
        return str(value)
    if not key.is_log10:
        return Precision(kind="figures", count=key.figures).spell(value)
    number = Context(prec=key.figures, Emax=_WIDE.Emax, Emin=_WIDE.Emin).plus(key.number(value))
    mantissa, _, exponent = f"{number:.{key.figures - 1}e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def _factor(key: MagnitudeKey) -> str:
    return f"{10**key.within:.2g}"


def _answer(answer: str, key: MagnitudeKey) -> str:
    return say("answers.is_within", answer=answer, tolerance=say("answers.within_factor", factor=_factor(key)))


def _is_near(value: Decimal, key: MagnitudeKey, *, share: float = 1.0) -> bool:
    """Whether ``value`` has the key's sign, and is off by at most ``share`` times what is accepted."""
    return abs(log10_ratio(value, key.number(key.value))) <= share * key.within * (1 + SLACK)


def _around(key: MagnitudeKey, value: float) -> NumberCheck:
    """A check of the numbers as near to what ``value`` stands for as is accepted."""
    low, high = window(key.number(value), Tolerance(decades=key.within))
    return NumberCheck(low=str(low), high=str(high), unit=key.unit)


def _grade(key: MagnitudeKey, misconceptions: Sequence[Misconception], response: str, settings: Settings) -> Verdict:
    reading = read_number(response, decimal_comma=settings.decimal_comma, thousands=settings.thousands, unit=key.unit)
    if isinstance(reading, Unreadable):
        return Verdict(status="unreadable", feedback=reading.told)
    number = _spoken_of(reading, key)
    if _is_near(reading.value, key):
        return Verdict(status="right", fraction=1.0, read_as=reading.read_as, number=number)
    diagnosis, feedback = _explained(reading.value, key, misconceptions)
    return Verdict(status="wrong", read_as=reading.read_as, number=number, diagnosis=diagnosis, feedback=feedback)


def _spoken_of(reading: Reading, key: MagnitudeKey) -> float | None:
    """The number that was read as later parts want it: itself, or its logarithm, which only a positive one has."""
    if not key.is_log10:
        return float(reading.value)
    return float(_WIDE.log10(reading.value)) if reading.value > 0 else None


def _explained(value: Decimal, key: MagnitudeKey, misconceptions: Sequence[Misconception]) -> tuple[str | None, str]:
    """The mistakes that lead to ``value``, as near as an order of magnitude can tell; else a slip, or how far off."""
    target = key.number(key.value)
    named = [
        Mistake(one.id, one.because)
        for one in misconceptions
        if abs(log10_ratio(value, key.number(one.value))) <= key.within * (1 + SLACK)
    ]
    if named:
        return told(named)
    if value == 0:
        return "zero", say("told.zero")
    if _is_near(value.copy_negate(), key):
        return "sign", say("told.slip", reasons=say("slip.sign"), count=1)
    if _is_near(_WIDE.divide(Decimal(1), value), key):
        return "reciprocal", say("told.slip", reasons=say("slip.exponent"), count=1)
    off = log10_ratio(value, target)
    if math.isinf(off):
        return None, ""
    return None, say("told.powers_too_large" if off > 0 else "told.powers_too_small", powers=f"{abs(off):.2g}")
