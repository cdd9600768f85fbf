"""The README tells the truth: its sessions are run, its files are loaded, and what it shows is what comes out.

After a change that is meant to show, `make readme` writes the output in its sessions anew.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
UPDATE = "QUIZGEN_UPDATE_README" in os.environ
BLOCK = re.compile(r"^```(console|yaml|python)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (\S+\.(?:yaml|py))\n")


@pytest.fixture(scope="module")
def told_and_made(tmp_path_factory):
    """What the README shows, and what it would show if it were run now, from top to bottom in one folder."""
    folder = tmp_path_factory.mktemp("session")
    text = README.read_text(encoding="utf-8")
    made = BLOCK.sub(lambda block: _played(block, folder), text)
    if UPDATE:
        README.write_text(made, encoding="utf-8")
    return README.read_text(encoding="utf-8"), made


def _played(block, folder):
    language, content = block.groups()
    if language == "console":
        commands = re.findall(r"^\$ (.*)$", content, re.MULTILINE)
        content = "".join(f"$ {command}\n{_run(command, folder)}" for command in commands)
    elif named := NAMED.match(content):
        content = _with_form(content, folder / "exam" / "instructor" / "form.json")
        path = folder / named[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return f"```{language}\n{content}```\n"


def _with_form(content, form):
    """Responses to the form that is there: its id changes with the bank, and `make readme` follows."""
    if not (UPDATE and form.exists()):
        return content
    return re.sub(r"(?m)^form: \S+$", f"form: {json.loads(form.read_text())['id']}", content)


def _run(command, folder):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "110"}
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_sessions_are_what_comes_out(told_and_made):
    """Every line after a $ is the output of that command."""
    told, made = told_and_made
    assert told == made


def test_only_the_bound_that_cannot_be_kept_is_an_error(told_and_made):
    """Every other session succeeds."""
    errors = re.findall(r"(?m)^error: .*$", told_and_made[0])
    assert len(errors) == 1
    assert "these bounds cannot be kept" in errors[0]


def test_its_example_of_an_experiment_runs():
    """The file that the README shows measures what it says."""
    import numpy as np

    (source,) = re.findall(r"^```python\n(# slope\.py\n.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S)
    names: dict[str, object] = {"__name__": "slope"}
    exec(compile(source, "slope.py", "exec"), names)  # noqa: S102 - our own README
    measured = names["SLOPE"].measure({"a": np.array([0.0, 1.0])}, seeds=[1, 2], wanted={"slope": None})
    np.testing.assert_allclose(measured["slope"], [1.0, 0.41997434161402614], rtol=1e-14)


def test_its_own_links_lead_somewhere():
    """Each relative link of the README and the documents names a file."""
    for page in [README, ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_every_command_is_told():
    """No command is left out."""
    from quizgen.cli import COMMANDS

    text = README.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"quizgen {name}" not in text] == []
