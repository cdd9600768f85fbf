"""Whole pages, as they were last looked at and found good.

The input is a form on record, so neither the bank nor a simulation has a part in it. After a change that is meant to show,
`make snapshots` writes the pages anew: open them, and read the difference before you commit it. Fonts are left out.
"""

import os
import re
from pathlib import Path

import pytest

from quizgen.documents.model_answers import model_answers
from quizgen.documents.quiz import quiz
from quizgen.forms import record, response_file
from quizgen.renderers import RENDERERS

HERE = Path(__file__).parent
UPDATE = "QUIZGEN_UPDATE_SNAPSHOTS" in os.environ


@pytest.fixture(scope="module")
def recorded():
    """The form that the pages are made of."""
    return record.read(HERE / "form.json")


def without_fonts(page: bytes) -> bytes:
    return re.sub(rb"(data:font/woff2;base64,)[A-Za-z0-9+/=]+", rb"\1", page)


def pages(form):
    yield "responses.yaml", response_file.empty(form).encode()
    yield "responses-key.yaml", response_file.key(form).encode()
    for name, document in (("exam", quiz(form)), ("model-answers", model_answers(form))):
        for renderer in RENDERERS.values():
            if renderer.suffix == "pdf":
                continue  # its bytes change with the version of Typst
            yield f"{name}.{renderer.suffix}", without_fonts(renderer.render(document))
            yield from renderer.files_beside(document).items()


@pytest.mark.parametrize(
    "name",
    ["responses.yaml", "responses-key.yaml", "exam.md", "exam.html", "model-answers.md", "model-answers.html"],
)
def test_a_page_is_as_it_was_found_good(recorded, name):
    """The same record gives the same page, to the byte."""
    made = dict(pages(recorded))
    if UPDATE:
        for file, content in made.items():
            (HERE / file).parent.mkdir(exist_ok=True)
            (HERE / file).write_bytes(content)
    assert made[name] == (HERE / name).read_bytes()


def test_its_figures_are_as_they_were_found_good(recorded):
    """Each figure beside the Markdown is the same drawing."""
    figures = {name: content for name, content in pages(recorded) if name.startswith("figures/")}
    assert figures
    for name, content in figures.items():
        assert content == (HERE / name).read_bytes()


def test_an_old_record_can_still_be_read(recorded):
    """A form that was written by an earlier version says the same when it is written and read again."""
    assert record.from_json(record.to_json(recorded)) == recorded
