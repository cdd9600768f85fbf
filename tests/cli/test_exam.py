"""``quizgen exam``, ``sheet`` and ``verify`` as a person would type them."""

import json
import os
import re
import stat

import pytest

EXAM_FILES = {
    "student/exam.md",
    "student/exam.html",
    "student/responses.yaml",
    "instructor/model-answers.md",
    "instructor/model-answers.html",
    "instructor/form.json",
    "instructor/responses-key.yaml",
}


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_an_exam_is_written_and_says_where_it_is_and_what_comes_next(quizgen, tmp_path):
    """The seven files are there, and the last line is the command that grades."""
    out = tmp_path / "exam"
    ended = quizgen("exam", "--seed", 7, "--out", out)
    assert ended.code == 0
    assert ended.err == ""
    assert files_in(out) >= EXAM_FILES
    assert {name for name in files_in(out) - EXAM_FILES if not name.endswith((".svg", ".csv"))} == set()
    assert re.match(r"Form [A-Z2-7]{4}-[A-Z2-7]{4}: 10 questions, \d+ points, \d+ minutes \(seed 7\)\n", ended.out)
    assert f"quizgen grade {out}/instructor/form.json {out}/student/responses.yaml" in ended.out


def test_only_the_formats_asked_for(quizgen, tmp_path):
    """--format md writes no HTML."""
    assert quizgen("exam", "--seed", 7, "--format", "md", "--questions", 2, "--out", tmp_path / "e").code == 0
    assert not [name for name in files_in(tmp_path / "e") if name.endswith(".html")]


def test_the_same_seed_gives_the_same_bytes(quizgen, tmp_path):
    """Two runs, equal files."""
    for name in ("a", "b"):
        quizgen("exam", "--seed", 3, "--questions", 4, "--out", tmp_path / name)
    for name in files_in(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_without_a_seed_a_fresh_one_is_drawn_and_printed(quizgen, tmp_path):
    """The seed on the terminal makes the same exam again."""
    ended = quizgen("exam", "--questions", 2, "--out", tmp_path / "a")
    (seed,) = re.findall(r"\(seed (\d+)\)", ended.out)
    quizgen("exam", "--questions", 2, "--seed", seed, "--out", tmp_path / "b")
    form = "instructor/form.json"
    assert (tmp_path / "a" / form).read_bytes() == (tmp_path / "b" / form).read_bytes()


def test_nothing_is_overwritten_without_force(quizgen, tmp_path):
    """A response file that was filled in survives a second exam into the same folder."""
    out = tmp_path / "exam"
    quizgen("exam", "--seed", 1, "--questions", 2, "--out", out)
    (out / "student" / "responses.yaml").write_text("mine")
    ended = quizgen("exam", "--seed", 2, "--questions", 2, "--out", out)
    assert ended.code == 2
    assert "exists already" in ended.err
    assert "--force" in ended.err
    assert (out / "student" / "responses.yaml").read_text() == "mine"


def test_force_keeps_a_response_file_that_may_be_filled_in(quizgen, tmp_path):
    """It is renamed, and the terminal says to what; an untouched one of the same form is simply written again."""
    arguments = ("exam", "--seed", 1, "--questions", 2, "--out", tmp_path, "--force")
    responses = tmp_path / "student" / "responses.yaml"
    quizgen(*arguments)
    blank = responses.read_text()
    for number in (1, 2):
        responses.write_text(f"mine, {number}")
        ended = quizgen(*arguments)
        assert ended.code == 0
        assert ended.err == f"Kept: what stood in {responses} is now {responses}.{number}\n"
        assert responses.read_text() == blank
    assert quizgen(*arguments).err == ""
    assert (tmp_path / "student" / "responses.yaml.1").read_text() == "mine, 1"
    assert (tmp_path / "student" / "responses.yaml.2").read_text() == "mine, 2"


def test_force_leaves_nothing_of_another_form(quizgen, tmp_path):
    """Pages and figures of the first form go, but for what people may have written; their own files stay."""
    quizgen("exam", "--seed", 1, "--format", "md", "--out", tmp_path / "e")
    assert any(name.endswith(".svg") for name in files_in(tmp_path / "e"))
    (tmp_path / "e/student/exam.docx").write_text("marked up")
    assert quizgen("exam", "--seed", 4, "--format", "html", "--out", tmp_path / "e", "--force").code == 0
    quizgen("exam", "--seed", 4, "--format", "html", "--out", tmp_path / "alone")
    more = {"student/exam.docx", "student/responses.yaml.1", "instructor/responses-key.yaml.1"}
    assert files_in(tmp_path / "e") == files_in(tmp_path / "alone") | more
    assert not (tmp_path / "e/student/figures").exists()


def test_force_leaves_no_other_study_sheet(quizgen, tmp_path):
    """A sheet of another topic in another format is not left beside the new one."""
    quizgen("sheet", "--topic", "vanishing", "--seed", 1, "--format", "md", "--out", tmp_path)
    quizgen("sheet", "--topic", "clipping", "--seed", 1, "--format", "html", "--out", tmp_path, "--force")
    assert files_in(tmp_path) == {"sheet.html"}


def test_the_key_is_graded_to_full_points(quizgen, tmp_path):
    """Grade --json on responses-key.yaml: right wherever no person must decide."""
    out = tmp_path / "exam"
    quizgen("exam", "--seed", 11, "--out", out)
    ended = quizgen("grade", out / "instructor/form.json", out / "instructor/responses-key.yaml", "--json")
    assert ended.code == 0
    report = json.loads(ended.out)
    assert set(report) >= {"form", "student", "score", "points", "parts"}
    assert all(part["status"] == "right" for part in report["parts"] if part["status"] != "not-answered")
    fields = {
        "label", "status", "score", "points", "response", "read_as", "key", "diagnosis", "feedback",
    }  # fmt: skip
    assert set(report["parts"][0]) >= fields


def test_verify_says_that_nothing_drifted(quizgen, tmp_path):
    """A fresh form, simulated again, is as recorded."""
    quizgen("exam", "--seed", 7, "--questions", 3, "--out", tmp_path / "e")
    ended = quizgen("verify", tmp_path / "e/instructor/form.json")
    assert ended.code == 0
    assert re.search(r"3 items simulated again, \d+ numbers as recorded", ended.out)


@pytest.mark.parametrize("topics", [[], ["clipping", "vanishing"]])
def test_a_study_sheet(quizgen, tmp_path, topics):
    """sheet.md and sheet.html, with a heading for each topic."""
    options = [word for topic in topics for word in ("--topic", topic)]
    ended = quizgen("sheet", *options, "--seed", 1, "--out", tmp_path)
    assert ended.code == 0
    assert {"sheet.md", "sheet.html"} <= files_in(tmp_path)
    text = (tmp_path / "sheet.md").read_text()
    assert text.count("\n## ") == (len(topics) or 9) + 1  # and the answers
    for heading in ("Definition", "Measured", "Common mistakes", "Test yourself"):
        assert f"### {heading}" in text


def test_one_is_not_spoken_of_as_several(quizgen, tmp_path):
    """A single question is "1 question"."""
    assert ": 1 question, " in quizgen("exam", "--questions", 1, "--seed", 1, "--out", tmp_path).out
    assert "1 item simulated again" in quizgen("verify", tmp_path / "instructor/form.json").out


def test_a_topic_named_twice_counts_once(quizgen, tmp_path):
    """The study sheet has one heading for it; the exam is the same form."""
    quizgen("sheet", "--topic", "clipping", "--topic", "clipping", "--seed", 1, "--out", tmp_path)
    assert (tmp_path / "sheet.md").read_text().count("\n## Gradient clipping\n") == 1
    once = ("--topic", "clipping", "--questions", 1, "--seed", 1, "--out")
    quizgen("exam", *once, tmp_path / "once")
    quizgen("exam", "--topic", "clipping", *once, tmp_path / "twice")
    form = "instructor/form.json"
    assert (tmp_path / "once" / form).read_bytes() == (tmp_path / "twice" / form).read_bytes()


def test_a_blueprint_may_be_a_file(quizgen, tmp_path):
    """--blueprint takes a file of one's own."""
    plan = tmp_path / "short.yaml"
    plan.write_text(
        "id: short\ntitle: Short quiz\nquestions: 2\nsections:\n  - topics: [clipping, vanishing]\n    questions: 2\n"
    )
    ended = quizgen("exam", "--blueprint", plan, "--seed", 1, "--out", tmp_path / "e")
    assert ended.code == 0
    assert "# Short quiz" in (tmp_path / "e/student/exam.md").read_text()


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_files_have_the_permissions_that_the_user_has_set(quizgen, tmp_path, umask, mode):
    """Written files are as any other new file: ordinary under an ordinary umask, private under a private one."""
    before = os.umask(umask)
    try:
        quizgen("exam", "--seed", 1, "--questions", 1, "--out", tmp_path / "e")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "e/student/exam.md").stat().st_mode) == mode


