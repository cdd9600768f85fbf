"""Bad input: a clear message, exit code 1 or 2, and nothing half written."""

import re

import pytest

GOOD = """\
id: mine
title: Mine
topic: vanishing
level: apply
minutes: 3
objective: Test.
draw:
  a: {integer: [2, 9]}
compute:
  twice: a * 2 to exact
require:
  - a > 1
stem: |
  Take << a >>.
parts:
  - id: twice
    points: 1
    ask: |
      What is twice that?
    numeric: {key: twice, rtol: 0}
"""


@pytest.fixture
def own_bank(tmp_path):
    """A folder with one template, changed as the test asks."""

    def make(*replacements):
        text = GOOD
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "bank" / "vanishing" / "mine.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return tmp_path / "bank"

    return make


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["exm"], 2, r"no command named 'exm'; did you mean 'exam'"),
        (["exam"], 2, r"Missing option '--out'"),
        (["exam", "--out", ""], 2, r"the folder has no name; write \. for the current one"),
        (["sheet", "--out", ""], 2, r"the folder has no name"),
        (["grade", "form.json", "r.yaml", "--out", ""], 2, r"the folder has no name"),
        (["exam", "--questions", "1", "--out", "o" * 9000], 1, r"^error: o{200}…: cannot be written: File name too long\n"),
        (["exam", "--bank", "nowhere", "--out", "o"], 2, r"nowhere: no such folder"),
        (["exam", "--topic", "vanishng", "--out", "o"], 2, r"no topic named 'vanishng'\n  hint: did you mean 'vanishing'"),
        (["exam", "--blueprint", "practise", "--out", "o"], 2, r"no blueprint named 'practise'\n  hint: did you mean 'practice'"),
        (["exam", "--blueprint", "none.yaml", "--out", "o"], 2, r"none.yaml: no such file"),
        (["exam", "--questions", "500", "--out", "o"], 2, r"500 questions were asked for; the bank has \d+ that fit"),
        (["exam", "--questions", "0", "--out", "o"], 2, r"--questions 0: expected a number of at least 1"),
        (["exam", "--seed", "-1", "--out", "o"], 2, r"-1 is not in the range x>=0"),
        (["exam", "--seed", "x", "--out", "o"], 2, r"'x' is not a valid integer range"),
        (["exam", "--format", "doc", "--out", "o"], 2, r"'doc' is not one of 'md', 'html'"),
        (["sheet", "--topic", "cliping", "--out", "o"], 2, r"no topic named 'cliping'"),
        (["simulate", "clippin"], 2, r"no experiment named 'clippin'\n  hint: did you mean 'clipping'"),
        (["simulate", "clipping", "--set", "hiden=3"], [1, 2], r"'?hiden'?"),
        (["simulate", "clipping", "--set", "hidden=abc"], [1, 2], r"hidden"),
        (["simulate", "clipping", "--set", "hidden=-3"], [1, 2], r"hidden"),
        (["bank", "show", "jacobian-product-deca"], 2, r"did you mean 'jacobian-product-decay'"),
        (["verify", "nowhere.json"], 1, r"nowhere.json: No such file"),
        (["grade", "nowhere.json", "r.yaml"], 1, r"nowhere.json: No such file"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(quizgen, tmp_path, monkeypatch, arguments, code, message):
    """Every wrong request names what is wrong, and leaves no file behind."""
    monkeypatch.chdir(tmp_path)
    ended = quizgen(*arguments)
    assert ended.code in (code if isinstance(code, list) else [code])
    assert re.search(message, ended.err), ended.err
    assert "Traceback" not in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minutes: 3", "minuts: 3", r"mine.yaml:5:1: .*minuts.*\n.*did you mean 'minutes'"),
        ("minutes: 3", "minutes: 3\nminutes: 4", r"mine.yaml:6:1: .*minutes.*a second time"),
        ("minutes: 3", "minutes: three", r"mine.yaml:5:10: .*'three'"),
        ("a * 2 to", "aa * 2 to", r"mine.yaml:10:10: .*nothing before this is named 'aa'\n.*did you mean 'a'"),
        ("- a > 1", "- a > 100", r"mine: 200 draws in a row were turned down .*\n.*require: a > 100"),
        ("a * 2 to", "a / 0 to", r"mine: 200 draws in a row were turned down .*\n.*not finite: twice"),
        ("topic: vanishing", "topic: clipping", r"mine.yaml:3:8: .*(folder|clipping)"),
        ("id: mine", "id: theirs", r"mine.yaml:1:5: .*theirs"),
        ("    numeric:", "    numbers:", r"mine.yaml:20:5: .*numbers"),
        ("title: Mine", 'title: "\\rho"', r"mine.yaml:2:8: .*backslash"),
        ("title: Mine", "title: [", r"mine.yaml:\d+:\d+: "),
    ],
)  # fmt: skip
def test_a_template_at_fault_names_file_line_and_column(quizgen, tmp_path, own_bank, old, new, message):
    """Whatever is wrong in a template, the place can be clicked."""
    bank = own_bank((old, new))
    ended = quizgen("bank", "show", "mine", "--bank", bank, "--seed", 1)
    assert ended.code == 1
    assert re.search(message, ended.err), ended.err


