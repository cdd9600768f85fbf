"""``quizgen grade --policy``: what wrong answers cost, rounding, grades and passes, in every output."""

import json

import pytest

POLICY = """\
wrong_costs: {choice: 0.25}
retry_costs: 0.5
round_total_to: 0.5
pass_at: 0.5
grades:
  - {grade: A, at_least: 0.9}
  - {grade: B, at_least: 0.5}
  - {grade: F, at_least: 0}
"""


@pytest.fixture
def policy(exam):
    path = exam / "policy.yaml"
    path.write_text(POLICY)
    return path


def test_grades_and_passes_are_told(grade, sheet, exam, policy):
    """In JSON, in the class report and in the student's own; Bo's wrong tick costs a quarter of its points."""
    marks = sheet(Ann=(2, 1.75), Cy=(1, 1))
    found = [json.loads(line) for line in grade("--policy", policy, "--marks", marks, "--json").out.splitlines()]
    assert [(one["score"], one["grade"], one["passed"]) for one in found] == [
        (9, "A", True),
        (1.5, "F", False),
        (3, "F", False),
    ]
    assert found[1]["parts"][2]["feedback"].startswith("A wrong answer costs 0.5 points here.")
    assert grade("--policy", policy, "--marks", marks, "--out", exam / "out").code == 0
    report = (exam / "out/report.md").read_text()
    assert "| Ann | 9 | 9 | · | · | A | yes |" in report
    assert "Scores are rounded and bounded by the policy" in report
    own = (exam / "out/students/Bo/report.md").read_text()
    assert "- **Grade**: F\n- **Passed**: no" in own
    assert "| −0.5 / 2 |" in own


def test_what_is_still_to_be_marked_has_no_grade(grade, exam, policy):
    """A pass that nothing can take away is told; one that is open is not."""
    found = [json.loads(line) for line in grade("--policy", policy, "--json").out.splitlines()]
    assert [(one["grade"], one["passed"]) for one in found] == [("", True), ("F", False), ("", None)]


def test_attempts_cost_what_the_policy_says(grade, exam, policy):
    """A response file says how often a part was tried."""
    (exam / "di.yaml").write_text("form: f-1\nstudent: Di\nresponses: {1b: 0.25, 2: A}\nattempts: {1b: 2}\n")
    found = json.loads(grade("--policy", policy, "--json", responses=["di.yaml"]).out)
    assert [part["score"] for part in found["parts"]] == [0, 1, 2, 0]
    assert found["parts"][1]["feedback"] == "This was attempt 2, which costs 1 point."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pass_at: 2\n", "policy.yaml:1:10: pass_at: 2: expected a share from 0 to 1"),
        ("wrong_costs: {choise: 0.5}\n", "did you mean 'choice'?"),
        ("gradse: []\n", "gradse"),
        ("", "the file is empty"),
        ("a: [", "not YAML"),
    ],
)
def test_a_policy_at_fault_is_refused(grade, exam, policy, text, told):
    """With its place, before anything is graded."""
    policy.write_text(text)
    ended = grade("--policy", policy)
    assert (ended.code, ended.out) == (1, "")
    assert told in ended.err
