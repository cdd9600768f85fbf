"""The bank that comes with quizgen, alone or with others."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint
from quizgen.bank.cache import cached
from quizgen.items.planner import texts_of
from quizgen.prose.pattern import Packed, packed, unpack_when_asked
from quizgen.shipped import QUESTION_BANK


def load_with_shipped(folders: Sequence[Path] = (), *, cache: Path | None = None) -> Bank:
    """The bank that comes with quizgen, together with those in ``folders``.

    With a ``cache``, a folder of the user's own, it is kept there: the next time it need not be read and checked again.
    Raises: FileFaults with all faults of all files, an id that stands in two of them included.
    """
    own = [folder for folder in folders if os.path.realpath(folder) != os.path.realpath(QUESTION_BANK)]
    every = [QUESTION_BANK, *own]
    if not cache:
        return _load(every)
    bank, patterns = cached(every, cache, _load_and_read)
    unpack_when_asked(patterns)
    return bank


def find_blueprint(bank: Bank, name: str, own: Mapping[str, Any] = MappingProxyType({})) -> Blueprint:
    """The blueprint of this name in the bank, or the one in the file of this name; ``own`` fields replace its own."""
    is_file = name not in bank.blueprints and name.endswith((".yaml", ".yml"))
    if is_file:
        from quizgen.bank.load import read_blueprint
    found = read_blueprint(Path(name), bank) if is_file else bank.blueprints[name]
    return replace(found, **own)


def _load(folders: Sequence[Path]) -> Bank:
    from quizgen.bank.load import load_bank  # which a bank that is kept does without

    return load_bank(folders)


def _load_and_read(folders: Sequence[Path]) -> tuple[Bank, Packed]:
    """A bank, and what the texts of its exams say."""
    bank = _load(folders)
    questions = (text for template in bank.templates.values() for text in texts_of(template))
    instructions = (blueprint.instructions for blueprint in bank.blueprints.values())
    return bank, packed([*questions, *instructions])
