"""The cheat sheet and the cards as Chromium prints them: what must fit on a page fits."""

import re
from itertools import cycle

import pytest

from quizgen import api
from quizgen.blocks import Card, Cards, Document
from quizgen.documents.cheat_sheet import cheat_sheet
from quizgen.prose import fill
from quizgen.renderers import html

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


TEXTS = {
    "words": "Gradients vanish where factors below one are multiplied, timestep by timestep. " * 6,
    "formulas": "One says:\n\n$$\n\\frac{a}{b} = \\sum_{t=1}^{T} \\frac{x_t}{y_t}\n$$\n\n" * 3,
    "a list": "".join(
        f"- the {number}th of many reasons, which takes more than a line of a card to say\n" for number in range(6)
    ),
    "a table": "| a | b |\n|---|---|\n" + "| one | two |\n" * 7,
    "far too much": "Gradients vanish where factors below one are multiplied, timestep by timestep. " * 40,
}


@pytest.mark.parametrize("kind", TEXTS)
def test_no_card_of_any_bank_overflows(page, tmp_path, kind):
    """Long texts are set smaller; what is too long even then is left to the study sheet, and the card says so."""
    text = (fill(TEXTS[kind], numbers={}, truths={}),)
    made = Cards(cards=tuple(Card(number=n, topic="A topic", front=text[: n % 2], back=text) for n in range(1, 5)))
    (tmp_path / "page.html").write_bytes(html.render(document("cards", made)))
    page.set_viewport_size(A4)
    page.goto((tmp_path / "page.html").as_uri())
    page.emulate_media(media="print")
    over = page.evaluate(
        "[...document.querySelectorAll('.card')].filter(c => c.scrollHeight > c.clientHeight + 1).length"
    )
    said = page.evaluate("[...document.querySelectorAll('.too-long')].filter(one => one.checkVisibility()).length")
    assert over == 0
    assert (said > 0) == (kind == "far too much")
    assert printed_pages(page.pdf(prefer_css_page_size=True)) == 2


@pytest.mark.parametrize("topics", [1, 9, 12, 15, 25])
def test_a_cheat_sheet_of_any_bank_loses_nothing(page, bank, tmp_path, topics):
    """On one page as long as its type can be read; on more, with a word on it, where it is too much."""
    found = cheat_sheet([topic for _, topic in zip(range(topics), cycle(bank.topics.values()), strict=False)])
    (tmp_path / "page.html").write_bytes(html.render(found))
    page.goto((tmp_path / "page.html").as_uri())
    page.emulate_media(media="print")
    told = page.locator(".too-much").count() == 1
    pages = printed_pages(page.pdf(prefer_css_page_size=True))
    assert (pages > 1) == told == (topics > 12)


def document(kind, *blocks):
    """A document of ``blocks``."""
    return Document(kind=kind, title="Gradients", subtitle="", blocks=blocks)


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
