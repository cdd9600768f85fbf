"""A bank that was read and found good, kept so that the next command need not read and check it again.

What is kept is found by a digest of every file of the bank and of quizgen's own code: if a letter changes in any of
them, the bank is read anew. A bank that has a fault is never kept.
"""

import hashlib
import pickle
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from quizgen.files import code_digest, is_own, write_whole

B = TypeVar("B")
_KEPT: Final = 8  # banks; the oldest make room


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
    found = hashlib.sha256(code_digest().encode())
    for folder in map(Path.resolve, folders):
        found.update(f"{folder}\n".encode())  # one that is not there must not be taken for none
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                found.update(f"{path}\n{len(content)}\n".encode())
                found.update(content)
    return found.hexdigest()
