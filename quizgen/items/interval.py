"""Any number of an interval: many are right, and the question asks for one of them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal

from quizgen.blocks import AnswerBox, Block, Sentence
from quizgen.checks import NumberCheck, SelfCheck
from quizgen.inputs import Input, Inputs
from quizgen.items import number_key
from quizgen.items.contract import Fill, ItemType, Path, Settings, Values, Varying, Verdict
from quizgen.items.diagnosis import leads_to
from quizgen.items.item import Misconception, Part
from quizgen.items.mistakes import Mistake, notice, told
from quizgen.numbers.comparing import accepts, exactly
from quizgen.numbers.printing import Precision, precision_fault
from quizgen.numbers.reading import Unreadable, read_number
from quizgen.numbers.spelling import to_unicode
from quizgen.values import immutable
from quizgen.words import say

DEFAULT_FIGURES: Final = 3
MISTAKE_FIGURES: Final = 4
Included = Literal["both", "low", "high", "neither"]


@immutable
class IntervalSpec:
    """A part that is answered with any number of an interval."""

    example: str
    """A right number, as an expression; the model answer names it."""
    low: str | None = None
    """The lower end, as an expression; without it any smaller number is right."""
    high: str | None = None
    """The upper end, as an expression; without it any larger number is right."""
    includes: Included = "both"
    """Which ends are right themselves: both, low, high or neither."""
    rtol: float = 0.01
    """How far outside an included end still counts as right, relative to it, since it was rounded on the way."""
    unit: str = ""
    """The unit printed after the answer box, and read if the student writes it."""
    figures: int | None = None
    """How many significant figures the model answer prints of ends that are no names with figures of their own."""
    fractions: bool = False
    """Whether 1/2 may be written."""
    percent: bool = False
    """Whether 50% may be written for 0.5."""


@immutable
class End:
    """One end of the interval, as the model answer prints it, and whether it is right itself."""

    value: float
    printed: str
    is_included: bool


@immutable
class IntervalKey:
    """The numbers that earn full points: those between the ends, and one of them as an example."""

    low: End | None
    high: End | None
    example: float
    printed: str
    rtol: float
    unit: str
    fractions: bool
    percent: bool


class Interval(ItemType[IntervalSpec, IntervalKey]):
    """Any number of an interval."""

    name = "interval"
    spec = IntervalSpec
    key = IntervalKey

    def expressions(self, spec: IntervalSpec) -> Iterator[tuple[Path, str]]:
        """The ends and the example."""
        yield from self.derived(spec)
        yield ("example",), spec.example

    def derived(self, spec: IntervalSpec) -> Iterator[tuple[Path, str]]:
        """The ends."""
        for name, source in _ends(spec).items():
            yield (name,), source

    def check(self, spec: IntervalSpec, points: float) -> Iterator[tuple[Path, str]]:
        """At least one end, each included end there, and a tolerance that makes sense."""
        del points
        ends = _ends(spec)
        if not ends:
            yield ("low",), "an interval needs low, high or both"
        if len(ends) == 1 and spec.includes not in ("neither", *ends):
            [end] = ends
            yield ("includes",), f"{spec.includes!r}, but only {end!r} is there: write {end} or neither"
        if not 0 <= spec.rtol < 0.5:
            yield ("rtol",), f"{spec.rtol:g}: expected a tolerance from 0 to less than 0.5"
        if spec.figures is not None and (fault := precision_fault(Precision(kind="figures", count=spec.figures))):
            yield ("figures",), fault

    def number(self, spec: IntervalSpec) -> str:
        """The example."""
        return spec.example

    def make(self, spec: IntervalSpec, values: Values, misconceptions: Sequence[Misconception]) -> IntervalKey:
        """The ends as they follow from the printed numbers, and the example."""
        del misconceptions
        example = values.key(spec.example)
        return IntervalKey(
            low=_end(spec, "low", values),
            high=_end(spec, "high", values),
            example=example,
            printed=_printed(spec, spec.example, example, values),
            rtol=spec.rtol,
            unit=spec.unit,
            fractions=spec.fractions,
            percent=spec.percent,
        )

    def faults(
        self, spec: IntervalSpec, key: IntervalKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """The certificate: ends that no rounding moves, the example well inside and each mistake well outside.

        Well inside or outside is farther from the ends than twice the tolerance, so that nothing hangs on it. A number
        on the page must not be right where there are two ends: to copy it would earn the points.
        """
        ends = [end for end in (key.low, key.high) if end]
        raw, hand = ([frame(source) for source in _ends(spec).values()] for frame in (values.raw, values.hand))
        examples = {"key": key.example, "raw": values.raw(spec.example), "hand": values.hand(spec.example)}
        if not all(map(math.isfinite, (*examples.values(), *(end.value for end in ends), *raw, *hand))):
            yield "key is not finite"
            return
        yield from _end_faults(key, ends, {"raw": raw, "hand": hand})
        for frame, value in examples.items():
            if not _is_right(exactly(value), key, share=-2.0):
                yield f"the example is not well inside the interval ({frame} value)"
        for misconception in misconceptions:
            if not math.isfinite(misconception.value):
                yield f"misconception {misconception.id} is not finite"
            elif _is_right(exactly(misconception.value), key, share=2.0):
                yield f"misconception {misconception.id} is in the interval, or too close to it"
        for name, number in values.quiz_numbers.items() if len(ends) == 2 else ():
            if _is_right(exactly(number.value), key):
                yield f"the page prints a right number as {name}"
        if len(ends) == 2 and _is_right(exactly(number_key.EXAMPLE), key):
            yield "the hint's example is right"
        if _grade(key, (), key.printed, Settings()).status != "right":
            yield "the printed example is not accepted"

    def value(self, key: IntervalKey) -> float:
        """The example."""
        return key.example

    def with_number(self, key: IntervalKey, value: float) -> IntervalKey:
        """The same interval: an earlier mistake may lead to another example, but does not move the ends."""
        del value
        return key

    def varying(self, key: IntervalKey) -> Varying:
        """The ends and the example; which ends there are, and whether they belong to it, shapes the page."""
        ends = [end for end in (key.low, key.high) if end]
        look = (key.low and key.low.is_included, key.high and key.high.is_included)
        return Varying(numbers=(*[end.printed for end in ends], key.printed), look=look)

    def with_varying(self, key: IntervalKey, varying: Varying) -> IntervalKey:
        """The interval with other numbers."""
        *ends, example = varying.numbers
        low = replace(key.low, printed=ends.pop(0)) if key.low else None
        high = replace(key.high, printed=ends.pop(0)) if key.high else None
        return replace(key, low=low, high=high, printed=example)

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """Room for working, and a box for the number."""
        del fill
        key = self.key_of(part)
        return (AnswerBox(working_mm=12 + 6 * part.points, label=part.label, unit=key.unit),)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The interval with an example, then each mistake with the number it leads to."""
        key = self.key_of(part)
        wrong = Precision(kind="figures", count=MISTAKE_FIGURES)
        return (
            Sentence(text=say("answers.any_of", numbers=_in_words(key), example=_spelt(key, key.printed)), strong=True),
            *(
                notice(Mistake(one.id, one.because, one.name), to_unicode(wrong.spell(one.value)), fill)
                for one in part.misconceptions
            ),
        )

    def how_to_answer(self, part: Part) -> str:
        """One number."""
        key = self.key_of(part)
        return say("how.one_of_several_in", unit=key.unit) if key.unit else say("how.one_of_several")

    def inputs(self, part: Part) -> Inputs:
        """A line for the number, with its unit."""
        return Inputs(inputs=(Input(kind="words", how=self.how_to_answer(part), unit=self.key_of(part).unit),))

    def self_check(self, part: Part) -> SelfCheck:
        """The numbers of the interval, and those that mistakes lead to."""
        key = self.key_of(part)
        right = NumberCheck(
            low=str(_limit(key.low, key, -1)) if key.low else None,
            high=str(_limit(key.high, key, 1)) if key.high else None,
            includes_low=bool(key.low and key.low.is_included),
            includes_high=bool(key.high and key.high.is_included),
            unit=key.unit,
            fractions=key.fractions,
            percent=key.percent,
        )
        within = replace(right, includes_low=True, includes_high=True)
        return SelfCheck(check=right, hints=number_key.hints(within, part.misconceptions, key.rtol))

    def key_response(self, part: Part) -> str:
        """The example."""
        return self.key_of(part).printed

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Right inside the interval; a number outside it is explained where a mistake leads to it."""
        return _grade(self.key_of(part), part.misconceptions, response, settings)


# -- one variant -------------------------------------------------------------------------------------------------------


def _ends(spec: IntervalSpec) -> dict[str, str]:
    """The ends that there are: low before high."""
    return {name: source for name, source in (("low", spec.low), ("high", spec.high)) if source is not None}


def _end(spec: IntervalSpec, name: Literal["low", "high"], values: Values) -> End | None:
    source = _ends(spec).get(name)
    if source is None:
        return None
    value = values.key(source)
    is_included = spec.includes in ("both", name)
    return End(value=value, printed=_printed(spec, source, value, values), is_included=is_included)


def _printed(spec: IntervalSpec, source: str, value: float, values: Values) -> str:
    own = Precision(kind="figures", count=spec.figures) if spec.figures else values.precision(source)
    precision = own or Precision(kind="figures", count=DEFAULT_FIGURES)
    return precision.spell(value) if math.isfinite(value) else str(value)


def _end_faults(key: IntervalKey, ends: Sequence[End], frames: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Ends that some rounding moves, or that leave nothing between them."""
    for frame, found in frames.items():
        for end, value in zip(ends, found, strict=True):
            if not accepts(exactly(value), end.value, rtol=key.rtol / 2):
                yield f"{frame} value of an end drifts from the key"
    for end in ends:
        if end.is_included and not accepts(exactly(float(end.printed)), end.value, rtol=key.rtol):
            yield f"an end is printed as {end.printed}, with too few figures for a tolerance of {key.rtol:g}"
    if len(ends) == 2 and not ends[0].value < ends[1].value:
        yield "the lower end is not below the upper end"


