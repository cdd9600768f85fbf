"""``quizgen bank list``: what a bank holds, and what it covers."""

from pathlib import Path

from quizgen.errors import UnknownNameError, UsageError


def test_list_shows_a_line_for_each_template(run, fails):
    """Id, topic, level, points, minutes, item types and title, in columns."""
    run("new", "mine")
    run("new", "yours", "--topic", "other")
    assert run("list").splitlines() == [
        "id     topic     level  points  minutes  types    title",
        "yours  other     apply       2        4  numeric  One factor, many timesteps",
        "mine   practice  apply       2        4  numeric  One factor, many timesteps",
    ]
    assert [line.split()[0] for line in run("list", "--topic", "practice").splitlines()] == ["id", "mine"]
    assert "did you mean 'practice'?" in fails(UnknownNameError, "list", "--topic", "practise")


def test_list_of_blueprints(run):
    """Id, questions, minutes and title; one question is no questions."""
    run("new", "mine")
    Path("question_bank/blueprints").mkdir()
    for name, questions, more in (("one", 1, ""), ("two", 2, "minutes: 20\n")):
        text = f"id: {name}\ntitle: Exam {name}\nquestions: {questions}\n{more}sections: [{{questions: {questions}}}]\n"
        Path(f"question_bank/blueprints/{name}.yaml").write_text(text, encoding="utf-8")
    assert run("list", "--blueprints").splitlines() == [
        "id   length       time              title",
        "one  1 question   as its questions  Exam one",
        "two  2 questions  20 minutes        Exam two",
    ]


def test_list_of_what_is_covered(run, change):
    """Tables with a dash for none, and what falls short."""
    run("new", "mine")
    run("new", "yours", "--type", "choice", "--topic", "other")
    change("minutes: 4", "minutes: 4\nclaims: [S1]")
    lines = run("list", "--coverage").splitlines()
    claims = {line.split()[0]: line.split()[1:6] for line in lines if line.startswith("S")}
    assert claims["S1"] == ["–", "–", "1", "–", "1"]
    assert claims["S2"] == ["–"] * 5
    head = next(line.split() for line in lines if line.startswith("topic "))
    row = next(line.split() for line in lines if line.startswith("other"))
    assert dict(zip(head, row, strict=True)) | {"choice": "1", "all": "1", "numeric": "–"} == dict(
        zip(head, row, strict=True)
    )
    assert "  S1: 1 template, expected at least 4" in lines
    assert "  S1: 1 level, expected at least 3; none at recall, explain, analyse" in lines
    unused = lines[next(n for n, line in enumerate(lines) if line.startswith("Misconceptions never used")) :]
    assert "  forgets-the-derivative" in unused
    assert "  adds-instead-of-multiplies" not in unused
    assert "  cliff" in unused
    assert "  scalar_chain" not in unused


def test_one_list_at_a_time(fails):
    """What cannot be meant together is refused."""
    assert "expected at most one" in fails(UsageError, "list", "--coverage", "--blueprints")
