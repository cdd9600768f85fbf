"""form.json of many forms: what a template contributes is written once, and each form's numbers are put in.

The text is that of `quizgen.forms.record.to_json`, to the last sign. It is written twice, as it stands in the file and
as it is digested, with sorted keys and nothing between them.
"""

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import lru_cache, partial
from json.encoder import encode_basestring, encode_basestring_ascii
from types import NoneType
from typing import Any, Final, NamedTuple, cast

from quizgen.figures.figure import FigureData
from quizgen.forms.form import Form
from quizgen.items.item import Item
from quizgen.items.number_key import NumericKey
from quizgen.numbers.stand_ins import FIRST
from quizgen.stencils import Stencil, stencil

_INDENT: Final = " "
_ITEM_DEPTH: Final = 2


class Written(NamedTuple):
    """A value as it stands in the file, and as it is digested."""

    shown: bytes
    digested: bytes


@dataclass(frozen=True, slots=True)
class _ItemStencil:
    """The text of an item without what its variants differ in: plain values in their order, and others one by one."""

    shown: Stencil[Item]
    digested: Stencil[Item]
    plain: Callable[[Item], list[bytes]]
    others: tuple[Callable[[Item], Written], ...]

    def fill(self, item: Item) -> Written:
        plain = self.plain(item)
        others = [read(item) for read in self.others]
        return Written(
            self.shown.filled([*plain, *[other.shown for other in others]]),
            self.digested.filled([*plain, *[other.digested for other in others]]),
        )


class RecordWriter:
    """Writes the forms of one cohort, whose templates stay the same."""

    def __init__(self) -> None:
        self._stencils: dict[object, _ItemStencil] = {}

    def to_json(self, form: Form) -> bytes:
        """What `record.to_json` writes for this form, in UTF-8.  Raises: ValueError as it does."""
        items = [self._item(item) for item in form.items]
        written = {name: _written(getattr(form, name), 1) for name in _field_names(Form) if name != "items"}
        written["items"] = Written(
            b"[\n  " + b",\n  ".join([item.shown for item in items]) + b"\n ]",
            b"[" + b",".join([item.digested for item in items]) + b"]",
        )
        digested = b",".join([b'"%b":%b' % (name.encode(), written[name].digested) for name in sorted(written)])
        digest = hashlib.sha256(b"{" + digested + b"}").hexdigest()
        shown = [b' "%b": %b' % (name.encode(), written[name].shown) for name in _field_names(Form)]
        return b"{\n" + b",\n".join([*shown, b' "digest": "%b"' % digest.encode()]) + b"\n}\n"

    def _item(self, item: Item) -> Written:
        alike = (item.template, item.parts[0].label, *item.numbers, *item.truths.items())
        if alike not in self._stencils:
            self._stencils[alike] = _item_stencil(item)
        return self._stencils[alike].fill(item)


# -- items -------------------------------------------------------------------------------------------------------------

_Path = tuple[str | int, ...]


def _item_stencil(item: Item) -> _ItemStencil:
    plain = asdict(item)
    others = dict(_other_values(item))
    paths = [*_plain_values(item), *others]
    holes = {chr(FIRST + place): place for place in range(len(paths))}
    for path, mark in zip(paths, holes, strict=True):
        *way, last = path
        inner: Any = plain
        for step in way:
            inner = inner[step]
        inner[last] = mark
    shown = json.dumps(plain, indent=1, ensure_ascii=False).replace("\n", f"\n{_INDENT * _ITEM_DEPTH}")
    digested = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    for mark in holes:
        shown = shown.replace(f'"{mark}"', mark)
        digested = digested.replace(encode_basestring_ascii(mark), mark)
    return _ItemStencil(
        shown=stencil(shown, holes, _read_plain),
        digested=stencil(digested, holes, _read_plain),
        plain=_read_plain,
        others=tuple(others.values()),
    )


def _read_plain(item: Item) -> list[bytes]:
    """The values at `_plain_values`.  Raises: ValueError for a number that is not finite."""
    numbers = item.numbers.values()
    floats = [number.raw for number in numbers]
    printed = [number.printed for number in numbers]
    for part in item.parts:
        floats += [mistake.value for mistake in part.misconceptions]
        if part.follows:
            floats += part.follows.values.values()
        if type(part.key) is NumericKey:
            floats.append(part.key.value)
            printed.append(part.key.printed)
    for arguments in item.provenance.simulations.values():
        floats += [value for value in arguments.values() if type(value) is float]
    if not all(map(math.isfinite, floats)):
        raise ValueError(f"{item.template}: a number is not finite")
    origin = item.provenance
    texts = [
        *map(float.__repr__, floats),
        *[f'"{text}"' for text in printed],
        *(str(origin.seed), str(origin.variant), str(origin.attempt)),
    ]
    return [text.encode() for text in texts]


