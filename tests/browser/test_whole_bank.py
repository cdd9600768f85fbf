"""A question of every template of the bank, on a phone and on paper."""

from dataclasses import replace

import pytest

from quizgen.documents.model_answers import model_answers
from quizgen.documents.quiz import quiz
from quizgen.forms.assemble import label
from quizgen.items.realise import realise
from quizgen.renderers import html

WIDTHS = {"phone": (390, "screen"), "paper": (642, "print")}
TOO_WIDE = """(width) => [...document.querySelectorAll("main *")]
    .filter((it) => it.getBoundingClientRect().right > width + 1 && !it.closest("[tabindex='0'], .places"))
    .map((it) => it.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def whole_bank(bank, every_type):
    """An exam of all of them."""
    made = (realise(template, seed=5, variants=[0]).items[0] for template in bank.templates.values())
    return replace(every_type, items=tuple(label(item, number) for number, item in enumerate(made, start=1)))


@pytest.mark.parametrize("make", [quiz, model_answers])
def test_nothing_is_wider_than_the_page(page, whole_bank, tmp_path, make):
    """But for what can be moved sideways, with keys too."""
    path = tmp_path / "page.html"
    path.write_bytes(html.render(make(whole_bank)))
    page.goto(path.as_uri())
    for width, media in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media)
        assert page.evaluate(TOO_WIDE, width) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
