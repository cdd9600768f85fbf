"""The files that were named, and those in folders, as text: no bytes whatsoever make this fail but with a fault."""

import codecs
from pathlib import Path
from typing import Final

from quizgen.grading.intake.sheets import fault

MAX_BYTES: Final = 5 * 1024 * 1024  # of one student's file
MAX_CLASS_BYTES: Final = 100 * 1024 * 1024
_UTF8: Final = "save it as UTF-8; a spreadsheet calls that “CSV UTF-8”"


def files_in(path: Path) -> list[Path]:
    """The file, or all files of a folder but hidden ones: what is no response file there is complained of."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if not (file.is_dir() or _is_hidden(file.relative_to(path))))
    return found or [path]


def _is_hidden(path: Path) -> bool:
    return any(step.startswith(".") for step in path.parts)


def read_text(path: Path, *, most: int = MAX_BYTES) -> str:
    """The text of a file, its size in bytes checked before it is read.

    Raises: FileFaults if it cannot be read, is longer than ``most``, empty, or not text in UTF-8.
    """
    try:
        size = path.stat().st_size
        if size > most:
            limit = f"no more than {most >> 20} MB are read"
            raise fault(path, f"{size / 2**20:.1f} MB long", hint=f"is this a response file? {limit}")
        content = path.read_bytes()
    except OSError as error:
        raise fault(path, f"cannot be read: {error.strerror}") from None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what spreadsheets call Unicode text
        content = _from_utf16(path, content)
    if b"\0" in content:
        raise fault(path, "not text: there are zero bytes in it", hint=_UTF8)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = f"not UTF-8: byte 0x{content[error.start]:02x}"
        raise fault(path, message, line=line, column=column, hint=_UTF8) from None
    if not text.strip():
        raise fault(path, "the file is empty", hint="was it saved?")
    return text


def _from_utf16(path: Path, content: bytes) -> bytes:
    try:
        return content.decode("utf-16").encode()
    except UnicodeError:
        raise fault(path, "not whole UTF-16", hint=_UTF8) from None
