"""Writing output: every file whole or not at all, and nothing overwritten unless told to."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from quizgen.errors import QuizgenError, UsageError


def write_files(out: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write ``files`` (names relative to ``out``), each under a temporary name first, then renamed.

    Raises: UsageError before anything is written if a file exists and ``force`` is not given; QuizgenError if the
    folder cannot be written.
    """
    targets = {out / name: content for name, content in files.items()}
    standing = [path for path in targets if path.exists()]
    if standing and not force:
        raise UsageError(
            f"{standing[0]} exists already{_and_more(len(standing) - 1)}",
            hint="name another folder with --out, or add --force to overwrite",
        )
    try:
        for path, content in targets.items():
            _write_whole(path, content)
    except OSError as error:
        raise QuizgenError(
            f"{out}: cannot be written: {error.strerror}", hint="name a folder of your own with --out"
        ) from None


def _and_more(count: int) -> str:
    return f", and {count} more" if count else ""


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".quizgen-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
