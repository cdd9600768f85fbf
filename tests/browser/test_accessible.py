"""Every kind of page, light and dark, on a phone and on a wide screen: axe-core finds nothing, and nothing overflows."""

import json

import pytest

from quizgen import api
from quizgen.errors import QuizgenError
from quizgen.forms import response_file
from quizgen.grading.intake.responses import read_responses

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1400, "height": 900}


def graded(form, folder):
    """A class of three: one knows everything, one some of it, and one hands in nothing that can be read."""
    key = response_file.key(form)
    papers = {"key": key, "half": "".join(blanked(key, every=2)), "odd": "".join(blanked(key, every=1, words="5 or 6"))}
    for name, paper in papers.items():
        (folder / f"{name}.yaml").write_text(paper.replace('student: "key"', f'student: "{name}"'))
    responses = read_responses([folder / f"{name}.yaml" for name in papers], form)
    reports, called = api.grade_responses(form, responses), api.names([form])
    return {
        **api.report_files(form, reports, ["html"], called=called),
        **api.statistics_files(reports, ["html"], forms=[form], called=called),
    }


def blanked(key, *, every, words=""):
    """The lines of a filled-in response file, with other words in some of them."""
    for number, line in enumerate(key.splitlines(keepends=True)):
        is_response = line.startswith("  ") and number % every == 0
        yield f"{line.partition(':')[0]}: {json.dumps(words)}\n" if is_response else line


def of_exam(name):
    return lambda bank, form, folder: api.exam_files(form, ["html"], self_check=True)[f"{name}.html"]


def of_class(name):
    return lambda bank, form, folder: graded(form, folder)[f"{name}.html"]


def sheet(bank, form, folder):
    return api.sheet_files(bank, seed=1, formats=["html"], topics=["vanishing"])["sheet.html"]


def preview(bank, form, folder):
    return api.preview_page(next(one for one in bank.templates.values() if one.figure), seed=1)


def broken(bank, form, folder):
    return api.broken_page("a-template", QuizgenError("line 3: no quantity named 'rhoo'\n  hint: write rho"))


KINDS = {
    "exam": of_exam("student/exam"),
    "self-check": of_exam("self-check/exam"),
    "model answers": of_exam("instructor/model-answers"),
    "class report": of_class("report"),
    "student report": of_class("students/half/report"),
    "marking sheet": of_class("marking-sheet"),
    "statistics": of_class("statistics"),
    "study sheet": sheet,
    "preview": preview,
    "broken preview": broken,
}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page, bank, every_type, tmp_path, kind):
    """No violation of any of its rules, with all that can be opened open; and no page is wider than its window."""
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "page.html"
    path.write_bytes(KINDS[kind](bank, every_type, tmp_path))
    page.goto(path.as_uri())
    for details in page.locator("details").all():
        details.evaluate("(it) => { it.open = true; }")
    for size, scheme in ((WIDE, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert (page.locator("main").count(), page.locator("h1").count()) == (1, 1)
