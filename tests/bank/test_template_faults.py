"""What an author is told about a template: a table of broken files and exactly the faults that must be found."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from shutil import copytree

import pytest

from quizgen.bank.load import load_bank
from quizgen.errors import FileFaults

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One way to break the example template, and what must be said about it."""

    title: str
    changes: tuple[tuple[str, str], ...]
    faults: str


def read_cases() -> list[Case]:
    _, *blocks = (HERE / "template_faults.txt").read_text(encoding="utf-8").split("\n# ")
    return [read_case(block) for block in blocks]


def read_case(block: str) -> Case:
    title, *lines = block.strip().split("\n")
    faults = "\n".join(line[2:] for line in lines if line.startswith("= "))
    changes = re.findall(r"((?:^- .*\n)+)((?:^\+ .*\n)+)", "\n".join(lines), re.MULTILINE)
    return Case(title, tuple((without_marks(old), without_marks(new)) for old, new in changes), faults)


def without_marks(lines: str) -> str:
    return "".join(f"{line[2:]}\n" for line in lines.splitlines())


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.title)
def test_faults_name_their_place_what_was_seen_and_what_would_help(case, tmp_path):
    """Every broken template gives exactly the faults of its case, all of them at once, in the order of the lines."""
    copytree(HERE / "example", tmp_path / "bank")
    path = tmp_path / "bank" / "chains" / "one-unit.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in case.changes:
        assert text.count(old) == 1, f"{old!r} does not stand in the example exactly once"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFaults) as caught:
        load_bank([tmp_path / "bank"])
    found = str(caught.value).replace(f"{path}:", "").split("\n")
    expected = case.faults.split("\n")
    assert [shortened(line, like) for line, like in zip_longest(found, expected, fillvalue="")] == expected


def shortened(line: str, like: str) -> str:
    """A line, cut where the expected one says that it goes on."""
    return f"{line[: len(like) - 1]}…" if like.endswith("…") else line
