"""Documents as Markdown."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.utils import read_fixture_file
from mdit_py_plugins.dollarmath import dollarmath_plugin

from quizgen.blocks import (
    AnswerBox,
    Document,
    Facts,
    Fields,
    Figure,
    Grid,
    Heading,
    Notice,
    Option,
    Options,
    Paragraph,
    Pattern,
    Prose,
    Question,
    Sentence,
    Styled,
    TableBlock,
    Words,
    WritingLines,
)
from quizgen.numbers.printing import Number
from quizgen.prose import fill
from quizgen.renderers.markdown import files_beside, render
from quizgen.renderers.markdown_prose import escape_cell, escape_line, prose_block

CASES = read_fixture_file(Path(__file__).parent / "fixtures" / "markdown.md")
NUMBERS = {
    name: Number(printed=printed, raw=float(printed))
    for name, printed in {"n": "16", "rate": "-0.5", "tiny": "3.20e-12"}.items()
}
FORGE = (
    MarkdownIt("commonmark", {"html": True})
    .enable(["table", "strikethrough"])
    .use(dollarmath_plugin, allow_digits=False, double_inline=True)
)
NO_FORMULAS = MarkdownIt("commonmark", {"html": True}).enable("table")
TRICKY = st.text(st.sampled_from("ab 12.)*_`~#+->|<&;!$[](){}\\=:/é−"), min_size=1, max_size=30)


def prose(source):
    return fill(source, numbers=NUMBERS)


def document(*blocks, **words):
    return Document(**{"kind": "quiz", "title": "Exam", "subtitle": "", **words}, blocks=blocks)


def drawn(*blocks):
    return render(document(*blocks)).decode().removeprefix("# Exam\n\n").removesuffix("\n")


def tokens(program, markdown):
    return [token for block in program.parse(markdown) for token in [block, *(block.children or [])]]


def words_shown(markdown):
    """The words that a forge would show, without the space between them."""
    shown = [
        token.content
        for token in tokens(FORGE, markdown)
        if token.type in {"text", "code_inline", "math_inline", "fence"}
    ]
    return "".join("".join(shown).split())


@pytest.mark.parametrize(("source", "expected"), [case[2:] for case in CASES], ids=[case[1] for case in CASES])
def test_an_authors_text(source, expected):
    """Reads as it was meant, as plain text and on a forge."""
    assert prose_block(prose(source)) == expected.rstrip("\n")


@given(TRICKY)
def test_plain_words_are_shown_as_they_are(text):
    """Whatever a title or a name holds, a forge shows it and nothing else."""
    assert words_shown(escape_line(text.strip())) == "".join(text.split())


@given(TRICKY, TRICKY)
def test_cells_are_shown_as_they_are(first, second):
    """A bar does not end its cell."""
    table = drawn(Grid(header=(first, "x"), rows=((second, "y"),), align=("left", "right")))
    assert words_shown(table) == "".join(f"{first}x{second}y".split())
    assert escape_cell("|") == r"\|"


@given(TRICKY, TRICKY, st.sampled_from(["strong", "emphasis", "code"]))
def test_words_of_a_text_are_shown_as_they_are(first, second, style):
    """The words of a pattern survive, styled or not, before a number or after it."""
    inlines = (Words(f"{first.strip()} "), Styled(style, (Words(f"x{second.strip()}x"),)), Words(" end"))
    text = Prose(Pattern((Paragraph(inlines),)), {})
    assert words_shown(prose_block(text)) == "".join(f"{first}x{second}xend".split())


@given(st.lists(TRICKY, min_size=1, max_size=3))
def test_words_in_tables_of_a_text_are_shown_as_they_are(cells):
    """Also in a table that the author wrote."""
    row = tuple((Words(cell.strip()),) for cell in cells)
    text = Prose(Pattern((TableBlock(row, (row,), ("left",) * len(row)),)), {})
    assert words_shown(prose_block(text)) == "".join("".join(cells).split()) * 2


def test_a_whole_document():
    """Every kind of block, as it stands in the file."""
    page = document(
        Fields(fields=(("Name", 3), ("Date", 1))),
        Sentence(text="1 question, 3 points.", strong=True),
        Sentence(text="- Write clearly."),
        Heading(level=2, text="Part C#"),
        Question(
            label="1",
            title="How fast?",
            points=3,
            blocks=(
                prose("Take $n = << n >>$."),
                Figure(name="curve 1", svg="<svg/>", title="Decay", description="The norm [falls]."),
                Question(
                    label="1a", points=1, is_part=True, blocks=(prose("What is $r$?"), AnswerBox(label="r", unit="ms"))
                ),
                Question(label="1b", points=2.5, is_part=True, blocks=(WritingLines(lines=5),)),
            ),
        ),
        Options(
            options=(
                Option(letter="A", text=prose("$<< rate >>$"), mark="right", because=prose("It is.")),
                Option(letter="B", text=prose("$$x$$"), mark="wrong"),
            )
        ),
        Options(options=(Option(letter="A", text=prose("a")), Option(letter="B", text=prose("b"))), several=True),
        Notice(kind="answer", title="Model answer", blocks=(prose("One.\n\n- two"), AnswerBox())),
        Grid(header=("Question", "r"), rows=(("1|2", prose("$|x|$")),), align=("left", "right"), caption="Scores"),
        Facts(rows=(("Seed", "12"), ("Rate", prose("$<< rate >>$")))),
        title="Exam #",
        subtitle="Vanishing gradients",
        footer=("Form 1", "Seed 2"),
    )
    assert render(page).decode() == (Path(__file__).parent / "fixtures" / "document.md").read_text()
    assert render(page) == render(page)
    assert files_beside(page) == {"figures/curve 1.svg": b"<svg/>"}


def test_a_question_without_title_or_points():
    """Its number is enough."""
    assert drawn(Question(label="3", blocks=())) == "### Question 3"
    assert drawn(Question(label="3", points=1, blocks=())) == "### Question 3 (1 point)"


def test_a_prose_without_words_leaves_no_gap():
    """A branch may be empty."""
    assert drawn(Sentence(text="a"), prose(""), Sentence(text="b")) == "a\n\nb"


@given(st.floats(-1e300, 1e300), st.integers(1, 6))
def test_numbers_on_the_page_read_back(value, figures):
    """The number on the page is the one that the key follows from."""
    printed = f"{value:.{figures - 1}e}"
    shown = prose_block(fill("<< x >> and $<< x >>$", numbers={"x": Number(printed=printed, raw=value)}))
    words, formula = re.fullmatch(r"(\S+) and \$(.*)\$", shown).groups()
    assert float(formula.replace(r"\times10^{", "e").replace("}", "")) == float(printed)
    assert words.startswith("−") == printed.startswith("-")


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{<img src=x onerror=alert(1)>}",
        r"a <b> c </b> <!-- d --> <?e?>",
        r"\text{<https://example.org>}",
        r"\text{![x](https://example.org/x.png)}",
        r"f[x](y)",
    ],
)
def test_a_formula_holds_no_markup_for_programs_that_know_no_formulas(formula):
    """Neither a tag nor a link, on a line of its own, inside one, and in a table; the formula stays what it is."""
    for source in (f"${formula}$", f"$${formula}$$", f"| a |\n|---|\n| ${formula}$ |"):
        markdown = prose_block(prose(source))
        shown = {token.type for token in tokens(NO_FORMULAS, markdown)}
        assert shown.isdisjoint({"html_block", "html_inline", "link_open", "image"}), markdown
        (kept,) = (token.content for token in tokens(FORGE, markdown) if token.type.startswith("math"))
        assert "".join(kept.split()) == "".join(formula.split())


def test_options_without_letters_have_no_empty_mark():
    """True and false are their own letters."""
    true = Option(letter="", text=prose("True"))
    assert drawn(Options(options=(true, Option(letter="", text=prose("False"), mark="wrong")))) == "- True\n- ✗ False"
    assert drawn(Options(options=(true,), several=True)) == "- ☐ True"
