"""All fixed words of all pages are in the word files: a page in another language has no English of ours left."""

import re

import pytest

from tests.language.letters import english_in, visible

# What is no word of ours: the names of files and of quizgen, forms' ids, and what a response file has.
KNOWN = re.compile(
    r"quizgen|\b(?:abs|cosh|exp|ln|max|min|sech|sigmoid|sin|cos|sinh|tan|tanh)\b|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b|\b(?:sqrt|log\w*|kg)\b|v{9,}|responses\.yaml|\b\d+e[-+]?\d+"
)
ARGUMENTS = re.compile(
    r"experiment scalar_chain|activation linear|weight 0\.\d+|timesteps \d+"
)  # of a simulation, as `quizgen simulate` has them
AS_IN_FILES = re.compile(r"\b(?:true|false) [A-J]\b|\bkey\b")  # keys, and their file handed in as one student's


def test_every_kind_of_page_is_there(folder):
    """So that none is forgotten here."""
    kinds = {re.sub(r"\d+", "N", str(path.relative_to(folder))) for path in pages(folder)}
    assert kinds >= {
        *(
            "exam/student/exam.html",
            "exam/student/exam.md",
            "exam/self-check/exam.html",
            "exam/student/answer-sheet.html",
        ),
        *("exam/instructor/model-answers.html", "versions/instructor/keys.html", "copies/instructor/index.html"),
        *(
            "sheet/sheet.html",
            "own/sheet.html",
            "cheat-sheet/cheat-sheet.html",
            "cards/cards.html",
            "stats/statistics.html",
        ),
        *(
            "graded/report.html",
            "graded/students/N/report.html",
            "graded/marking-sheet.html",
            "copies-graded/report.html",
        ),
        *("graded/regraded-N/report.html", "by-policy/students/N/report.html"),
    }


def pages(folder):
    return [path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".html", ".pdf")]


@pytest.mark.parametrize("part", ["exam", "versions", "copies", "sheet", "own", "cheat-sheet", "cards", "stats"])
def test_no_english_is_left_on_exams_and_sheets(folder, part):
    """Nor on statistics."""
    assert left(folder / part) == {}


@pytest.mark.parametrize("part", ["graded", "by-policy", "copies-graded"])
def test_no_english_is_left_in_what_grading_says(folder, part):
    """To every kind of answer to every type of item, right or wrong or not to be read."""
    assert left(folder / part) == {}


def left(folder):
    """The English words on the pages in a folder, by page."""
    found = {}
    for path in pages(folder):
        text = visible(path)
        if path.name.startswith(("model-answers", "sheet")):
            text = ARGUMENTS.sub(" ", text)
        if path.name == "index.html" or folder.name == "copies-graded":
            text = AS_IN_FILES.sub(" ", text)
        if words := english_in(text, KNOWN):
            found[str(path.relative_to(folder))] = sorted(set(words))
    return found