def test_all_faults_of_a_file_are_told_at_once(quizgen, own_bank):
    """Three faults, three places, one run."""
    bank = own_bank(("minutes: 3", "minuts: 3"), ("points: 1", "points: one"), ("level: apply", "level: aply"))
    ended = quizgen("bank", "check", bank / "vanishing" / "mine.yaml")
    assert ended.code == 1
    lines = [int(line) for line in re.findall(r"mine.yaml:(\d+):", ended.err)]
    assert lines == sorted(lines)
    assert {4, 5, 17} <= set(lines)


def test_an_id_that_stands_in_two_banks(quizgen, tmp_path, own_bank):
    """A template of one's own cannot replace a shipped one by accident."""
    bank = own_bank(("id: mine", "id: jacobian-product-decay"))
    (bank / "vanishing" / "mine.yaml").rename(bank / "vanishing" / "jacobian-product-decay.yaml")
    ended = quizgen("exam", "--bank", bank, "--out", tmp_path / "out")
    assert ended.code == 1
    assert ended.err.count("jacobian-product-decay.yaml") >= 2


@pytest.mark.parametrize("blocked", ["file", "proc"])
def test_a_folder_that_cannot_be_written(quizgen, tmp_path, blocked):
    """The message names the folder; no other file is left."""
    place = tmp_path / "taken" / "exam" if blocked == "file" else "/proc/quizgen"
    if blocked == "file":
        (tmp_path / "taken").write_text("a file stands here")
    ended = quizgen("exam", "--questions", 1, "--seed", 1, "--out", place)
    assert ended.code == 1
    assert "cannot be written" in ended.err
    assert "--out" in ended.err


def test_an_interruption_ends_with_130(quizgen, tmp_path, monkeypatch):
    """Ctrl-C in the middle of the work: exit code 130, and nothing half written."""

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("quizgen.api.make_form", interrupted)
    ended = quizgen("exam", "--seed", 1, "--out", tmp_path / "out")
    assert ended.code == 130
    assert "interrupted" in ended.err
    assert not (tmp_path / "out").exists()


def test_a_fault_of_our_own_is_admitted(quizgen, tmp_path, monkeypatch):
    """An unexpected exception is one line, exit code 3, and a log to attach."""

    def broken(*args, **kwargs):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("quizgen.api.make_form", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    ended = quizgen("exam", "--seed", 1, "--out", tmp_path / "out")
    assert ended.code == 3
    assert "a fault of quizgen itself: ZeroDivisionError: oops" in ended.err
    assert "Traceback" not in ended.err
