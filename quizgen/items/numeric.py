"""A number to compute: graded within a relative tolerance, its wrong values explained by recomputed misconceptions."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quizgen.blocks import AnswerBox, Block, Notice, Sentence
from quizgen.items.contract import Fill, ItemType, Path, Settings, Values, Verdict
from quizgen.items.diagnosis import diagnose_wrong
from quizgen.items.item import Misconception, Part
from quizgen.numbers.comparing import accepts, exactly, tolerance_faults
from quizgen.numbers.printing import Precision, precision_fault
from quizgen.numbers.reading import Reading, Unreadable, read_number, written_figures
from quizgen.numbers.spelling import to_unicode

DEFAULT_FIGURES: Final = 3
MISTAKE_FIGURES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericSpec:
    """A part that is answered with a number."""

    key: str
    """The right number: an expression over what is given and computed."""
    rtol: float = 0.01
    """How far from the key still counts as right, relative to it; 0 for whole numbers."""
    atol: float = 0.0
    """How far from the key still counts as right, in its own unit; needed only where the key can be 0."""
    unit: str = ""
    """The unit printed after the answer box, and read if the student writes it."""
    figures: int | None = None
    """How many significant figures the model answer prints, if the key is no name with figures of its own."""
    fractions: bool = False
    """Whether 1/2 may be written."""
    percent: bool = False
    """Whether 50% may be written for 0.5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericKey:
    """The number that earns full points, as printed in the model answer, and how far from it still does."""

    value: float
    printed: str
    rtol: float
    atol: float
    unit: str
    fractions: bool
    percent: bool


