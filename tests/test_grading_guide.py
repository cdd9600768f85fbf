"""The teachers' guide to grading tells the truth: its files are read, its sessions run, its table is the code's own.

After a change that is meant to show, `QUIZGEN_UPDATE_README=1 pytest tests/test_grading_guide.py` writes it anew.
"""

import os
import re
import runpy
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from quizgen.bank.authored import field_meanings
from quizgen.cli.grade import grade
from quizgen.forms import record
from quizgen.grading.policy import Policy, read_policy

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "grading.md"
UPDATE = "QUIZGEN_UPDATE_README" in os.environ
BLOCK = re.compile(r"(?:<!-- file: (\S+) -->\n+)?^```(\w+)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
make_form = runpy.run_path(str(ROOT / "tests" / "cli" / "grade" / "conftest.py"))["make_form"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the guide's sessions run: the form of four parts lies there."""
    folder = tmp_path_factory.mktemp("guide")
    (folder / "form.json").write_text(record.to_json(make_form()), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def told_and_made(folder):
    """What the guide shows, and what it would show if it were run now, from top to bottom."""
    text = GUIDE.read_text(encoding="utf-8")
    made = BLOCK.sub(lambda block: played(block, folder), text)
    made = re.sub(
        r"<!-- fields: Policy -->\n.*?<!-- end -->",
        f"<!-- fields: Policy -->\n\n{table()}\n\n<!-- end -->",
        made,
        flags=re.S,
    )
    if UPDATE:
        GUIDE.write_text(made, encoding="utf-8")
    return GUIDE.read_text(encoding="utf-8"), made


def played(block, folder):
    name, language, content = block.groups()
    if name:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    if language != "console":
        return block[0]
    commands = re.findall(r"^\$ (.*)$", content, re.MULTILINE)
    return "```console\n" + "".join(f"$ {command}\n{run(command, folder)}" for command in commands) + "```\n"


def run(command, folder):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "110"}
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr


def table():
    """The fields of a policy, as the code documents them."""
    meanings = field_meanings(Policy)
    rows = [f"| `{field.name}` | {' '.join(meanings[field.name].split())} |" for field in fields(Policy)]
    return "\n".join(["| field | what it says |", "|---|---|", *rows])


def test_sessions_are_what_comes_out(told_and_made):
    """Every line after a $ is the output of that command, and the table of fields is the code's."""
    told, made = told_and_made
    assert told == made


def test_the_policy_that_it_shows_uses_every_field(told_and_made, folder):
    """And can be read."""
    del told_and_made  # which writes the file
    policy = read_policy(folder / "policy.yaml")
    assert [field.name for field in fields(Policy) if getattr(policy, field.name) in ({}, (), None, 0.0, False)] == []


def test_every_option_is_told():
    """Whatever can be typed is in the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    options = {option for parameter in grade.params for option in parameter.opts if option.startswith("--")}
    assert {option for option in options if f"`{option}" not in text and f" {option}" not in text} == set()
