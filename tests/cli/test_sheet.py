"""``quizgen sheet`` as a person would type it: for topics, for a graded report, as a cheat sheet, as cards."""

import json

import pytest


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The reports of two students, as `quizgen grade --json` prints them: one lost points, the other did not."""

    def part(label, template, topic, score, **more):
        return {
            "label": label, "template": template, "variant": 0, "part": "a", "type": "numeric", "question": "A question",
            "topic": topic, "level": "apply", "claims": ["S7"], "status": "right" if score else "wrong", "score": score,
            "points": 1.0, "response": "1", "read_as": "1", "key": "2", "diagnosis": None, "feedback": "", **more,
        }  # fmt: skip

    def report(student, *parts):
        head = {
            "form": "F",
            "title": "Exam",
            "student": student,
            "score": 1.0,
            "points": 2.0,
            "grade": "",
            "passed": None,
        }
        return json.dumps({**head, "parts": parts})

    ada = report(
        "ada",
        part("1", "clip-two-entries", "clipping", 0.0, diagnosis="clipping-fixes-vanishing"),
        part("2", "remedies", "vanishing", 1.0),
        part("3", "exploding-open", "exploding", 0.0, status="needs-review"),
        part("4", "he-std", "initialisation", 0.0, status="void"),
    )
    ben = report("ben", part("1", "clip-two-entries", "clipping", 1.0))
    path = tmp_path_factory.mktemp("graded") / "reports.jsonl"
    path.write_text(f"{ada}\n{ben}\n")
    return path


def names_in(folder):
    return {path.name for path in folder.iterdir()}


def test_a_sheet_has_figures_and_their_numbers_beside_it(quizgen, tmp_path):
    """The Markdown page names each drawing and its table."""
    ended = quizgen("sheet", "--topic", "clipping", "--seed", 1, "--format", "md", "--out", tmp_path)
    assert (ended.code, ended.out) == (0, f"Study sheet (seed 1):\n  {tmp_path}/sheet.md\n")
    assert {"demonstration-clipping.svg", "demonstration-clipping.csv"} <= names_in(tmp_path / "figures")
    text = (tmp_path / "sheet.md").read_text()
    assert "](figures/demonstration-clipping.svg)" in text
    assert "([its numbers](figures/demonstration-clipping.csv))" in text
    rows = (tmp_path / "figures/demonstration-clipping.csv").read_text().splitlines()
    assert rows[0] == "vector,∂E/∂w,∂E/∂b,length"
    assert rows[-1].startswith("clipped by norm,")


def test_the_same_seed_writes_the_same_bytes(quizgen, tmp_path):
    """Figures included."""
    for name in ("a", "b"):
        quizgen("sheet", "--topic", "training", "--seed", 3, "--out", tmp_path / name)
    files = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*")]
    assert len(files) >= 4
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)


def test_from_a_report(quizgen, tmp_path, reports):
    """Only the topic that cost points: what is right, void or waits for a person is not on it."""
    ended = quizgen("sheet", "--from", reports, "--student", "ada", "--seed", 1, "--format", "md", "--out", tmp_path)
    assert ended.code == 0
    text = (tmp_path / "sheet.md").read_text()
    assert text.startswith("# Study sheet for ada\n\nGradient clipping\n")
    assert "| 1 | A question | Gradient clipping | 0 of 1 |" in text
    assert text.count("\n## ") == 2
    assert "> **Your mistake in 1: " in text


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--student", "ada"], 2, "--student needs a report"),
        (["--from", "REPORTS"], 2, "reports on 2 students"),
        (["--from", "REPORTS", "--student", "adda"], 2, "no report on a student 'adda'"),
        (["--from", "REPORTS", "--student", "ben"], 2, "student 'ben' lost no points in these topics"),
        (["--from", "REPORTS", "--student", "ada", "--topic", "vanishing"], 2, "lost no points in these topics"),
        (["--from", "nowhere.json"], 1, "nowhere.json:1:1: cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_is_explained(quizgen, tmp_path, reports, arguments, code, message):
    """One clear line, and nothing is written."""
    words = [str(reports) if word == "REPORTS" else word for word in arguments]
    ended = quizgen("sheet", *words, "--seed", 1, "--out", tmp_path / "out")
    assert ended.code == code
    assert message in ended.err
    assert not (tmp_path / "out").exists()


def test_a_cheat_sheet_and_cards(quizgen, tmp_path):
    """Each instead of the sheet, both if both are asked; --force leaves no sheet beside them."""
    quizgen("sheet", "--topic", "clipping", "--seed", 1, "--out", tmp_path)
    ended = quizgen(
        "sheet", "--topic", "clipping", "--seed", 1, "--cheat-sheet", "--cards", "--out", tmp_path, "--force"
    )
    assert ended.code == 0
    assert ended.out.splitlines()[0] == "Cheat sheet (seed 1):"
    assert "Cards (seed 1):" in ended.out
    assert names_in(tmp_path) == {"cheat-sheet.md", "cheat-sheet.html", "cards.md", "cards.html"}
