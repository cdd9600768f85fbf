"""Trying out how an answer is read and graded, without a form: what `quizgen read` prints.

An attempt is a text with what a part would say about it: a key, a tolerance, a unit. Keys are texts as well, so 1e-400
is a key like any other.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Context, Decimal
from types import MappingProxyType
from typing import Any, Final, Literal

from quizgen.errors import ParameterError, UsageError, did_you_mean
from quizgen.numbers.reading import Reading, Unreadable, read_number, thousands_fault
from quizgen.numbers.tolerance import Tolerance, tolerance_fault, window

NO_DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType({})
DEFAULT_RTOL: Final = 0.01
_SHORT: Final = Context(prec=6, Emax=10**9, Emin=-(10**9))

Status = Literal["read", "right", "wrong", "unreadable", "not-answered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A text, and what a part would say about the number it wants; without a key it is only read."""

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

    @property
    def tolerance(self) -> Tolerance:
        """The rule that was asked for; 1 % if none was.  Raises: UsageError if there are several."""
        relative = self.rtol is not None or self.atol is not None
        rules = [relative, self.figures is not None, self.decimals is not None, self.order_of_magnitude is not None]
        if sum(rules) + self.exact > 1:
            raise UsageError("several rules for one answer", hint="choose one of rtol with atol, figures, …, exact")
        if self.exact:
            return Tolerance()
        if not any(rules):
            return Tolerance(rtol=DEFAULT_RTOL)
        return Tolerance(
            rtol=self.rtol or 0.0,
            atol=self.atol or 0.0,
            figures=self.figures,
            decimals=self.decimals,
            decades=self.order_of_magnitude,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a text was read, with its exact value, and how it was graded and why; or where it is at fault."""

    text: str
    status: Status
    read_as: str = ""
    value: str = ""
    figures: int | None = None
    unit: str = ""
    why: str = ""
    reason: str = ""
    offset: int | None = None
    hint: str = ""


def attempt(one: Attempt) -> Outcome:
    """Read a text and, where there is a key, grade it.

    Raises: UsageError for a key that is no number, or a tolerance that is out of its range.
    """
    tolerance = one.tolerance
    if fault := tolerance_fault(tolerance):
        raise UsageError(fault)
    if fault := thousands_fault(one.thousands, decimal_comma=one.decimal_comma):
        raise UsageError(fault)
    key = _key(one)
    if not one.text.strip():
        return Outcome(text=one.text, status="not-answered", why="nothing is written")
    reading = read_number(
        one.text,
        decimal_comma=one.decimal_comma,
        thousands=one.thousands,
        fractions=one.fractions,
        percent=one.percent,
        unit=one.unit,
    )
    if isinstance(reading, Unreadable):
        return Outcome(
            text=one.text, status="unreadable", reason=reading.reason, offset=reading.offset, hint=reading.hint
        )
    status, why = _graded(reading.value, key, tolerance) if key is not None else ("read", "")
    return Outcome(
        text=one.text,
        status=status,
        read_as=reading.read_as,
        value=str(reading.value),
        figures=reading.figures,
        unit=reading.unit,
        why=why,
    )


def _key(one: Attempt) -> Decimal | None:
    if one.key is None:
        return None
    reading = read_number(one.key, decimal_comma=one.decimal_comma, fractions=True, percent=True, unit=one.unit)
    if not isinstance(reading, Reading):
        raise UsageError(f"the key {one.key[:40]!r} is no number: {reading.reason}", hint=reading.hint)
    return reading.value


def _graded(value: Decimal, key: Decimal, tolerance: Tolerance) -> tuple[Status, str]:
    try:
        low, high = window(key, tolerance)
    except ParameterError as error:
        raise UsageError(error.message) from None
    is_right = low <= value <= high
    if low == high:
        return ("right", "equal to the key") if is_right else ("wrong", "not equal to the key")
    side = "within" if is_right else "below" if value < low else "above"
    return "right" if is_right else "wrong", f"{side} {_short(low)} to {_short(high)}"


def _short(value: Decimal) -> str:
    return str(_SHORT.plus(value).normalize(_SHORT)).replace("E", "e").replace("e+", "e")


RULES: Final = frozenset({"rtol", "atol", "figures", "decimals", "order_of_magnitude", "exact"})
_FIELDS: Final[Mapping[str, tuple[type, ...]]] = {
    "text": (str,),
    "key": (str, int, float),
    "rtol": (int, float),
    "atol": (int, float),
    "figures": (int,),
    "decimals": (int,),
    "order_of_magnitude": (int, float),
    "exact": (bool,),
    "decimal_comma": (bool,),
    "thousands": (str,),
    "fractions": (bool,),
    "percent": (bool,),
    "unit": (str,),
}


def from_plain(plain: Any, defaults: Mapping[str, Any] = NO_DEFAULTS) -> Attempt:
    """The attempt that a JSON object describes, its keys as on the command line (``order-of-magnitude`` as well).

    ``defaults`` hold for what it does not say; if it names a rule of its own, theirs is left out.
    Raises: UsageError naming the first key that is unknown, missing or of the wrong kind.
    """
    if not isinstance(plain, dict):
        raise UsageError("not an object", hint='write one object a line, such as {"text": "3e-12", "key": "3e-12"}')
    given = {name.replace("-", "_"): value for name, value in plain.items() if value is not None}
    left_out = RULES if RULES & given.keys() else frozenset()
    given = {**{name: value for name, value in defaults.items() if name not in left_out}, **given}
    for name, value in given.items():
        if name not in _FIELDS:
            raise UsageError(f"no key named {name!r}", hint=did_you_mean(name, _FIELDS))
        kinds = _FIELDS[name]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise UsageError(f"{name}: {value!r} is not a {' or '.join(kind.__name__ for kind in kinds)}")
    if "text" not in given:
        raise UsageError("'text' is missing")
    if "key" in given:
        given["key"] = str(given["key"])
    return Attempt(**given)


def to_plain(outcome: Outcome) -> dict[str, Any]:
    """What JSON output says: every field that has something to say."""
    return {name: value for name, value in asdict(outcome).items() if value not in ("", None) or name == "text"}


def to_text(outcome: Outcome) -> str:
    """What the terminal says, a line each."""
    if outcome.status == "unreadable":
        place = f" (character {outcome.offset + 1})" if outcome.offset is not None else ""
        return f"could not be read: {outcome.reason}{place}\n  hint: {outcome.hint}"
    if outcome.status == "not-answered":
        return "not answered"
    figures = f", {outcome.figures} significant figure{'' if outcome.figures == 1 else 's'}" if outcome.figures else ""
    read = f"read as {outcome.read_as}{figures}"
    return read if outcome.status == "read" else f"{read}\n{outcome.status}: {outcome.why}"


assert set(_FIELDS) == {field.name for field in fields(Attempt)}  # noqa: S101  (one list of names)
