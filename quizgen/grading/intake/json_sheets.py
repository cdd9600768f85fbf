"""Response files in JSON: one object for one student, its numbers kept as they were written."""

import json
import re
from pathlib import Path
from typing import Any

from quizgen.errors import Place
from quizgen.grading.intake.sheets import NO_BRACKETS, Pairs, Sheet, Written, fault, to_sheet


def read(path: Path, text: str) -> list[Sheet]:
    """The one sheet of a file.  Raises: FileFaults."""
    try:
        plain = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Object)
        if isinstance(plain, list):
            raise fault(path, "not a response file but a list", hint=NO_BRACKETS)
        return [to_sheet(_Placing(path, text).value(plain))]
    except json.JSONDecodeError as error:
        raise fault(path, f"not JSON: {error.msg}", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise fault(path, "nested too deep for a response file") from None


class _Object(tuple[tuple[str, Any], ...]):
    """The pairs of an object, repetitions included."""

    __slots__ = ()


class _Placing:
    """Finds where keys stand again, in their order, since the JSON reader does not say."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.position = 0

    def value(self, plain: Any) -> Pairs | Written:
        place = self._place()
        if isinstance(plain, _Object):
            return Pairs(tuple((self._key(name), self.value(value)) for name, value in plain), place)
        if isinstance(plain, list):
            if any(isinstance(entry, list | _Object) for entry in plain):
                raise fault(self.path, "a list that holds more than words and numbers", line=place.line)
            return Written(", ".join(map(_spelt, plain)), place)
        return Written(_spelt(plain), place)

    def _key(self, name: str) -> Written:
        found = re.compile(rf"{re.escape(json.dumps(name, ensure_ascii=False))}\s*:").search(self.text, self.position)
        start = found.start() if found else self.position
        self.position = found.end() if found else self.position
        return Written(name, self._place(start))

    def _place(self, at: int | None = None) -> Place:
        at = self.position if at is None else at
        return Place(path=self.path, line=self.text.count("\n", 0, at) + 1, column=at - self.text.rfind("\n", 0, at))


def _spelt(plain: Any) -> str:
    """A scalar as it stands in the file (numbers were kept as text); null is blank."""
    if isinstance(plain, str):
        return plain
    return "" if plain is None else str(plain).lower()
