"""A number to compute: graded within a tolerance, its wrong values explained by recomputed misconceptions."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quizgen.blocks import AnswerBox, Block, Sentence
from quizgen.checks import SelfCheck
from quizgen.inputs import Input, Inputs
from quizgen.items import number_key
from quizgen.items.contract import Columns, Fill, ItemType, Path, Settings, Values, Varying, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.number_key import NumericKey
from quizgen.numbers.comparing import tolerance_faults
from quizgen.numbers.printing import Precision, precision_fault
from quizgen.numbers.reading import Unreadable, written_figures
from quizgen.numbers.tolerance import Tolerance, tolerance_fault
from quizgen.values import immutable

DEFAULT_FIGURES: Final = 3
_EXACT, _USUAL = Precision(kind="exact"), Precision(kind="figures", count=DEFAULT_FIGURES)
_LEAST_SURE, _MOST_SURE = 1e-280, 1e280  # sizes of keys whose tolerance float64 tells well


@immutable
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
    to_figures: int | None = None
    """Instead of rtol: right is what rounds to the same so many significant figures."""
    to_decimals: int | None = None
    """Instead of rtol: right is what rounds to the same so many decimals."""
    written: int | None = None
    """How many significant figures are to be written; the ask says so. Other numbers of figures are remarked on."""
    written_share: float = 0.0
    """The share of the points that is for writing so many figures."""
    unit_share: float = 0.0
    """The share of the points that is for writing the unit; the ask says so."""


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
        if fault := tolerance_fault(Tolerance(figures=spec.to_figures, decimals=spec.to_decimals)):
            yield ("to_figures",), fault
        shares = {"written_share": spec.written_share, "unit_share": spec.unit_share}
        for name, share in shares.items():
            if not 0 <= share < 1:
                yield (name,), f"{share:g}: expected a share from 0 to less than 1"
        if sum(shares.values()) >= 1:
            yield ("unit_share",), "nothing is left for the number"
        if spec.unit_share and not spec.unit:
            yield ("unit_share",), "there is no unit to write"
        if spec.written_share and spec.written is None:
            yield ("written_share",), "written does not say how many figures"
        if spec.written is not None and not 1 <= spec.written <= 15:
            yield ("written",), f"{spec.written}: expected 1 to 15 figures"
        if spec.figures is not None and (fault := precision_fault(Precision(kind="figures", count=spec.figures))):
            yield ("figures",), fault

    def number(self, spec: NumericSpec) -> str:
        """The key."""
        return spec.key

    def make(self, spec: NumericSpec, values: Values, misconceptions: Sequence[Misconception]) -> NumericKey:
        """The key as it follows from the printed numbers."""
        del misconceptions
        value, precision = values.key(spec.key), _precision(spec, values)
        printed = values.printed(spec.key, precision)
        if _is_exact(spec):
            value = number_key.without_dust(value)
            printed = precision.spell(value) if math.isfinite(value) else str(value)
        return NumericKey(
            value=value,
            printed=printed,
            rtol=spec.rtol,
            atol=spec.atol,
            unit=spec.unit,
            fractions=spec.fractions,
            percent=spec.percent,
            to_figures=spec.to_figures,
            to_decimals=spec.to_decimals,
            written=spec.written,
            written_share=spec.written_share,
            unit_share=spec.unit_share,
        )

    def faults(
        self, spec: NumericSpec, key: NumericKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """The certificate of a number: see the rules one by one below."""
        if not all(math.isfinite(number) for number in (key.value, values.raw(spec.key), values.hand(spec.key))):
            yield "key is not finite"
            return
        precision = _precision(spec, values)
        if (
            precision.kind == "figures"
            and key.tolerance.rtol
            and 0.5 * 10 ** (1 - precision.count) > key.rtol / 2 * (1 + 1e-9)
        ):
            yield f"{precision.count} figures are too few for a tolerance of {key.rtol:g}"
        if key.to_figures is None and key.to_decimals is None:
            yield from tolerance_faults(key.value, rtol=key.rtol, atol=key.atol)
        for frame, value in (("raw", values.raw(spec.key)), ("hand", values.hand(spec.key))):
            if not number_key.is_near(value, key, share=0.5):
                yield f"{frame} value drifts from the key"
        for misconception in misconceptions:
            if not math.isfinite(misconception.value):
                yield f"misconception {misconception.id} is not finite"
            elif number_key.is_near(misconception.value, key, share=2.0):
                yield f"misconception {misconception.id} is too close to the key"
        for name, number in values.quiz_numbers.items():
            if number_key.is_near(number.value, key, share=1.0):
                yield f"the page prints the key as {name}"
        for example in number_key.examples(fractions=key.fractions, percent=key.percent):
            if number_key.is_near(example, key, share=1.0):
                yield "the hint's example is the key"
        if number_key.grade(key, number_key.response(key), (), Settings()).fraction < 1:
            yield "the printed key is not accepted"

    def certain(self, spec: NumericSpec, columns: Columns, misconceptions: Sequence[str]) -> NDArray[np.bool_] | None:
        """The same rules for a relative tolerance, where float64 leaves no doubt about them."""
        precision = _precision(spec, columns)
        is_plain = spec.rtol and not spec.atol and spec.to_figures is None and spec.to_decimals is None
        is_graded_by_value = spec.written is None and not spec.unit_share
        if not (is_plain and is_graded_by_value and precision.kind == "figures"):
            return None
        if 0.5 * 10 ** (1 - precision.count) > spec.rtol / 2:
            return None
        key, raw, hand = columns.key(spec.key), columns.raw(spec.key), columns.hand(spec.key)
        margin = spec.rtol * np.abs(key)
        certain = (np.abs(key) > _LEAST_SURE) & (np.abs(key) < _MOST_SURE)
        for value in (raw, hand):
            certain &= np.abs(value - key) < 0.5 * margin
        for source in misconceptions:
            value = columns.key(source)
            certain &= (np.abs(value - key) > 2.001 * margin) & np.isfinite(value)
        for value in columns.quiz_numbers.values():
            certain &= np.abs(value - key) > 1.001 * margin
        for example in _examples(spec):
            certain &= np.abs(example - key) > 1.001 * margin
        return certain

    def value(self, key: NumericKey) -> float:
        """The key."""
        return key.value

    def with_number(self, key: NumericKey, value: float) -> NumericKey:
        """The key with another number, spelt with the figures of the printed key (three at the least)."""
        exact = key.tolerance.is_exact and value.is_integer()
        figures = max(written_figures(key.printed.lstrip("-").partition("e")[0]), DEFAULT_FIGURES)
        precision = Precision(kind="exact") if exact else Precision(kind="figures", count=figures)
        return replace(key, value=value, printed=precision.spell(value))

    def with_response(self, key: NumericKey, response: str) -> NumericKey | None:
        """The key with the number that is written, if float64 holds it: keys are recorded as such."""
        reading = number_key.read(key, response, Settings())
        if isinstance(reading, Unreadable):
            return None
        value = float(reading.value)
        is_held = math.isfinite(value) and (value != 0 or reading.value == 0)
        return self.with_number(key, value) if is_held else None

    def varying(self, key: NumericKey) -> Varying:
        """The key."""
        return Varying(numbers=(key.printed,))

    def with_varying(self, key: NumericKey, varying: Varying) -> NumericKey:
        """The key with another number."""
        return replace(key, value=0.0, printed=varying.numbers[0])

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """Room for working, and a box for the number."""
        del fill
        key = self.key_of(part)
        return (AnswerBox(working_mm=12 + 6 * part.points, label=part.label, unit=key.unit),)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The key with its tolerance, then each mistake with the number it leads to."""
        key = self.key_of(part)
        return (
            Sentence(text=number_key.answer(key), strong=True),
            *(number_key.mistake(misconception, key, fill) for misconception in part.misconceptions),
        )

    def how_to_answer(self, part: Part) -> str:
        """A number, and what else may be written."""
        return number_key.how_to_write(self.key_of(part))

    def inputs(self, part: Part) -> Inputs:
        """A line for the number, with its unit."""
        return Inputs(inputs=(Input(kind="words", how=self.how_to_answer(part), unit=self.key_of(part).unit),))

    def self_check(self, part: Part) -> SelfCheck:
        """The numbers within the tolerance, and those that mistakes lead to."""
        return number_key.self_check(self.key_of(part), part.misconceptions)

    def key_response(self, part: Part) -> str:
        """The key as printed, with its unit where that earns points."""
        return number_key.response(self.key_of(part))

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Right within the tolerance; a wrong number is explained where a mistake leads to it."""
        return number_key.grade(self.key_of(part), response, part.misconceptions, settings)


def _precision(spec: NumericSpec, values: Values | Columns) -> Precision:
    return _declared(spec) or values.precision(spec.key) or (_EXACT if _is_exact(spec) else _USUAL)


def _declared(spec: NumericSpec) -> Precision | None:
    """The precision that the author asks for."""
    if spec.to_decimals is not None and spec.figures is None:
        return Precision(kind="decimals", count=spec.to_decimals)
    figures = spec.figures if spec.figures is not None else spec.to_figures
    return Precision(kind="figures", count=figures) if figures is not None else None


def _examples(spec: NumericSpec) -> tuple[float, ...]:
    return number_key.examples(fractions=spec.fractions, percent=spec.percent)


def _is_exact(spec: NumericSpec) -> bool:
    return spec.rtol == 0 and spec.atol == 0 and spec.to_figures is None and spec.to_decimals is None
