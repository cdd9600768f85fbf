"""``quizgen bank preview``: the author's page."""

import os
import tempfile
import time
from pathlib import Path

import click
import pytest

from quizgen.errors import FileFaults, UnknownNameError


def test_the_page_shows_everything(run, fails):
    """The item, its answer, what students are told, and where the numbers came from, in one file."""
    run("new", "mine")
    assert run("preview", "mine", "--seed", "3", "--out", "page.html", "--no-open") == "Wrote page.html (seed 3)\n"
    page = Path("page.html").read_text(encoding="utf-8")
    for words in (
        "What students see", "What model answers show", "What students are told", "Where the numbers came from",
        "1: 0.00544 (the key): right, 2 of 2", "1: 14.4 (", "): wrong, 0 of 2", "you added them",
        "a whole number from 10 to 30", "run.product[T]",
    ):  # fmt: skip
        assert words in page
    assert 'http-equiv="refresh"' not in page
    assert "no item template named 'mien'" in fails(UnknownNameError, "preview", "mien")


def test_a_choices_distractors_are_tried(run):
    """Each wrong option is ticked and answered."""
    run("new", "mine", "--type", "choice")
    run("preview", "question_bank/practice/mine.yaml", "--seed", "3", "--out", "page.html", "--no-open")
    page = Path("page.html").read_text(encoding="utf-8")
    for mistake in ("adds instead of multiplies", "takes the root", "counts factors twice"):
        assert f"({mistake}): wrong, 0 of 1" in page
    assert "half of the timesteps" in page


def test_a_broken_template_is_told_on_the_page(run, fails, change):
    """The error goes to the terminal as well; no browser is needed to see it."""
    run("new", "mine")
    change("minutes: 4", "minutes: four")
    assert "mine.yaml:9:10" in fails(FileFaults, "preview", "mine", "--out", "page.html", "--no-open")
    assert "minutes: &#39;four&#39;" in Path("page.html").read_text(encoding="utf-8")


def test_a_temporary_file_if_none_is_named(run, monkeypatch, tmp_path):
    """Nothing is left in the folder one stands in."""
    run("new", "mine")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    path = Path(run("preview", "mine", "--no-open").split()[1])
    assert path.name == "mine.html"
    assert path.parent.parent == tmp_path / "elsewhere"


def test_the_browser_opens_where_there_is_a_screen(run, monkeypatch):
    """And only there."""
    run("new", "mine")
    opened = []
    monkeypatch.setattr(click, "launch", opened.append)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    run("preview", "mine", "--out", "page.html")
    assert opened == []
    monkeypatch.setenv("DISPLAY", ":0")
    run("preview", "mine", "--out", "page.html")
    assert opened == ["page.html"]


@pytest.fixture
def edits(monkeypatch):
    """Each look at the file is preceded by the next of these edits; then comes Ctrl-C."""
    waiting = []

    def look(seconds):
        if not waiting:
            raise KeyboardInterrupt
        waiting.pop(0)()

    monkeypatch.setattr(time, "sleep", look)
    return waiting


def test_watching_writes_the_page_anew(run, change, edits):
    """After each change; a fault shows on the page and in the terminal, and is gone when it is mended."""
    run("new", "mine")
    pages = []

    def note():
        pages.append(Path("page.html").read_text(encoding="utf-8"))

    def bump(old, new):
        change(old, new)
        path = Path("question_bank/practice/mine.yaml")
        stamp = path.stat().st_mtime_ns + 10**9 * (1 + len(pages))
        os.utime(path, ns=(stamp, stamp))

    edits += [
        lambda: None,
        lambda: bump("One factor, many timesteps", "Another title"),
        note,
        lambda: bump("minutes: 4", "minutes: four"),
        note,
        lambda: bump("minutes: four", "minutes: 4"),
        note,
    ]
    output = run("preview", "mine", "--seed", "3", "--out", "page.html", "--no-open", "--watch")
    assert "Watching question_bank/practice/mine.yaml; Ctrl-C ends it." in output
    assert output.count("Wrote page.html") == 3
    assert "minutes: 'four'" in output
    assert output.endswith("Stopped watching.\n")
    assert ["Another title" in page for page in pages] == [True, False, True]
    assert ["No item can be made" in page for page in pages] == [False, True, False]
    assert all('http-equiv="refresh"' in page for page in pages)
