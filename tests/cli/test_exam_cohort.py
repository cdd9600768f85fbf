"""``quizgen exam --copies`` and ``--roster``, and ``quizgen grade`` for what they made."""

import csv
import os
import signal
import subprocess
import sys
import time

import pytest

from quizgen.cli.progress import CountBar

SHORT = ("--blueprint", "warm-up", "--topic", "gated-cells", "--seed", 4, "--format", "html")


def test_a_roster_makes_an_exam_for_each_student(quizgen, tmp_path):
    """The index names everybody, the pages greet them, and extra time is on the page."""
    roster = tmp_path / "students.csv"
    roster.write_bytes("id;name;group;extra time\ns1;Zoë Müller;A;\ns2;Jo;B;25 %\n".encode("latin-1"))
    out = tmp_path / "out"
    ended = quizgen("exam", *SHORT, "--roster", roster, "--out", out)
    assert ended.code == 0
    assert "read as Latin-1" in ended.err
    assert ended.out.startswith("2 individual exams (seed 4)\n")
    with (out / "instructor" / "index.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["student"], row["name"], row["group"], row["folder"]) for row in rows] == [
        ("s1", "Zoë Müller", "A", "s1"),
        ("s2", "Jo", "B", "s2"),
    ]
    assert float(rows[1]["minutes"]) == pytest.approx(1.25 * float(rows[0]["minutes"]), abs=1)
    page = (out / "student" / "s1" / "exam.html").read_text(encoding="utf-8")
    assert "Zoë Müller" in page
    assert rows[0]["form"] in page
    assert rows[0]["seed"] not in page
    assert "Zoë Müller" in (out / "instructor" / "index.html").read_text(encoding="utf-8")


def test_a_roster_at_fault_is_told_row_by_row(quizgen, tmp_path):
    """Nothing is made."""
    roster = tmp_path / "students.csv"
    roster.write_text("id,seed\na,1\n,2\na,x\n", encoding="utf-8")
    ended = quizgen("exam", *SHORT, "--roster", roster, "--out", tmp_path / "out")
    assert ended.code == 1
    assert [line for line in ended.err.splitlines() if "hint" not in line] == [
        f"error: {roster}:3:1: no id",
        f"{roster}:4:1: seed 'x': expected a whole number from 0 to 9007199254740991",
        f"{roster}:4:1: id 'a' stands in row 2 already",
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [("--copies", 2, "--roster", "x.csv"), ("--resume",), ("--jobs", 2)])
def test_options_of_cohorts_need_one(quizgen, tmp_path, arguments):
    """And --copies and --roster exclude each other."""
    ended = quizgen("exam", *arguments, "--out", tmp_path / "out")
    assert ended.code == 2
    assert "--copies" in ended.err


def test_quiet_says_nothing(quizgen, tmp_path):
    """Neither on stdout nor on stderr."""
    ended = quizgen("exam", *SHORT, "--copies", 2, "--quiet", "--out", tmp_path / "out")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_a_font_may_be_in_every_page(quizgen, tmp_path):
    """Then there is no folder of shared files; otherwise the pages name one, and other fonts beside it."""
    quizgen("exam", *SHORT, "--copies", 1, "--embed-font", "--out", tmp_path / "embedded")
    quizgen("exam", *SHORT, "--copies", 1, "--out", tmp_path / "shared")
    assert not (tmp_path / "embedded" / "student" / "assets").exists()
    assert "data:font/woff2" in (tmp_path / "embedded/student/1/exam.html").read_text(encoding="utf-8")
    page = (tmp_path / "shared/student/1/exam.html").read_text(encoding="utf-8")
    assert "url(../assets/STIXTwoMath-Regular.woff2)" in page
    assert '"STIX Two Math"' in page
    assert (tmp_path / "shared" / "student" / "assets" / "STIXTwoMath-Regular.woff2").exists()


def test_the_whole_folder_is_graded(quizgen, tmp_path):
    """Each response with the form that it names; what its key says earns full points."""
    out, responses = tmp_path / "out", tmp_path / "responses"
    quizgen("exam", *SHORT, "--copies", 3, "--out", out)
    responses.mkdir()
    for number in "123":
        key = (out / "instructor" / number / "responses-key.yaml").read_text(encoding="utf-8")
        (responses / f"{number}.yaml").write_text(key.replace('"key"', f'"{number}"'), encoding="utf-8")
    ended = quizgen("grade", out / "instructor", responses, "--out", tmp_path / "graded")
    assert ended.code == 0, ended.err
    scores = [line.split() for line in ended.out.splitlines() if line[:1] in "123" and line[:1]]
    assert [(row[0], row[1]) for row in scores] == [(number, scores[0][2]) for number in "123"]
    assert (tmp_path / "graded" / "students" / "2" / "report.html").exists()
    assert "3 individual forms" in (tmp_path / "graded" / "report.md").read_text(encoding="utf-8")


def test_a_response_to_no_form_of_the_cohort_is_refused(quizgen, tmp_path):
    """With its place, and the nearest names; one that names no form at all, too."""
    quizgen("exam", *SHORT, "--copies", 1, "--out", tmp_path / "out")
    wrong, none = tmp_path / "wrong.yaml", tmp_path / "none.yaml"
    wrong.write_text('form: "AAAA-AAAA"\nstudent: "1"\nresponses:\n  1: ""\n', encoding="utf-8")
    none.write_text('student: "1"\nresponses:\n  1: ""\n', encoding="utf-8")
    ended = quizgen("grade", tmp_path / "out" / "instructor", wrong, none)
    assert ended.code == 1
    assert f"{wrong}:1:7: no form 'AAAA-AAAA' in this cohort" in ended.err
    assert f"{none}:1:1: 'form' is missing" in ended.err


# -- progress and interruption -----------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_says_how_to_go_on_and_going_on_ends_it(tmp_path):
    """The command on stderr finishes the work; exit code 130."""
    command = [
        sys.executable,
        "-m",
        "quizgen",
        "exam",
        *map(str, SHORT),
        "--copies",
        "2000",
        "--out",
        str(tmp_path / "o"),
    ]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not (tmp_path / "o" / "student" / "0001").exists() and running.poll() is None:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    *_, how_many, again, blank, last = errors.split("\n")[:-1]
    assert how_many.endswith("of 2000 exams are there; go on with")
    assert again.startswith("  quizgen exam ")
    assert again.endswith(" --resume")
    assert (blank, last) == ("", "interrupted; files are whole or absent")


def test_progress_is_a_bar_with_rate_and_time_on_a_terminal(monkeypatch, capsys):
    """It is drawn in place, and taken away at the end."""
    moments = iter([0.0, 0.0, 10.0])
    monkeypatch.setattr("quizgen.cli.progress.monotonic", lambda: next(moments))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with CountBar("Exams", total=300) as bar:
        bar(0)
        bar(100)
    shown = capsys.readouterr().err
    assert "[##########--------------------] Exams: 100 of 300, 10 a second, 0:20 left" in shown
    assert shown.endswith("\r\x1b[2K")


def test_progress_is_plain_lines_elsewhere(monkeypatch, capsys):
    """Every ten seconds one; none where it was over sooner."""
    moments = iter([0.0, 0.0, 4.0, 12.0, 13.0])
    monkeypatch.setattr("quizgen.cli.progress.monotonic", lambda: next(moments))
    with CountBar("Exams", total=4000) as bar:
        for done in (0, 40, 1200, 1300):
            bar(done)
    assert capsys.readouterr().err == "Exams: 1200 of 4000, 100 a second, 0:28 left\n"
