"""PDF: that all is drawn, reads back as it was written, and stands where it should."""

import base64
import json
import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizgen.blocks import (
    AnswerBox,
    Block,
    Card,
    Cards,
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
    Words,
    WritingLines,
)
from quizgen.documents.model_answers import model_answers
from quizgen.documents.quiz import quiz
from quizgen.errors import QuizgenError, UsageError
from quizgen.numbers.printing import Number
from quizgen.prose import fill
from quizgen.renderers import pdf
from quizgen.renderers.contract import Look
from quizgen.renderers.typst import program, to_json
from quizgen.shipped import PAGE_TEMPLATES

MM = 72 / 25.4
A4 = (595.276, 841.89)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text x="5" y="20">drawn</text></svg>'


def prose(text: str, **numbers: str) -> Prose:
    return fill(text, numbers={name: Number(printed=printed, raw=float(printed)) for name, printed in numbers.items()})


def page(*blocks: Block, kind: str = "study-sheet", **words: object) -> Document:
    document = Document(kind=kind, title="Gradients", subtitle="Form 7", blocks=blocks, footer=("Form 7", "seed 42"))
    return replace(document, **words)


def every_block() -> tuple[Block, ...]:
    options = (
        Option(letter="A", text=prose("certainly"), mark="right", because=prose("It **does**.")),
        Option(letter="B", text=prose("$x_1$"), mark="wrong"),
    )
    part = Question(
        label="1a",
        points=1.0,
        is_part=True,
        blocks=(prose("How much?"), AnswerBox(working_mm=24.0, label="r =", unit="nats")),
    )
    return (
        Fields(fields=(("Name", 3.0), ("Date", 1.4))),
        Sentence(text="Two questions.", strong=True),
        Grid(
            header=("Question", "1"), rows=(("Points", "2"), ("Score", "")), align=("left", "centre"), caption="Scores"
        ),
        Question(label="1", title="How fast?", points=2.5, blocks=(prose("Look at $r$."), figure(), part)),
        Heading(level=2, text="Second half"),
        Question(label="2", blocks=(Options(options=options, several=True), WritingLines(lines=4))),
        Notice(
            kind="answer",
            title="Model answer",
            blocks=(Facts(rows=(("Key", prose("<< rate >>", rate="3.2e-12")), ("Range", "1"))),),
        ),
        Cards(cards=(Card(number=1, topic="Cards", front=(prose("asked"),), back=(prose("told"),)),), across=1, down=9),
        prose(
            "- one\n- two\n\n1. first\n\n| a | b |\n|---|--:|\n| c | 4 |\n\n```\nfixed  width\n```\n\n[a link](https://example.org) `code`  \n$$y^2$$"
        ),
        Sentence(text="End of the exam"),
    )


def figure(svg: str = SVG) -> Figure:
    return Figure(name="f", svg=svg, title="Fading", description="It fades.")


@pytest.mark.parametrize("kind", ["quiz", "study-sheet"])
def test_every_kind_of_block_is_drawn(kind, poppler):
    """The words of each block are on the page, numbers spelt for print."""
    text = poppler.text(pdf.render(page(*every_block(), kind=kind)))
    for words in [
        "Gradients", "Name", "Two questions.", "Scores", "How fast?", "Fading", "drawn", "1a", "nats", "Second half",
        "certainly", "Model answer", "Key", "3.2×10", "two", "first", "fixed", "a link", "code", "asked", "told", "Page 1 of", "Form 7 · seed 42",
    ]:  # fmt: skip
        assert words in text


def test_the_file_says_what_it_is(poppler):
    """Title, language and key words are in it, it is tagged for those who listen, and no clock or chance shows."""
    made = pdf.render(page(*every_block(), language="en"))
    facts = poppler.facts(made)
    assert (facts["Title"], facts["Tagged"], facts["Keywords"]) == ("Gradients", "yes", "Form 7, seed 42")
    assert "CreationDate" not in facts
    assert b"/Lang(en" in made
    assert b"pdfuaid" in made


