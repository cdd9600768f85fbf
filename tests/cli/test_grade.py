"""``quizgen grade``: exact output, exit codes, and files whole or absent."""

import json
import os
import subprocess
import sys

import pytest

from quizgen.forms import record
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.grading import grade as grading
from quizgen.items.item import Item, Part, Provenance
from quizgen.items.number_key import NumericKey
from quizgen.items.open import Criterion, OpenKey

RATE = Part(
    label="1",
    id="rate",
    type="numeric",
    points=2,
    ask="What is $r$?",
    key=NumericKey(value=3e-12, printed="3.00e-12", rtol=0.01, atol=0, unit="", fractions=False, percent=False),
)
WHY = Part(
    label="2",
    id="why",
    type="open",
    points=3,
    ask="Why?",
    key=OpenKey(
        criteria=(Criterion(criterion="It shrinks.", points=3, evidence=(("shrink",),), contradicted_by=()),), lines=4
    ),
)
ANN = "form: f-1\nstudent: Ann\nresponses:\n  1: 3e-12\n  2: The product shrinks.\n"


def make_item(part: Part) -> Item:
    return Item(
        template=part.id,
        digest="0" * 64,
        title="Decay",
        topic="vanishing",
        level="apply",
        minutes=5,
        objective="Find it.",
        stem="A network.",
        parts=(part,),
        numbers={},
        truths={},
        figure=None,
        model_answer={},
        provenance=Provenance(seed=1, variant=0, attempt=0, source="", simulations={}),
    )


@pytest.fixture
def exam(tmp_path):
    """A folder with form.json and Ann's responses, all right so far as a program can tell."""
    form = Form(
        schema=SCHEMA_VERSION,
        id="f-1",
        title="Practice",
        blueprint="practice",
        seed=1,
        minutes=10,
        instructions="",
        quizgen_version="0",
        numpy_version="0",
        items=(make_item(RATE), make_item(WHY)),
    )
    (tmp_path / "form.json").write_text(record.to_json(form))
    (tmp_path / "ann.yaml").write_text(ANN)
    return tmp_path


def test_one_student_is_shown_in_full(quizgen, exam):
    """The table for people, to the letter."""
    ended = quizgen("grade", exam / "form.json", exam / "ann.yaml")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "Ann: 2 points so far; 3 of the 5 are still to be marked\n"
        "\n"
        "Part  Response              Read as  Key         Verdict       Score  Mistake\n"
        "────  ────────────────────  ───────  ──────────  ────────────  ─────  ───────\n"
        "1     3e-12                 3×10⁻¹²  3.00×10⁻¹²  right         2 / 2\n"
        "2     The product shrinks.                       to be marked  – / 3\n"
        "\n"
        "2: Your teacher will mark this answer.\n"
    )


def test_json_is_one_object_a_student(quizgen, exam):
    """One line each, so that one student's output is one JSON text."""
    ended = quizgen("grade", exam / "form.json", exam / "ann.yaml", "--json")
    plain = json.loads(ended.out)
    assert [part["status"] for part in plain["parts"]] == ["right", "needs-review"]
    (exam / "class.csv").write_text("student,1\nBo,0\nCy,\n")
    ended = quizgen("grade", exam / "form.json", exam / "ann.yaml", exam / "class.csv", "--json")
    plain = [json.loads(line) for line in ended.out.splitlines()]
    assert [(one["student"], one["parts"][0]["status"]) for one in plain] == [
        ("Ann", "right"),
        ("Bo", "wrong"),
        ("Cy", "not-answered"),
    ]


def test_a_terminal_without_the_signs_shows_others(exam):
    """Where output is not in Unicode, a question mark stands for what it lacks; JSON loses nothing; nothing fails."""

    def graded(*options):
        command = [sys.executable, "-m", "quizgen", "grade", exam / "form.json", exam / "ann.yaml", *options]
        environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
        ended = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert (ended.returncode, ended.stderr) == (0, b"")
        return ended.stdout.decode("cp1252")

    assert "3×10?¹²" in graded()
    assert json.loads(graded("--json"))["parts"][0]["read_as"] == "3×10⁻¹²"


