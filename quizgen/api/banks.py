"""Banks: read, and what they examine."""

from collections.abc import Sequence
from pathlib import Path

from quizgen.bank.bank import Bank
from quizgen.bank.coverage import Coverage
from quizgen.bank.coverage import coverage as _coverage
from quizgen.bank.shipped import find_blueprint as _find_blueprint
from quizgen.bank.shipped import load_with_shipped
from quizgen.pages import keep_compiled


def load_bank(folders: Sequence[Path] = (), *, cache: Path | None = None) -> Bank:
    """The bank that comes with quizgen and those in ``folders``, as `quizgen.bank.shipped.load_with_shipped`.

    ``cache``: where what was read, checked and compiled is kept for the next process, the page templates among it.
    """
    if cache:
        keep_compiled(cache)
    return load_with_shipped(folders, cache=cache)


find_blueprint = _find_blueprint


def coverage(bank: Bank) -> Coverage:
    """What the templates of a bank examine, and what is still missing."""
    return _coverage(bank)