def test_equal_documents_give_equal_bytes_in_another_process():
    """Nothing of the file depends on the process that wrote it."""
    code = (
        "import hashlib; from quizgen.blocks import *; from quizgen.renderers import pdf;"
        "print(hashlib.sha256(pdf.render(Document(kind='quiz', title='T', subtitle='',"
        " blocks=(Question(label='1', points=2.0, blocks=(AnswerBox(working_mm=20.0),)),)))).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_threads_may_ask_for_pages_at_the_same_time():
    """Whoever asks waits for the compiler; what was made before changes no byte."""
    pages = [page(Sentence(text=f"Page {n}.")) for n in range(6)]
    alone = [pdf.render(one) for one in pages]
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(pdf.render, reversed(pages))) == alone[::-1]


def test_questions_and_headings_are_bookmarks_without_gaps():
    """A heading two levels below the one before it is raised; readers of tagged PDF refuse gaps."""
    blocks = (
        Heading(level=4, text="Deep"),
        Question(label="1", title="Why?", blocks=()),
        Heading(level=2, text="High"),
    )
    made = pdf.render(page(*blocks))
    for title in (b"/Title(Deep)", b"/Title(1 Why?)", b"/Title(High)"):
        assert title in made


# -- any text ----------------------------------------------------------------------------------------------------------

LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc", "Cf", "Zs"])
MARKUP = st.sampled_from(list("#$*_`\\[]{}()<>@=-+/~\"'&;:%^|!"))
TEXTS = st.lists(st.text(MARKUP | LATIN, min_size=1, max_size=20), min_size=4, max_size=4)
# What a reader of PDF cannot tell: an accent that it attaches to the letter before it.
LOOSE = dict.fromkeys(map(ord, "¨¯´¸˙·'`^~\"\u00ad"), None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=TEXTS)
def test_any_text_goes_through_unharmed(texts, poppler):
    """Whatever stands in a sentence, a paragraph, a table or a title is on the page, and nothing of it is obeyed."""
    sentence, words, cell, heading = texts
    blocks = (
        Sentence(text=sentence),
        Prose(Pattern(blocks=(Paragraph((Words(words),)),)), {}),
        Grid(header=("H", "I"), rows=((cell, "x"),), align=("left", "left")),
        Heading(level=2, text=heading),
    )
    shown = _plain(poppler.text(pdf.render(page(*blocks))))
    for text in texts:
        assert _plain(text) in shown


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", "".join(text.split())).translate(LOOSE)


def test_no_text_is_ever_code():
    """The program is the same for every document; what an author wrote is in its inputs alone."""
    evil = page(Sentence(text='"); #panic("!'), title="#panic()")
    assert pdf.render(evil).startswith(b"%PDF")
    assert '#panic(\\"!' in to_json(evil, Look())


# -- the page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", [Look(), Look(paper="letter"), Look(large_print=True)])
def test_an_exam_ends_with_its_last_question(form, look, poppler):
    """The last words stand below a question, whatever the paper; every page says which of how many it is."""
    pages = poppler.pages(pdf.render(quiz(form), look))
    last_part = form.items[-1].parts[-1]
    assert "End of the exam" in pages[-1]
    assert len(pages[-1].splitlines()) > 4
    assert last_part.label in pages[-1] or "___" not in pages[-1]
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
    assert form.title in pages[1]


def test_papers_have_their_sizes(form, poppler):
    """A4 and Letter, and type of 14 pt in large print."""
    document = quiz(form)
    assert "A4" in poppler.facts(pdf.render(document))["Page size"]
    assert "letter" in poppler.facts(pdf.render(document, Look(paper="letter")))["Page size"]
    small, large = (
        next(word for word in poppler.words(pdf.render(document, Look(large_print=big))) if word.text == "Answer")
        for big in (False, True)
    )
    assert (large.bottom - large.top) / (small.bottom - small.top) == pytest.approx(14 / 11, rel=0.02)


def test_a_short_question_is_not_broken_and_a_part_goes_on_under_its_number(poppler):
    """Two long questions: the second begins a page; the parts of one that is longer than a page say where they belong."""

    def question(label, parts):
        box = AnswerBox(working_mm=60.0, label="x")
        inner = tuple(
            Question(label=f"{label}{p}", points=1.0, blocks=(prose("Compute."), box), is_part=True) for p in parts
        )
        return Question(label=label, title=f"Number {label}", points=2.0, blocks=(prose("A stem."), *inner))

    pages = poppler.pages(
        pdf.render(page(question("1", "ab"), question("2", "ab"), question("3", "abcd"), kind="quiz"))
    )
    assert [f"Number {n}" in text for n, text in enumerate(pages[:3], start=1)] == [True, True, True]
    assert "3 (continued)" in pages[3]


