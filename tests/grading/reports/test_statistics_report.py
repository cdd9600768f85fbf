"""The page of statistics, on one class and on several."""

import numpy as np
import pytest

from quizgen.blocks import Facts, Grid, Heading, Notice
from quizgen.grading.reports.report_text import document_text
from quizgen.grading.reports.statistics_report import statistics_document
from quizgen.grading.scores import Asked, PartScore, ScoreReport
from quizgen.renderers import html, markdown


def made_class(form, students, difficulties, *, seed):
    """A class whose parts grow more difficult; abler students get more of them right."""
    generator = np.random.default_rng(seed)
    right = generator.normal(size=(students, 1)) + generator.normal(size=(students, len(difficulties))) > difficulties
    return [
        ScoreReport(form=form, title="Practice", student=f"{form} {n}", parts=tuple(map(made_part, range(9), row)))
        for n, row in enumerate(right.tolist())
    ]


def made_part(number, is_right):
    return PartScore(
        label=str(number + 1),
        asked=Asked(template=f"t{number}", part="only", title=f"Question {number + 1}"),
        status="right" if is_right else "wrong",
        score=2.0 * is_right,
        points=2.0,
        response="x",
        diagnosis=None if is_right else "sign",
    )


@pytest.fixture(scope="module")
def pooled():
    """A class of 25, and one of 20 that found the last question much easier."""
    difficulties = np.linspace(-1, 1, 6)
    easier = difficulties - 3 * (np.arange(6) == 5)
    return [*made_class("f-1", 25, difficulties, seed=1), *made_class("f-2", 20, easier, seed=2)]


def parts_of(page):
    grids, under = {}, ""
    for block in page.blocks:
        under = block.text if isinstance(block, Heading) else under
        if isinstance(block, Grid | Facts):
            grids.setdefault(under, []).append(block)
    return grids


def test_classes_are_taken_together(pooled):
    """One distribution, one row a part, a row a form, and the variants that differ."""
    page = statistics_document(pooled)
    found = parts_of(page)
    assert [row[:3] for row in found["Forms"][0].rows] == [("f-1", "Practice", "25"), ("f-2", "Practice", "20")]
    squares = [row[2].strip() for row in found["Distribution"][1].rows]
    assert sum(map(len, squares)) == 45
    figures, together = found["Difficulty, discrimination and reliability"]
    assert len(figures.rows) == 6
    assert all("–" not in row[2:6] for row in figures.rows)
    assert "6 parts, 45 students" in dict(together.rows)["Cronbach's α"]
    remarks = [row[-1].strip() for row in found["Variants of one question"][0].rows]
    assert remarks == ["", "", "", "", "", "differ in difficulty"]
    assert found["Mistakes behind the wrong answers"][0].rows[0][0] == "Sign"


def test_a_large_class_has_no_warning_and_a_small_one_does(pooled):
    """Below 30 students the interval of a discrimination is told; from 30 on the figures stand alone."""

    def warnings(page):
        return [block for block in page.blocks if isinstance(block, Notice) and block.kind == "warning"]

    assert warnings(statistics_document(pooled)) == []
    (warning,) = warnings(statistics_document(pooled[:25]))
    assert warning.blocks[0].text == (
        "25 students are a small class. A discrimination of 0.30 found here may come from a true one anywhere from "
        "−0.11 to 0.62."
    )


def test_sets_of_questions_that_differ_are_compared_as_shares(pooled):
    """Students who were asked less are not the weaker for it."""
    shorter = [
        ScoreReport(form="f-3", title="Short", student=f"s{n}", parts=one.parts[:3]) for n, one in enumerate(pooled)
    ]
    page = statistics_document([*pooled, *shorter])
    found = parts_of(page)
    assert dict(found["Distribution"][0].rows)["Mean"].endswith("%")
    together = [value for name, value in found["Difficulty, discrimination and reliability"][1].rows if "α" in name]
    assert [value.split("; ")[1] for value in together] == ["6 parts, 45 students)", "3 parts, 45 students)"]


def test_every_format_shows_it(pooled):
    """In the terminal columns stand under their heads, and nothing is left out."""
    page = statistics_document(pooled[:12])
    text = document_text(page)
    assert text.splitlines()[0] == "Statistics: 12 students, 1 form"
    assert "Read the figures with care:\n  12 students are a small class." in text
    line = next(line for line in text.splitlines() if line.startswith("1     Question 1"))
    head = next(line for line in text.splitlines() if line.startswith("Part  Question"))
    assert head.index("Discrimination") + len("Discrimination") <= len(line)
    assert b"Question 1" in html.render(page)
    assert b"Question 1" in markdown.render(page)
