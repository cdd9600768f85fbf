"""The YAML of a marking sheet, read event by event: texts, lists and mappings with places, nothing interpreted."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn, Union

import yaml

from quizgen.errors import Place
from quizgen.grading.intake.sheets import Written, fault
from quizgen.values import immutable

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST: Final = 8  # a line of a rubric lies six deep
HINT: Final = "fill in the marking-sheet.yaml that `quizgen grade --out` wrote"


@immutable(kw_only=False)
class Entries:
    """The entries of a list."""

    nodes: tuple["Node", ...]
    place: Place


@immutable(kw_only=False)
class Keys:
    """The keys of a mapping with their values; ``places`` says where each key stands."""

    nodes: Mapping[str, "Node"]
    places: Mapping[str, Place]
    place: Place


Node = Union[Written, Entries, Keys]  # noqa: UP007 - it refers to itself


def read_nodes(path: Path, text: str) -> Node:
    """The one document of a file.

    Raises: FileFaults if it is not YAML, nested without end, or holds anchors, tags or a key twice.
    """
    try:
        return _Reading(path, text).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise fault(path, f"not YAML: {problem}", line=line, column=column, hint=HINT) from None


class _Reading:
    """One pass over the events of a file."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))

    def document(self) -> Node:
        next(self.events)  # the stream's start
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            raise fault(self.path, "the file is empty", hint=HINT)
        node = self._node(next(self.events), depth=0)
        next(self.events)  # the document's end
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._refuse(after, "a second document")
        return node

    def _node(self, event: Any, *, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            self._refuse(event, "a value that begins with &, * or !")
        if isinstance(event, yaml.ScalarEvent):
            return Written(event.value, self._place(event))
        if depth == _DEEPEST:
            self._refuse(event, "nested too deep for a marking sheet")
        if isinstance(event, yaml.SequenceStartEvent):
            return Entries(tuple(self._entries(depth)), self._place(event))
        return self._keys(event, depth)

    def _entries(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self._node(event, depth=depth + 1)

    def _keys(self, start: Any, depth: int) -> Keys:
        nodes: dict[str, Node] = {}
        places: dict[str, Place] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "a key that is not a word")
            if event.value in nodes:
                self._refuse(event, f"{event.value!r} stands here a second time")
            places[event.value] = self._place(event)
            nodes[event.value] = self._node(next(self.events), depth=depth + 1)
        return Keys(nodes, places, self._place(start))

    def _place(self, event: Any) -> Place:
        return Place(path=self.path, line=event.start_mark.line + 1, column=event.start_mark.column + 1)

    def _refuse(self, event: Any, message: str) -> NoReturn:
        place = self._place(event)
        raise fault(self.path, message, line=place.line, column=place.column, hint=HINT)
