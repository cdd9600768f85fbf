"""The values of a YAML file, and the line and column of every one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from quizgen.bank.scalars import Scalar
from quizgen.errors import Place
from quizgen.values import immutable

Entry = tuple[str | int, ...]
"""The way to a value from the top of its file: ("parts", 0, "ask")."""
Value = Scalar | list["Value"] | dict[str, "Value"]


@immutable(kw_only=False)
class Mark:
    """Where a value begins (counted from 1), how it was quoted, and what it says if it is a scalar."""

    line: int
    column: int
    style: str = ""
    text: str = ""
    last_line: int = 0


@dataclass(frozen=True, kw_only=True)
class YamlFile:
    """A file's values, and where each of them stood."""

    path: Path
    source: str
    value: Value
    values: Mapping[Entry, Mark]
    keys: Mapping[Entry, Mark]

    def place(self, entry: Entry, offset: int = 0) -> Place:
        """Where the value of ``entry`` begins, or the nearest value around it.

        ``offset`` counts characters into its text; in folded texts it is ignored.
        """
        mark = self.values.get(entry)
        if mark is None:
            return self.place(entry[:-1])
        line, column = self._inside(mark, offset) if offset else (mark.line, mark.column)
        return Place(path=self.path, line=line, column=column)

    def key_place(self, entry: Entry) -> Place:
        """Where the key of ``entry`` stands; the value's place if it has none."""
        mark = self.keys.get(entry)
        return self.place(entry) if mark is None else Place(path=self.path, line=mark.line, column=mark.column)

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")

    def _inside(self, mark: Mark, offset: int) -> tuple[int, int]:
        before = mark.text[:offset]
        if mark.style == "|":
            rows = before.count("\n")
            return mark.line + 1 + rows, self._indent(mark) + offset - before.rfind("\n")
        if mark.style == ">" or mark.line != mark.last_line:
            return mark.line, mark.column  # folded lines: their start is as near as we can say
        if mark.style == "'":
            return mark.line, mark.column + 1 + offset + before.count("'")
        return mark.line, mark.column + len(mark.style) + offset

    def _indent(self, mark: Mark) -> int:
        rows = mark.text.split("\n")
        first = next((index for index, row in enumerate(rows) if row.strip()), 0)
        return len(self._lines[mark.line + first]) - len(rows[first])
