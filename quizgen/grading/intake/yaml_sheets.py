"""Response files in YAML: one student each, read event by event; no scalar is interpreted and no bomb goes off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from quizgen.errors import Place
from quizgen.grading.intake.sheets import NO_DASHES, QUOTES, Pairs, Sheet, Written, fault, to_sheet

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST: Final = 3  # responses lie two deep; a response with keys of its own is named with its label


def read(path: Path, text: str) -> list[Sheet]:
    """The one sheet of a file.  Raises: FileFaults."""
    reading = _Reading(path, text)
    try:
        return [to_sheet(reading.document())]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise fault(path, f"not YAML: {problem}", line=line, column=column, hint=QUOTES) from None


class _Reading:
    """One pass over the events of a file."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))

    def document(self) -> Pairs | Written:
        next(self.events)  # the stream's start
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            raise fault(self.path, "the file is empty")
        top = next(self.events)
        if isinstance(top, yaml.SequenceStartEvent):
            self._refuse(top, "not a response file but a list", hint=NO_DASHES)
        value = self._value(top, depth=0)
        next(self.events)  # the document's end
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._refuse(after, "a second document", hint="one file for each student")
        return value

    def _value(self, event: Any, *, depth: int) -> Pairs | Written:
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            self._refuse(event, "a value that begins with &, * or !")
        if isinstance(event, yaml.ScalarEvent):
            return Written(event.value, self._place(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Written(", ".join(self._list()), self._place(event))
        if depth == _DEEPEST:
            self._refuse(event, "nested too deep for a response file")
        return Pairs(tuple(self._pairs(depth)), self._place(event))

    def _pairs(self, depth: int) -> Iterator[tuple[Written, Pairs | Written]]:
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse(event, "a key that is not a word")
            key = Written(event.value, self._place(event))
            yield key, self._value(next(self.events), depth=depth + 1)

    def _list(self) -> Iterator[str]:
        """The entries of a list such as ``[A, C]``, which is one response."""
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                hint = NO_DASHES if isinstance(event, yaml.MappingStartEvent) else QUOTES
                self._refuse(event, "a list that holds more than words and numbers", hint=hint)
            yield event.value

    def _place(self, event: Any) -> Place:
        return Place(path=self.path, line=event.start_mark.line + 1, column=event.start_mark.column + 1)

    def _refuse(self, event: Any, message: str, *, hint: str = QUOTES) -> NoReturn:
        place = self._place(event)
        raise fault(self.path, message, line=place.line, column=place.column, hint=hint)
