"""The key of a formula: what counts as right in one variant, and how another formula compares with it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from quizgen.items.mistakes import Mistake, told
from quizgen.numbers.formula_reading import read_formula
from quizgen.numbers.formula_tokens import refused
from quizgen.numbers.formulas import EXACT, Formula, names, spelt, value
from quizgen.numbers.reading import Unreadable
from quizgen.numbers.spelling import to_unicode
from quizgen.values import immutable
from quizgen.words import listed, say


@immutable
class WrongFormula:
    """A formula that a mistake leads to, with the numbers of the variant."""

    formula: str
    misconception: str
    because: str


@immutable
class ExpressionKey:
    """The right formula of one variant, and the points at which others are compared with it."""

    formula: str
    symbols: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]  # the values of the symbols, in their order
    rtol: float
    forms: tuple[str, ...]
    wrong: tuple[WrongFormula, ...]

    @property
    def right(self) -> list[Decimal]:
        """The values of the key at all points."""
        return self.values(self.read(self.formula))

    def read(self, formula: str) -> Formula:
        """One of the key's own formulas, all of which can be read."""
        found = read_formula(formula, self.symbols)
        assert not isinstance(found, Unreadable)  # noqa: S101  (they were read before they were written down)
        return found

    def values(self, formula: Formula) -> list[Decimal]:
        """The values of a formula at all points; infinite or NaN where it has none."""
        return [value(formula, at_point(self.symbols, point)) for point in self.points]

    def share_equal(self, one: Sequence[Decimal], other: Sequence[Decimal]) -> float:
        """The share of the points at which two formulas have the same value, or both have none."""
        return sum(map(self._is_equal, one, other)) / len(other)

    def first_different(self, found: Sequence[Decimal]) -> int:
        """The first point at which ``found`` is not the value of the key."""
        return list(map(self._is_equal, found, self.right)).index(False)

    def _is_equal(self, one: Decimal, other: Decimal) -> bool:
        if not (one.is_finite() and other.is_finite()):
            return not one.is_finite() and not other.is_finite()
        return EXACT.subtract(one, other).copy_abs() <= EXACT.multiply(Decimal(self.rtol), other.copy_abs())


def read_answer(text: str, symbols: Sequence[str], *, decimal_comma: bool = False) -> Formula | Unreadable:
    """A response read as a formula of ``symbols``, of which it has one at least."""
    formula = read_formula(text, symbols, decimal_comma=decimal_comma)
    if isinstance(formula, Unreadable) or names(formula) & set(symbols):
        return formula
    return refused("number_alone", 0, "formula_in", formula=spelt(formula), symbols=listed(symbols)).why


def at_point(symbols: Sequence[str], point: Sequence[float]) -> Mapping[str, Decimal]:
    """The values of the symbols at one point, as exact as they are printed."""
    return {name: Decimal(repr(number)) for name, number in zip(symbols, point, strict=True)}


def explained(key: ExpressionKey, found: Sequence[Decimal]) -> tuple[str | None, str]:
    """The mistakes that lead to a formula with the values ``found``; else a slip; else a point at which it is wrong."""
    named = [
        Mistake(wrong.misconception, wrong.because)
        for wrong in key.wrong
        if key.share_equal(found, key.values(key.read(wrong.formula))) == 1
    ]
    if named:
        return told(named)
    right = key.right
    if key.share_equal([one.copy_negate() for one in found], right) == 1:
        return "sign", say("told.formula_sign")
    if key.share_equal([EXACT.divide(Decimal(1), one) for one in found], right) == 1:
        return "reciprocal", say("told.formula_reciprocal")
    ratios = [EXACT.divide(one, other) for one, other in zip(found, right, strict=True)]
    if ratios[0].is_finite() and ratios[0] != 0 and key.share_equal(ratios, [ratios[0]] * len(ratios)) == 1:
        return "constant-factor", say("told.formula_factor", factor=_printed(ratios[0]))
    return None, _example(key, found)


def _example(key: ExpressionKey, found: Sequence[Decimal]) -> str:
    index = key.first_different(found)
    point = ", ".join(f"{name} = {_printed(x)}" for name, x in at_point(key.symbols, key.points[index]).items())
    right = _printed(key.right[index])
    if not found[index].is_finite():
        return say("told.formula_not_finite", point=point, right=right)
    return say("told.formula_example", point=point, found=_printed(found[index]), right=right)


def _printed(number: Decimal) -> str:
    return to_unicode(f"{number:.3g}")
