import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import get_args

import pytest

from quizgen.blocks import (
    AnswerBox,
    Block,
    Card,
    Cards,
    CodeBlock,
    Document,
    Facts,
    Fields,
    Figure,
    Grid,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Maths,
    MathsNode,
    Notice,
    Option,
    Options,
    Paragraph,
    Pattern,
    Prose,
    Question,
    Sentence,
    Slot,
    Styled,
    TableBlock,
    Words,
    WritingLines,
)
from quizgen.figures import draw
from quizgen.figures.figure import Curve, FigureData
from quizgen.numbers.printing import Number
from quizgen.prose import fill
from quizgen.renderers import html
from quizgen.renderers.html_prose import write_prose
from quizgen.shipped import PAGE_TEMPLATES

NUMBERS = {name: Number(printed=text, raw=float(text)) for name, text in {"rate": "3.2e-12", "bias": "-0.5"}.items()}
EVIL = "</style></title><script>alert('1 & 2')</script>"
VOID = {"meta", "br"}


def prose(text: str) -> Prose:
    return fill(text, numbers=NUMBERS)


def figure() -> Figure:
    curve = Curve(label="LSTM", x=(0.0, 1.0), y=(1.0, 0.9))
    data = FigureData(
        kind="semilog", title="Fading", description="It fades.", x_label="lag", y_label="", curves=(curve,)
    )
    return Figure(name="f", svg=draw(data), title=data.title, description=data.description)


def every_block() -> tuple[Block, ...]:
    options = (
        Option(letter="A", text=prose("yes"), mark="right", because=prose("It **does**.")),
        Option(letter="B", text=prose("$x_1$"), mark="wrong"),
    )
    part = Question(
        label="1a", points=1.0, is_part=True, blocks=(AnswerBox(working_mm=24.0, label="r =", unit="nats"),)
    )
    return (
        Fields(fields=(("Name", 3.0), ("Date", 1.4))),
        Sentence(text="Two questions.", strong=True),
        Grid(
            header=("Question", "1"), rows=(("Points", "2"), ("Score", "")), align=("left", "centre"), caption="Score"
        ),
        Question(label="1", title="How fast?", points=2.5, blocks=(prose("Look at $r$."), figure(), part)),
        Heading(level=2, text="Second half"),
        Question(label="2", blocks=(Options(options=options, several=True), WritingLines(lines=4))),
        Cards(cards=(Card(number=1, topic="Vanishing", front=(prose("Front?"),), back=(prose("Back."),)),)),
        Notice(
            kind="answer", title="Model answer", blocks=(Facts(rows=(("Key", prose("<< rate >>")), ("Range", "1"))),)
        ),
    )


def document(*blocks: Block, **words: str) -> Document:
    page = Document(kind="quiz", title="Gradients", subtitle="Form 7", blocks=blocks, footer=("Form 7", "seed 42"))
    return replace(page, **words)


class Page(HTMLParser):
    """The elements of a page, checked to be closed in the order in which they were opened."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        """Note the element, and wait for its end."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Note an element that is closed at once."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """The element that was opened last is the one that ends."""
        assert self._open.pop() == tag

    def handle_data(self, data):
        """Note the words."""
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every ``tag``."""
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def source() -> str:
    return html.render(document(*every_block())).decode()


@pytest.fixture(scope="module")
def page(source) -> Page:
    return Page(source)


def kinds_in(blocks: tuple[Block, ...]) -> Iterator[type]:
    for block in blocks:
        yield type(block)
        yield from kinds_in(getattr(block, "blocks", ()))


def test_every_kind_of_block_is_drawn(page):
    """Each kind of block has a page template, and the page made of all kinds holds the words of each."""
    assert set(kinds_in(every_block())) == set(get_args(Block))
    text = " ".join(page.words)
    for words in ["Name", "Two questions.", "Score", "How fast?", "Fading", "r =", "nats", "Second half", "yes", "Key"]:
        assert words in text


def test_a_page_asks_no_network_and_runs_no_script(source, page):
    """No address of anything outside, no script; the browser is told to refuse both."""
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", source) == []
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.elements}
    assert not re.search(r"\son\w+=", source.split("</style>")[-1])
    assert any("default-src 'none'" in (meta.get("content") or "") for meta in page.all("meta"))


def test_the_maths_font_is_embedded_whole(source):
    """The page carries the very bytes of the maths font, and formulas ask for it."""
    font = (PAGE_TEMPLATES / "html" / "fonts" / "STIXTwoMath-Regular.woff2").read_bytes()
    assert base64.b64encode(font).decode() in source
    assert re.search(r'math \{ font-family: "Quiz Maths"', source)


def test_a_page_has_one_main_a_language_and_a_title(page):
    """What assistive technology looks for first."""
    assert len(page.all("main")) == len(page.all("h1")) == 1
    assert {} in page.all("title")
    assert page.all("html")[0]["lang"] == "en"


def test_headings_descend_without_a_gap(page):
    """A heading is at most one level below the heading before it; a question under a heading is below it."""
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels == [1, 2, 3, 2, 3]


def test_questions_and_places_to_fill_in_are_labelled(page):
    """Sections, boxes and lines say what they are without being seen."""
    sections = [section["aria-label"] for section in page.all("section")]
    assert [name for name in sections if name.startswith("Question")] == ["Question 1: How fast?", "Question 2"]
    assert "Part 1a" in [group["aria-label"] for group in page.all("div") if group.get("role") == "group"]
    labels = [element["aria-label"] for element in page.all("div") + page.all("span") if element.get("role") == "img"]
    assert {"Room for working", "Box for the final answer", "4 lines to write on"} <= set(labels)


def test_tables_tell_their_header_cells(page):
    """Every header cell has a scope."""
    assert [cell["scope"] for cell in page.all("th")] == ["col", "col", "row", "row"]


def test_ids_are_unique(page):
    """No id occurs twice."""
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids)) > 0


def test_measures_are_those_of_paper(source):
    """Boxes are as large in millimetres as they were asked to be."""
    assert "--height: 24.0mm" in source
    assert "width: 35.0mm" in source


def test_points_are_spelled_as_people_do(source):
    """Half points keep their half, whole points have no decimals, one point is singular."""
    assert '2.5<span class="unit"> points' in source
    assert '1<span class="unit"> point<' in source


def test_all_words_are_escaped():
    """Markup in any fixed word or author's text comes out as text."""
    blocks: tuple[Block, ...] = (
        Heading(level=2, text=EVIL),
        Sentence(text=EVIL),
        Facts(rows=((EVIL, EVIL),)),
        Fields(fields=((EVIL, 1.0),)),
        Grid(header=(EVIL,), rows=((EVIL,),), align=("left",), caption=EVIL),
        AnswerBox(label=EVIL, unit=EVIL),
        Notice(kind="note", title=EVIL, blocks=()),
        Question(label=EVIL, title=EVIL, blocks=()),
        Prose(Pattern((Paragraph((Words(EVIL), Link(f'https://e"{EVIL}', (Words("x"),)))), CodeBlock(EVIL))), {}),
    )
    page = Page(
        html.render(document(*blocks, title=EVIL, subtitle=EVIL, footer=(EVIL,), language='"><script>')).decode()
    )
    assert page.all("script") == []
    assert len(page.all("style")) == 1
    assert "".join(page.words).count(EVIL) >= 15


