"""Page templates: compiled once, and kept for the next process where nobody else can write."""

import os
import subprocess
import sys

import pytest

WRITE = """
import sys
from pathlib import Path
from jinja2 import Environment
from quizgen import pages
from quizgen.pages import keep_compiled, page_environment

compiled = []
generate = Environment._generate
Environment._generate = lambda self, source, name, *rest, **how: compiled.append(name) or generate(self, source, name, *rest, **how)
if sys.argv[3]:
    pages.code_digest = lambda: sys.argv[3]
keep_compiled(Path(sys.argv[1]))
page_environment(own=sys.argv[2]).get_template("page.html.jinja")
print(len(compiled), end="")
"""


def compiled_anew(cache, own, code=""):
    """How many page templates a new process compiles for one page; ``code`` stands for another version of quizgen."""
    command = [sys.executable, "-c", WRITE, str(cache), str(own), code]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "own" / "page.html.jinja"
    path.parent.mkdir()
    path.write_text("<p>{{ words }}</p>", encoding="utf-8")
    return path


def test_a_second_process_compiles_nothing(cache, page):
    """What was compiled is found by its text."""
    assert compiled_anew(cache, page.parent) == 1
    assert compiled_anew(cache, page.parent) == 0


def test_what_is_cut_off_is_compiled_again(cache, page):
    """A file that a full disk or a crash left behind does no harm."""
    compiled_anew(cache, page.parent)
    for file in (cache / "pages").glob("*/*"):
        file.write_bytes(file.read_bytes()[:40])
    assert compiled_anew(cache, page.parent) == 1
    assert compiled_anew(cache, page.parent) == 0


def test_a_page_template_is_compiled_when_it_changes(cache, page):
    """The text decides, not the name."""
    compiled_anew(cache, page.parent)
    page.write_text("<em>{{ words }}</em>", encoding="utf-8")
    assert compiled_anew(cache, page.parent) == 1
    assert compiled_anew(cache, page.parent) == 0


def test_another_version_of_quizgen_compiles_for_itself(cache, page):
    """Compiled code depends on how filters are declared; what five older versions left is thrown away."""
    versions = ["a", "b", "c", "d", "e"]
    assert [compiled_anew(cache, page.parent, version) for version in versions] == [1] * 5
    assert [compiled_anew(cache, page.parent, version) for version in versions[1:]] == [0] * 4
    assert len(list((cache / "pages").iterdir())) == 4


@pytest.mark.skipif(os.name != "posix", reason="folders have no such permissions")
def test_a_folder_that_others_can_write_into_is_not_used(cache, page):
    """Compiled page templates are code: nobody else may put any there."""
    (cache / "pages").mkdir(parents=True)
    (cache / "pages").chmod(0o777)
    assert compiled_anew(cache, page.parent) == 1
    assert list((cache / "pages").iterdir()) == []
