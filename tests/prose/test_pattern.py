"""From an author's text to blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.blocks import (
    CodeBlock,
    DisplayMaths,
    LineBreak,
    Link,
    ListBlock,
    Maths,
    Paragraph,
    Styled,
    TableBlock,
    Words,
)
from quizgen.errors import UnknownNameError
from quizgen.numbers.printing import Number
from quizgen.prose import fill, pattern, to_pattern
from quizgen.prose.pattern import packed, unpack_when_asked
from quizgen.prose.reading import read_blocks
from quizgen.texts import TextFaults, parse


def blocks(source):
    return to_pattern(source).blocks


def faults(source):
    with pytest.raises(TextFaults) as error:
        to_pattern(source)
    return [(fault.offset, fault.message) for fault in error.value.faults]


def test_a_line_of_words():
    """Soft line ends are spaces; styles, links and code are kept; hard line ends are the author's."""
    source = "a *b* **c**\nd `e` [f](https://g.h)\\\ni"
    assert blocks(source) == (
        Paragraph(
            (
                Words("a "),
                Styled("emphasis", (Words("b"),)),
                Words(" "),
                Styled("strong", (Words("c"),)),
                Words(" d "),
                Styled("code", (Words("e"),)),
                Words(" "),
                Link("https://g.h", (Words("f"),)),
                LineBreak(),
                Words("i"),
            )
        ),
    )


def test_lists_tables_and_code():
    """The blocks of a text, in order."""
    source = "- a\n- b\n\n1. c\n\n| d | e | f |\n|---|--:|:-:|\n| g | h | i |\n\n```python\nx = 1\n```\n"
    bullets, numbers, table, code = blocks(source)
    assert bullets == ListBlock(False, ((Paragraph((Words("a"),)),), (Paragraph((Words("b"),)),)))
    assert numbers == ListBlock(True, ((Paragraph((Words("c"),)),),))
    assert table == TableBlock(
        ((Words("d"),), (Words("e"),), (Words("f"),)),
        (((Words("g"),), (Words("h"),), (Words("i"),)),),
        ("left", "right", "centre"),
    )
    assert code == CodeBlock("x = 1")


@pytest.mark.parametrize(
    "source", ["a:\n$$x$$\nb", "a:\n\n$$x$$\n\nb", "a: $$x$$ b", "a:\n$$\nx\n$$\nb", "a:\n\n$$\nx\n$$\nb"]
)
def test_a_display_formula_parts_a_paragraph(source):
    """Wherever the dollar signs stand, the formula is on a line of its own."""
    first, formula, last = blocks(source)
    assert (first, last) == (Paragraph((Words("a:"),)), Paragraph((Words("b"),)))
    assert isinstance(formula, DisplayMaths)
    assert formula.maths.latex == "x"


def test_a_display_formula_may_hold_what_looks_like_a_list():
    """Lines of a formula that begin with a minus are no list, even right after words."""
    (_, formula) = blocks("a:\n$$\nx\n- y\n$$")
    assert formula.maths.latex == "x\n- y"


@pytest.mark.parametrize("source", ["$x$ in 2020", "$x$ and $y$2", r"$x$ ends in \\"])
def test_a_formula_may_begin_a_text_however_it_ends(source):
    """The last character of a text says nothing about its first."""
    assert isinstance(blocks(source)[0].inlines[0], Maths)


@pytest.mark.parametrize("source", ["costs $5 and $6", r"\$x\$", "5$ or 6$"])
def test_sums_of_money_are_words(source):
    """Dollar signs beside digits are dollars."""
    assert blocks(source) == (Paragraph((Words(source.replace("\\", "")),)),)


def test_html_stays_words():
    """Nothing that an author writes becomes an element of the page."""
    assert blocks("a <b>x</b> &lt;i&gt;") == (Paragraph((Words("a <b>x</b> <i>"),)),)