def test_only_harmless_addresses_become_links():
    """A link that would run something keeps its words and loses its address."""
    pattern = Pattern(
        (Paragraph((Link("javascript:alert(1)", (Words("here"),)), Link("https://a.org", (Words("there"),)))),)
    )
    assert write_prose(Prose(pattern, {})) == '<p>here<a href="https://a.org">there</a></p>\n'


def test_numbers_are_spelled_for_their_place():
    """In words with raised digits, in a formula as elements, in parentheses where they are a base."""
    written = write_prose(prose("At << rate >>: $<< rate >>^{2} - << bias >>$"))
    assert "At 3.2×10⁻¹²: <math>" in written
    assert '<mo stretchy="false">(</mo><mn>3.2</mn>' in written
    assert "\ue000" not in written


def test_all_kinds_of_text_are_written():
    """Lists, tables, code, breaks and styles become the elements made for them, numbers in them included."""
    slot = Slot("\ue000", "bias", "text")
    words = (Words("a \ue000"),)
    pattern = Pattern(
        (
            Paragraph((Styled("strong", words), LineBreak(), Maths("x", MathsNode("mi", text="x")))),
            ListBlock(ordered=True, entries=((Paragraph(words),), (Paragraph(words), CodeBlock("b")))),
            TableBlock(header=(words,), rows=((words,),), align=("right",)),
        ),
        (slot,),
    )
    assert write_prose(Prose(pattern, NUMBERS)) == (
        "<p><strong>a −0.5</strong><br><math><mi>x</mi></math></p>\n"
        "<ol><li>a −0.5</li><li><p>a −0.5</p>\n<pre><code>b</code></pre>\n</li></ol>\n"
        '<div class="scroll" role="group" tabindex="0" aria-label="Table"><table class="data" style="--columns: 1">'
        '<thead><tr><th scope="col" class="right">a −0.5</th></tr></thead>'
        '<tbody><tr><td class="right">a −0.5</td></tr></tbody></table></div>\n'
    )


def test_a_variant_only_changes_its_numbers():
    """Two variants of one text share all but their numbers."""
    text = "At << rate >> it stops."
    other = fill(text, numbers={"rate": Number(printed="17", raw=17.0)})
    assert write_prose(prose(text)).replace("3.2×10⁻¹²", "17") == write_prose(other)


def test_equal_documents_give_equal_bytes():
    """Rendering depends on nothing but the document."""
    assert html.render(document(*every_block())) == html.render(document(*every_block()))


def test_a_formula_keeps_the_punctuation_that_follows_it():
    """No line begins with a question mark."""
    written = write_prose(fill("What is $r$? It is $s$ times $t$.", numbers={}))
    assert written.count('<span class="together"><math><mi>r</mi></math>?</span> It is <math>') == 1
    assert written.count("</math>.</span>") == 1


def test_lines_to_write_on_may_go_on_over_the_page():
    """A long open answer begins below its question, and is no block of its own."""
    question = Question(label="1", points=8, blocks=(fill("Explain.", numbers={}), WritingLines(lines=30)))
    page = html.render(Document(kind="quiz", title="t", subtitle="", blocks=(question,))).decode()
    opening, _, rest = page.partition('<div class="opening">')[2].partition("</div>")
    assert "Explain." in opening
    assert rest.lstrip().startswith('<div class="lines"')


def test_a_column_without_a_name_has_no_header_cell():
    """An empty header cell says nothing to whoever hears the table."""
    table = write_prose(fill("| | $t$ |\n|---|---:|\n| a | 1 |", numbers={}))
    assert "<tr><td></td><th scope" in table
    assert '<span class="unseen">t</span>' in table  # a formula is read aloud in plain words
