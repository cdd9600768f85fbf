"""The cheat sheet and the cards as Chromium prints them: what must fit on a page fits."""

import re

import pytest

from quizgen import api

A4 = {"width": 733, "height": 1062}  # pixels of a page within margins of 8 mm


def printed_pages(pdf: bytes) -> int:
    """How many pages a PDF of Chromium's has."""
    return max(map(int, re.findall(rb"/Count (\d+)", pdf)))


@pytest.fixture(scope="module", params=[1, 2, 3])
def study(request, bank, tmp_path_factory):
    """The cheat sheet and the cards of the whole bank, in a folder."""
    folder = tmp_path_factory.mktemp("study")
    for name, content in api.sheet_files(
        bank, seed=request.param, formats=["html"], kinds=["cheat-sheet", "cards"]
    ).items():
        (folder / name).write_bytes(content)
    return folder


def test_the_cheat_sheet_is_one_page_of_a4(page, study):
    """All nine topics."""
    page.goto((study / "cheat-sheet.html").as_uri())
    assert printed_pages(page.pdf(prefer_css_page_size=True)) == 1


def test_no_card_overflows_and_sheets_are_pages(page, study):
    """Each side of each card holds all that stands on it, and every sheet of eight is one page."""
    page.set_viewport_size(A4)
    page.goto((study / "cards.html").as_uri())
    page.emulate_media(media="print")
    cards = "[...document.querySelectorAll('.card')]"
    too_long = page.evaluate(f"{cards}.filter(c => c.scrollHeight > c.clientHeight + 1).map(c => c.ariaLabel)")
    too_wide = page.evaluate(f"{cards}.filter(c => c.scrollWidth > c.clientWidth + 1).map(c => c.ariaLabel)")
    assert (too_long, too_wide) == ([], [])
    sheets = page.evaluate("document.querySelectorAll('.sheet').length")
    assert printed_pages(page.pdf(prefer_css_page_size=True)) == sheets


def test_a_back_lies_behind_its_front(page, study):
    """Turned over its long edge, the sheet has each answer where its question was."""
    page.set_viewport_size(A4)
    page.goto((study / "cards.html").as_uri())
    page.emulate_media(media="print")
    fronts, backs = page.evaluate(
        """[...document.querySelectorAll('.sheet')].slice(0, 2).map(sheet => [...sheet.querySelectorAll('.card')].map(
             card => [card.getBoundingClientRect().left - sheet.getBoundingClientRect().left,
                      sheet.getBoundingClientRect().right - card.getBoundingClientRect().right]))"""
    )
    assert len(fronts) == len(backs) == 8
    for (from_left, _), (_, from_right) in zip(fronts, backs, strict=True):
        assert from_left == pytest.approx(from_right, abs=1)


@pytest.mark.parametrize("kind", ["sheet", "cheat-sheet", "cards"])
def test_axe_finds_nothing_and_nothing_overflows(page, bank, tmp_path, kind):
    """Wide and light, on a phone and dark, with the numbers behind the figure unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "page.html"
    topics = ["exploding"]
    path.write_bytes(api.sheet_files(bank, seed=2, formats=["html"], topics=topics, kinds=[kind])[f"{kind}.html"])
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for size, scheme in (({"width": 1400, "height": 900}, "light"), ({"width": 390, "height": 844}, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
