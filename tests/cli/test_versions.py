"""``quizgen exam --versions`` and ``--format pdf`` as a person would type them."""

import sys

import pytest

from quizgen.renderers import pdf

SHORT = ("--questions", 2, "--seed", 7)


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_each_version_has_its_folders_and_the_keys_stand_together(quizgen, tmp_path):
    """What students get is apart from what holds keys, version by version."""
    out = tmp_path / "exam"
    ended = quizgen("exam", "--versions", "A,B", *SHORT, "--format", "md", "--out", out)
    assert (ended.code, ended.err) == (0, "")
    assert {name for name in files_in(out) if "figures" not in name} == {
        "instructor/keys.md",
        *(f"student/{v}/{name}" for v in "AB" for name in ("exam.md", "answer-sheet.md", "responses.yaml")),
        *(f"instructor/{v}/{name}" for v in "AB" for name in ("model-answers.md", "form.json", "responses-key.yaml")),
    }
    assert ended.out.startswith("2 versions: 2 questions, ")
    assert f"all keys        {out}/instructor/keys.md" in ended.out


def test_a_version_is_graded_with_its_own_form(quizgen, tmp_path):
    """The command that the last line names takes the version's own key."""
    out = tmp_path / "exam"
    ended = quizgen("exam", "--versions", "A,B", *SHORT, "--format", "md", "--out", out)
    assert f"quizgen grade {out}/instructor/A/form.json RESPONSES" in ended.out
    own = out / "instructor" / "B"
    assert quizgen("grade", own / "form.json", own / "responses-key.yaml").code == 0
    crossed = quizgen("grade", out / "instructor" / "A" / "form.json", own / "responses-key.yaml")
    assert crossed.code == 1
    assert "responses to form" in crossed.err


def test_the_same_seed_gives_the_same_bytes(quizgen, tmp_path):
    """PDF included, equal seeds give equal files."""
    for name in ("one", "two"):
        quizgen(
            "exam",
            "--versions",
            "A,B",
            "--questions",
            1,
            "--seed",
            7,
            "--format",
            "pdf",
            "--format",
            "md",
            "--out",
            tmp_path / name,
        )
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    for name in files_in(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_all_versions_have_the_same_even_number_of_pages(quizgen, tmp_path):
    """They can be printed on both sides in one go."""
    out = tmp_path / "exam"
    quizgen("exam", "--versions", "A,B,C", "--seed", 7, "--questions", 4, "--format", "pdf", "--out", out)
    pages = {pdf.page_count((out / "student" / name / "exam.pdf").read_bytes()) for name in "ABC"}
    assert len(pages) == 1
    assert pages.pop() % 2 == 0


@pytest.mark.parametrize("more", [("--copies", 3), ("--self-check",)])
def test_versions_go_with_no_other_kind_of_exam(quizgen, tmp_path, more):
    """Nothing is written, and the message names what does not go together."""
    ended = quizgen("exam", "--versions", "A,B", *more, "--out", tmp_path / "exam")
    assert ended.code == 2
    assert "--versions goes with neither" in ended.err
    assert not (tmp_path / "exam").exists()


def test_an_answer_sheet_for_a_single_exam(quizgen, tmp_path):
    """--answer-sheet writes it beside the exam, and says where."""
    ended = quizgen("exam", *SHORT, "--answer-sheet", "--format", "md", "--out", tmp_path / "exam")
    assert ended.code == 0
    assert f"answer sheet    {tmp_path}/exam/student/answer-sheet.md" in ended.out
    assert (tmp_path / "exam" / "student" / "answer-sheet.md").is_file()


def test_pdf_on_letter_in_large_print(quizgen, tmp_path):
    """The paper and the size of type are chosen with two words."""
    options = ("--format", "pdf", "--paper", "letter", "--large-print")
    ended = quizgen("exam", *SHORT, *options, "--out", tmp_path / "exam")
    assert (ended.code, ended.err) == (0, "")
    assert f"exam            {tmp_path}/exam/student/exam.pdf" in ended.out
    assert b"/MediaBox[0 0 612 792" in (tmp_path / "exam" / "student" / "exam.pdf").read_bytes()


def test_without_the_extra_nothing_is_written(quizgen, tmp_path, monkeypatch):
    """The message says what to install; the folder is not begun."""
    monkeypatch.setitem(sys.modules, "typst", None)
    pdf._compiler.cache_clear()
    ended = quizgen("exam", *SHORT, "--format", "pdf", "--out", tmp_path / "exam")
    pdf._compiler.cache_clear()
    assert ended.code == 2
    assert ended.err == (
        'error: PDF needs Typst, which is not installed\n  hint: pip install "quizgen[pdf]", or choose --format html\n'
    )
    assert not (tmp_path / "exam").exists()


@pytest.mark.parametrize("command", ["grade", "sheet", "stats"])
def test_every_page_comes_as_pdf(quizgen, tmp_path, command):
    """Reports, statistics and study sheets take the same options as the exam."""
    out, form = tmp_path / "out", tmp_path / "exam" / "instructor" / "form.json"
    quizgen("exam", *SHORT, "--format", "md", "--out", tmp_path / "exam")
    key = form.with_name("responses-key.yaml")
    (tmp_path / "graded.json").write_text(quizgen("grade", form, key, "--json").out)
    arguments = {"grade": (form, key), "sheet": ("--topic", "clipping"), "stats": (tmp_path / "graded.json",)}
    ended = quizgen(command, *arguments[command], "--format", "pdf", "--out", out)
    assert ended.code == 0
    made = list(out.rglob("*.pdf"))
    assert made
    assert all(path.read_bytes().startswith(b"%PDF-1.7") for path in made)
    assert not list(out.rglob("*.html"))
