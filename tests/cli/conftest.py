"""Running the command line in this process, as `python -m quizgen` would."""

import sys
from typing import NamedTuple

import pytest

from quizgen.cli import main


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def quizgen(monkeypatch, capsys):
    """``quizgen("exam", "--out", folder)`` runs the command and tells how it ended."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["quizgen", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(ended.value.code, captured.out, captured.err)

    return run