@pytest.mark.parametrize("lines", range(30, 48, 3))
def test_a_small_table_is_not_broken(poppler, lines):
    """Wherever on a page it comes, in an author's text as in a block of its own; the words before it stay with it."""
    rows = "".join(f"| row{row} | {row}.5 |\n" for row in range(6))
    table = prose(f"These were measured:\n\n| what | value |\n|---|---|\n{rows}")
    filler = prose("\n\n".join(["A line."] * lines))
    question = Question(label="1", title="A table", blocks=(filler, table))
    pages = poppler.pages(pdf.render(page(question, kind="model-answers")))
    (holding,) = [text for text in pages if "row" in text]
    assert all(f"row{row}" in holding for row in range(6))
    assert "These were measured" in holding


def test_a_stem_with_a_figure_fills_its_page_before_its_parts(poppler):
    """Where the first part has no room below the figure it goes on overleaf, rather than leave half a page blank."""
    drawn = Figure(name="f", svg=SVG.replace('height="40"', 'height="900"'), title="A drawing", description="A line.")
    part = Question(label="1a", points=1.0, blocks=(prose("Compute."), AnswerBox(working_mm=40.0)), is_part=True)
    asked = Question(label="1", title="A figure", points=3.0, blocks=(prose("A stem."), drawn, part))
    alone = Question(label="2", title="Alone", points=2.0, blocks=(prose("A stem."), drawn, prose("What is it?")))
    front = prose("\n\n".join(["A rule."] * 20))
    pages = poppler.pages(pdf.render(page(front, asked, alone, kind="quiz")))
    assert "A drawing" in pages[0]
    assert "3 points" in pages[0]
    assert "1 (continued)" in pages[1]
    assert ("Compute." in pages[0], "Compute." in pages[1]) == (False, True)
    assert "What is it?" in pages[1]


def test_room_for_working_fills_the_page(poppler):
    """A page whose next question does not fit has larger boxes, not a blank half."""
    box = AnswerBox(working_mm=150.0, label="final")
    blocks = [Question(label=str(n), points=1.0, blocks=(prose("Compute."), box)) for n in (1, 2, 3)]
    finals = [word for word in poppler.words(pdf.render(page(*blocks, kind="quiz"))) if word.text == "final"]
    assert finals[0].bottom > 250 * MM


def test_the_bundled_fonts_have_every_letter_that_the_bank_prints(form, poppler):
    """The exam and its answers need no font of the machine: they follow PDF/UA with Typst's own fonts."""
    for document in (quiz(form), model_answers(form)):
        made = pdf.render(document)
        assert b"pdfuaid" in made
        families = {re.split(r"[-\d]", name)[0] for name in poppler.fonts(made)}
        assert families <= {"LibertinusSerif", "NewCMMath", "DejaVuSansMono"}


def test_each_back_lies_behind_its_front(poppler):
    """Fronts in reading order, then their backs from right to left; a sheet that is not full has its blank cells."""
    cards = tuple(
        Card(number=n, topic="Topic", front=(prose(f"front{n}"),), back=(prose(f"back{n}"),)) for n in range(1, 12)
    )
    pages = poppler.pages(pdf.render(page(Cards(cards=cards), kind="cards")))
    assert [re.findall(r"(?:front|back)\d+", text) for text in pages] == [
        [f"front{n}" for n in range(1, 9)],
        [f"back{n}" for n in (2, 1, 4, 3, 6, 5, 8, 7)],
        ["front9", "front10", "front11"],
        ["back10", "back9", "back11"],
    ]
    backs = {word.text: word.left for word in poppler.words(pdf.render(page(Cards(cards=cards), kind="cards")))}
    assert backs["back11"] > A4[0] / 2 > backs["front11"]


def test_a_card_with_much_to_say_is_set_smaller(poppler):
    """What is long still stands within its cell."""
    card = Card(number=1, topic="Topic", front=(prose("long words here " * 40 + "end"),), back=())
    words = poppler.words(pdf.render(page(Cards(cards=(card,)), kind="cards")))
    last = next(word for word in words if word.text == "end")
    assert last.bottom < (22 + 255 / 4) * MM


