"""The text of a file that somebody wrote by hand: small enough, UTF-8, and nothing in it that nobody can see."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from quizgen.errors import Fault, FileFaults, Place

MAX_BYTES: Final = 256 * 1024
_INVISIBLE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)


def read_source(path: Path) -> str:
    """The text of ``path``, its lines ended by a line feed alone, without a byte-order mark.

    Raises: FileFaults where it cannot be read, is too large, is no UTF-8, or does not pass `check_source`.
    """
    source = _decode(path, _read(path))
    check_source(source, path)
    return source


def check_source(source: str, path: Path) -> None:
    """Refuse tabs, control characters, private-use characters and the like.  Raises: FileFaults with each kind once."""
    invisible = tuple(_invisible_characters(path, source))
    if invisible:
        raise FileFaults(invisible)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise FileFaults([Fault(message="is not a file", place=Place(path=path))])
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileFaults([Fault(message=f"cannot be read: {error.strerror}", place=Place(path=path))]) from None
    if len(content) > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 1024} KiB"
        raise FileFaults([Fault(message=message, place=Place(path=path), hint="one file holds one item template")])
    return content


def _decode(path: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        place = Place(path=path, line=before.count(b"\n") + 1, column=error.start - before.rfind(b"\n"))
        message = f"byte 0x{content[error.start]:02x} is not UTF-8"
        raise FileFaults([Fault(message=message, place=place, hint="save the file as UTF-8 text")]) from None
    return text.replace("\r\n", "\n")


def _invisible_characters(path: Path, source: str) -> Iterator[Fault]:
    """One fault for each character that must not occur, at the first place where it does."""
    seen: set[str] = set()
    for match in _INVISIBLE.finditer(source):
        character = match[0]
        if character in seen:
            continue
        seen.add(character)
        start = match.start()
        place = Place(path=path, line=source.count("\n", 0, start) + 1, column=start - source.rfind("\n", 0, start))
        if character == "\t":
            yield Fault(message="a tab", place=place, hint="indent with spaces")
        else:
            yield Fault(
                message=f"invisible character U+{ord(character):04X}",
                place=place,
                hint="delete it: it prints as nothing",
            )
