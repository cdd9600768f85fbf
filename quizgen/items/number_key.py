"""The number that is the key of a part: how it is spelt, how an answer to it is read and graded, what is said of it."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from quizgen.blocks import Block, Notice
from quizgen.checks import Check, NumberCheck, SelfCheck
from quizgen.items.contract import Fill, Settings, Verdict
from quizgen.items.diagnosis import diagnose_wrong, evidence
from quizgen.items.item import Misconception
from quizgen.numbers.printing import Precision
from quizgen.numbers.reading import Reading, Unreadable, read_number
from quizgen.numbers.spelling import to_unicode
from quizgen.numbers.tolerance import Tolerance, Window, is_within, window
from quizgen.values import immutable
from quizgen.words import joined, say

MISTAKE_FIGURES: Final = 4
EXAMPLE: Final = 0.0123  # the number in the hint that says how a number is written, and what may stand for others
FRACTION, SHARE = 22 / 7, 0.07


@immutable
class NumericKey:
    """The number that earns full points, as printed in the model answer, and how far from it still does."""

    value: float
    printed: str
    rtol: float
    atol: float
    unit: str
    fractions: bool
    percent: bool
    to_figures: int | None = None
    to_decimals: int | None = None
    written: int | None = None
    written_share: float = 0.0
    unit_share: float = 0.0

    @property
    def tolerance(self) -> Tolerance:
        """The rule by which an answer is close enough."""
        return _tolerance(self.rtol, self.atol, self.to_figures, self.to_decimals)


def grade(key: NumericKey, response: str, misconceptions: Sequence[Misconception], settings: Settings) -> Verdict:
    """Right within the tolerance; a wrong number is explained where a mistake leads to it."""
    reading = read(key, response, settings)
    if isinstance(reading, Unreadable):
        return Verdict(status="unreadable", feedback=reading.told)
    low, high = _accepted(key.value, key.rtol, key.atol, key.to_figures, key.to_decimals)
    if low <= reading.value <= high:
        return _right(reading, key)
    return diagnose_wrong(reading, key.value, misconceptions, rtol=key.rtol)


@lru_cache(maxsize=1024)
def _tolerance(rtol: float, atol: float, figures: int | None, decimals: int | None) -> Tolerance:
    if figures is not None or decimals is not None:
        return Tolerance(figures=figures, decimals=decimals)
    return Tolerance(rtol=rtol, atol=atol)


@lru_cache(maxsize=1024)
def _accepted(value: float, rtol: float, atol: float, figures: int | None, decimals: int | None) -> Window:
    """What is accepted for a key with these numbers, worked out once for many responses."""
    return window(value, _tolerance(rtol, atol, figures, decimals))


def read(key: NumericKey, response: str, settings: Settings) -> Reading | Unreadable:
    """The number in a response, with what this key allows."""
    return read_number(
        response,
        decimal_comma=settings.decimal_comma,
        thousands=settings.thousands,
        fractions=key.fractions,
        percent=key.percent,
        unit=key.unit,
    )


def _right(reading: Reading, key: NumericKey) -> Verdict:
    """The verdict on a right number: full points, but for a unit or figures that the part asks to be written."""
    if not key.unit_share and key.written is None:
        return Verdict(status="right", fraction=1.0, read_as=reading.read_as, number=float(reading.value))
    lacking = [
        *([(key.unit_share, say("told.no_unit", unit=key.unit))] if key.unit_share and not reading.unit else []),
        *([(key.written_share, _figures_remark(reading, key))] if key.written not in (None, reading.figures) else []),
    ]
    fraction = 1.0 - sum(share for share, _ in lacking)
    remark = say("told.number_right", but=joined("list.and", (words for _, words in lacking))) if lacking else ""
    return Verdict(
        status="right" if fraction == 1 else "partial",
        fraction=fraction,
        read_as=reading.read_as,
        number=float(reading.value),
        feedback=remark,
    )


def _figures_remark(reading: Reading, key: NumericKey) -> str:
    asked = str(key.written)
    if reading.figures:
        return say("told.other_figures", asked=asked, written=str(reading.figures))
    return say("told.no_figures", asked=asked)


def response(key: NumericKey) -> str:
    """The key as a student would write it: as printed, with its unit where that earns points."""
    return f"{key.printed} {key.unit}" if key.unit_share else key.printed


def self_check(key: NumericKey, misconceptions: Sequence[Misconception]) -> SelfCheck:
    """The numbers that a page for practice takes for right, and those that it takes for a mistake."""
    window = _accepted(key.value, key.rtol, key.atol, key.to_figures, key.to_decimals)
    right = NumberCheck(
        low=str(window[0]),
        high=str(window[1]),
        unit=key.unit,
        fractions=key.fractions,
        percent=key.percent,
        figures=key.written,
        needs_unit=bool(key.unit_share),
    )
    return SelfCheck(check=right, hints=hints(right, misconceptions, key.rtol))


def hints(right: NumberCheck, misconceptions: Sequence[Misconception], rtol: float) -> tuple[tuple[Check, str], ...]:
    """For each mistake the numbers that are read like those of ``right`` and are evidence of it, and what to say."""
    found = [(evidence(one.value, rtol), one.because) for one in misconceptions if math.isfinite(one.value)]
    return tuple((replace(right, low=str(low), high=str(high)), because) for (low, high), because in found)


def how_to_write(key: NumericKey) -> str:
    """A number, and what else may be written."""
    how = say("how.number_in", unit=key.unit) if key.unit else say("how.number")
    if key.fractions:
        how = say("how.or_fraction", before=how)
    return say("how.or_percentage", before=how) if key.percent else how


def examples(*, fractions: bool, percent: bool) -> tuple[float, ...]:
    """The numbers that the hint for such a key shows (`how_to_write`): none of them may be right."""
    return EXAMPLE, *([FRACTION] if fractions else []), *([SHARE] if percent else [])


def is_near(value: float, key: NumericKey, *, share: float) -> bool:
    """Whether ``value`` lies within ``share`` times the tolerance of the key; for an exact key, whether it is equal."""
    if not math.isfinite(value):
        return False
    tolerance = key.tolerance
    return is_within(without_dust(value) if tolerance.is_exact else value, key.value, tolerance, share)


def without_dust(value: float) -> float:
    """``value`` to the 15 figures that float64 is good for: 3 · 0.1 as 0.3, which is what a person computes."""
    return float(f"{value:.15g}")


def words(key: NumericKey) -> str:
    """The key as a page says it, with its unit."""
    return " ".join(filter(None, (to_unicode(key.printed, "text"), key.unit)))


def answer(key: NumericKey) -> str:
    """What model answers say of the key: the number, and how close to it an answer must be."""
    return say("answers.is_within", answer=words(key), tolerance=tolerance_words(key))


def tolerance_words(key: NumericKey) -> str:
    """How close an answer must be."""
    if key.to_figures is not None:
        return say("answers.to_figures", figures=key.to_figures)
    if key.to_decimals is not None:
        return say("answers.to_decimals", decimals=key.to_decimals)
    if key.atol:
        return say("answers.within", distance=f"{key.atol:g} {key.unit}".rstrip())
    return say("answers.within_percent", percent=100 * key.rtol) if key.rtol else say("answers.exactly")


def mistake(misconception: Misconception, key: NumericKey, fill: Fill) -> Block:
    """What a model answer says of a mistake: the number it leads to, and why that is wrong."""
    wrong = Precision(kind="exact") if key.tolerance.is_exact else Precision(kind="figures", count=MISTAKE_FIGURES)
    value = to_unicode(wrong.spell(misconception.value), "text")
    called = misconception.name or misconception.id.replace("-", " ")
    title = say("answers.if_you_got", answer=value, mistake=called)
    return Notice(kind="mistake", title=title, blocks=(fill(misconception.because),))
