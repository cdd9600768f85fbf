"""``quizgen grade --marks``: a person's points come into every report, and what is blank stays to be marked."""

import json

import pytest

HEAD = "Student  Score  Of  Could not be read  Still to be marked"


def rows(ended):
    """The table that was printed, by student."""
    assert ended.code == 0, ended.err
    table = ended.out.split("\n\n")[0].splitlines()
    assert table[0] == HEAD
    return {line.split()[0]: line.split()[1:] for line in table[2:]}


def test_points_are_merged_and_said_everywhere(grade, sheet, exam):
    """In the terminal, in JSON, in the class report, in the tables and in the student's own report."""
    path = sheet(Ann=(2, 1.5), Cy=(0, 0), comment="Name the Jacobian.")
    assert rows(grade("--marks", path))["Ann"] == ["8.5", "9", "·", "·"]
    ann, _, cy = (json.loads(line) for line in grade("--marks", path, "--json").out.splitlines())
    assert (ann["score"], ann["parts"][3]["status"], ann["parts"][3]["feedback"]) == (
        8.5,
        "partial",
        "Name the Jacobian.",
    )
    assert (cy["score"], cy["parts"][3]["status"]) == (1, "wrong")
    ended = grade("--marks", path, "--out", exam / "out")
    assert (ended.code, ended.err) == (0, "")
    own = (exam / "out/students/Ann/report.md").read_text()
    assert "- **Score**: 8.5 of 9 points" in own
    assert "Name the Jacobian." in own
    assert "| It shrinks. | 1.5 / 2 |" in own
    assert "Still to be marked" not in (exam / "out/report.md").read_text().split("## Scores")[1].split("## Parts")[1]
    assert ",partial,3.5,4," in (exam / "out/scores.csv").read_text()


def test_a_blank_line_stays_to_be_marked_and_every_total_says_so(grade, sheet, exam):
    """Half a rubric earns nothing yet: neither points nor a grade nor a pass."""
    path = sheet(Ann=(2, None), Cy=(1, 1))
    policy = exam / "policy.yaml"
    policy.write_text("pass_at: 0.9\ngrades:\n  - {grade: A, at_least: 0.5}\n")
    assert rows(grade("--marks", path)) == {
        "Ann": ["5", "9", "·", "4", "points"],
        "Bo": ["2", "9", "·", "·"],
        "Cy": ["3", "9", "·", "·"],
    }
    ann = json.loads(grade("--marks", path, "--policy", policy, "--json").out.splitlines()[0])
    assert (ann["parts"][3]["status"], ann["grade"], ann["passed"]) == ("needs-review", "", None)
    assert grade("--marks", path, "--out", exam / "out").code == 0
    assert "5 points so far; 4 of the 9 are still to be marked" in (exam / "out/students/Ann/report.md").read_text()
    assert "without part 3, still to be marked" in (exam / "out/report.md").read_text()
    assert ",needs-review,,4," in (exam / "out/scores.csv").read_text()


def test_the_next_sheet_holds_all_that_was_given(grade, sheet, exam):
    """Grading again with the sheet that a grading with marks wrote gives the same scores, on paper as well."""
    path = sheet(Ann=(2, None), Cy=(1, 1), comment="So.")
    assert grade("--marks", path, "--out", exam / "out").code == 0
    again = exam / "out" / "marking-sheet.yaml"
    assert rows(grade("--marks", again)) == rows(grade("--marks", path))
    printed = (exam / "out/marking-sheet.md").read_text()
    assert "Comment for the student: So." in printed
    assert "| Part 3 together |   | 4 | 2 |" in printed
    ended = grade("--marks", again, "--out", exam / "out", "--force")
    assert (ended.code, ended.err) == (0, "")


def test_marks_that_find_nothing_to_mark_are_told(grade, sheet, exam):
    """A student who is not there, and a part that a program grades; a blank entry is nothing to tell."""
    path = sheet(Ann=(2, 2), Cy=(1, 1))
    path.write_text(path.read_text().replace("student: Cy", "student: Di"))
    ended = grade("--marks", path)
    assert ended.err == "Marks for Di, part 3: nothing there waits for a person; they were not used\n"
    assert rows(ended)["Cy"] == ["1", "9", "·", "4", "points"]
    path.write_text("form: f-1\nstudents: [{student: Ann, parts: [{label: 2, score: 1}, {label: 1a, score: }]}]\n")
    ended = grade("--marks", path)
    assert ended.err == "Marks for Ann, part 2: nothing there waits for a person; they were not used\n"
    assert rows(ended)["Ann"] == ["5", "9", "·", "4", "points"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("form: f-1", "form: f-2", "1:7: marks for form 'f-2', not for 'f-1'"),
        ("label: '3'", "label: '4'", "no part '4'"),
        ("score: 2", "score: 3", "3 points\n  hint: write a number from 0 to 2"),
        ("score: 2", "points_given: 2", "no key named 'points_given'"),
        ("score: 2", "score: '=2+1'", "'=2+1' is not a number of points"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused(grade, sheet, exam, old, new, told):
    """At its place, with exit code 1, and nothing is written."""
    path = sheet(Ann=(2, 2))
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    ended = grade("--marks", path, "--out", exam / "out")
    assert (ended.code, ended.out, (exam / "out").exists()) == (1, "", False)
    assert ended.err.startswith(f"error: {path}:")
    assert told in ended.err


@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xfe", b"[" * 100_000, b"a: &a [*a, *a]", b"- 1", b"form: f-1"])
def test_no_bytes_are_a_traceback(grade, exam, content):
    """Whatever stands in the file, it is refused."""
    (exam / "bad.yaml").write_bytes(content)
    ended = grade("--marks", exam / "bad.yaml")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("error: ")


def test_two_sheets_may_be_given(grade, sheet):
    """Two people share a class; where both gave points that differ, nobody's win."""
    ann, cy = sheet("ann.yaml", Ann=(2, 2)), sheet("cy.yaml", Cy=(1, 0))
    found = rows(grade("--marks", ann, "--marks", cy))
    assert (found["Ann"][0], found["Cy"][0]) == ("9", "2")
    ended = grade("--marks", ann, "--marks", cy, "--marks", sheet("other.yaml", Cy=(2, 2)))
    assert (ended.code, ended.out) == (1, "")
    assert "other points for part 3 of 'Cy'" in ended.err
