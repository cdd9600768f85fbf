"""form.json of many forms: what a template contributes is written once, and each form's numbers are put in.

The text is that of `quizgen.forms.record.to_json`, to the last sign. It is written twice, as it stands in the file and
as it is digested, with sorted keys and nothing between them.
"""

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass, replace
from functools import lru_cache, partial
from json.encoder import encode_basestring, encode_basestring_ascii
from types import NoneType
from typing import Any, Final, NamedTuple, cast

from quizgen.cohort.groups import grouped, in_order
from quizgen.figures.figure import FigureData
from quizgen.forms.form import Form
from quizgen.items.item import Item
from quizgen.items.number_key import NumericKey
from quizgen.numbers.stand_ins import FIRST
from quizgen.stencils import Stencil, stencil
from quizgen.values import immutable

_INDENT: Final = " "
_ITEM_DEPTH: Final = 2


class Written(NamedTuple):
    """A value as it stands in the file, and as it is digested."""

    shown: bytes
    digested: bytes


@immutable(kw_only=False)
class _ItemStencil:
    """The text of an item without what its variants differ in: plain values in their order, and others one by one."""

    shown: Stencil
    digested: Stencil
    plain: tuple["Read", ...]
    others: tuple[Callable[[Item], Written], ...]

    def fill(self, items: Sequence[Item]) -> list[Written]:
        rows = zip(*[read(items) for read in self.plain], strict=True)
        return [self._filled(row, [read(item) for read in self.others]) for item, row in zip(items, rows, strict=True)]

    def _filled(self, plain: Sequence[bytes], others: Sequence[Written]) -> Written:
        return Written(
            self.shown.filled([*plain, *[other.shown for other in others]]),
            self.digested.filled([*plain, *[other.digested for other in others]]),
        )


class RecordWriter:
    """Writes the forms of one cohort, whose templates stay the same."""

    def __init__(self) -> None:
        self._stencils: dict[object, _ItemStencil] = {}

    def to_json(self, forms: Sequence[Form]) -> list[bytes]:
        """What `record.to_json` writes for each form, in UTF-8; they ask the same questions.

        Raises: ValueError as it does.
        """
        columns = [self._written(items) for items in zip(*[form.items for form in forms], strict=True)]
        return [_form(form, items) for form, items in zip(forms, zip(*columns, strict=True), strict=True)]

    def _written(self, items: Sequence[Item]) -> list[Written]:
        alike = [(item.template, item.parts[0].label, *item.numbers, *item.truths.items()) for item in items]
        groups = grouped(items, alike)
        return in_order({look: self._of_a_look(look, group) for look, group in groups.items()}, alike)

    def _of_a_look(self, look: object, items: Sequence[Item]) -> list[Written]:
        if look not in self._stencils:
            self._stencils[look] = _item_stencil(items[0])
        return self._stencils[look].fill(items)


def _form(form: Form, items: Sequence[Written]) -> bytes:
    """The whole record of a form whose items are written."""
    written = {name: _value(getattr(form, name), 1) for name in _field_names(Form) if name != "items"}
    written["items"] = Written(
        b"[\n  " + b",\n  ".join([item.shown for item in items]) + b"\n ]",
        b"[" + b",".join([item.digested for item in items]) + b"]",
    )
    digested = b",".join([b'"%b":%b' % (name.encode(), written[name].digested) for name in sorted(written)])
    digest = hashlib.sha256(b"{" + digested + b"}").hexdigest()
    shown = [b' "%b": %b' % (name.encode(), written[name].shown) for name in _field_names(Form)]
    return b"{\n" + b",\n".join([*shown, b' "digest": "%b"' % digest.encode()]) + b"\n}\n"


# -- items -------------------------------------------------------------------------------------------------------------

_Path = tuple[str | int, ...]
Read = Callable[[Sequence[Item]], list[bytes]]


