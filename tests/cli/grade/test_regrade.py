"""``quizgen grade`` after an exam turned out to be at fault: who gains, who loses, why; and earlier reports stay."""

import json
from dataclasses import replace

import pytest

from quizgen.forms import record


def files(folder):
    """Every file below ``folder`` with its bytes."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_correction_is_told_with_its_reason(grade, exam):
    """The table to the letter: old and new score of each student, and which correction touched which part."""
    ended = grade("--void", "2", "--also-accept", "1a=0.4", "--also-accept", "1a=0.3", "--key", "1b=0.3")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "Corrected:\n"
        "  1a: 0.4 and 0.3 are right as well\n"
        "  1b: the key is now 0.3\n"
        "  2: it counts for nobody\n"
        "\n"
        "Student  Before                 Now                    Why\n"
        "───────  ─────────────────────  ─────────────────────  ───────────────────────────────────────────────────\n"
        "Ann      5 of 9 (56 %, so far)  1 of 7 (14 %, so far)  1b: 2 of 2 → 0 of 2 (the key is now 0.3)\n"
        "                                                       2: 2 of 2 → taken out (it counts for nobody)\n"
        "Bo       2 of 9 (22 %)          3 of 7 (43 %)          1a: 0 of 1 → 1 of 1 (0.4 and 0.3 are right as well)\n"
        "                                                       2: 0 of 2 → taken out (it counts for nobody)\n"
        "Cy       1 of 9 (11 %, so far)  3 of 7 (43 %, so far)  1b: 0 of 2 → 2 of 2 (the key is now 0.3)\n"
        "                                                       2: 0 of 2 → taken out (it counts for nobody)\n"
        "\n"
        "By the share of their points, 2 fare better, 1 worse and 0 as before.\n"
    )


def test_earlier_reports_stay_and_the_log_grows(grade, exam, sheet):
    """Byte for byte; each regrading has a folder of its own and a line of the log."""
    out = exam / "out"
    assert grade("--out", out).code == 0
    first = files(out)
    ended = grade("--out", out, "--void", "1b")
    assert ended.out.endswith(f"Reports: {out / 'regraded-1' / 'report.html'}\n")
    second = files(out)
    assert {name: second[name] for name in first} == first
    assert grade("--out", out, "--also-accept", "2=B", "--force").code == 0
    third = files(out)
    log = out / "regrading.jsonl"
    assert {name: third[name] for name in second if name.name != log.name} == {
        name: content for name, content in second.items() if name.name != log.name
    }
    assert log.read_bytes().startswith(second[log.relative_to(out)])
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(one["reports"], one["corrections"]) for one in entries] == [
        ("regraded-1", {"1b": "it counts for nobody"}),
        ("regraded-2", {"2": "B is right as well"}),
    ]
    assert [(one["student"], one["old"], one["new"]) for one in entries[1]["students"]] == [
        ("Ann", 5, 5),
        ("Bo", 2, 4),
        ("Cy", 1, 1),
    ]
    assert (
        "## Corrected since the exam\n\n- **Part 2**: B is right as well" in (out / "regraded-2/report.md").read_text()
    )
    assert "the exam was corrected" in (out / "regraded-2/students/Bo/report.md").read_text()
    assert "it counts for nobody" in (out / "regraded-1/students/Ann/report.md").read_text()


def test_marks_count_before_and_after(grade, sheet):
    """A person's points are no part of what a correction changes; those for a part that is void are not asked about."""
    marks = sheet(Ann=(2, 2), Cy=(0, 1))
    ended = grade("--marks", marks, "--void", "2")
    assert "Ann      9 of 9 (100 %)  7 of 7 (100 %)  2: 2 of 2 → taken out (it counts for nobody)" in ended.out
    ended = grade("--marks", marks, "--void", "3")
    assert (ended.code, ended.err) == (0, "")
    assert "Ann      9 of 9 (100 %)  5 of 5 (100 %)  3: 4 of 4 → taken out (it counts for nobody)" in ended.out
    plain = json.loads(grade("--void", "3", "--json").out.splitlines()[0])
    assert (plain["points"], plain["parts"][3]["status"], plain["parts"][3]["diagnosis"]) == (5, "void", None)


@pytest.fixture
def corrected(exam, form):
    """The form with other keys for 1a and 1b and other points for 2, written as by hand: its digest is the old one."""
    first, second, third = form.items
    rate = replace(first.parts[0], key=replace(first.parts[0].key, value=0.4, printed="0.400"))
    square = replace(first.parts[1], key=replace(first.parts[1].key, value=0.16, printed="0.160"))
    items = (
        replace(first, parts=(rate, square)),
        replace(second, parts=(replace(second.parts[0], points=1),)),
        third,
    )
    plain = json.loads(record.to_json(replace(form, items=items)))
    plain["digest"] = json.loads(record.to_json(form))["digest"]
    path = exam / "corrected.json"
    path.write_text(json.dumps(plain))
    return path


def test_a_form_that_was_corrected_by_hand(quizgen, exam, corrected):
    """Refused, unless told that it was on purpose; compared with the one before."""
    arguments = ("grade", corrected, exam / "class.csv", "--before", exam / "form.json")
    ended = quizgen(*arguments)
    assert (ended.code, ended.out) == (1, "")
    assert "grade with --edited" in ended.err
    ended = quizgen(*arguments, "--edited", "--out", exam / "out")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[:4] == [
        "Corrected:",
        "  1a: the key is 0.400, not 0.500",
        "  1b: the key is 0.160, not 0.250",
        "  2: 1 instead of 2 points",
    ]
    assert "Bo       2 of 9 (22 %)          3 of 8 (38 %)          1a: 0 of 1 → 1 of 1" in ended.out
    assert (exam / "out/regrading.jsonl").read_text().count("\n") == 1


def test_another_form_is_no_earlier_state(quizgen, exam, form):
    """Two exams cannot be compared."""
    other = exam / "other.json"
    other.write_text(record.to_json(replace(form, id="f-2")))
    ended = quizgen("grade", exam / "form.json", exam / "class.csv", "--before", other)
    assert (ended.code, ended.out) == (2, "")
    assert "form 'f-2', not 'f-1'" in ended.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--void", "9"), "no part '9' in this form"),
        (("--also-accept", "1a"), "'1a' is no correction"),
        (("--also-accept", "3=So it is."), "a person marks this part"),
        (("--key", "2=E"), "'E' cannot be its key"),
        (("--key", "1a=1", "--key", "1a=2"), "cannot both be its key"),
        (("--void", "1a", "--key", "1a=1"), "taken out, and corrected as well"),
    ],
)
def test_a_correction_that_makes_no_sense_is_wrong_usage(grade, exam, options, told):
    """Nothing is graded and nothing written."""
    ended = grade(*options, "--out", exam / "out")
    assert (ended.code, ended.out, (exam / "out").exists()) == (2, "", False)
    assert told in ended.err