class Numeric(ItemType[NumericSpec, NumericKey]):
    """A number to compute."""

    name = "numeric"
    spec = NumericSpec
    key = NumericKey

    def expressions(self, spec: NumericSpec) -> Iterator[tuple[Path, str]]:
        """The key."""
        yield ("key",), spec.key

    def derived(self, spec: NumericSpec) -> Iterator[tuple[Path, str]]:
        """The key."""
        yield ("key",), spec.key

    def check(self, spec: NumericSpec, points: float) -> Iterator[tuple[Path, str]]:
        """Tolerances that make sense, and enough figures for them."""
        del points
        if not 0 <= spec.rtol < 0.5:
            yield ("rtol",), f"{spec.rtol:g}: expected a tolerance from 0 to less than 0.5"
        if spec.atol < 0:
            yield ("atol",), f"{spec.atol:g}: expected a tolerance of at least 0"
        if spec.figures is not None and (fault := precision_fault(Precision(kind="figures", count=spec.figures))):
            yield ("figures",), fault

    def number(self, spec: NumericSpec) -> str:
        """The key."""
        return spec.key

    def make(self, spec: NumericSpec, values: Values, misconceptions: Sequence[Misconception]) -> NumericKey:
        """The key as it follows from the printed numbers."""
        del misconceptions
        value = values.key(spec.key)
        if spec.rtol == 0 and spec.atol == 0:
            value = _without_dust(value)
        printed = _precision(spec, values).print(value).printed if math.isfinite(value) else str(value)
        return NumericKey(
            value=value,
            printed=printed,
            rtol=spec.rtol,
            atol=spec.atol,
            unit=spec.unit,
            fractions=spec.fractions,
            percent=spec.percent,
        )

    def faults(
        self, spec: NumericSpec, key: NumericKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """The certificate of a number: see the rules one by one below."""
        if not all(math.isfinite(number) for number in (key.value, values.raw(spec.key), values.hand(spec.key))):
            yield "key is not finite"
            return
        precision = _precision(spec, values)
        if precision.kind == "figures" and key.rtol and 0.5 * 10 ** (1 - precision.count) > key.rtol / 2 * (1 + 1e-9):
            yield f"{precision.count} figures are too few for a tolerance of {key.rtol:g}"
        yield from tolerance_faults(key.value, rtol=key.rtol, atol=key.atol)
        for frame, value in (("raw", values.raw(spec.key)), ("hand", values.hand(spec.key))):
            if not _close(value, key, share=0.5):
                yield f"{frame} value drifts from the key"
        for misconception in misconceptions:
            if not math.isfinite(misconception.value):
                yield f"misconception {misconception.id} is not finite"
            elif _close(misconception.value, key, share=2.0):
                yield f"misconception {misconception.id} is too close to the key"
        for name, number in values.quiz_numbers.items():
            if _close(number.value, key, share=1.0):
                yield f"the page prints the key as {name}"
        if not self._earns(key, key.printed):
            yield "the printed key is not accepted"

    def value(self, key: NumericKey) -> float:
        """The key."""
        return key.value

    def with_number(self, key: NumericKey, value: float) -> NumericKey:
        """The key with another number, spelt with the figures of the printed key (three at the least)."""
        exact = key.rtol == 0 and value.is_integer()
        figures = max(written_figures(key.printed.lstrip("-").partition("e")[0]), DEFAULT_FIGURES)
        precision = Precision(kind="exact") if exact else Precision(kind="figures", count=figures)
        return replace(key, value=value, printed=precision.print(value).printed)

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """Room for working, and a box for the number."""
        del fill
        key = self.key_of(part)
        return (AnswerBox(working_mm=12 + 6 * part.points, label=part.label, unit=key.unit),)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The key with its tolerance, then each mistake with the number it leads to."""
        key = self.key_of(part)
        return (
            Sentence(text=f"Answer: {_with_unit(key, key.printed)} ({_tolerance(key)})", strong=True),
            *(_mistake(misconception, key, fill) for misconception in part.misconceptions),
        )

    def how_to_answer(self, part: Part) -> str:
        """A number, and what else may be written."""
        key = self.key_of(part)
        extras = [
            *(["a fraction such as 3/8"] if key.fractions else []),
            *(["a percentage such as 50%"] if key.percent else []),
        ]
        unit = f" (in {key.unit})" if key.unit else ""
        return f"a number{unit}, such as 0.0123 or 1.23e-2{''.join(f', or {extra}' for extra in extras)}"

    def key_response(self, part: Part) -> str:
        """The key as printed."""
        return self.key_of(part).printed

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Right within the tolerance; a wrong number is explained where a mistake leads to it."""
        key = self.key_of(part)
        reading = self._read(key, response, settings)
        if isinstance(reading, Unreadable):
            return Verdict(status="unreadable", feedback=str(reading))
        if accepts(reading.value, key.value, rtol=key.rtol, atol=key.atol):
            return Verdict(status="right", fraction=1.0, read_as=reading.read_as, number=float(reading.value))
        return diagnose_wrong(reading, key.value, part.misconceptions, rtol=key.rtol)

    def _read(self, key: NumericKey, response: str, settings: Settings) -> Reading | Unreadable:
        return read_number(
            response,
            decimal_comma=settings.decimal_comma,
            fractions=key.fractions,
            percent=key.percent,
            unit=key.unit,
        )

    def _earns(self, key: NumericKey, response: str) -> bool:
        reading = self._read(key, response, Settings())
        return isinstance(reading, Reading) and accepts(reading.value, key.value, rtol=key.rtol, atol=key.atol)


def _precision(spec: NumericSpec, values: Values) -> Precision:
    if spec.figures is not None:
        return Precision(kind="figures", count=spec.figures)
    exact = Precision(kind="exact") if spec.rtol == 0 and spec.atol == 0 else None
    return values.precision(spec.key) or exact or Precision(kind="figures", count=DEFAULT_FIGURES)


def _without_dust(value: float) -> float:
    """``value`` to the 15 figures that float64 is good for: 3 · 0.1 as 0.3, which is what a person computes."""
    return float(f"{value:.15g}")


def _close(value: float, key: NumericKey, *, share: float) -> bool:
    """Whether ``value`` lies within ``share`` times the tolerance of the key; for an exact key, whether it is equal."""
    if not math.isfinite(value):
        return False
    exact = key.rtol == 0 and key.atol == 0
    return accepts(
        exactly(_without_dust(value) if exact else value), key.value, rtol=share * key.rtol, atol=share * key.atol
    )


def _with_unit(key: NumericKey, printed: str) -> str:
    return " ".join(filter(None, (to_unicode(printed, "text"), key.unit)))


def _tolerance(key: NumericKey) -> str:
    if key.atol:
        return f"accepted within {key.atol:g}{' ' + key.unit if key.unit else ''}"
    return f"accepted within {100 * key.rtol:g} %" if key.rtol else "exactly"


def _mistake(misconception: Misconception, key: NumericKey, fill: Fill) -> Block:
    wrong = Precision(kind="figures", count=MISTAKE_FIGURES) if key.rtol else Precision(kind="exact")
    value = to_unicode(wrong.print(misconception.value).printed, "text")
    title = f"If you got {value}: {misconception.name or misconception.id.replace('-', ' ')}"
    return Notice(kind="mistake", title=title, blocks=(fill(misconception.because),))