def _plain_values(item: Item) -> Iterator[_Path]:
    """The ways to the numbers that differ between the variants of a template, in the order of `_read_plain`."""
    yield from (("numbers", name, "raw") for name in item.numbers)
    for index, part in enumerate(item.parts):
        yield from (("parts", index, "misconceptions", place, "value") for place in range(len(part.misconceptions)))
        yield from (
            ("parts", index, "follows", "values", name) for name in (part.follows.values if part.follows else ())
        )
        if type(part.key) is NumericKey:
            yield "parts", index, "key", "value"
    for run, arguments in item.provenance.simulations.items():
        yield from (
            ("provenance", "simulations", run, name) for name, value in arguments.items() if type(value) is float
        )
    yield from (("numbers", name, "printed") for name in item.numbers)
    yield from (
        ("parts", index, "key", "printed") for index, part in enumerate(item.parts) if type(part.key) is NumericKey
    )
    yield from (("provenance", name) for name in ("seed", "variant", "attempt"))


def _other_values(item: Item) -> Iterator[tuple[_Path, Callable[[Item], Written]]]:
    """The ways to all else that differs, each with how it is read."""
    for index, part in enumerate(item.parts):
        if type(part.key) is not NumericKey:
            yield ("parts", index, "key"), partial(_key, index=index)
    yield ("figure",), lambda item: _written(_figure(item), 3)


def _key(item: Item, *, index: int) -> Written:
    return _written(item.parts[index].key, 5)


def _figure(item: Item) -> FigureData | None:
    """The figure; a point of it that is no number is written as a word."""
    if item.figure is None:
        return None
    curves = [
        replace(one, y=cast("Any", tuple(y if math.isfinite(y) else str(y) for y in one.y)))
        for one in item.figure.curves
    ]
    return replace(item.figure, curves=tuple(curves))


# -- values ------------------------------------------------------------------------------------------------------------


def _written(value: Any, depth: int) -> Written:
    """A value of a record; ``depth`` is how far the lines of its entries are indented.

    Raises: ValueError for a number that is not finite.
    """
    kind = type(value)
    if kind is float:
        return _float(value)
    if kind is str:
        return _string(value)
    if kind in _FIXED:
        return _FIXED[kind](value)
    if is_dataclass(value):
        return _object([(name, getattr(value, name)) for name in _field_names(cast("Any", kind))], depth)
    if isinstance(value, Mapping):
        return _object(list(value.items()), depth)
    return _list([_written(entry, depth + 1) for entry in value], depth)


def _float(value: float) -> Written:
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written")
    text = float.__repr__(value).encode()
    return Written(text, text)


def _object(entries: Iterable[tuple[str, Any]], depth: int) -> Written:
    found = [(name, _written(value, depth + 1)) for name, value in entries]
    if not found:
        return _EMPTY_OBJECT
    start, end = _line_starts(depth)
    shown = (b"," + start).join([b"%b: %b" % (_string(name).shown, value.shown) for name, value in found])
    digested = b",".join([b"%b:%b" % (_string(name).digested, value.digested) for name, value in sorted(found)])
    return Written(b"{" + start + shown + end + b"}", b"{" + digested + b"}")


def _list(entries: Sequence[Written], depth: int) -> Written:
    if not entries:
        return _EMPTY_LIST
    start, end = _line_starts(depth)
    shown = (b"," + start).join([entry.shown for entry in entries])
    digested = b",".join([entry.digested for entry in entries])
    return Written(b"[" + start + shown + end + b"]", b"[" + digested + b"]")


@lru_cache(maxsize=64)
def _line_starts(depth: int) -> tuple[bytes, bytes]:
    """What stands before each entry of an object or a list, and before its end."""
    return f"\n{_INDENT * (depth + 1)}".encode(), f"\n{_INDENT * depth}".encode()


@lru_cache(maxsize=4096)
def _string(text: str) -> Written:
    return Written(encode_basestring(text).encode(), encode_basestring_ascii(text).encode())


@lru_cache(maxsize=64)
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_EMPTY_OBJECT: Final = Written(b"{}", b"{}")
_EMPTY_LIST: Final = Written(b"[]", b"[]")
_TRUE, _FALSE, _NULL = (Written(word, word) for word in (b"true", b"false", b"null"))
_FIXED: Final[Mapping[type, Callable[[Any], Written]]] = {
    bool: lambda value: _TRUE if value else _FALSE,
    NoneType: lambda value: _NULL,
    int: lambda value: Written(b"%d" % value, b"%d" % value),
}