def _in_words(key: IntervalKey) -> str:
    """The interval as a person says it: "any number from 0.2 (included) to 0.9 (excluded)"."""
    low, high = (_end_in_words(key, end) for end in (key.low, key.high))
    if low and high:
        return say("answers.from_to", low=low, high=high)
    return say("answers.above", low=low) if low else say("answers.below", high=high)


def _end_in_words(key: IntervalKey, end: End | None) -> str:
    if end is None:
        return ""
    return say("answers.included" if end.is_included else "answers.excluded", end=_spelt(key, end.printed))


def _spelt(key: IntervalKey, printed: str) -> str:
    return " ".join(filter(None, (to_unicode(printed), key.unit)))


# -- one response ------------------------------------------------------------------------------------------------------


def _grade(key: IntervalKey, misconceptions: Sequence[Misconception], response: str, settings: Settings) -> Verdict:
    reading = read_number(
        response,
        decimal_comma=settings.decimal_comma,
        thousands=settings.thousands,
        fractions=key.fractions,
        percent=key.percent,
        unit=key.unit,
    )
    if isinstance(reading, Unreadable):
        return Verdict(status="unreadable", feedback=reading.told)
    number = float(reading.value)
    if _is_right(reading.value, key):
        return Verdict(status="right", fraction=1.0, read_as=reading.read_as, number=number)
    named = [
        Mistake(one.id, one.because) for one in misconceptions if leads_to(one.value, reading.value, rtol=key.rtol)
    ]
    diagnosis, feedback = told(named) if named else (None, _side(reading.value, key))
    return Verdict(status="wrong", read_as=reading.read_as, number=number, diagnosis=diagnosis, feedback=feedback)


