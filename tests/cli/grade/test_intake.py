"""``quizgen grade``: responses from wherever they are; nobody is forgotten and no faulty file is half read."""

import os
import subprocess
import sys

import pytest


def test_a_folder_of_every_format(grade, exam):
    """YAML, JSON, a spreadsheet's Unicode text and Moodle's export, all of one class."""
    folder = exam / "in"
    (folder / "late").mkdir(parents=True)
    (folder / "ann.yaml").write_text("form: f-1\nstudent: Ann\nresponses: {1a: 0.5}\n")
    (folder / "late" / "bo.json").write_text('{"form": "f-1", "student": "Bo", "responses": {"1a": 0.5, "2": "A"}}')
    (folder / "sheet.txt").write_bytes(
        "Student\t1A\t1b\t2\t3\r\nChloé\t0.5\t0.25\tA\t\r\nAbe\t\t\t\t\r\n".encode("utf-16")
    )
    (folder / "moodle.csv").write_text(
        "Last name,First name,Email address,State,Response 1,Response 2,Response 3,Response 4\n"
        "Gray,Di,di@example.org,Finished,0.5,-,A,-\n"
        "Overall average,,,,,,,\n"
    )
    ended = grade(responses=["in"])
    assert (ended.code, ended.err) == (0, "")
    table = {line.split("  ")[0]: line.split()[1] for line in ended.out.split("\n\n")[0].splitlines()[2:]}
    assert table == {"Ann": "1", "Bo": "3", "di@example.org": "3", "Chloé": "5", "Abe": "0"}
    assert "Handed in nothing: Abe. Every part counts 0." in ended.out


def test_whoever_handed_in_nothing_has_a_report(grade, exam):
    """In the class report by name, with a folder of their own."""
    (exam / "class.csv").write_text("student,1a,1b,2,3\nAnn,0.5,,,\nBo,,,,\n")
    assert grade("--out", exam / "out").code == 0
    assert "Handed in nothing: Bo. Every part counts 0." in (exam / "out/report.md").read_text()
    assert "0 of 9 points" in (exam / "out/students/Bo/report.md").read_text()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"student,1a\nAnn,1\nAnn,2\n", ":3:1: student 'Ann' a second time\n  hint: the first one stands at "),
        ("student,1a\nChloé,1\n".encode("latin-1"), ":2:5: not UTF-8: byte 0xe9\n  hint: save it as UTF-8"),
        (b"student,1a,remark\nAnn,1,late\n", ":1:1: no part 'remark' in form f-1"),
        (b"student,1a,\nAnn,1,late\n", ":2:1: 3 cells, where the first row has 2"),
        (b"Email address,Response 1\nann@example.org,0.5\n", ":1:1: responses 1, where the form has 4 parts"),
        ("student\t1a\nAnn\t1\n".encode("utf-16")[:-1], ":1:1: not whole UTF-16"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_graded(grade, exam, content, told):
    """With its place, and exit code 1."""
    (exam / "class.csv").write_bytes(content)
    ended = grade("--out", exam / "out")
    assert (ended.code, ended.out, (exam / "out").exists()) == (1, "", False)
    assert f"error: {exam / 'class.csv'}{told}" in ended.err


def test_the_same_student_in_two_files_is_told(grade, exam):
    """Which of the two counts is for a person to say."""
    (exam / "ann.yaml").write_text("form: f-1\nstudent: Ann\nresponses: {1a: 0.5}\n")
    ended = grade(responses=["class.csv", "ann.yaml"])
    assert (ended.code, ended.out) == (1, "")
    assert "student 'Ann' a second time" in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_progress_is_shown_on_a_terminal_only(exam):
    """A bar where a person looks on; nothing in a file or a pipe."""
    import pty

    (exam / "class.csv").write_text("student,1a\n" + "".join(f"s{number},0.5\n" for number in range(3000)))
    command = [sys.executable, "-m", "quizgen", "grade", exam / "form.json", exam / "class.csv"]
    piped = subprocess.run(command, capture_output=True, check=True)
    assert piped.stderr == b""
    ours, theirs = pty.openpty()
    shown = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    seen = os.read(ours, 100_000).decode()
    os.close(ours)
    assert shown.stdout == piped.stdout
    assert "Grading" in seen
    assert "100%" in seen
