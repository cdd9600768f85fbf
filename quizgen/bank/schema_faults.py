"""What pydantic finds wrong, in plain words and at its place: what was seen, what was expected, what would help."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from quizgen.bank.yaml_file import Entry, YamlFile
from quizgen.errors import Fault, did_you_mean

KeysAt = Callable[[Entry], Iterable[str]]

_EXPECTED: Final[Mapping[str, str]] = {
    "string_type": "a text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "literal_error": "{expected}",
    "dict_type": "a mapping of keys to values",
    "dataclass_type": "a mapping of keys to values",
    "tuple_type": "a list",
    "too_long": "a list of {max_length} values",
}
_MISSING: Final = "missing"
_UNKNOWN_KEY: Final = "unexpected_keyword_argument"
_SHOWN: Final = 40  # characters of a text that a message repeats


def schema_faults(file: YamlFile, details: Iterable[Any], keys_at: KeysAt) -> list[Fault]:
    """The faults of one file in the order of its lines; members of a union that complain together become one fault."""
    together: dict[tuple[Entry, str], list[Mapping[str, Any]]] = {}
    for detail in details:
        entry = _entry(file, detail["loc"])
        together.setdefault((entry, _missing_key(detail)), []).append(detail)
    faults = [_fault(file, entry, group, keys_at) for (entry, _), group in together.items()]
    return sorted(faults, key=lambda fault: (fault.place.line, fault.place.column) if fault.place else (0, 0))


def dotted(entry: Entry) -> str:
    """An entry as a message names it: ``parts[0].ask``."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in entry)
    return words.removeprefix(".")


def _entry(file: YamlFile, location: Sequence[str | int]) -> Entry:
    """The part of pydantic's location that stands in the file: it also names the members of unions."""
    entry: Entry = ()
    for step in location:
        if (*entry, step) in file.values:
            entry = (*entry, step)
    return entry


def _missing_key(detail: Mapping[str, Any]) -> str:
    """The key that is not there; "" for every other fault, also for a list that is too short."""
    last = detail["loc"][-1] if detail["type"] == _MISSING else 0
    return last if isinstance(last, str) else ""


def _fault(file: YamlFile, entry: Entry, group: Sequence[Mapping[str, Any]], keys_at: KeysAt) -> Fault:
    detail = group[-1]
    if key := _missing_key(detail):
        hint = f"add a line that begins with {key}:"
        return Fault(message=_labelled(entry, f"{key!r} is missing"), place=file.place(entry), hint=hint)
    if detail["type"] == _UNKNOWN_KEY:
        hint = did_you_mean(str(entry[-1]), keys_at(entry[:-1]))
        return Fault(message=_labelled(entry, "no such key"), place=file.key_place(entry), hint=hint)
    if detail["type"] == _MISSING:
        message = f"{_seen(detail['input'])}: expected a list of {int(detail['loc'][-1]) + 1} values"
        return Fault(message=_labelled(entry, message), place=file.place(entry))
    if any(member["type"] not in _EXPECTED for member in group):
        hint = detail.get("ctx", {}).get("hint", "")
        return Fault(message=_labelled(entry, str(detail["msg"])), place=file.place(entry), hint=hint)
    expected = dict.fromkeys(_EXPECTED[member["type"]].format(**member.get("ctx", {})) for member in group)
    message = f"{_seen(detail['input'])}: expected {' or '.join(expected)}"
    return Fault(message=_labelled(entry, message), place=file.place(entry), hint=_hint(group[0]))


def _hint(detail: Mapping[str, Any]) -> str:
    value, kind = detail["input"], detail["type"]
    if kind == "string_type" and isinstance(value, bool):
        return f"for the word, write '{str(value).lower()}' in quotes"
    if kind in ("float_type", "int_type", "bool_type") and isinstance(value, str):
        return "no expression can stand here, and no quotes"
    if kind == "tuple_type":
        return "write [a, b], or one entry a line with a dash before each"
    return ""


def _labelled(entry: Entry, message: str) -> str:
    return f"{dotted(entry)}: {message}" if entry else message


def _seen(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return repr(value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…")
        case dict():
            return "a mapping"
        case list():
            return f"a list of {len(value)}"
    return str(value)
