"""form.json: a form written down with its keys, and read back as the same value.

The file ends in a digest of all that stands before it, so that an edited record is noticed.
"""

import hashlib
import json
import math
import re
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from quizgen.errors import QuizgenError
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.items import ITEM_TYPES
from quizgen.items.cloze import ClozeKey
from quizgen.items.item import Item, Part

MAX_BYTES: Final = 50_000_000
_PRINTED: Final = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


def to_json(form: Form) -> str:
    """The form as text; equal forms give equal text.

    A point of a figure may be infinite or not a number; JSON has no such numbers, so it is written "inf" or "nan".
    Raises: ValueError for any other number that is not finite.
    """
    plain = asdict(form)
    for item in plain["items"]:
        for curve in item["figure"]["curves"] if item["figure"] else ():
            curve["y"] = tuple(y if math.isfinite(y) else str(y) for y in curve["y"])
    plain["digest"] = _digest(plain)
    return json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read(path: Path, *, edited: bool = False) -> Form:
    """The form in a file; one that was edited by hand only if ``edited`` allows it.

    Raises: QuizgenError if there is no such file, or it is no form, truncated, edited or of a newer schema.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise QuizgenError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB, too large for a form")
        text = path.read_bytes().decode()
    except OSError as error:
        raise QuizgenError(
            f"{path}: {error.strerror}", hint="name the form.json in an exam's instructor folder"
        ) from None
    except UnicodeDecodeError:
        raise QuizgenError(
            f"{path}: not text in UTF-8", hint="a form is the file form.json that `quizgen exam` wrote"
        ) from None
    return from_json(text, name=str(path), edited=edited)


def from_json(text: str, *, name: str = "form", edited: bool = False) -> Form:
    """The form that `to_json` wrote.  Raises: QuizgenError as `read`, with ``name`` in front."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:  # not JSON, a number of thousands of digits, or nested without end
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise QuizgenError(
            f"{name}: not a whole JSON file{where}", hint="was it cut off? make the exam again"
        ) from None
    if not isinstance(plain, dict) or not isinstance(plain.get("schema"), int):
        raise QuizgenError(f"{name}: not a form", hint="name the form.json in an exam's instructor folder")
    if plain["schema"] > SCHEMA_VERSION:
        raise QuizgenError(
            f"{name}: schema {plain['schema']} is newer than this quizgen reads ({SCHEMA_VERSION})",
            hint="update quizgen",
        )
    digest = plain.pop("digest", None)
    if digest != _digest(plain) and not edited:
        raise QuizgenError(
            f"{name}: its digest does not fit what it says; it was edited or damaged",
            hint="use the file as `quizgen exam` wrote it; if you corrected it on purpose, grade with --edited",
        )
    return _form(plain, name)


def _digest(plain: Any) -> str:
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _form(plain: Any, name: str) -> Form:
    from pydantic import ValidationError

    try:
        form: Form = _adapter(Form).validate_python(plain)
        form = replace(form, items=tuple(_with_keys(item) for item in form.items))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise QuizgenError(f"{name}: {place}: {first['msg']}", hint="use the file as `quizgen exam` wrote it") from None
    for item in form.items:
        for number in item.numbers.values():
            if not _PRINTED.fullmatch(number.printed):  # pages write digits as they are, so they must be digits
                raise QuizgenError(f"{name}: {item.template}: {number.printed!r} is not a printed number")
    return form


def _with_keys(item: Item) -> Item:
    return replace(item, parts=tuple(map(_with_key, item.parts)))


def _with_key(part: Part) -> Part:
    """The part with its key as its type has it; the gaps of a cloze are parts with keys of their own."""
    kind: Any = ITEM_TYPES[part.type].key
    key = _adapter(kind).validate_python(part.key)
    if isinstance(key, ClozeKey):
        key = replace(key, gaps=tuple(map(_with_key, key.gaps)))
    return replace(part, key=key)


@cache
def _adapter(kind: Any) -> Any:
    """Reading checked by the types of the dataclasses; made once for each."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
