"""A bank that was read and found good, kept so that the next command need not read and check it again.

What is kept is found by a digest of every file of the bank, of quizgen's own code, and of what else is installed: if a
letter changes in any of them, the bank is read anew. A bank that has a fault is never kept.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from typing import Final, TypeVar

from quizgen.files import code_digest, is_own, write_whole

B = TypeVar("B")
_KEPT: Final = 8  # banks; the oldest make room
_DEEPEST: Final = 6  # folders within folders, where a bank has two
_READERS: Final = ("markdown_it", "mdit_py_plugins", "math_core")


def cached(folders: Sequence[Path], cache: Path, load: Callable[[Sequence[Path]], B]) -> B:
    """What ``load`` makes of ``folders``, or made of them when they were the same; kept in the folder ``cache``.

    A cache that cannot be read or written, or that belongs to somebody else, is passed over.
    Raises: as ``load``.
    """
    if not is_own(cache):
        return load(folders)
    path = cache / f"bank-{_digest(folders)}.pickle"
    with suppress(Exception):  # cut off, or of other classes: it is read anew
        kept: B = pickle.loads(path.read_bytes())  # noqa: S301  (written by us, in a folder of the user's own)
        return kept
    bank = load(folders)
    with suppress(OSError):
        write_whole(path, pickle.dumps(bank, protocol=5))
        for old in sorted(cache.glob("bank-*.pickle"), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
            old.unlink()
    return bank


def _digest(folders: Sequence[Path]) -> str:
    """The digest of all that a bank depends on."""
    found = hashlib.sha256("\n".join([code_digest(), *_installed()]).encode())
    for folder in map(Path.resolve, folders):
        found.update(f"{folder}\n".encode())  # one that is not there must not be taken for none
        for file in _files(str(folder)) if folder.is_dir() else ():
            content = Path(file).read_bytes()
            found.update(f"{file.path}\n{len(content)}\n".encode())
            found.update(content)
    return found.hexdigest()


def _installed() -> Iterator[str]:
    """The packages where those are that read texts, each with its version: these decide how a text is read."""
    homes = {str(Path(spec.origin).parents[1]) for name in _READERS if (spec := find_spec(name)) and spec.origin}
    for home in sorted(homes):
        yield from sorted(entry.name for entry in os.scandir(home) if entry.name.endswith(".dist-info"))


def _files(folder: str, depth: int = _DEEPEST) -> Iterator[os.DirEntry[str]]:
    """The files of a folder and of those in it, always in the same order; links are followed, but never in circles."""
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except PermissionError:
        return  # nor can a bank be read from there
    for entry in entries:
        if entry.is_file():
            yield entry
        elif depth > 1 and entry.is_dir():
            yield from _files(entry.path, depth - 1)
