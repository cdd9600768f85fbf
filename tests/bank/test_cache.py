"""A bank that is kept: the same as one that is read, and never a stale one."""

import os
import subprocess
import sys

import pytest

from quizgen.bank import cache
from quizgen.bank.cache import cached
from quizgen.bank.load import load_bank
from quizgen.bank.starter import starter_template

EXAM = """
import sys
from hashlib import sha256
from pathlib import Path

from quizgen import api

bank = api.load_bank(cache=Path(sys.argv[1]))
form = api.make_form(bank, bank.blueprints["warm-up"], seed=1)
files = api.exam_files(form, ["html", "txt"])
print("markdown_it" in sys.modules, sha256(b"".join(files.values())).hexdigest())
"""


@pytest.fixture
def folder(tmp_path):
    """A bank of one template."""
    topic = tmp_path / "bank" / "own"
    topic.mkdir(parents=True)
    (topic / "topic.yaml").write_text("id: own\ntitle: Own\norder: 1\nsummary: |\n  One.\n", encoding="utf-8")
    (topic / "a.yaml").write_text(starter_template("numeric", "a", "own"), encoding="utf-8")
    return tmp_path / "bank"


@pytest.fixture
def read(folder, tmp_path):
    """Loads the bank through the cache; tells whether it had to be read."""
    reads = []

    def loading(folders):
        reads.append(folders)
        return {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml")}

    def once():
        before = len(reads)
        return cached([folder], tmp_path / "cache", loading), len(reads) > before

    return once


def test_what_did_not_change_is_read_once(read):
    """The second time it comes from the cache, and is the same."""
    first, was_read = read()
    assert was_read
    assert read() == (first, False)


def test_a_change_in_any_file_is_seen_even_if_its_time_is_put_back(read, folder):
    """The contents count."""
    read()
    file = folder / "own" / "a.yaml"
    stat = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace("numeric", "Numeric", 1), encoding="utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    found, was_read = read()
    assert was_read
    assert found["a.yaml"] == file.read_text(encoding="utf-8")


def test_a_file_that_is_added_or_taken_away_is_seen(read, folder):
    """So is the name of a file."""
    read()
    (folder / "own" / "b.yaml").write_text("x", encoding="utf-8")
    assert read()[1]
    (folder / "own" / "b.yaml").rename(folder / "own" / "c.yaml")
    assert read()[1]


def test_a_change_behind_a_link_is_seen(read, folder, tmp_path):
    """A topic may lie elsewhere; a link that leads back to the bank is no harm."""
    topic = folder / "own"
    topic.rename(tmp_path / "elsewhere")
    topic.symlink_to(tmp_path / "elsewhere")
    (topic / "back").symlink_to(folder)
    read()
    assert not read()[1]
    (tmp_path / "elsewhere" / "a.yaml").write_text("x", encoding="utf-8")
    assert read()[1]


def test_what_reads_texts_counts(read, monkeypatch):
    """Another version of a parser may read the same text otherwise, so the bank is read with it."""
    read()
    installed = list(cache._installed())
    assert any(name.startswith("math_core-") for name in installed)
    monkeypatch.setattr(cache, "_installed", lambda: [*installed, "math_core-99.dist-info"])
    assert read()[1]
    assert not read()[1]


def test_a_damaged_cache_is_passed_over(read, tmp_path):
    """It is written anew."""
    first, _ = read()
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(file.read_bytes()[:20])
    assert read() == (first, True)
    assert read() == (first, False)


@pytest.mark.skipif(os.name != "posix", reason="modes are asked for")
def test_a_folder_that_others_may_write_into_is_no_cache(read, tmp_path):
    """What lies there could be anybody's."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    assert read()[1]
    assert read()[1]
    assert not list((tmp_path / "cache").iterdir())


def test_the_shipped_bank_survives(bank, tmp_path):
    """Every template, blueprint and topic comes back as it was."""
    from quizgen.shipped import QUESTION_BANK

    cached([QUESTION_BANK], tmp_path, lambda folders: load_bank(list(folders)))
    kept = cached([QUESTION_BANK], tmp_path, lambda folders: pytest.fail("read again"))
    assert list(kept.templates) == list(bank.templates)
    assert {one.digest for one in kept.templates.values()} == {one.digest for one in bank.templates.values()}
    assert dict(kept.blueprints) == dict(bank.blueprints)


def test_the_texts_of_a_kept_bank_are_not_read_again(tmp_path):
    """An exam of it says what it said, without a parser."""
    command = [sys.executable, "-c", EXAM, str(tmp_path)]
    told = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(2)]
    (has_parser, first), (has_parser_again, second) = told
    assert (has_parser, has_parser_again) == ("True", "False")
    assert first == second


def test_a_folder_that_is_not_there_is_not_taken_for_none(folder, tmp_path):
    """A kept bank does not hide that another folder was named in vain."""
    load = lambda folders: [str(path) for path in folders]  # noqa: E731
    assert cached([folder], tmp_path / "cache", load) == [str(folder)]
    assert cached([folder, tmp_path / "nowhere"], tmp_path / "cache", load) == [str(folder), str(tmp_path / "nowhere")]
