"""Work spread over processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.bank.starter import starter_template
from quizgen.cli.workers import spread


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_order(jobs):
    """Whoever is done first, the first entry's comes first."""
    assert list(spread(abs, [-3, 2, -1, 0], jobs=jobs)) == [3, 2, 1, 0]


def test_an_error_of_a_worker_is_told():
    """It ends the work here as it would in this process."""
    with pytest.raises(TypeError):
        list(spread(abs, [1, "two", 3], jobs=2))


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_ends_all_processes_quietly(tmp_path):
    """The exit code says that it was interrupted, and no process leaves a traceback."""
    folder = tmp_path / "own" / "practice"
    folder.mkdir(parents=True)
    for name in ("a", "b", "c", "d"):
        Path(folder, f"{name}.yaml").write_text(starter_template("numeric", name, "practice"), encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "quizgen", "bank", "check", str(folder), "--seeds", "20000", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    first = running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    rest, errors = running.communicate(timeout=60)
    assert first.startswith("        id")
    assert "All passed" not in rest
    assert running.returncode == 130
    assert errors.strip() == "interrupted; files are whole or absent"
