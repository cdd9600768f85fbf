"""Starting quickly: what is not needed is not imported."""

import subprocess
import sys

import pytest

from quizgen import api

HEAVY = (
    "numpy",
    "jinja2",
    "pydantic",
    "yaml",
    "matplotlib",
    "markdown_it",
    "math_core",
    "distributed",
    "multiprocessing",
)


def modules_after(statement):
    code = f"import sys\ntry:\n    {statement}\nexcept SystemExit:\n    pass\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["exam", "--help"], ["grade", "--help"]])
def test_help_imports_nothing_heavy(arguments):
    """Help needs click and quizgen's own words, no more."""
    loaded = modules_after(f"sys.argv = ['quizgen', *{arguments}]; from quizgen.cli import main; main()")
    assert loaded.isdisjoint(HEAVY)


def test_an_exam_of_a_kept_bank_imports_neither_schema_nor_grading(tmp_path, monkeypatch):
    """Once a bank was found good, whoever makes an exam of it waits for nothing that checks files or grades answers."""
    monkeypatch.setenv("QUIZGEN_CACHE", str(tmp_path / "cache"))
    arguments = ["quizgen", "exam", "--seed", "3", "--force", "--out", str(tmp_path / "exam")]
    statement = f"sys.argv = {arguments}; from quizgen.cli import main; main()"
    assert "pydantic" in modules_after(statement)  # the bank is read
    loaded = modules_after(statement)
    assert "quizgen.api.exams" in loaded
    unneeded = {"pydantic", "yaml", "statistics", "multiprocessing", "numpy.ma"}
    assert loaded.isdisjoint(unneeded | {"quizgen.grading", "quizgen.certificate", "quizgen.bank.load"})


def test_an_exam_of_a_kept_bank_is_read_and_drawn_by_what_it_needs(tmp_path, monkeypatch):
    """Its texts were read when the bank was: neither Markdown's parser is imported, nor that of formulas, nor PDF."""
    monkeypatch.setenv("QUIZGEN_CACHE", str(tmp_path / "cache"))
    arguments = ["quizgen", "exam", "--seed", "3", "--format", "html", "--force", "--out", str(tmp_path / "exam")]
    statement = f"sys.argv = {arguments}; from quizgen.cli import main; main()"
    readers = {"markdown_it", "mdit_py_plugins", "math_core", "quizgen.prose.reading", "quizgen.prose.lints"}
    other_formats = {"typst"} | {f"quizgen.renderers.{name}" for name in ("markdown", "plain", "pdf", "typst")}
    first = modules_after(statement)
    assert readers <= first
    assert first.isdisjoint(other_formats)
    loaded = modules_after(statement)
    assert "quizgen.renderers.html" in loaded
    assert loaded.isdisjoint(readers | other_formats)


def test_every_verb_is_where_the_table_says():
    """Each verb that `quizgen.api` offers can be imported, and is listed; nothing else can be."""
    for name in api.MODULES:
        assert getattr(api, name) is not None
        assert name in dir(api)
    with pytest.raises(AttributeError, match="no attribute 'make_tea'"):
        _ = api.make_tea


def test_the_science_needs_numpy_alone():
    """``import quizgen.rnn`` loads NumPy and nothing else from outside."""
    loaded = modules_after("import quizgen.rnn")
    assert "numpy" in loaded
    assert loaded.isdisjoint(set(HEAVY) - {"numpy"} | {"click"})


def test_the_end_loses_no_output_and_keeps_the_code():
    """The command ends at once when it is done, with all that it printed and its exit code."""
    listed = subprocess.run([sys.executable, "-m", "quizgen", "bank", "list"], capture_output=True, text=True)
    assert listed.returncode == 0
    assert listed.stdout.splitlines()[-1].strip()
    assert len(listed.stdout.splitlines()) > 100
    wrong = subprocess.run([sys.executable, "-m", "quizgen", "exam", "--topic", "nope"], capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "Error" in wrong.stderr


def test_a_reader_that_goes_away_is_told_nothing():
    """``quizgen bank list | head -1`` ends without a traceback."""
    command = [sys.executable, "-m", "quizgen", "bank", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as pipe:
        pipe.stdout.close()
        assert b"Traceback" not in pipe.stderr.read()
    assert pipe.returncode in (0, 1)
