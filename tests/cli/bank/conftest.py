"""``quizgen bank`` as a person types it, in an empty folder with a bank of its own."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen.cli.bank import bank as command
from quizgen.errors import QuizgenError
from quizgen.shipped import QUESTION_BANK

TEMPLATE = Path("question_bank/practice/mine.yaml")


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    """Every command runs in a folder whose question_bank counts as the one that comes with quizgen.

    It holds the catalogues, and nothing that refers to them.
    """
    catalogues = [
        (QUESTION_BANK / name, (QUESTION_BANK / name).read_bytes()) for name in ("misconceptions.yaml", "claims.yaml")
    ]
    monkeypatch.chdir(tmp_path)
    for module in ("quizgen.api.grading", "quizgen.bank.shipped", "quizgen.shipped"):
        monkeypatch.setattr(f"{module}.QUESTION_BANK", Path("question_bank"))
    Path("question_bank").mkdir()
    for path, content in catalogues:
        Path("question_bank", path.name).write_bytes(content)


@pytest.fixture
def run():
    """``run("check", "--seeds", "2")`` is what the command prints."""

    def go(*arguments):
        return CliRunner().invoke(command, arguments, catch_exceptions=False).output

    return go


@pytest.fixture
def fails(run):
    """``fails(UsageError, "check", "nowhere")`` is what the error says."""

    def go(error: type[QuizgenError], *arguments):
        with pytest.raises(error) as caught:
            run(*arguments)
        return str(caught.value)

    return go


@pytest.fixture
def change():
    """``change("old", "new")`` rewrites the template ``mine``."""

    def go(old, new, path=TEMPLATE):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return go


@pytest.fixture
def templates():
    """All files of a bank but its catalogues."""
    return lambda: sorted(str(path) for path in Path().rglob("*.yaml") if path.parent != Path("question_bank"))
