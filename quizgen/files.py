"""Writing output: every file whole or not at all, nothing overwritten unless told to, and no person's work ever."""

import hashlib
import os
import secrets
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

from quizgen.errors import QuizgenError, UsageError

FILLED_IN: Final = ".yaml"  # response files and marking sheets: what people write into


def write_files(
    out: Path, files: Mapping[str, bytes], *, force: bool, stale: Iterable[str] = ()
) -> Mapping[Path, Path]:
    """Write ``files`` (names relative to ``out``), each under a temporary name first, then renamed.

    ``force`` overwrites, but a YAML file of other content is renamed first, since a person may have filled it in.
    ``stale``: patterns of what an earlier run may have left in ``out``; with ``force`` such files are removed (YAML
    files: renamed) where this run does not write them, so that no two runs are mixed in one folder.

    Returns the YAML files that stood there, each with the name under which it is kept.

    Raises: UsageError before anything is written if a file exists and ``force`` is not given; QuizgenError if the
    folder cannot be written.
    """
    targets = {out / name: content for name, content in files.items()}
    try:
        standing = [path for path in targets if path.exists()]
        if standing and not force:
            raise UsageError(
                f"{standing[0]} exists already{_and_more(len(standing) - 1)}",
                hint="name another folder with --out, or add --force to overwrite",
            )
        kept = {path: _keep(path) for path in standing if _may_hold_work(path, targets[path])}
        for path, content in targets.items():
            write_whole(path, content)
        left = [path for pattern in stale for path in out.glob(pattern) if path not in targets] if force else []
        kept |= {path: _keep(path) for path in left if path.suffix == FILLED_IN}
        _remove(path for path in left if path.suffix != FILLED_IN)
    except OSError as error:
        raise QuizgenError(
            f"{_short(out)}: cannot be written: {error.strerror}", hint="name a folder of your own with --out"
        ) from None
    return kept


def _and_more(number: int) -> str:
    return f", and {number} more" if number else ""


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 200 else f"{text[:200]}…"


def _may_hold_work(path: Path, content: bytes) -> bool:
    return path.suffix == FILLED_IN and path.read_bytes() != content


def _keep(path: Path) -> Path:
    """Rename a file to the first of ``name.1``, ``name.2``, … that is free, and return the new name."""
    names = (path.with_name(f"{path.name}.{number}") for number in count(1))
    return path.rename(next(name for name in names if not name.exists()))


def _remove(paths: Iterable[Path]) -> None:
    """Remove files, and the folders that are empty without them."""
    for path in paths:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, then rename it: it is whole or absent.  Raises: OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".quizgen-{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def is_own(folder: Path) -> bool:
    """Whether nobody else could have put anything into the folder; it is made if it is not there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError:
        return False
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


@cache
def code_digest() -> str:
    """What changes with Python and with any file of quizgen's own code: names what is kept for the next process."""
    found = hashlib.sha256(f"{sys.version}\n".encode())
    for folder, _, names in sorted(os.walk(Path(__file__).parent)):
        for path in (Path(folder, name) for name in sorted(names) if name.endswith(".py")):
            stat = path.stat()
            found.update(f"{path}\n{stat.st_size} {stat.st_mtime_ns}\n".encode())
    return found.hexdigest()