def test_an_exam_says_what_it_came_to_beside_its_bounds(quizgen, tmp_path):
    """One line for each kind of amount; points and minutes only where they are bounded."""
    ended = quizgen("exam", "--blueprint", "quick-quiz", "--seed", 1, "--format", "md", "--out", tmp_path / "q")
    lines = ended.out.splitlines()
    assert re.fullmatch(r"Form \S+: 5 questions, \d+ points, 30 minutes \(seed 1\)", lines[0])
    assert re.fullmatch(r"  points          1\d \(10 to 18\)", lines[1])
    assert re.fullmatch(r"  working time    \d\d \(22 to 30\)", lines[2])
    assert re.fullmatch(r"  levels          .*analyse [012] \(at most 2\)", lines[3])
    assert re.fullmatch(r"  topics          (\S+ 1, ){4}\S+ 1", lines[4])
    assert re.fullmatch(r"  item types      \S+ \d.*", lines[5])
    assert lines[6].startswith("  exam            ")
    plain = quizgen("exam", "--questions", 1, "--seed", 1, "--format", "md", "--out", tmp_path / "p").out
    assert [line.split()[0] for line in plain.splitlines()[1:5]] == ["levels", "topics", "item", "exam"]


def test_an_exam_that_cannot_be_says_which_bound_and_what_there_is(quizgen, tmp_path):
    """Exit code 2, the bound with its nearest amount, and no file."""
    plan = tmp_path / "long.yaml"
    plan.write_text(
        "id: long\ntitle: Long\nquestions: 1\nbounds: {minutes: {at_least: 600}}\nsections: [{questions: 1}]\n"
    )
    ended = quizgen("exam", "--blueprint", plan, "--seed", 1, "--out", tmp_path / "e")
    assert ended.code == 2
    assert re.match(
        r"error: blueprint 'long': these bounds cannot be kept with 1 question:\n"
        r"  minutes: at least 600; the nearest found is \d+\n  hint: ",
        ended.err,
    )
    assert not (tmp_path / "e").exists()
