"""The two marks that texts use: ``<< name >>`` for a value, ``<% if name %> … <% else %> … <% endif %>`` for a choice.

Reading a text executes nothing: it finds all names and all faults, whatever the values turn out to be. Resolving it
chooses the branches and puts one private-use character, unique to its occurrence, where each value goes. That character
passes Markdown and the converter of formulas as a single atom, so numbers stay numbers until a renderer spells them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from quizgen.errors import UnknownNameError
from quizgen.values import immutable

FIRST_SLOT: Final = 0xE000
LAST_SLOT: Final = 0xF8FF
MAX_DEPTH: Final = 20

_PRIVATE: Final = re.compile(f"[{chr(FIRST_SLOT)}-{chr(LAST_SLOT)}]")
_MARK: Final = re.compile(
    r"^[ \t]*(?P<line><%[^\n%]*%>)[ \t]*(?:\n|\Z)"  # a choice alone on its line takes the line away
    r"|(?P<choice><%[^\n%]*%>)|<<(?P<value>[^\n<>]*)>>|(?P<stray><<|>>|<%|%>)",
    re.MULTILINE,
)
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_CHOICE: Final = re.compile(r"<%\s*(?:if\s+(?P<negated>not\s+)?(?P<name>\S(?:.*\S)?)|(?P<word>else|endif))\s*%>")
_STRAY_HINTS: Final = {
    "<<": "close the mark on the same line: << name >>; in a formula write \\ll for ≪",
    ">>": "nothing is open here; in a formula write \\gg for ≫",
    "<%": "close the mark on the same line: <% if name %>",
    "%>": "nothing is open here",
}


class TextFault(NamedTuple):
    """One thing wrong in a text: how many characters stand before it, what is wrong, and what would mend it."""

    offset: int
    message: str
    hint: str


class TextFaults(ValueError):
    """All that is wrong in one text, in the order of the text."""

    def __init__(self, faults: tuple[TextFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{fault.message} (after {fault.offset} characters)" for fault in faults))


@immutable(kw_only=False)
class _Words:
    text: str
    offset: int


@immutable(kw_only=False)
class _Value:
    name: str
    offset: int


@immutable(kw_only=False)
class _Choice:
    name: str
    when_true: "_Nodes"
    when_false: "_Nodes"


_Nodes = tuple[_Words | _Value | _Choice, ...]


@immutable
class Resolved:
    """A text with its branches chosen: ``names[i]`` stands at the character ``chr(FIRST_SLOT + i)``."""

    text: str
    names: tuple[str, ...]
    origins: tuple[tuple[int, int], ...]  # runs: (offset in `text`, offset in the source), ascending

    def origin(self, offset: int) -> int:
        """The offset in the source of what stands at ``offset`` in the resolved text."""
        after = bisect_right(self.origins, offset, key=itemgetter(0))
        start, source = self.origins[after - 1] if after else (0, 0)
        return source + offset - start


@immutable
class Text:
    """A text that was read: the names it needs, and what it says once they are known."""

    names: frozenset[str]
    conditions: frozenset[str]
    nodes: _Nodes = field(repr=False)

    def resolve(self, truths: Mapping[str, bool]) -> tuple[str, tuple[str, ...]]:
        """The text with its branches chosen and a slot's character for each value, and the values' names by occurrence.

        Raises: UnknownNameError if ``truths`` lacks a condition that a chosen branch asks for.
        """
        resolved = self.trace(truths)
        return resolved.text, resolved.names

    def trace(self, truths: Mapping[str, bool]) -> Resolved:
        """As `resolve`, and where each piece of it stood in the source."""
        pieces: list[str] = []
        names: list[str] = []
        origins: list[tuple[int, int]] = []
        length = 0
        for node in _chosen(self.nodes, truths):
            if isinstance(node, _Words):
                piece = node.text
            else:
                piece = chr(FIRST_SLOT + len(names))
                names.append(node.name)
            origins.append((length, node.offset))
            pieces.append(piece)
            length += len(piece)
        return Resolved(text="".join(pieces), names=tuple(names), origins=tuple(origins))


@lru_cache(maxsize=4096)
def parse(source: str) -> Text:
    """Read the marks of ``source``.

    Raises: TextFaults with everything that is wrong: stray or unclosed marks, bad names, private-use characters,
    choices nested deeper than 20.
    """
    reading = _Reading(source)
    return reading.text()


def _chosen(nodes: _Nodes, truths: Mapping[str, bool]) -> Iterator[_Words | _Value]:
    for node in nodes:
        if not isinstance(node, _Choice):
            yield node
        elif node.name not in truths:
            raise UnknownNameError("condition", node.name, truths)
        else:
            yield from _chosen(node.when_true if truths[node.name] else node.when_false, truths)


@dataclass(slots=True)
class _Open:
    """A choice whose end has not been read."""

    name: str
    negated: bool
    offset: int
    nodes: list[_Words | _Value | _Choice] = field(default_factory=list)
    before_else: _Nodes | None = None

    def close(self) -> _Choice:
        first, second = (tuple(self.nodes), ()) if self.before_else is None else (self.before_else, tuple(self.nodes))
        when_true, when_false = (second, first) if self.negated else (first, second)
        return _Choice(self.name, when_true, when_false)


class _Reading:
    """One pass over a source from left to right, collecting nodes, names and faults."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.faults = [
            TextFault(match.start(), f"private-use character U+{ord(match[0]):04X}", "delete it: it prints as nothing")
            for match in _PRIVATE.finditer(source)
        ]
        self.names: set[str] = set()
        self.conditions: set[str] = set()
        self.values = 0
        self.open = [_Open("", negated=False, offset=0)]

    def text(self) -> Text:
        position = 0
        for match in _MARK.finditer(self.source):
            self._add_words(position, match.start())
            self._read_mark(match)
            position = match.end()
        self._add_words(position, len(self.source))
        for choice in self.open[1:]:
            self._fault(choice.offset, f"<% if {choice.name} %> is never closed", "close it with <% endif %>")
        if self.values > LAST_SLOT - FIRST_SLOT + 1:
            self._fault(0, f"{self.values} values in one text", f"at most {LAST_SLOT - FIRST_SLOT + 1}: split the text")
        if self.faults:
            raise TextFaults(tuple(sorted(self.faults)))
        nodes = tuple(self.open[0].nodes)
        return Text(names=frozenset(self.names), conditions=frozenset(self.conditions), nodes=nodes)

    def _fault(self, offset: int, message: str, hint: str) -> None:
        self.faults.append(TextFault(offset, message, hint))

    def _add_words(self, start: int, end: int) -> None:
        if start < end:
            self.open[-1].nodes.append(_Words(self.source[start:end], start))

    def _read_mark(self, match: re.Match[str]) -> None:
        group = match.lastgroup or "stray"
        if group == "stray":
            self._fault(match.start(), f"stray {match[0]}", _STRAY_HINTS[match[0]])
        elif group == "value":
            self._read_value(match["value"].strip(), match.start())
        else:
            self._read_choice(match[group], match.start(group))

    def _read_value(self, name: str, offset: int) -> None:
        self.values += 1
        if self._is_name(name, offset):
            self.names.add(name)
            self.open[-1].nodes.append(_Value(name, offset))

    def _is_name(self, name: str, offset: int) -> bool:
        if _NAME.fullmatch(name):
            return True
        hint = "a mark holds one name of letters, digits and underscores; name an expression under compute"
        self._fault(offset, f"{name!r} is no name", hint)
        return False

    def _read_choice(self, mark: str, offset: int) -> None:
        match = _CHOICE.fullmatch(mark)
        if match is None:
            self._fault(
                offset, f"{mark} is no mark", "the marks are <% if name %>, <% if not name %>, <% else %>, <% endif %>"
            )
        elif match["name"] is not None:
            self._open_choice(match["name"], offset, negated=match["negated"] is not None)
        elif len(self.open) == 1:
            self._fault(offset, f"{mark} without <% if name %>", "open the choice before it, or delete the mark")
        elif match["word"] == "endif":
            choice = self.open.pop()
            self.open[-1].nodes.append(choice.close())
        elif self.open[-1].before_else is not None:
            self._fault(offset, "second <% else %> of one choice", "nest another choice in the first one")
        else:
            self.open[-1].before_else = tuple(self.open[-1].nodes)
            self.open[-1].nodes = []

    def _open_choice(self, name: str, offset: int, *, negated: bool) -> None:
        if self._is_name(name, offset):
            self.conditions.add(name)
        if len(self.open) == MAX_DEPTH + 1:
            self._fault(offset, f"choices nested deeper than {MAX_DEPTH}", "give the combination a name under compute")
        self.open.append(_Open(name, negated, offset))