def test_a_card_with_too_much_to_say_says_so(poppler):
    """Nothing is cut off: where the smallest type is still too large, the card names the study sheet."""
    card = Card(number=1, topic="Topic", front=(prose("short"),), back=(prose("long words here " * 200 + "end"),))
    front, back = poppler.pages(pdf.render(page(Cards(cards=(card,)), kind="cards")))
    assert "short" in front
    assert "long words" not in back
    assert "This is too long for a card" in " ".join(back.split())


@pytest.mark.parametrize("count", [1, 9, 25, 32, 34, 36, 40, 60])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_cheat_sheet_takes_one_page_or_says_that_it_takes_more(poppler, count, paper):
    """However much stands on it, nothing is lost, and no type is smaller than can be read."""
    formula = Facts(rows=(("A name", prose("$\\frac{a}{b} = \\sum_{t=1}^{T} \\frac{x_t}{y_t}$")),))
    blocks = [b for n in range(count) for b in (Heading(level=2, text=f"Topic{n}"), prose("word " * 40), formula)]
    made = pdf.render(page(*blocks, kind="cheat-sheet"), Look(paper=paper))
    pages = poppler.pages(made)
    assert ("This is too much for one page" in pages[0]) == (len(pages) > 1)
    words = poppler.words(made)
    assert {word.text for word in words} >= {f"Topic{n}" for n in range(count)}
    assert min(word.bottom - word.top for word in words if word.text == "word") >= 6.5
    assert (count <= 9) <= (len(pages) == 1)
    assert (count >= 60) <= (len(pages) > 1)


def test_a_cheat_sheet_is_one_page_in_two_columns(poppler):
    """It is set as large as one page allows: much text is smaller than little."""
    few, many = (
        tuple(block for n in range(count) for block in (Heading(level=2, text=f"Topic {n}"), prose("word " * 60)))
        for count in (4, 22)
    )
    sizes = []
    for blocks in (few, many):
        made = pdf.render(page(*blocks, kind="cheat-sheet"))
        words = [word for word in poppler.words(made) if word.text == "word"]
        assert poppler.facts(made)["Pages"] == "1"
        sizes.append(words[0].bottom - words[0].top)
    assert sizes[0] > sizes[1]
    assert max(word.left for word in words) > A4[0] / 2


def test_the_head_of_an_exam_says_who_holds_it(poppler):
    """The masthead stands above the title, with the logo."""
    logo = "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode()
    made = pdf.render(page(masthead=("University", "Course 101")), Look(logo=logo))
    text = poppler.text(made)
    assert text.index("University") < text.index("Course 101") < text.index("Gradients")
    assert "drawn" in text
    assert poppler.facts(made)["Author"] == "University"


def test_a_loose_page_of_an_exam_asks_for_the_name_again(form, poppler):
    """From page 2 on, title and form stand above lines for the name and the student number."""
    second = poppler.pages(pdf.render(quiz(form)))[1]
    assert form.title in second
    assert form.id in second
    assert "Student number" in second


def test_a_drawing_is_read_aloud_with_its_numbers():
    """Who cannot see a figure hears its description, and the table behind it."""
    table = Grid(header=("lag", "norm"), rows=(("0", "1"), ("9", prose("$2^{-9}$"))), align=("left", "left"))
    said = json.loads(to_json(page(replace(figure(), data=table)), Look()))
    assert said["blocks"][0]["description"] == "It fades. lag, norm; 0, 1; 9, 2⁻⁹."


def test_the_numbers_behind_a_figure_are_attached(poppler, tmp_path):
    """As the file that stands beside a page of Markdown; the paper is as long as without, and the file is still PDF/UA."""
    table = Grid(header=("lag k", "norm, at 0"), rows=(("0", "1"), ("20", "1.2×10⁻⁸")), align=("left", "right"))
    drawing = Figure(name="question-3", svg=SVG, title="How it fades", description="A line that falls.", data=table)
    asked = Question(label="3", title="Fading", points=1, blocks=(drawing, drawing))
    made = pdf.render(page(asked, kind="quiz"))
    assert poppler.attached(made, tmp_path) == {"question-3.csv": 'lag k,"norm, at 0"\n0,1\n20,1.2×10⁻⁸\n'}
    assert b"pdfuaid" in made
    bare = pdf.render(page(replace(asked, blocks=(replace(drawing, data=None),) * 2), kind="quiz"))
    assert poppler.attached(bare, tmp_path / "bare") == {}
    assert poppler.pages(made) == poppler.pages(bare)


