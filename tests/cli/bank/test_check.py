"""``quizgen bank check``: what is certified, how it is told, and what bad input leads to."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen import api
from quizgen.cli.bank import bank
from quizgen.errors import FileFaults, QuizgenError, UsageError

HEAD = "        id     first draw  different  operations  apart  words  drawn again for"


def first_cells(output, count=2):
    """The beginnings of the rows below the head."""
    return [line.split()[:count] for line in output.splitlines() if line.startswith(("passed", "failed"))]


def test_a_line_for_each_template(run):
    """How many first draws were accepted, how many pages differ, how long the way is, how long the page."""
    run("new", "mine")
    lines = run("check", "--seeds", "20").splitlines()
    assert lines[0] == HEAD.replace("id     ", "id    ")
    status, name, share, percent, different, operations, apart, words, *rules = lines[1].split()
    assert (status, name, share, percent) == ("passed", "mine", "100", "%")
    assert 15 <= int(different) <= 20
    assert (operations, apart, rules) == ("1", "–", [])
    assert int(words) > 10
    assert lines[2:] == ["All passed: 1 of 1 on 20 seeds each."]


def test_details(run):
    """With --verbose the variants, the reading, and each part."""
    run("new", "mine", "--type", "choice")
    output = run("check", "--seeds", "30", "--verbose")
    for words in (
        "different of 30; about 5", " at most: ", "of 4 minutes", "part gradient (choice)",
        "operations: 1; figures of the numbers that go in: 4", "nearest wrong value: ", "time: ", "right option: A ",
    ):  # fmt: skip
        assert words in output


def test_a_report_for_programs(run):
    """Everything that was found, as JSON."""
    run("new", "mine")
    assert "Wrote found/report.json" in run("check", "--seeds", "20", "--report", "found/report.json")
    found = json.loads(Path("found/report.json").read_text(encoding="utf-8"))
    (template,) = found["templates"]
    assert template["template"] == "mine"
    assert template["seeds"] == template["space"]["made"] == 20
    assert template["parts"][0]["operations"] == {"least": 1, "median": 1.0, "most": 1, "outliers": []}
    assert template["milliseconds"] > 0


def test_two_processes_find_what_one_finds(run):
    """Neither the order nor a number depends on how the work is spread."""
    for name in ("mine", "yours", "ours"):
        run("new", name)
    reports = []
    for jobs in ("1", "2"):
        run("check", "--seeds", "20", "--jobs", jobs, "--report", "report.json")
        reports.append(json.loads(Path("report.json").read_text(encoding="utf-8"))["templates"])
        for template in reports[-1]:
            del template["milliseconds"]
    assert [template["template"] for template in reports[0]] == ["mine", "ours", "yours"]
    assert reports[0] == reports[1]


def test_check_of_a_topics_folder(run):
    """Its templates are certified, and no others; its topic.yaml is read with its bank."""
    run("new", "shipped", "--topic", "gates")
    run("new", "mine", "--bank", "own")
    run("new", "yours", "--topic", "other", "--bank", "own")
    output = run("check", "own/practice", "--seeds", "2")
    assert output.startswith("own/practice/topic.yaml: a topic, nothing wrong with it\n")
    assert first_cells(output) == [["passed", "mine"]]


def test_check_of_a_topic(run, fails, change):
    """A topic has nothing to certify: it is said to be one, and its faults are told."""
    run("new", "shipped", "--topic", "gates")
    run("new", "mine", "--bank", "own")
    path = Path("own/practice/topic.yaml")
    assert run("check", str(path)) == f"{path}: a topic, nothing wrong with it\n"
    assert run("check", str(path), "--bank", "own", "--seeds", "2").endswith("All passed: 1 of 1 on 2 seeds each.\n")
    change("order: 100", "order: first", path)
    assert "order: 'first': expected a whole number" in fails(FileFaults, "check", str(path))


@pytest.mark.parametrize("path", ["own/blueprints/short.yaml", "short.yaml"])
def test_check_of_a_blueprint(run, fails, path):
    """In its bank or beside it, a blueprint is known as one and checked as one."""
    run("new", "shipped", "--topic", "gates")
    run("new", "mine", "--bank", "own" if path.startswith("own") else "question_bank")
    Path(path).parent.mkdir(exist_ok=True)
    lines = "id: short\ntitle: Short\nquestions: 1\nsections: [{topics: [practice], questions: 1}]\n"
    Path(path).write_text(lines, encoding="utf-8")
    assert run("check", path) == f"{path}: a blueprint, nothing wrong with it\n"
    Path(path).write_text(lines.replace("practice", "practise"), encoding="utf-8")
    assert "no topic named 'practise'" in fails(FileFaults, "check", path)


def test_each_row_is_printed_as_it_comes(run, monkeypatch):
    """What is known before a later template breaks off is on the page already."""
    run("new", "mine")
    run("new", "yours")
    certify = api.check_template

    def interrupted(template, *, seeds):
        if template.id == "yours":
            raise KeyboardInterrupt
        return certify(template, seeds=seeds)

    monkeypatch.setattr("quizgen.api.check_template", interrupted)
    output = CliRunner().invoke(bank, ["check", "--seeds", "2"]).output
    assert output.splitlines()[0] == HEAD
    assert first_cells(output) == [["passed", "mine"]]


def test_a_path_that_the_system_cannot_follow_is_wrong_usage(fails):
    """Links that lead back to themselves, and a name that is too long, are no fault of quizgen."""
    Path("loop").symlink_to("loop")
    for name in ("loop", "a" * 300):
        assert f"{name}: no such folder" in fails(UsageError, "check", name)


def test_the_rule_and_the_seeds_of_a_template_that_rarely_makes_sense(run, change):
    """A requirement that is hardly ever met fails the template, with the rule that was broken."""
    run("new", "mine")
    change("gradient < 0.5", "gradient < 0.005")
    result = CliRunner().invoke(bank, ["check", "--seeds", "20"])
    assert isinstance(result.exception, QuizgenError)
    assert str(result.exception).startswith("1 of 1 item templates failed")
    rows = result.output.splitlines()
    assert rows[1].startswith("failed  mine")
    assert "require: gradient < 0.005" in rows[1]
    assert rows[2].startswith("mine: only ")
    assert "first by seed " in rows[2]


def test_a_faulty_file_tells_its_faults_alone(run, fails, change):
    """A file is certified whatever the state of the bank around it; a bank only as a whole."""
    run("new", "mine")
    run("new", "another")
    change("minutes: 4", "minutes: four")
    assert run("check", "question_bank/practice/another.yaml", "--seeds", "2").endswith("1 of 1 on 2 seeds each.\n")
    assert "mine.yaml:9:10: minutes: 'four'" in fails(FileFaults, "check", "question_bank/practice/mine.yaml")
    assert "mine.yaml:9:10: minutes: 'four'" in fails(FileFaults, "check", "question_bank")


def test_a_bank_of_ones_own_leaves_out_the_others(run, fails):
    """Naming one's own bank certifies its templates, not those that come with quizgen."""
    run("new", "shipped")
    run("new", "own", "--bank", "mine", "--topic", "mine")
    assert "All passed: 1 of 1" in run("check", "--bank", "mine", "--seeds", "2")
    assert "All passed: 1 of 1" in run("check", "mine", "--seeds", "2")
    assert first_cells(run("check", "--seeds", "2")) == [["passed", "shipped"]]
    assert "nowhere: no such folder" in fails(UsageError, "check", "nowhere")
    assert "expected a number of at least 1" in fails(UsageError, "check", "--seeds", "0")
    assert "expected a number of at least 1" in fails(UsageError, "check", "--jobs", "0")


def test_a_file_of_the_folder_one_stands_in(run, monkeypatch):
    """A template's topic is its folder, however its path is written."""
    run("new", "mine")
    catalogue = Path("question_bank").absolute()
    monkeypatch.chdir("question_bank/practice")
    for module in ("quizgen.api.grading", "quizgen.shipped"):
        monkeypatch.setattr(f"{module}.QUESTION_BANK", catalogue)
    assert "All passed: 1 of 1" in run("check", "mine.yaml", "--seeds", "2")
