"""Pages as Chromium prints them."""

import re
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from quizgen import api
from quizgen.blocks import Document, Fields, Grid, Question, Sentence
from quizgen.documents.model_answers import model_answers
from quizgen.documents.quiz import quiz
from quizgen.prose import fill
from quizgen.renderers import html

POPPLER, PICTURES = shutil.which("pdftotext"), shutil.which("pdftoppm")
PAPER_WIDTH = round((210 - 2 * 20) / 25.4 * 96)  # what the margins leave of A4, in CSS pixels
FIRST_LINES = 100  # points from the top of a sheet to the end of its first lines
MOST_BLANK, MOST_BLANK_OF_ALL = 0.5, 0.2  # of a sheet, at its foot
LONG = "gradient" * 37 + "ends"  # 300 letters


@pytest.fixture
def printed(page, tmp_path):
    """``printed(document)``: the text of each sheet of paper."""
    if POPPLER is None:
        pytest.skip("reading what was printed needs poppler: apt install poppler-utils")

    def read(document, how="-layout"):
        show(page, tmp_path, document)
        pdf = page.pdf(prefer_css_page_size=True)
        text = subprocess.run([POPPLER, how, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        return text.split("\f")[:-1] if how == "-layout" else text.split("</page>")[:-1]

    return read


def show(page, tmp_path, document):
    (tmp_path / "page.html").write_bytes(html.render(document))
    page.goto((tmp_path / "page.html").as_uri())


def test_sheets_are_numbered_and_belong_to_somebody(printed, every_type):
    """Every sheet says which of how many it is, and those after the first ask for the name again."""
    sheets = printed(quiz(every_type))
    assert len(sheets) > 3
    for number, sheet in enumerate(sheets, start=1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert "EVERY-TYPE" in sheet
    for sheet in sheets[1:]:
        assert re.search(r"Name _{8,} +Student number _{8,}", sheet)


@pytest.mark.parametrize("questions", range(1, 8))
def test_the_last_sheet_has_more_than_the_end(printed, every_type, questions):
    """The words at the end stand under a question, however many there are."""
    form = replace(every_type, items=every_type.items[:questions])
    below = re.findall(r'yMin="([\d.]+)"[^>]*>End<', printed(quiz(form), "-bbox")[-1])
    assert float(below[-1]) > FIRST_LINES


def test_parts_stay_whole(printed, every_type):
    """The box for the final answer stands on the sheet of its part."""
    for sheet in printed(quiz(every_type)):
        labels = re.findall(r"^ *(\d+[a-h]?) +\S", sheet, re.MULTILINE)
        boxes = re.findall(r"^ +(\d+[a-h])$", sheet, re.MULTILINE)
        assert set(boxes) <= set(labels)


@pytest.fixture(scope="module")
def exams(bank):
    """Exams of several seeds; figures, tables and texts with blanks are among their questions."""
    plans = [("practice", 4), ("practice", 5), ("full-exam", 1), ("full-exam", 2), ("full-exam", 7)]
    return [api.make_form(bank, bank.blueprints[name], seed=seed) for name, seed in plans]


def test_no_sheet_is_half_blank(page, tmp_path, exams):
    """At the foot of all but the last sheets of each exam; of all of them less than a fifth is blank."""
    blank = [one for form in exams for one in blank_at_foot(printed_sheets(page, tmp_path, quiz(form)))[:-1]]
    assert len(blank) > 40
    assert max(blank) < MOST_BLANK
    assert sum(blank) / len(blank) < MOST_BLANK_OF_ALL


def printed_sheets(page, tmp_path, document):
    """What each printed sheet looks like: grey values, one row of pixels below the other."""
    if POPPLER is None:
        pytest.skip("looking at what was printed needs poppler: apt install poppler-utils")
    show(page, tmp_path, document)
    pdf = page.pdf(prefer_css_page_size=True)
    left = subprocess.run([PICTURES, "-gray", "-r", "36"], input=pdf, capture_output=True, check=True).stdout
    while left:
        _, size, _, left = left.split(b"\n", 3)
        width, height = map(int, size.split())
        yield np.frombuffer(left[: width * height], dtype=np.uint8).reshape(height, width)
        left = left[width * height :]


def blank_at_foot(sheets):
    """Of each sheet, between the margins of A4, the share below its last ink."""
    shares = []
    for sheet in sheets:
        top, bottom = (round(len(sheet) * edge / 297) for edge in (22, 277))
        inked = np.flatnonzero((sheet[top:bottom] < 200).any(axis=1))
        shares.append(1 - (inked[-1] + 1) / (bottom - top))
    return shares


WIDE = {
    "a word of 300 letters": (
        fill(f"{LONG} and `{LONG}`", numbers={}, truths={}),
        Question(label="1", title=LONG, points=1.0, blocks=(Sentence(text=LONG),)),
    ),
    "a table of 30 columns": (
        Grid(
            header=tuple(f"c{column}" for column in range(30)),
            rows=(tuple(f"{column}.25" for column in range(30)),) * 3,
            align=("right",) * 30,
        ),
        fill("|" + " x |" * 30 + "\n|" + "---|" * 30 + "\n|" + " 0.25 |" * 30, numbers={}, truths={}),
    ),
}


@pytest.mark.parametrize("kind", WIDE)
@pytest.mark.parametrize("width", [PAPER_WIDTH, 390, 1400])
def test_nothing_runs_off_the_page(page, tmp_path, kind, width):
    """Neither on paper nor on a screen of any width."""
    document = Document(
        kind="quiz",
        title=LONG,
        subtitle=LONG,
        blocks=(Fields(fields=(("Name", 3.0), ("Student number", 2.0))), *WIDE[kind]),
        masthead=(LONG,),
        footer=(LONG,),
    )
    page.set_viewport_size({"width": width, "height": 900})
    if width == PAPER_WIDTH:
        page.emulate_media(media="print")
    show(page, tmp_path, document)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("make", [quiz, model_answers])
def test_no_figure_or_table_is_wider_than_the_paper(page, tmp_path, every_type, make):
    """Of an exam with a question of each type."""
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 900})
    page.emulate_media(media="print")
    show(page, tmp_path, make(every_type))
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER_WIDTH