def test_blank_pages_follow_where_more_pages_are_asked_for(poppler):
    """They are counted like the others, and say that nothing is missing."""
    made = pdf.render(page(Sentence(text="All.")), Look(pages=4))
    pages = poppler.pages(made)
    assert pdf.page_count(made) == len(pages) == 4
    assert "This page is left blank." in pages[3]
    assert "Page 4 of 4" in pages[3]


# -- what nobody should write ------------------------------------------------------------------------------------------


def inside(made: bytes, poppler) -> bool:
    return all(word.right <= A4[0] - 20 * MM + 1 and word.left >= 20 * MM - 1 for word in poppler.words(made))


def test_a_word_of_300_letters_is_broken_at_the_margin(poppler):
    """No letter is lost, and none stands outside the margins."""
    made = pdf.render(page(Sentence(text="w" * 300), prose("v" * 300), Heading(level=2, text="u" * 300)))
    assert inside(made, poppler)
    text = poppler.text(made)
    assert [text.count(letter) for letter in "wv"] == [300 + poppler.text(pdf.render(page())).count("w"), 300]


def test_a_table_of_30_columns_goes_on_below(poppler):
    """All columns are on the page within the margins; the first one leads each piece."""
    header = ("Student", *(f"column{n}" for n in range(30)))
    row = ("Ada", *(f"{n}.25" for n in range(30)))
    made = pdf.render(page(Grid(header=header, rows=(row,), align=("left",) * 31)))
    assert inside(made, poppler)
    text = poppler.text(made)
    assert all(f"column{n}" in text for n in range(30))
    assert text.count("Ada") > 1


def test_a_formula_that_is_too_deep_for_typst_is_told_in_words(poppler):
    """Forty roots within each other are no fault of the page, in a line or on one of their own; words are broken."""
    roots = r"\sqrt{" * 40 + "x" + "}" * 40
    made = pdf.render(page(prose(f"Now ${roots}$ done.\n\n$$\n{roots}\n$$")))
    assert poppler.text(made).count("x") == 2
    assert inside(made, poppler)


def test_letters_that_no_bundled_font_has_are_no_fault():
    """A name in another script is drawn with the machine's fonts, or as boxes; the page is there."""
    assert pdf.render(page(Sentence(text="李明 and ა"))).startswith(b"%PDF")


@pytest.mark.parametrize("svg", ["", "<svg", "<html></html>"])
def test_a_drawing_that_is_no_svg_is_refused(svg):
    """The message names the page and says what is wrong with the drawing."""
    with pytest.raises(QuizgenError, match=r"Gradients: Typst cannot set this page: .*SVG"):
        pdf.render(page(figure(svg)))


def test_without_typst_the_message_says_how_to_install_it(monkeypatch):
    """Whoever asks for PDF without the extra is told what to type."""
    monkeypatch.setitem(sys.modules, "typst", None)
    pdf._compiler.cache_clear()
    with pytest.raises(UsageError, match="not installed") as raised:
        pdf.render(page())
    assert 'pip install "quizgen[pdf]"' in raised.value.hint
    assert raised.value.exit_code == 2
    pdf._compiler.cache_clear()


def test_a_page_template_of_ones_own_stands_in_for_ours(tmp_path, poppler):
    """Only the file that is there is replaced; a fault in it is told with its line."""
    ours = (PAGE_TEMPLATES / "typst" / "page.typ").read_text()
    own = tmp_path / "typst" / "page.typ"
    own.parent.mkdir()
    own.write_text(ours.replace("doc.words.page.replace", '"Sheet {page} of {pages}".replace'))
    made = pdf.render(page(), Look(template_dir=str(tmp_path)))
    assert "Sheet 1 of" in poppler.text(made)
    program.cache_clear()
    own.write_text(ours + "#nothing-of-this-name")
    with pytest.raises(QuizgenError) as raised:
        pdf.render(page(), Look(template_dir=str(tmp_path)))
    assert str(raised.value).startswith(f"{own}:{ours.count(chr(10)) + 1}: unknown variable: nothing-of-this-name")
    program.cache_clear()
