"""An attempt: a text with what a part would say about it, and what becomes of it.

Keys are texts as well, so 1e-400 is a key like any other.
"""

from typing import Final, Literal

from quizgen.errors import UsageError
from quizgen.numbers.reading import Unreadable, thousands_fault
from quizgen.numbers.tolerance import Tolerance, tolerance_fault
from quizgen.values import immutable

DEFAULT_RTOL: Final = 0.01

Status = Literal["read", "right", "partial", "wrong", "unreadable", "not-answered"]


@immutable
class Attempt:
    """A text, and what a part would say about the answer it wants; without a key it is only read.

    ``vector``: numbers in rows, as a key in brackets or with commas says as well; ``any_order``: a set of them.
    ``symbols``: the letters of a formula with the ranges in which it is compared, as in ``w=0.1:2, T=1:20``.
    """

    text: str
    key: str | None = None
    rtol: float | None = None
    atol: float | None = None
    figures: int | None = None
    decimals: int | None = None
    order_of_magnitude: float | None = None
    exact: bool = False
    decimal_comma: bool = False
    thousands: str = ""
    fractions: bool = False
    percent: bool = False
    unit: str = ""
    vector: bool = False
    any_order: bool = False
    symbols: str = ""

    @property
    def tolerance(self) -> Tolerance:
        """The rule that was asked for; 1 % if none was.  Raises: UsageError if there are several, or one is no rule."""
        relative = self.rtol is not None or self.atol is not None
        rules = [relative, self.figures is not None, self.decimals is not None, self.order_of_magnitude is not None]
        if sum(rules) + self.exact > 1:
            raise UsageError("several rules for one answer", hint="choose one of rtol with atol, figures, …, exact")
        if self.exact:
            return Tolerance()
        if not any(rules):
            return Tolerance(rtol=DEFAULT_RTOL)
        tolerance = Tolerance(
            rtol=self.rtol or 0.0,
            atol=self.atol or 0.0,
            figures=self.figures,
            decimals=self.decimals,
            decades=self.order_of_magnitude,
        )
        if fault := tolerance_fault(tolerance):
            raise UsageError(fault)
        return tolerance

    def check(self) -> None:
        """Raises: UsageError for what no form can declare, or two kinds of answer at once."""
        if fault := thousands_fault(self.thousands, decimal_comma=self.decimal_comma):
            raise UsageError(fault)
        if self.symbols and (self.vector or self.any_order):
            raise UsageError("a formula is no vector", hint="leave out symbols, or vector and any-order")


@immutable
class Outcome:
    """How a text was read, with its exact value, and how it was graded and why; or where it is at fault.

    ``share``: of the entries of a vector that are right, where there is a key.
    """

    text: str
    status: Status
    read_as: str = ""
    value: str = ""
    figures: int | None = None
    unit: str = ""
    share: float | None = None
    why: str = ""
    reason: str = ""
    offset: int | None = None
    hint: str = ""


def unreadable(one: Attempt, why: Unreadable) -> Outcome:
    """The outcome for a text that cannot be read."""
    return Outcome(text=one.text, status="unreadable", reason=why.reason, offset=why.offset, hint=why.hint)


def no_key(one: Attempt, what: str, why: Unreadable) -> UsageError:
    """The error for a key that cannot be read itself."""
    return UsageError(f"the key {(one.key or '')[:40]!r} is no {what}: {why.reason}", hint=why.hint)
