"""The wheel: all that is needed is inside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_an_exam_is_made_from_the_wheel_alone(tmp_path):
    """Built, unpacked elsewhere and run in an empty folder, quizgen finds its bank and its page templates."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    command = [sys.executable, "-m", "quizgen", "exam", "--seed", "1", "--questions", "2", "--out", "exam"]
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(command, cwd=empty, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (empty / "exam" / "student" / "exam.html").is_file()
    loaded = [sys.executable, "-c", "import quizgen; print(quizgen.__file__)"]
    where = subprocess.run(loaded, cwd=empty, env=environment, capture_output=True, text=True, check=True)
    assert Path(where.stdout.strip()).is_relative_to(site)
