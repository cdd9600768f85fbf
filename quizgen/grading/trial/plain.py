"""Attempts as JSON objects, and outcomes as JSON objects or as lines for the terminal."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from types import MappingProxyType
from typing import Any, Final

from quizgen.errors import UsageError, did_you_mean
from quizgen.grading.trial.attempts import Attempt, Outcome

NO_DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType({})
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
    "vector": (bool,),
    "any_order": (bool,),
    "symbols": (str,),
}
assert set(_FIELDS) == {field.name for field in fields(Attempt)}  # noqa: S101  (one list of names)


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
        return f"could not be read: {outcome.reason.removesuffix(place)}{place}\n  hint: {outcome.hint}"
    if outcome.status == "not-answered":
        return "not answered"
    figures = f", {outcome.figures} significant figure{'' if outcome.figures == 1 else 's'}" if outcome.figures else ""
    read = f"read as {outcome.read_as}{figures}"
    return read if outcome.status == "read" else f"{read}\n{outcome.status}: {outcome.why}"
