"""Reading the catalogues of a bank, ``misconceptions.yaml`` and ``claims.yaml``, and telling what is wrong in them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from quizgen.bank.catalogues import Catalogues, ClaimFile, MisconceptionFile
from quizgen.bank.printed import one_line
from quizgen.bank.rules import ID_HINT, is_id
from quizgen.bank.schema import FileSchema, file_schema
from quizgen.bank.schema_faults import dotted
from quizgen.bank.yaml_file import Entry, YamlFile
from quizgen.bank.yaml_nodes import read_yaml
from quizgen.errors import Fault, FileFaults
from quizgen.items.text_rules import text_faults

T = TypeVar("T")
E = TypeVar("E")
Files = Sequence[tuple[YamlFile, Mapping[str, E]]]

_CLAIM_ID: Final = re.compile(r"[A-Z][A-Za-z]{0,7}[0-9]{1,4}")


def read_catalogues(misconceptions: Sequence[Path], claims: Sequence[Path], faults: list[Fault]) -> Catalogues:
    """The entries of all these files together; what is wrong with them is added to ``faults``."""
    mistakes = [
        (file, value.misconceptions) for file, value in _read(file_schema(MisconceptionFile), misconceptions, faults)
    ]
    said = [(file, value.claims) for file, value in _read(file_schema(ClaimFile), claims, faults)]
    faults += _id_faults("misconceptions", mistakes, is_id, ID_HINT)
    faults += _id_faults("claims", said, _is_claim_id, "capitals and a number, such as S1")
    for file, known in mistakes:
        for name, one in known.items():
            entry: Entry = ("misconceptions", name)
            faults += _word_faults(file, (*entry, "name"), one.name)
            faults += _text_faults(file, {(*entry, "why"): one.why, (*entry, "remedy"): one.remedy})
    for file, claimed in said:
        for name, claim in claimed.items():
            faults += _word_faults(file, ("claims", name, "title"), claim.title)
            faults += _text_faults(file, {("claims", name, "claim"): claim.claim})
    return Catalogues(misconceptions=_merged(mistakes), claims=_merged(said))


def _read(schema: FileSchema[T], paths: Sequence[Path], faults: list[Fault]) -> Iterator[tuple[YamlFile, T]]:
    for path in paths:
        try:
            file = read_yaml(path)
            yield file, schema.read(file)
        except FileFaults as error:
            faults += error.faults


def _merged(files: Files[E]) -> dict[str, E]:
    return {name: value for _, entries in files for name, value in entries.items()}


def _is_claim_id(text: str) -> bool:
    return _CLAIM_ID.fullmatch(text) is not None


def _id_faults(key: str, files: Files[E], fits: Callable[[str], bool], hint: str) -> Iterator[Fault]:
    """Ids that are none, and ids that stand in two files."""
    first: dict[str, YamlFile] = {}
    for file, entries in files:
        for name in entries:
            place = file.key_place((key, name))
            if not fits(name):
                yield Fault(message=f"{name!r} cannot be an id", place=place, hint=hint)
            if (other := first.setdefault(name, file)) is not file:
                where = other.key_place((key, name))
                yield Fault(message=f"{name!r} stands in two files", place=place, hint=f"the other one: {where}")


def _word_faults(file: YamlFile, entry: Entry, words: str) -> Iterator[Fault]:
    for where, message, hint in one_line(entry, words):
        yield Fault(message=f"{dotted(where)}: {message}", place=file.place(where), hint=hint)


def _text_faults(file: YamlFile, texts: Mapping[Entry, str]) -> Iterator[Fault]:
    for entry, source in texts.items():
        for offset, message, hint in text_faults(source, printable=(), conditions=()):
            yield Fault(message=f"{dotted(entry)}: {message}", place=file.place(entry, offset), hint=hint)
