"""Trying out a formula: it is right if it equals the key at points drawn from the ranges of the symbols."""

import math
import random
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from quizgen.errors import UsageError
from quizgen.grading.trial.attempts import Attempt, Outcome, no_key, unreadable
from quizgen.items.expression import CANDIDATES, LEAST, USED
from quizgen.items.expression_key import ExpressionKey, at_point, explained, read_answer
from quizgen.numbers.formula_tokens import symbol_faults
from quizgen.numbers.formulas import Formula, spelt, value
from quizgen.numbers.reading import Reading, Unreadable, read_number

DEFAULT_RTOL: Final = 1e-9
SEED: Final = 0  # of the points, so that the same attempt has the same outcome
_HINT: Final = "write each symbol with its range, such as w=0.1:2, T=1:20"
_RANGE: Final = re.compile(r"\s*(?P<name>\w+)\s*=(?P<low>[^:=]+):(?P<high>[^:=]+)")

Ranges = Mapping[str, tuple[float, float]]


def try_formula(one: Attempt) -> Outcome:
    """Read a formula and, where there is a key, compare it.

    Raises: UsageError for symbols without ranges, a key that is no formula of them, or a rule that formulas have not.
    """
    ranges = read_ranges(one.symbols)
    rtol = _rtol(one)
    key = _key(one, ranges, rtol) if one.key is not None else None
    formula = read_answer(one.text, tuple(ranges), decimal_comma=one.decimal_comma)
    if isinstance(formula, Unreadable):
        return unreadable(one, formula)
    if key is None:
        return Outcome(text=one.text, status="read", read_as=spelt(formula))
    found = key.values(formula)
    if key.share_equal(found, key.right) == 1:
        return Outcome(
            text=one.text,
            status="right",
            read_as=spelt(formula),
            why=f"equal to the key at {len(key.points)} points",
        )
    return Outcome(text=one.text, status="wrong", read_as=spelt(formula), why=explained(key, found)[1])


def read_ranges(symbols: str) -> Ranges:
    """``w=0.1:2, T=1:20`` as symbols with their ranges.  Raises: UsageError naming what is none."""
    ranges: dict[str, tuple[float, float]] = {}
    for piece in re.split("[,;]", symbols):
        match = _RANGE.fullmatch(piece)
        low, high = (_end(match["low"]), _end(match["high"])) if match else (math.nan, math.nan)
        if not match or not low < high:
            raise UsageError(f"{piece.strip()[:40]!r} is no symbol with a range", hint=_HINT)
        if match["name"] in ranges:
            raise UsageError(f"the symbol {match['name']!r} is there twice", hint=_HINT)
        ranges[match["name"]] = (low, high)
    for _, fault in symbol_faults(ranges):
        raise UsageError(fault)
    return ranges


def _end(text: str) -> float:
    """One end of a range; not a number where it cannot be read, or is beyond float64."""
    reading = read_number(text)
    end = float(reading.value) if isinstance(reading, Reading) else math.nan
    return end if math.isfinite(end) else math.nan


def _rtol(one: Attempt) -> float:
    others = (one.atol, one.figures, one.decimals, one.order_of_magnitude)
    if one.exact or any(rule is not None for rule in others):
        raise UsageError("formulas are compared by rtol alone", hint="leave the other rules out")
    rtol = DEFAULT_RTOL if one.rtol is None else one.rtol
    if not 0 < rtol <= 0.05:
        raise UsageError(f"rtol is {rtol:g}: expected more than 0, and 0.05 at the most")
    return rtol


def _key(one: Attempt, ranges: Ranges, rtol: float) -> ExpressionKey:
    formula = read_answer(one.key or "", tuple(ranges), decimal_comma=one.decimal_comma)
    if isinstance(formula, Unreadable):
        raise no_key(one, "formula", formula)
    points = tuple(islice(_points(formula, ranges), USED))
    if len(points) < LEAST:
        message = f"the key is finite at {len(points)} of {CANDIDATES} points"
        raise UsageError(message, hint="widen or move the ranges")
    return ExpressionKey(formula=spelt(formula), symbols=tuple(ranges), points=points, rtol=rtol, forms=(), wrong=())


def _points(key: Formula, ranges: Ranges) -> Iterator[tuple[float, ...]]:
    """Points at which the key is finite: each symbol once in each of `CANDIDATES` equal pieces of its range."""
    drawn = [_drawn(name, low, high) for name, (low, high) in ranges.items()]
    for point in zip(*drawn, strict=True):
        if value(key, at_point(tuple(ranges), point)).is_finite():
            yield point


def _drawn(name: str, low: float, high: float) -> list[float]:
    pieces = random.Random(f"{SEED} {name}").sample(range(CANDIDATES), CANDIDATES)  # noqa: S311 - no secret
    return [float(f"{low + (piece + 0.5) / CANDIDATES * (high - low):.4g}") for piece in pieces]
