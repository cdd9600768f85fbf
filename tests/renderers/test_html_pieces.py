"""What of a question stays together when its HTML page is printed."""

from quizgen.blocks import AnswerBox, Figure, Option, Options, Question, Sentence, WritingLines
from quizgen.prose import fill
from quizgen.renderers.html_pieces import pieces

BOX = AnswerBox(working_mm=24)
FIGURE = Figure(name="f", svg="<svg/>", title="", description="")
TABLE = fill("|a|b|\n|---|---|\n|1|2|", numbers={}, truths={})


def text(letters):
    return fill("word " * (letters // 5), numbers={}, truths={})


def options(count, letters=20):
    return Options(options=tuple(Option(letter=f"{number}", text=text(letters)) for number in range(count)))


def part(*blocks):
    return Question(label="1a", blocks=blocks, is_part=True)


def cut(*blocks):
    return pieces(Question(label="1", title="A title", blocks=blocks))


def test_a_short_question_is_one_piece():
    """Stem, what is asked, and where to answer."""
    blocks = (text(300), text(80), BOX)
    assert cut(*blocks) == (blocks,)


def test_the_first_part_stands_with_a_short_stem():
    """Each further part may begin a page."""
    stem, first, second = text(300), part(text(80), BOX), part(text(80), options(4))
    assert cut(stem, first, second) == ((stem, first), (second,))


def test_a_tall_stem_may_end_its_page():
    """With a figure in it, or with much text, the stem stays whole and its parts come after."""
    first, second = part(text(80), BOX), part(text(80), BOX)
    stem = text(300)
    assert cut(stem, FIGURE, first, second) == ((stem, FIGURE), (first,), (second,))
    stem = text(1500)
    assert cut(stem, first, second) == ((stem,), (first,), (second,))


def test_what_is_asked_stays_with_its_answer():
    """Below a figure the question and its box are one piece."""
    stem, ask = text(300), text(200)
    assert cut(stem, FIGURE, ask, BOX) == ((stem, FIGURE), (ask, BOX))


def test_a_text_with_many_blanks_is_broken_between_them():
    """Each blank stands with what is offered for it."""
    blanks = [(Sentence(text=f"For blank ({number})"), options(4)) for number in range(4)]
    stem = text(500)
    assert cut(stem, *(block for blank in blanks for block in blank)) == ((stem, *blanks[0]), *blanks[1:])


def test_lines_to_write_on_may_be_broken_anywhere():
    """They are a piece of their own; a long stem with a table may stand on the page before what is asked."""
    ask, lines = text(300), WritingLines(lines=20)
    assert cut(ask, lines) == ((ask,), (lines,))
    long = text(900)
    assert cut(TABLE, long, lines) == ((TABLE,), (long,), (lines,))


def test_a_question_without_blocks_has_one_empty_piece():
    """Its head has to stand somewhere."""
    assert cut() == ((),)
