"""What one student handed in, as raw strings with their places: what every format of response file is read to.

Nothing is interpreted: ``1e-3``, ``no`` and ``010`` stay as they were written.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Union

from quizgen.errors import Fault, FileFaults, Place, did_you_mean
from quizgen.values import immutable

REQUIRED: Final = ("form", "student", "responses")
KEYS: Final = (*REQUIRED, "submitted", "attempts")
QUOTES: Final = "put a response with special characters in single quotes: '…'"
NO_DASHES: Final = "take the dashes away: each key stands on a line of its own"
NO_BRACKETS: Final = "take the square brackets away: one object for one student"


@immutable(kw_only=False)
class Written:
    """A piece of text as it was written, and where it stands."""

    text: str
    place: Place


@immutable(kw_only=False)
class Pairs:
    """Keys with their values, in the order of the file, repetitions included."""

    entries: tuple[tuple[Written, Union["Pairs", Written]], ...]
    place: Place


@immutable
class Sheet:
    """What one student handed in: each label with its response. No ``form`` means that the file does not say."""

    form: Written | None
    student: Written
    responses: tuple[tuple[Written, Written], ...]
    submitted: str = ""
    attempts: tuple[tuple[Written, Written], ...] = ()


def to_sheet(top: Pairs | Written) -> Sheet:
    """The sheet in a file of one student.

    Raises: FileFaults with every key that is unknown, repeated, missing or of the wrong kind.
    """
    if isinstance(top, Written):
        keys = ", ".join(f"{key}:" for key in REQUIRED)
        raise FileFaults([Fault(message="not a response file", place=top.place, hint=f"it has the keys {keys}")])
    texts = {key.text: value for key, value in top.entries if isinstance(value, Written)}
    pairs = {key.text: value for key, value in top.entries if isinstance(value, Pairs)}
    responses = pairs.get("responses", Pairs((), top.place))
    attempts = pairs.get("attempts", Pairs((), top.place))
    kinds = _kind_faults(texts, pairs)
    if faults := [
        *_key_faults(top),
        *kinds,
        *_label_faults(responses, "response to"),
        *_label_faults(attempts, "number of"),
    ]:
        raise FileFaults(sorted(faults, key=_line))
    return Sheet(
        form=texts["form"],
        student=texts["student"],
        responses=_texts(responses),
        submitted=texts["submitted"].text if "submitted" in texts else "",
        attempts=_texts(attempts),
    )


def _texts(pairs: Pairs) -> tuple[tuple[Written, Written], ...]:
    return tuple((key, value) for key, value in pairs.entries if isinstance(value, Written))


def repeated(keys: Iterable[Written]) -> Iterator[Fault]:
    """A fault for every key that stands there again."""
    seen: set[str] = set()
    for key in keys:
        if key.text.strip() in seen:
            yield Fault(message=f"{key.text!r} stands here a second time", place=key.place, hint="keep one of them")
        seen.add(key.text.strip())


def fault(path: Path, message: str, *, line: int = 1, column: int = 1, hint: str = "") -> FileFaults:
    """The error for a file with one fault."""
    return FileFaults([Fault(message=message, place=Place(path=path, line=line, column=column), hint=hint)])


def _key_faults(top: Pairs) -> Iterator[Fault]:
    keys = [key for key, _ in top.entries]
    yield from repeated(keys)
    for key in keys:
        if key.text not in KEYS:
            yield Fault(message=f"no key named {key.text!r}", place=key.place, hint=did_you_mean(key.text, KEYS))
    for name in REQUIRED:
        if name not in [key.text for key in keys]:
            yield Fault(message=f"{name!r} is missing", place=top.place, hint=f"begin a line with {name}:")


def _kind_faults(texts: dict[str, Written], pairs: dict[str, Pairs]) -> Iterator[Fault]:
    for key, value in pairs.items():
        if key in KEYS and key not in ("responses", "attempts"):
            yield Fault(message=f"{key!r} is not a text", place=value.place, hint=QUOTES)
    if "responses" in texts and texts["responses"].text.strip():
        hint = "write under it one line for each part, such as 1: 0.031"
        yield Fault(message="'responses' has no labels", place=texts["responses"].place, hint=hint)
    if "attempts" in texts and texts["attempts"].text.strip():
        hint = "write under it one line for each part that was tried more than once, such as 1: 2"
        yield Fault(message="'attempts' has no labels", place=texts["attempts"].place, hint=hint)


def _label_faults(labels: Pairs, what: str) -> Iterator[Fault]:
    yield from repeated(label for label, _ in labels.entries)
    for label, value in labels.entries:
        if isinstance(value, Pairs):
            message = f"the {what} {label.text!r} has keys of its own"
            yield Fault(message=message, place=value.place, hint=QUOTES)


def _line(found: Fault) -> tuple[int, int]:
    return (found.place.line, found.place.column) if found.place else (0, 0)
