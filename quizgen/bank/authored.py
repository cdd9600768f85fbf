"""Dataclasses as an author writes them: strict twins of our own types that pydantic reads.

`authored` turns a type into one that pydantic validates: nothing is coerced silently ("3" is no number, 1 is no truth),
no unknown key passes, lists become tuples, and a number becomes text where an expression is expected (``gain: 1.5``).
What comes out of validation is the original dataclass. Pydantic's own reading of stdlib dataclasses is either strict,
and takes no mapping for a dataclass, or lax, and takes "3" for 3.
"""

import ast
import dataclasses
import inspect
from collections.abc import Callable, Mapping
from itertools import pairwise
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, ConfigDict, Field, Strict, WithJsonSchema

TEXT: Final[Any] = Annotated[
    str, Field(coerce_numbers_to_str=True), WithJsonSchema({"type": ["string", "number"]}, mode="validation")
]
SchemaChange = Callable[[dict[str, Any]], None]
Twins = Mapping[type, Any]
"""Dataclasses that are written otherwise than their fields suggest, with the type to read them by."""


def authored(hint: Any, special: Twins) -> Any:
    """The type that pydantic should read where our dataclasses say ``hint``."""
    if hint in special:
        return special[hint]
    if hint is str:
        return TEXT
    if hint in (int, float, bool):
        return Annotated[hint, Strict()]
    if dataclasses.is_dataclass(hint):
        return twin(hint, special)  # type: ignore[arg-type]  # a class, never an instance
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin in (Union, UnionType):
            return Union[tuple(authored(argument, special) for argument in arguments)]  # noqa: UP007
        case origin if origin is tuple:
            return tuple[tuple(a if a is Ellipsis else authored(a, special) for a in arguments)]  # type: ignore[misc]
        case origin if origin is Mapping:
            return dict[str, authored(arguments[1], special)]  # type: ignore[misc]
        case origin if origin is Literal or hint is NoneType:
            return hint
    raise TypeError(f"no author can write a {hint!r}")


def twin(
    cls: type[Any],
    special: Twins,
    *,
    leave_out: tuple[str, ...] = (),
    instead: Mapping[str, Any] | None = None,
    make: Callable[[Mapping[str, Any]], Any] | None = None,
    refine: SchemaChange | None = None,
) -> Any:
    """The strict twin of a dataclass: the same fields, defaults and docstrings; what it validates becomes a ``cls``.

    ``leave_out`` names fields that no author writes, and ``instead`` maps optional keys that an author writes in their
    place to their types; ``make`` turns what was written into the value, by default with the constructor of ``cls``;
    ``refine`` has the last word on the JSON Schema.
    """
    hints = get_type_hints(cls)
    entries: list[tuple[str, Any, Any]] = [
        (
            field.name,
            authored(hints[field.name], special),
            dataclasses.field(default=field.default, default_factory=field.default_factory),
        )
        for field in dataclasses.fields(cls)
        if field.name not in leave_out
    ]
    entries += [(name, hint, dataclasses.field(default=None)) for name, hint in (instead or {}).items()]

    def describe(schema: dict[str, Any]) -> None:
        for name, meaning in field_meanings(cls).items():
            if name in schema["properties"]:
                schema["properties"][name]["description"] = meaning
        if refine:
            refine(schema)

    config = ConfigDict(extra="forbid", allow_inf_nan=False, json_schema_extra=describe)
    namespace = {"__doc__": cls.__doc__, "__pydantic_config__": config}
    written = dataclasses.make_dataclass(cls.__name__, entries, kw_only=True, namespace=namespace)
    build = make or (lambda values: cls(**values))
    return Annotated[written, AfterValidator(lambda read: build(vars(read)))]


def field_meanings(cls: type[Any]) -> dict[str, str]:
    """The docstrings that stand below the fields of a dataclass, by the fields' names."""
    source = ast.parse(inspect.cleandoc(inspect.getsource(cls)))
    body = source.body[0].body if isinstance(source.body[0], ast.ClassDef) else []
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def keys_at(hint: Any, entry: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may be written at ``entry`` below a type made by `authored`; none where any key may be."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if dataclasses.is_dataclass(hint):
        fields = {field.name: field.type for field in dataclasses.fields(hint)}
        if not entry:
            return tuple(fields)
        return keys_at(fields[str(entry[0])], entry[1:]) if entry[0] in fields else ()
    if get_origin(hint) in (Union, UnionType):
        return next(filter(None, (keys_at(member, entry) for member in get_args(hint))), ())
    return (
        keys_at(get_args(hint)[-2 if Ellipsis in get_args(hint) else -1], entry[1:]) if entry and get_args(hint) else ()
    )
