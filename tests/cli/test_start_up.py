"""Starting quickly: what is not needed is not imported."""

import subprocess
import sys

import pytest

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


def test_the_science_needs_numpy_alone():
    """``import quizgen.rnn`` loads NumPy and nothing else from outside."""
    loaded = modules_after("import quizgen.rnn")
    assert "numpy" in loaded
    assert loaded.isdisjoint(set(HEAVY) - {"numpy"} | {"click"})
