"""A formula to find: compared with the key at points drawn for the variant, so that any equal formula is right."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from quizgen.blocks import AnswerBox, Block, Sentence
from quizgen.items.contract import Fill, ItemType, Path, Rejected, Settings, Values, Verdict
from quizgen.items.expression_key import ExpressionKey, WrongFormula, at_point, explained, read_answer
from quizgen.items.item import Misconception, Part
from quizgen.items.mistakes import Mistake, notice
from quizgen.numbers.formula_reading import read_formula
from quizgen.numbers.formula_tokens import symbol_faults
from quizgen.numbers.formulas import CONSTANTS, FUNCTIONS, Formula, names, put_in, spelt, value
from quizgen.numbers.reading import Unreadable
from quizgen.values import immutable
from quizgen.words import listed, say

CANDIDATES: Final = 32  # points that are drawn
USED: Final = 12  # points at which formulas are compared, of those where the key is finite
LEAST: Final = 8  # points without which equal and different could not be told apart
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@immutable
class WrongFormulaSpec:
    """A formula that a mistake leads to."""

    formula: str
    """The wrong formula, written like the key; a response that equals it at every point is told so."""
    misconception: str
    """The id of the mistake in misconceptions.yaml."""
    because: str = ""
    """What went wrong and what to do instead; a text."""


@immutable
class ExpressionSpec:
    """A part that is answered with a formula."""

    key: str
    """The right formula, as in `w^k * (1 - h^2)`: of the symbols, and of numbers that the page prints, by name."""
    symbols: Mapping[str, tuple[float, float]]
    """The symbols that the student may use, each with the range from which values are drawn to compare formulas:
    `w: [0.1, 2]`. What each means is said in the ask; Greek letters are written by name: `lambda`."""
    whole: tuple[str, ...] = ()
    """The symbols that stand for whole numbers."""
    rtol: float = 1e-9
    """How far from the key, relative to it, a formula may be at each point."""
    forms: tuple[str, ...] = ()
    """Other formulas that are equal to the key, for the model answer to show."""
    wrong: tuple[WrongFormulaSpec, ...] = ()
    """Formulas that mistakes lead to."""


class Expression(ItemType[ExpressionSpec, ExpressionKey]):
    """A formula to find."""

    name = "expression"
    spec = ExpressionSpec
    key = ExpressionKey

    def expressions(self, spec: ExpressionSpec) -> Iterator[tuple[Path, str]]:
        """The numbers by name that the formulas read; their symbols are none of the template's."""
        for place, source in _sources(spec):
            for name in _numbers(source, spec):
                yield place, name

    def derived(self, spec: ExpressionSpec) -> Iterator[tuple[Path, str]]:
        """The numbers by name that the key reads."""
        for name in _numbers(spec.key, spec):
            yield ("key",), name

    def texts(self, spec: ExpressionSpec) -> Iterator[tuple[Path, str]]:
        """What is said of the wrong formulas."""
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "because"), wrong.because

    def mistakes(self, spec: ExpressionSpec) -> Iterator[tuple[Path, str]]:
        """The mistakes that lead to the wrong formulas."""
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "misconception"), wrong.misconception

    def check(self, spec: ExpressionSpec, points: float) -> Iterator[tuple[Path, str]]:
        """Symbols that can be told apart, ranges that hold something, and formulas that can be read."""
        del points
        for name, fault in symbol_faults(spec.symbols):
            yield ("symbols", name), fault
        for name, (low, high) in spec.symbols.items():
            if not low < high:
                yield ("symbols", name), f"a range from {low:g} to {high:g} holds nothing"
        for index, name in enumerate(spec.whole):
            if name not in spec.symbols:
                yield ("whole", index), f"no symbol is named {name!r}"
        if not 0 < spec.rtol <= 0.05:
            yield ("rtol",), f"{spec.rtol:g}: expected a tolerance above 0, of 0.05 at the most"
        for place, source in _sources(spec):
            formula = _authored(source, spec)
            if isinstance(formula, Unreadable):
                yield place, f"{formula.reason}; {formula.hint}"
            elif place == ("key",) and not names(formula) & set(spec.symbols):
                yield place, "the key has none of the symbols; a number is asked for with numeric"

    def make(self, spec: ExpressionSpec, values: Values, misconceptions: Sequence[Misconception]) -> ExpressionKey:
        """The key with the variant's numbers, and its points.  Raises: Rejected where a number is not finite."""
        del misconceptions
        formula = _with_numbers(spec.key, spec, values)
        drawn = [_drawn(name, spec, values) for name in spec.symbols]
        finite = (point for point in zip(*drawn, strict=True) if _is_finite(formula, tuple(spec.symbols), point))
        return ExpressionKey(
            formula=_spelt(formula, spec),
            symbols=tuple(spec.symbols),
            points=tuple(islice(finite, USED)),
            rtol=spec.rtol,
            forms=tuple(_spelt(_with_numbers(form, spec, values), spec) for form in spec.forms),
            wrong=tuple(
                WrongFormula(
                    formula=_spelt(_with_numbers(wrong.formula, spec, values), spec),
                    misconception=wrong.misconception,
                    because=wrong.because,
                )
                for wrong in spec.wrong
            ),
        )

    def faults(
        self, spec: ExpressionSpec, key: ExpressionKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """Enough points; other forms of the key equal it at each of them, wrong formulas at fewer than half."""
        del spec, values, misconceptions
        if len(key.points) < LEAST:
            yield f"the key is finite at {len(key.points)} of {CANDIDATES} points: widen or move the ranges"
            return
        right = key.right
        for form in (key.formula, *key.forms):
            if key.share_equal(key.values(key.read(form)), right) < 1:
                yield f"{form} is not the key"
        for wrong in key.wrong:
            if key.share_equal(key.values(key.read(wrong.formula)), right) > 0.5:
                yield f"wrong formula {wrong.formula} is too close to the key"

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """Which symbols to use, room for working, and a long box."""
        del fill
        key = self.key_of(part)
        request = say("asks.formula", symbols=listed(key.symbols))
        return Sentence(text=request), AnswerBox(working_mm=12 + 6 * part.points, label=part.label, width_mm=90)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The key and its other forms, then each mistake with the formula it leads to."""
        key = self.key_of(part)
        forms = (Sentence(text=say("answers.the_same", forms=" = ".join(key.forms))),) if key.forms else ()
        return (
            Sentence(text=say("answers.any_equal", formula=key.formula), strong=True),
            *forms,
            *(notice(Mistake(wrong.misconception, wrong.because), wrong.formula, fill) for wrong in key.wrong),
        )

    def how_to_answer(self, part: Part) -> str:
        """A formula, and how its signs are written."""
        symbols = ", ".join(self.key_of(part).symbols)
        return say("how.formula", symbols=symbols)

    def key_response(self, part: Part) -> str:
        """The key, in signs that every keyboard has."""
        return self.key_of(part).formula.replace("·", "*").replace("−", "-")

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Right if equal to the key at every point; a wrong formula is explained where a mistake leads to it."""
        key = self.key_of(part)
        formula = read_answer(response, key.symbols, decimal_comma=settings.decimal_comma)
        if isinstance(formula, Unreadable):
            return Verdict(status="unreadable", feedback=formula.told)
        read_as, found = spelt(formula), key.values(formula)
        if key.share_equal(found, key.right) == 1:
            return Verdict(status="right", fraction=1.0, read_as=read_as)
        diagnosis, feedback = explained(key, found)
        return Verdict(status="wrong", read_as=read_as, diagnosis=diagnosis, feedback=feedback)


# -- what the author wrote -------------------------------------------------------------------------------------------


def _sources(spec: ExpressionSpec) -> Iterator[tuple[Path, str]]:
    yield ("key",), spec.key
    for index, form in enumerate(spec.forms):
        yield ("forms", index), form
    for index, wrong in enumerate(spec.wrong):
        yield ("wrong", index, "formula"), wrong.formula


def _authored(source: str, spec: ExpressionSpec) -> Formula | Unreadable:
    """A formula in which every name that is no function stands for something: a symbol, or a number by name."""
    known = sorted({name for name in _NAME.findall(source) if name not in {*FUNCTIONS, *CONSTANTS}})
    return read_formula(source, [*known, *spec.symbols])


def _numbers(source: str, spec: ExpressionSpec) -> list[str]:
    """The names in a formula that are no symbols."""
    formula = _authored(source, spec)
    return [] if isinstance(formula, Unreadable) else sorted(names(formula) - {*spec.symbols, *CONSTANTS})


def _with_numbers(source: str, spec: ExpressionSpec, values: Values) -> Formula:
    """A formula of the symbols alone.  Raises: Rejected where a number is not finite."""
    formula = _authored(source, spec)
    assert not isinstance(formula, Unreadable)  # noqa: S101  (the plan has checked it)
    numbers = {name: values.key(name) for name in _numbers(source, spec)}
    for name, number in numbers.items():
        if not math.isfinite(number):
            raise Rejected(f"not finite: {name}")
    return put_in(formula, {name: f"{number:.15g}" for name, number in numbers.items()})


def _spelt(formula: Formula, spec: ExpressionSpec) -> str:
    """The formula as a student could write it.  Raises: Rejected if it is longer than what is read."""
    if isinstance(read_formula(spelt(formula), spec.symbols), Unreadable):
        raise Rejected("a formula is too long to be written")
    return spelt(formula)


# -- one variant -----------------------------------------------------------------------------------------------------


def _drawn(name: str, spec: ExpressionSpec, values: Values) -> list[float]:
    """The values of one symbol: one in each of `CANDIDATES` equal pieces of its range, shuffled (a Latin hypercube)."""
    low, high = spec.symbols[name]
    shares = [(piece + 0.5) / CANDIDATES for piece in values.order(f"points of {name}", CANDIDATES)]
    if name in spec.whole:
        return [float(math.ceil(low) + int(share * (math.floor(high) - math.ceil(low) + 1))) for share in shares]
    return [float(f"{low + share * (high - low):.4g}") for share in shares]


def _is_finite(formula: Formula, symbols: Sequence[str], point: Sequence[float]) -> bool:
    return value(formula, at_point(symbols, point)).is_finite()
