"""A whole document in another language: its fixed words are said anew, what authors wrote stays as it is."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from markupsafe import escape

from quizgen.blocks import Document, Figure, Prose
from quizgen.prose import said_again
from quizgen.words import ENGLISH, Said, said_in

T = TypeVar("T")


def in_language(document: Document, language: str) -> Document:
    """``document`` as a reader of ``language`` gets it.  Raises: UsageError for a language that no page speaks."""
    if language == ENGLISH:
        return document
    return replace(_in(document, language), language=language)


def _in(value: T, language: str) -> T:
    """Any part of a document, down to its words."""
    found: Any = value
    if isinstance(value, Said):
        found = said_in(value, language)
    elif isinstance(value, Prose):
        found = said_again(value, language)
    elif isinstance(value, tuple):
        found = tuple(_in(entry, language) for entry in value)
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{field.name: _in(getattr(value, field.name), language) for field in fields(value)})
        if isinstance(value, Figure) and isinstance(value.description, Said):
            found = replace(found, svg=_described(value.svg, value.description, found.description))
    return found  # type: ignore[no-any-return]


def _described(svg: str, before: str, description: str) -> str:
    """A drawing with another description written into it."""
    return svg.replace(str(escape(before)), str(escape(description)))