def test_reports_are_written_for_the_class_and_each_student(quizgen, exam):
    """Whole files, in folders that are safe to make; nothing is overwritten without --force."""
    (exam / "bo.yaml").write_text(ANN.replace("Ann", "../Bo"))
    arguments = ("grade", exam / "form.json", exam / "ann.yaml", exam / "bo.yaml", "--out", exam / "out")
    assert quizgen(*arguments).code == 0
    written = sorted(str(path.relative_to(exam / "out")) for path in (exam / "out").rglob("*") if path.is_file())
    assert [name.replace("\\", "/") for name in written if "Bo" not in name] == [
        "items.csv",
        "marking-sheet.html",
        "marking-sheet.md",
        "marking-sheet.yaml",
        "report.html",
        "report.md",
        "scores.csv",
        "students/Ann/report.html",
        "students/Ann/report.md",
    ]
    assert len([name for name in written if "/Bo-" in name]) == 2
    before = (exam / "out" / "report.md").read_bytes()
    ended = quizgen(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "exists already" in ended.err
    assert quizgen(*arguments, "--force").code == 0
    assert (exam / "out" / "report.md").read_bytes() == before


def test_force_keeps_a_marking_sheet_that_may_be_filled_in(quizgen, exam):
    """It is renamed before a new one is written, and also where none is needed any more; standard output stays JSON."""
    arguments = ("grade", exam / "form.json", "--out", exam / "out", "--force", "--json")
    sheet = exam / "out" / "marking-sheet.yaml"
    quizgen(*arguments, exam / "ann.yaml")
    blank = sheet.read_text()
    filled = blank.replace("score:", "score: 3")
    sheet.write_text(filled)
    ended = quizgen(*arguments, exam / "ann.yaml")
    assert (ended.code, ended.err) == (0, f"Kept: what stood in {sheet} is now {sheet}.1\n")
    assert json.loads(ended.out)["student"] == "Ann"
    assert ((exam / "out/marking-sheet.yaml.1").read_text(), sheet.read_text()) == (filled, blank)
    (exam / "bo.yaml").write_text("form: f-1\nstudent: Bo\nresponses: {1: 3e-12}\n")
    ended = quizgen(*arguments, exam / "bo.yaml")
    assert ended.err == f"Kept: what stood in {sheet} is now {sheet}.2\n"
    assert not sheet.exists()
    assert not (exam / "out" / "students" / "Ann").exists()
    assert (exam / "out" / "students" / "Bo" / "report.md").exists()


def test_a_decimal_comma_is_declared_by_option(quizgen, exam):
    """1,5 is unreadable until students were told to write it."""
    (exam / "bo.yaml").write_text("form: f-1\nstudent: Bo\nresponses: {1: '3,0e-12'}\n")
    assert "could not be read" in quizgen("grade", exam / "form.json", exam / "bo.yaml").out
    assert "3.0×10⁻¹²" in quizgen("grade", exam / "form.json", exam / "bo.yaml", "--decimal-comma").out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ANN.replace("f-1", "f-2"), "responses to form 'f-2', not to 'f-1'"),
        (ANN.replace("  1:", "  7:"), "no part '7' in form f-1\n  hint: known: 1, 2"),
        ("", "the file is empty"),
        ("\0\0", "not text"),
    ],
)
def test_a_bad_response_file_ends_with_1_and_writes_nothing(quizgen, exam, content, message):
    """One bad file among good ones stops everything before anything is written."""
    (exam / "bad.yaml").write_text(content)
    ended = quizgen("grade", exam / "form.json", exam / "ann.yaml", exam / "bad.yaml", "--out", exam / "out")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"error: {exam / 'bad.yaml'}:")
    assert message in ended.err
    assert not (exam / "out").exists()


def test_a_bad_form_ends_with_1(quizgen, exam):
    """An edited record is not graded by."""
    form = exam / "form.json"
    form.write_text(form.read_text().replace("3.00e-12", "4.00e-12"))
    ended = quizgen("grade", form, exam / "ann.yaml")
    assert ended.code == 1
    assert "digest" in ended.err


def test_no_response_file_is_wrong_usage(quizgen, exam):
    """At least one is needed."""
    assert quizgen("grade", exam / "form.json").code == 2


def test_a_fault_of_the_program_is_loud_and_gives_no_points(quizgen, exam, monkeypatch):
    """The others are graded and reported; the exit code is that of a bug."""
    monkeypatch.setattr(grading, "ITEM_TYPES", {"open": grading.ITEM_TYPES["open"]})
    ended = quizgen("grade", exam / "form.json", exam / "ann.yaml", "--out", exam / "out")
    assert ended.code == 3
    assert "fault in quizgen: Ann, part 1: KeyError" in ended.err
    assert "0 points so far; 5 of the 5 are still to be marked" in ended.out
    assert "reason: " in (exam / "out" / "marking-sheet.yaml").read_text()
