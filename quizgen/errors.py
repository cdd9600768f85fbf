"""Every fault that is the user's, as a value that says where, what, what was expected and what to do.

Only the command line prints them and chooses an exit code; everything below it raises.
"""

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from quizgen.values import immutable


@immutable
class Place:
    """A spot in a file that an editor can jump to: ``path:line:column``, counted from 1."""

    path: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@immutable
class Fault:
    """One thing wrong in a user's file: where it is, what is wrong, and what would mend it."""

    message: str
    place: Place | None = None
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class QuizgenError(Exception):
    """The base of all errors that a user can mend; ``exit_code`` is what the command line returns."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message


class FileFaults(QuizgenError):
    """One or more files at fault: all their faults together, in the order of the files' lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=_by_place))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def _by_place(fault: Fault) -> tuple[str, int, int]:
    return (str(fault.place.path), fault.place.line, fault.place.column) if fault.place else ("", 0, 0)


class ParameterError(QuizgenError):
    """An argument outside its range; the message names the argument, its value and the range."""


class UsageError(QuizgenError):
    """A request that cannot be met as it was put: no such name, or more than there is."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name that no table knows, with the nearest ones that it does."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = list(known)
        self.kind, self.name, self.known = kind, name, tuple(names)
        super().__init__(f"no {kind} named {name!r}", hint=did_you_mean(name, names))


MOST_NAMED: Final = 60  # a longer list helps nobody


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The one or two names that a misspelt ``name`` may have meant, if any."""
    return difflib.get_close_matches(name, list(known), n=2)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The sentence that helps after a misspelt ``name``: near names first, then all of them, unless they are many."""
    names = list(known)
    near = nearest(name, names)
    question = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
    if len(names) <= MOST_NAMED:
        return f"{question}known: {', '.join(names) or 'none'}"
    likest = difflib.get_close_matches(name, names, n=8, cutoff=0.0)
    return f"{question}known: {', '.join(likest)}, and {len(names) - len(likest)} others"