def test_values_that_look_like_markdown_stay_values():
    """Markdown is read before the numbers come in, so a leading -0.5 is no list and a 12 before a point no number of one."""
    pattern = to_pattern("<< a >> is less.\n\n<< b >>. Then *<< c >>*.")
    assert pattern.blocks == (
        Paragraph((Words("\ue000 is less."),)),
        Paragraph((Words("\ue001. Then "), Styled("emphasis", (Words("\ue002"),)), Words("."))),
    )
    assert [(slot.character, slot.name) for slot in pattern.slots] == [
        ("\ue000", "a"),
        ("\ue001", "b"),
        ("\ue002", "c"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ab\n\n# c", [(4, "a heading inside a text")]),
        ("ab\n--", [(0, "a heading inside a text")]),
        ("> a", [(0, "a block quote inside a text")]),
        ("a\n\n***\n", [(3, "a rule across the page")]),
        ("a ![b](c.png)", [(2, "an image inside a text")]),
        ("a [b](javascript:x)", [(6, "a link to 'javascript:x'")]),
        ("a [b](page.html)", [(6, "a link to 'page.html'")]),
        ("[b](http://c/<< d >>)", [(4, "a value inside a link's address")]),
        ("<< a >> $\\foo$\n\n- $\\frac{1}$", [(9, 'formula: Unknown command "\\foo".')]),
        ("| a | b |\n|---|---|\n| $|x|$ | c |", [(20, "a row of 4 cells in a table of 2")]),
        ("| a |\n|---|\n| $\\|x\\|$ |", [(14, "\\| in a table's formula would be a single |")]),
        ("| a | b |\n|---|\n| c | d |", [(10, "a table's rule, but no table")]),
    ],
)
def test_what_texts_may_not_hold_is_named_with_its_place(source, expected):
    """A text that cannot be shown everywhere as it was meant is refused."""
    assert faults(source)[: len(expected)] == expected


def test_all_faults_of_a_text_come_at_once():
    """An author mends a text in one go; offsets count in the source, marks included."""
    source = "<% if p %>$\\foo$<% endif %> ![a](b)\n\n# << c >>"
    with pytest.raises(TextFaults) as error:
        to_pattern(source, {"p": True})
    assert [source[fault.offset :][:2] for fault in error.value.faults] == ["\\f", "![", "# "]


@pytest.mark.parametrize("href", ["https://a.b", "http://a.b", "mailto:a@b.c", "#part"])
def test_links_that_are_allowed(href):
    """The web, letters, and places in the page."""
    assert blocks(f"[a]({href})") == (Paragraph((Link(href, (Words("a"),)),)),)


def test_a_pattern_is_made_once_for_each_branch():
    """Renderers remember what they made of a pattern, so all variants must share it."""
    source = "<% if p %>a<% endif %> << x >>"
    assert to_pattern(source, {"p": True, "other": True}) is to_pattern(source, {"other": False, "p": True})
    assert to_pattern(source, {"p": True}) is not to_pattern(source, {"p": False})


def test_filling_needs_all_values_and_conditions():
    """A number that is missing is named before any page is written."""
    one = {"x": Number(printed="1", raw=1.0)}
    assert fill("<< x >>", numbers=one).numbers is one
    with pytest.raises(UnknownNameError, match="no value named 'y'"):
        fill("<< x >> << y >>", numbers=one)
    with pytest.raises(UnknownNameError, match="no condition named 'p'"):
        fill("<% if p %>a<% endif %>", numbers=one)


@given(st.text(st.sampled_from("ab 1$\\_^*{}[]()<>%|-\n`#&!:.\u00e9"), max_size=80))
def test_any_text_is_read_or_refused(source):
    """Whatever an author's file holds, the outcome is blocks or faults with places inside the text."""
    try:
        to_pattern(source)
    except TextFaults as error:
        assert all(0 <= fault.offset <= len(source) for fault in error.faults)


SOURCE = "**One** formula, $\\frac{<< a >>}{2}$<% if large %>, *large*<% else %>, or << b >><% endif %>.\n\n$$x^2$$\n"


@pytest.fixture
def no_memory(monkeypatch):
    """Nothing is kept, neither in this process nor by an earlier one."""
    monkeypatch.setattr(pattern, "_PACKED", {})
    pattern._pattern.cache_clear()
    yield
    pattern._pattern.cache_clear()


def test_packed_patterns_are_those_that_were_read(no_memory, monkeypatch):
    """All branches of a text can be kept; what is unpacked says the same, and nothing is read for it."""
    kept = packed([SOURCE, "$y$"])
    assert len(kept) == 3
    read = {large: to_pattern(SOURCE, {"large": large}) for large in (True, False)}
    pattern._pattern.cache_clear()
    unpack_when_asked(kept)
    monkeypatch.setattr("quizgen.prose.reading.read_blocks", lambda resolved: pytest.fail("read again"))
    for large, before in read.items():
        after = to_pattern(SOURCE, {"large": large})
        assert (after.blocks, after.slots) == (before.blocks, before.slots)
        assert after is to_pattern(SOURCE, {"large": large, "other": True})


@given(st.text(st.characters(categories=["L"]) | st.just(" "), min_size=1, max_size=40))
def test_words_of_letters_need_no_parser(source):
    """They are what the parser makes of them."""
    if pattern._WORDS.fullmatch(source):
        assert to_pattern(source).blocks == read_blocks(parse(source).trace({})).blocks
