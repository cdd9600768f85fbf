"""A picture from a file, put into a page as a data address; it is known by how it begins, not by its name."""

import base64
import re
from pathlib import Path
from typing import Final

from quizgen.errors import UsageError

MOST_BYTES: Final = 1_000_000
_KINDS: Final = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/svg+xml": re.compile(
        rb"(?s)(\xef\xbb\xbf)?\s*(<\?xml.{0,200}?\?>)?\s*(<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b"
    ),
}


def data_address(path: Path) -> str:
    """The picture in ``path`` as an address that holds it.

    Raises: UsageError if the file cannot be read, is larger than a megabyte, or is neither PNG, JPEG nor SVG.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: the logo cannot be read: {error.strerror}") from None
    if len(content) > MOST_BYTES:
        raise UsageError(f"{path}: the logo has {len(content):,} bytes: expected at most {MOST_BYTES:,}")
    for kind, beginning in _KINDS.items():
        if beginning.match(content):
            return f"data:{kind};base64,{base64.b64encode(content).decode()}"
    raise UsageError(f"{path}: the logo is no picture that pages can show", hint="expected PNG, JPEG or SVG")