def _is_right(value: Decimal, key: IntervalKey, *, share: float | None = None) -> bool:
    """Whether ``value`` lies between the ends.

    ``share`` moves both ends outwards by so many tolerances; without it an included end is moved by one.
    """
    return not _is_below(value, key, share) and not _is_above(value, key, share)


def _is_below(value: Decimal, key: IntervalKey, share: float | None = None) -> bool:
    if key.low is None:
        return False
    limit = exactly(key.low.value) - _margin(key.low, key, share)
    return value < limit or (value == limit and share is None and not key.low.is_included)


def _is_above(value: Decimal, key: IntervalKey, share: float | None = None) -> bool:
    if key.high is None:
        return False
    limit = exactly(key.high.value) + _margin(key.high, key, share)
    return value > limit or (value == limit and share is None and not key.high.is_included)


def _limit(end: End, key: IntervalKey, outwards: int) -> Decimal:
    """The last number that counts as right at an end; ``outwards`` is -1 at the lower one."""
    return exactly(end.value) + outwards * _margin(end, key, None)


def _margin(end: End, key: IntervalKey, share: float | None) -> Decimal:
    """How far an end is moved outwards."""
    tolerances = float(end.is_included) if share is None else share
    return exactly(tolerances * key.rtol) * abs(exactly(end.value))


def _side(value: Decimal, key: IntervalKey) -> str:
    """On which side of the interval a wrong number lies."""
    if key.low and _is_below(value, key):
        return say("told.too_small", low=_end_in_words(key, key.low))
    return say("told.too_large", high=_end_in_words(key, key.high))
