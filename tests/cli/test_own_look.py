"""``quizgen exam`` in somebody's own look, in another language, and as a page that checks answers."""

import re

import pytest

ONE = ("exam", "--seed", "7", "--questions", "2", "--format", "html", "--format", "md")


@pytest.fixture
def blueprint(tmp_path):
    """A blueprint with a head and a logo of its own, named as seen from its folder."""
    (tmp_path / "mid-term.yaml").write_text(
        "id: mid-term\ntitle: Mid-term\nquestions: 1\ninstitution: TU Beispielstadt\ncourse: DL-201\nlogo: pictures/logo.svg\n"
        "sections:\n  - {questions: 1, topics: [clipping]}\n"
    )
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    return tmp_path / "mid-term.yaml"


def pages(out):
    return [(out / name).read_text() for name in ("student/exam.html", "instructor/model-answers.html")]


def test_the_head_comes_from_the_blueprint(quizgen, blueprint, tmp_path):
    """Institution, course and logo stand on every page."""
    ended = quizgen("exam", "--blueprint", blueprint, "--seed", "1", "--out", tmp_path / "out")
    assert ended.code == 0, ended.err
    for page in pages(tmp_path / "out"):
        assert "TU Beispielstadt<br>DL-201" in page
        assert 'src="data:image/svg+xml;base64,' in page
    assert "TU Beispielstadt · DL-201\n" in (tmp_path / "out/student/exam.md").read_text()


def test_options_replace_what_the_blueprint_says(quizgen, blueprint, tmp_path):
    """Title and course here; the rest stays."""
    words = ("--title", "Resit", "--course", "<i>DL", "--date", "24 May")
    quizgen("exam", "--blueprint", blueprint, "--seed", "1", "--out", tmp_path / "out", *words)
    for page in pages(tmp_path / "out"):
        assert "TU Beispielstadt<br>&lt;i&gt;DL<br>24 May" in page
        assert re.search("<h1>(Model answers: )?Resit</h1>", page)


def test_a_logo_that_is_not_there_is_told_with_its_place(quizgen, blueprint, tmp_path):
    """The blueprint's line, and nothing is written."""
    (tmp_path / "pictures" / "logo.svg").unlink()
    ended = quizgen("exam", "--blueprint", blueprint, "--seed", "1", "--out", tmp_path / "out")
    assert ended.code == 1
    assert "mid-term.yaml:6:7: logo: " in ended.err
    assert "no such file" in ended.err
    assert not (tmp_path / "out").exists()


def test_what_is_no_picture_is_refused(quizgen, tmp_path):
    """As a logo."""
    (tmp_path / "logo.png").write_text("no picture")
    ended = quizgen(*ONE, "--logo", tmp_path / "logo.png", "--out", tmp_path / "out")
    assert ended.code == 2
    assert "the logo is no picture that pages can show" in ended.err


def test_own_page_templates_are_used(quizgen, tmp_path):
    """File by file; a fault in one is told with its place, and nothing is written."""
    own = tmp_path / "own" / "html" / "blocks"
    own.mkdir(parents=True)
    (own / "sentence.html.jinja").write_text("<p class=mine>{{ block.text }}</p>\n")
    quizgen(*ONE, "--template-dir", tmp_path / "own", "--out", tmp_path / "out")
    assert all("<p class=mine>" in page for page in pages(tmp_path / "out"))
    (own / "sentence.html.jinja").write_text("{{ block.wrods }}")
    ended = quizgen(*ONE, "--template-dir", tmp_path / "own", "--out", tmp_path / "other")
    assert ended.code == 1
    assert f"{own / 'sentence.html.jinja'}:1: " in ended.err
    assert not (tmp_path / "other").exists()


def test_a_misspelt_page_template_is_refused(quizgen, tmp_path):
    """Instead of being passed over."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "stile.css").write_text("")
    ended = quizgen(*ONE, "--template-dir", tmp_path / "own", "--out", tmp_path / "out")
    assert ended.code == 2
    assert "stile.css: there is no such page template" in ended.err


def test_pages_speak_another_language(quizgen, tmp_path):
    """Their own words; the items stay as their authors wrote them."""
    assert quizgen(*ONE, "--language", "de", "--out", tmp_path / "out").code == 0
    student, instructor = pages(tmp_path / "out")
    assert '<html lang="de">' in student
    assert "Ende der Prüfung" in student
    assert "Musterlösung" in instructor
    assert "Matrikelnummer" in (tmp_path / "out/student/exam.md").read_text()


def test_a_language_that_no_page_speaks_is_refused(quizgen, tmp_path):
    """With those that there are."""
    ended = quizgen(*ONE, "--language", "xx", "--out", tmp_path / "out")
    assert ended.code == 2
    assert "no page speaks 'xx'" in ended.err
    assert "de, en" in ended.err


def test_the_page_that_checks_answers_lies_apart(quizgen, tmp_path):
    """The student's folder is the same with it and without it; the page says that it is for practice only."""
    plain = quizgen(*ONE, "--out", tmp_path / "plain")
    ended = quizgen(*ONE, "--self-check", "--out", tmp_path / "out")
    assert "self-check/exam.html" in ended.out
    assert "self-check" not in plain.out
    assert pages(tmp_path / "plain") == pages(tmp_path / "out")
    page = (tmp_path / "out/self-check/exam.html").read_text()
    assert "For practice only" in page
    assert "data-practice" in page
    assert "data-practice" not in pages(tmp_path / "out")[0]


@pytest.mark.parametrize("other", [("--copies", "3"), ("--versions", "A,B")])
def test_one_page_checks_one_exam(quizgen, tmp_path, other):
    """Many exams at once have no such page."""
    ended = quizgen("exam", "--self-check", *other, "--out", tmp_path / "out")
    assert ended.code == 2
    assert "--self-check" in ended.err
