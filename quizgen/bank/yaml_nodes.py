"""Strict YAML: the events of a text become plain Python values, each with its line and column.

The text is read once, event by event, so that nothing is built before it was checked: duplicate keys, anchors, tags and
deep nesting are faults, and a bomb of aliases is one fault and not a hang.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from quizgen.bank.scalars import Scalar, ScalarFault, resolve
from quizgen.bank.yaml_file import Entry, Mark, Value, YamlFile
from quizgen.bank.yaml_source import check_source, read_source
from quizgen.errors import Fault, FileFaults, Place

MAX_DEPTH: Final = 30
MAX_VALUES: Final = 20_000

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SYNTAX_HINTS: Final[Mapping[str, str]] = {
    "mapping values are not": "a text with ': ' in it goes under a | or in single quotes; keys stand in one column",
    "sequence entries are not": "a list begins in the line below its key, or is written [a, b]",
    "cannot start any token": "a text that begins with % @ ` or a quote goes under a | or in single quotes",
    "expected ',' or": "inside { } and [ ] a value ends at , ] and }: give it a line of its own, or single quotes",
    "expected ':'": "a key ends with a colon and a space, and a text over several lines goes under a |",
    "expected key": "keys of one mapping begin in the same column, and nothing follows a closing quote",
    "expected '-'": "entries of one list begin in the same column, each with a dash",
    "expected <document start>": "keys of one mapping begin in the same column",
    "unexpected end of stream": "a quote or a bracket is still open",
}


def read_yaml(path: Path) -> YamlFile:
    """The values of a YAML file.  Raises: FileFaults with everything that is wrong with it as YAML."""
    return _parse(read_source(path), path)


def parse_yaml(source: str, path: Path) -> YamlFile:
    """The values of a YAML text; ``path`` is what its faults are said to stand in.  Raises: FileFaults."""
    check_source(source, path)
    return _parse(source, path)


def _parse(source: str, path: Path) -> YamlFile:
    builder = _Builder(path, source)
    value: Value = None
    try:
        value = builder.document()
    except _Stop as stop:
        builder.faults.append(stop.fault)
    except yaml.YAMLError as error:
        builder.faults.append(_syntax_fault(path, error))
    if builder.faults:
        raise FileFaults(builder.faults)
    return YamlFile(path=path, source=source, value=value, values=builder.values, keys=builder.keys)


def _syntax_fault(path: Path, error: yaml.YAMLError) -> Fault:
    problem = getattr(error, "problem", None) or str(error)
    mark = getattr(error, "problem_mark", None)
    place = Place(path=path, line=mark.line + 1, column=mark.column + 1) if mark else Place(path=path)
    hint = next((hint for words, hint in _SYNTAX_HINTS.items() if words in problem), "")
    return Fault(message=f"not YAML: {problem}", place=place, hint=hint)


class _Stop(Exception):
    """A fault after which reading on makes no sense."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Builder:
    """Turns the events of one file into values and marks, and notes every fault on the way."""

    def __init__(self, path: Path, source: str) -> None:
        self.path, self.source = path, source
        self.events: Iterator[Any] = iter(yaml.parse(source, Loader=_LOADER))
        self.values: dict[Entry, Mark] = {}
        self.keys: dict[Entry, Mark] = {}
        self.faults: list[Fault] = []

    def document(self) -> Value:
        """The value of the file's one document."""
        next(self.events)  # the stream's start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise _Stop(Fault(message="the file is empty", place=Place(path=self.path)))
        value = self._value(next(self.events), (), in_flow=False)
        next(self.events)  # the document's end
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._fault(after, "a second document begins", hint="one file holds one document: take away the ---")
        if value is None:
            self._fault(after, "the file is empty")
        return value

    def _value(self, event: Any, entry: Entry, *, in_flow: bool) -> Value:
        if len(entry) > MAX_DEPTH:
            raise _Stop(self._make_fault(event, f"nested deeper than {MAX_DEPTH} levels"))
        if len(self.values) > MAX_VALUES:
            raise _Stop(self._make_fault(event, f"more than {MAX_VALUES} values in one file"))
        self._refuse_marks_of_yaml(event)
        self.values[entry] = self._mark(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, in_flow=in_flow)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(entry, in_flow=bool(event.flow_style))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(entry, in_flow=bool(event.flow_style))
        return None  # an alias, refused above

    def _sequence(self, entry: Entry, *, in_flow: bool) -> list[Value]:
        found: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*entry, len(found)), in_flow=in_flow))
        return found

    def _mapping(self, entry: Entry, *, in_flow: bool) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, in_flow=in_flow)
            below = (*entry, key)
            if key in found:
                hint = f"the first one stands in line {self.keys[below].line}"
                self._fault(event, f"the key {key!r} stands here a second time", hint=hint)
            self.keys[below] = self._mark(event)
            found[key] = self._value(next(self.events), below, in_flow=in_flow)
        return found

    def _key(self, event: Any, *, in_flow: bool) -> str:
        """A key as it is written: ``no: 1`` and ``1: 1`` have the keys "no" and "1"."""
        if not isinstance(event, yaml.ScalarEvent):
            raise _Stop(
                self._make_fault(
                    event, "a key must be a word", hint="write a text that begins with { or [ in single quotes"
                )
            )
        self._refuse_marks_of_yaml(event)
        self._scalar(event, in_flow=in_flow)
        return str(event.value)

    def _scalar(self, event: Any, *, in_flow: bool) -> Scalar:
        text: str = event.value
        if event.style == '"' and "\\" in self.source[event.start_mark.index : event.end_mark.index]:
            hint = "write the text under a | or in single quotes, where a backslash is a backslash"
            self._fault(event, "a backslash in double quotes becomes another character", hint=hint)
        if event.style:
            return text
        if in_flow and text.count("(") > text.count(")"):
            hint = "inside { } and [ ] a comma ends the value: give it a line of its own, or single quotes"
            self._fault(event, f"{text!r} ends before its parenthesis closes", hint=hint)
        try:
            return resolve(text)
        except ScalarFault as error:
            self._fault(event, str(error))
            return 0

    def _refuse_marks_of_yaml(self, event: Any) -> None:
        """Anchors, aliases and tags: what they stand for is not what a reader sees."""
        if isinstance(event, yaml.AliasEvent):
            hint = "write the value out, or a text that begins with * in single quotes"
            self._fault(event, f"the alias *{event.anchor}", hint=hint)
        elif event.anchor is not None:
            hint = "write the value where it belongs, or a text that begins with & in single quotes"
            self._fault(event, f"the anchor &{event.anchor}", hint=hint)
        elif event.tag is not None:
            hint = "leave it out, or write a text that begins with ! in single quotes"
            self._fault(event, f"the tag {event.tag[:40]}", hint=hint)

    def _mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        if not isinstance(event, yaml.ScalarEvent):
            return Mark(start.line + 1, start.column + 1)
        return Mark(start.line + 1, start.column + 1, event.style or "", event.value, end.line + 1)

    def _make_fault(self, event: Any, message: str, *, hint: str = "") -> Fault:
        start = event.start_mark
        place = Place(path=self.path, line=start.line + 1, column=start.column + 1)
        return Fault(message=message, place=place, hint=hint)

    def _fault(self, event: Any, message: str, *, hint: str = "") -> None:
        self.faults.append(self._make_fault(event, message, hint=hint))
