"""Pages in the look of whoever holds the exam: own page templates, head and logo."""

import base64

import pytest

from quizgen.blocks import Document, Sentence
from quizgen.errors import QuizgenError, UsageError
from quizgen.pages import check_own_templates, template_file
from quizgen.renderers import RENDERERS, html
from quizgen.renderers.contract import Look
from quizgen.renderers.logo import MOST_BYTES, data_address
from quizgen.shipped import PAGE_TEMPLATES

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PAGE = Document(
    kind="quiz", title="Exam", subtitle="", blocks=(Sentence(text="Two questions."),), masthead=("TU <b>", "24 May")
)


@pytest.fixture
def own(tmp_path):
    """``own(name, text)`` puts a page template into a folder, and gives the look with it."""

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        check_own_templates(tmp_path)
        return Look(template_dir=str(tmp_path))

    return write


def test_one_page_template_is_replaced_and_the_others_stay(own):
    """Only what lies in the folder changes."""
    page = html.render(PAGE, own("html/blocks/sentence.html.jinja", "<p class=mine>{{ block.text }}</p>")).decode()
    assert "<p class=mine>Two questions.</p>" in page
    assert page.replace("<p class=mine>Two questions.</p>", "<p>Two questions.</p>\n") == html.render(PAGE).decode()


def test_a_style_sheet_can_build_on_the_shipped_one(own):
    """As page templates do, by including it from the folder of all of them."""
    assert "h1 { color: teal }" in html.render(PAGE, own("html/print.css", "h1 { color: teal }")).decode()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("<p>\n{{ block.txt }}</p>", 2, "has no attribute 'txt'"),
        ("<p>\n\n{% if %}</p>", 3, "Expected an expression"),
        ("{{ block.text|prose }}", 1, "has no attribute 'pattern'"),
    ],
)
def test_a_fault_in_an_own_page_template_is_told_with_its_place(own, text, line, said, tmp_path):
    """The file and the line, not a traceback."""
    look = own("html/blocks/sentence.html.jinja", text)
    with pytest.raises(QuizgenError) as error:
        html.render(PAGE, look)
    assert f"{tmp_path / 'html/blocks/sentence.html.jinja'}:{line}: " in str(error.value)
    assert said in str(error.value)


def test_a_file_that_replaces_nothing_is_no_silent_mistake(own, tmp_path):
    """A misspelt name is refused with the name that was meant."""
    with pytest.raises(UsageError, match=r"sentense\.html\.jinja: there is no such page template") as error:
        own("html/blocks/sentense.html.jinja", "")
    assert "html/blocks/sentence.html.jinja" in error.value.hint


def test_an_empty_folder_is_no_look(tmp_path):
    """So that a wrong folder is noticed."""
    with pytest.raises(UsageError, match="no page template lies there"):
        check_own_templates(tmp_path)


def test_the_shipped_folder_itself_is_a_look(tmp_path):
    """Who copies all page templates to change them later gets the same pages at first."""
    assert html.render(PAGE, Look(template_dir=str(PAGE_TEMPLATES))) == html.render(PAGE)
    assert template_file("html/style.css") == PAGE_TEMPLATES / "html/style.css"


def test_the_masthead_stands_above_the_title():
    """In every format of text, as plain words."""
    assert "TU &lt;b&gt;<br>24 May" in html.render(PAGE).decode()
    assert "TU \\<b> · 24 May" in RENDERERS["md"].render(PAGE).decode()
    assert "TU <b> · 24 May" in RENDERERS["txt"].render(PAGE).decode()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0 and so on", "image/jpeg"),
        (b'<?xml version="1.0"?>\n<!-- c -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
    ],
)
def test_a_logo_is_held_by_the_page(tmp_path, content, kind):
    """As a data address, which the page's policy allows for pictures and nothing else."""
    (tmp_path / "logo").write_bytes(content)
    address = data_address(tmp_path / "logo")
    assert address == f"data:{kind};base64,{base64.b64encode(content).decode()}"
    page = html.render(PAGE, Look(logo=address)).decode()
    assert f'<img src="{address}" alt="">' in page
    assert "img-src data:" in page
    assert "img-src" not in html.render(PAGE).decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "the logo cannot be read: No such file"),
        (b"GIF89a", "the logo is no picture that pages can show"),
        (b"", "no picture"),
        (PNG + b"0" * MOST_BYTES, "expected at most 1,000,000"),
    ],
)
def test_what_is_no_logo_is_refused(tmp_path, content, said):
    """With the file's name and what is wrong."""
    path = tmp_path / "logo.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=said) as error:
        data_address(path)
    assert str(path) in str(error.value)