def _item_stencil(item: Item) -> _ItemStencil:
    plain = asdict(item)
    plain_values, others = dict(_plain_values(item)), dict(_other_values(item))
    paths = [*plain_values, *others]
    holes = [chr(FIRST + place) for place in range(len(paths))]
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
        shown=stencil(shown, holes),
        digested=stencil(digested, holes),
        plain=tuple(plain_values.values()),
        others=tuple(others.values()),
    )


def _plain_values(item: Item) -> Iterator[tuple[_Path, Read]]:
    """The ways to the numbers that differ between the variants of a template, each with how they are read."""
    for name in item.numbers:
        yield from _number(name)
    for index, part in enumerate(item.parts):
        for place in range(len(part.misconceptions)):
            yield _mistake(index, place)
        for name in part.follows.values if part.follows else ():
            yield _carried(index, name)
        if type(part.key) is NumericKey:
            yield from _numeric_key(index)
    for run, arguments in item.provenance.simulations.items():
        yield from (_argument(run, name) for name, value in arguments.items() if type(value) is float)
    for name in ("seed", "variant", "attempt"):
        yield _origin(name)


def _number(name: str) -> Iterator[tuple[_Path, Read]]:
    yield ("numbers", name, "raw"), lambda items: _floats([item.numbers[name].raw for item in items])
    yield ("numbers", name, "printed"), lambda items: _printed([item.numbers[name].printed for item in items])


def _mistake(index: int, place: int) -> tuple[_Path, Read]:
    path = ("parts", index, "misconceptions", place, "value")
    return path, lambda items: _floats([item.parts[index].misconceptions[place].value for item in items])


def _carried(index: int, name: str) -> tuple[_Path, Read]:
    path = ("parts", index, "follows", "values", name)
    return path, lambda items: _floats([follows.values[name] for follows in _of_parts(items, index, "follows")])


def _numeric_key(index: int) -> Iterator[tuple[_Path, Read]]:
    way = ("parts", index, "key")
    yield (*way, "value"), lambda items: _floats([key.value for key in _of_parts(items, index, "key")])
    yield (*way, "printed"), lambda items: _printed([key.printed for key in _of_parts(items, index, "key")])


def _argument(run: str, name: str) -> tuple[_Path, Read]:
    path = ("provenance", "simulations", run, name)
    return path, lambda items: _floats(cast("Any", [item.provenance.simulations[run][name] for item in items]))


def _origin(name: str) -> tuple[_Path, Read]:
    return ("provenance", name), lambda items: [b"%d" % getattr(item.provenance, name) for item in items]


def _of_parts(items: Sequence[Item], index: int, name: str) -> list[Any]:
    return [getattr(item.parts[index], name) for item in items]


def _floats(values: Sequence[float]) -> list[bytes]:
    if not all(map(math.isfinite, values)):
        raise ValueError("a number is not finite")
    return [float.__repr__(value).encode() for value in values]


def _printed(texts: Sequence[str]) -> list[bytes]:
    return [b'"%b"' % text.encode() for text in texts]


def _other_values(item: Item) -> Iterator[tuple[_Path, Callable[[Item], Written]]]:
    """The ways to all else that differs, each with how it is read."""
    for index, part in enumerate(item.parts):
        if type(part.key) is not NumericKey:
            yield ("parts", index, "key"), partial(_key, index=index)
    yield ("figure",), lambda item: _value(_figure(item), 3)


def _key(item: Item, *, index: int) -> Written:
    return _value(item.parts[index].key, 5)


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


def _value(value: Any, depth: int) -> Written:
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
    return _list([_value(entry, depth + 1) for entry in value], depth)


def _float(value: float) -> Written:
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written")
    text = float.__repr__(value).encode()
    return Written(text, text)


def _object(entries: Iterable[tuple[str, Any]], depth: int) -> Written:
    found = [(name, _value(value, depth + 1)) for name, value in entries]
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
