"""What a figure says besides its author's words, in another language."""

from dataclasses import replace

from quizgen.blocks import Document
from quizgen.documents.language import in_language
from quizgen.documents.questions import drawn
from quizgen.figures.figure import Curve, FigureData
from quizgen.prose import fill

LOST = FigureData(
    kind="semilog",
    title="Norms",
    description="A line.",
    x_label="k",
    y_label="norm",
    curves=(Curve(label="A", x=(1.0, 2.0, 3.0), y=(1.0, 0.0, float("inf"))),),
)
GERMAN = "A line. Ab 2 sind 2 Werte von A 0 und unendlich und lassen sich nicht zeichnen."


def figure_in_german(data):
    figure = drawn("norms", data, lambda text: fill(text, numbers={}))
    page = Document(kind="quiz", title="", subtitle="", blocks=(figure,))
    return in_language(page, "de").blocks[0]


def test_what_cannot_be_drawn_is_told_in_the_language_of_the_page():
    """Beside the drawing and in it."""
    shown = figure_in_german(LOST)
    assert shown.description == GERMAN
    assert f">{GERMAN}</desc>" in shown.svg


def test_a_table_of_vectors_is_headed_in_the_language_of_the_page():
    """The words that stand above what every vector has."""
    vectors = replace(LOST, kind="vectors", curves=(Curve(label="g", x=(1.0, 2.0), y=(3.0, 4.0)),))
    assert figure_in_german(vectors).data.header == ("Vektor", "k", "norm", "Länge")
