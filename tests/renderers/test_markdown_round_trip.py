"""Every page that the bank can make, written as Markdown and read again as a forge reads it."""

import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from quizgen import api
from quizgen.blocks import Block, Figure, Grid, Heading, Notice, Options, Prose, Question
from quizgen.certificate.page import form_of
from quizgen.documents.model_answers import model_answers
from quizgen.documents.quiz import quiz
from quizgen.items.realise import realise
from quizgen.prose import fill, words
from quizgen.prose.maths import to_maths
from quizgen.renderers import markdown
from quizgen.renderers.markdown_prose import prose_block

FORGE = (
    MarkdownIt("commonmark", {"html": True})
    .enable(["table", "strikethrough"])
    .use(dollarmath_plugin, allow_digits=False, double_inline=True)
)
MARKS_LEFT = re.compile(r"\$|\*\*|^#+ |\]\(|\|\s*-{3}|[\ue000-\uf8ff]")


def tokens(page: str):
    for block in FORGE.parse(page):
        yield block
        yield from block.children or []


def spelt_again(latex: str) -> str:
    """Ends of rows as we read them; forges take a backslash off another, so pages have the other command."""
    return latex.replace(r"\cr", r"\\")


def bare(said: str) -> str:
    """Without spaces and parentheses, of which a negative number has more in LaTeX."""
    return re.sub(r"[\s()]", "", said)


def inner(blocks) -> Iterator[Block]:
    """All blocks, those inside others among them."""
    for block in blocks:
        yield block
        if isinstance(block, Question | Notice):
            yield from inner(block.blocks)


def texts(document) -> Iterator[Prose]:
    """The paragraphs of authors' words that a page shows."""
    for block in inner(document.blocks):
        if isinstance(block, Prose):
            yield block
        if isinstance(block, Options):
            yield from (option.text for option in block.options)


def read_again(document, page, beside):
    """What a forge makes of the page, compared with what the document says."""
    found = list(tokens(page))
    kinds = [token.type for token in found]
    blocks = list(inner(document.blocks))
    assert not {"html_block", "html_inline", "code_block"} & set(kinds)
    headings = 1 + sum(isinstance(one, Heading) or (isinstance(one, Question) and not one.is_part) for one in blocks)
    assert kinds.count("heading_open") == headings
    assert kinds.count("table_open") >= sum(isinstance(one, Grid) for one in blocks)
    images = [token.attrs["src"] for token in found if token.type == "image"]
    assert images == [f"figures/{one.name}.svg" for one in blocks if isinstance(one, Figure)]
    assert set(images) <= set(beside)
    for token in found:
        if token.type == "text":
            assert not MARKS_LEFT.search(token.content), token.content
        if token.type.startswith("math"):
            to_maths(spelt_again(token.content))  # raises what no program could draw


@pytest.fixture(scope="module")
def forms(bank):
    """An exam of one question for each template of the bank."""
    return {
        name: form_of(realise(template, seed=11, variants=[0]).items[0]) for name, template in bank.templates.items()
    }


@pytest.mark.parametrize("make", [quiz, model_answers])
def test_a_forge_reads_what_was_written(forms, make):
    """Headings, tables, figures and formulas, each as such; no HTML, no mark left over, no formula that is none."""
    for form in forms.values():
        document = make(form)
        read_again(document, markdown.render(document).decode(), markdown.files_beside(document))


@pytest.mark.parametrize("make", [quiz, model_answers])
def test_authors_words_come_back(forms, make):
    """Read by our own reader, each text says the same words, numbers and formulas again."""
    for form in forms.values():
        for text in texts(make(form)):
            again = fill(spelt_again(prose_block(text)), numbers={}, truths={})
            assert bare(words(again)) == bare(words(text))


def test_study_sheets_are_read_too(bank):
    """All topics in one file, with their figures beside it."""
    files = api.sheet_files(bank, seed=1, formats=["md"])
    found = list(tokens(files["sheet.md"].decode()))
    assert not {"html_block", "html_inline", "code_block"} & {token.type for token in found}
    images = {token.attrs["src"] for token in found if token.type == "image"}
    assert images <= set(files)
    assert not [token.content for token in found if token.type == "text" and MARKS_LEFT.search(token.content)]
