"""Pages that are filled in are those that are drawn."""

import pytest

from quizgen.cohort.hints import HintMaker
from quizgen.cohort.looks import Column, Looks, html_of
from quizgen.cohort.make import Made
from quizgen.cohort.pages import PageMaker, addressed
from quizgen.cohort.plan import Seat
from quizgen.cohort.roster import Student
from quizgen.documents import model_answers, quiz
from quizgen.documents.questions import answered
from quizgen.forms.assemble import form_of, label
from quizgen.forms.response_file import hints_for
from quizgen.items.realise import realise
from quizgen.renderers import html
from quizgen.renderers.contract import USUAL, Look

VARIANTS = 6


@pytest.fixture(scope="session")
def templates(bank):
    return list(bank.templates.values())


def test_every_template_is_filled_as_it_is_drawn(templates):
    """Question, model answer and sources of several variants are the same whether drawn anew or filled in."""
    draws = (
        ("quiz", lambda item: (quiz.question(item),)),
        ("model-answers", lambda item: (answered(item),)),
        ("model-answers", lambda item: (model_answers.source(item, 3),)),
    )
    for template in templates:
        made = [Looks(kind, USUAL, draw) for kind, draw in draws]
        items = [label(item, 3) for item in realise(template, seed=5, variants=range(VARIANTS)).items]
        column = Column.of(items)
        for (kind, draw), looks in zip(draws, made, strict=True):
            drawn = [html_of(draw(item), kind, USUAL).encode() for item in items]
            assert looks.html(column) == drawn, template.id
        assert HintMaker().hints(column) == [hints_for(item) for item in items], template.id


STUDENTS = (
    Student(id="s1"),
    Student(id='<b> & "x" % 100%', name="Zoë \\ O'Hara 😀", group="A/B"),
    Student(id="s3", name="N"),
)


@pytest.mark.parametrize("look", [Look(fonts="../assets"), Look(language="de", large_print=True)])
def test_a_student_s_pages_are_those_of_the_form(bank, look):
    """Whole pages, with names that need care in HTML and in style sheets, in every look."""
    templates = [bank.templates[name] for name in ("forget-gate-memory", "which-gate", "truncation-window")]
    run: list[Made] = []
    for number, student in enumerate(STUDENTS):
        items = [realise(template, seed=number, variants=[0]).items[0] for template in templates]
        form = form_of(bank.blueprints["practice"], items, seed=number)
        seat = Seat(number=number, student=student, folder="x", seed=number, form=form.id)
        run.append(Made(seat=seat, form=form, difficulty=0, shared=()))
    columns = [Column.of(items, look) for items in zip(*[made.form.items for made in run], strict=True)]
    for made, pages in zip(run, PageMaker(look).pages(run, columns), strict=True):
        documents = (quiz.quiz(made.form), model_answers.model_answers(made.form))
        for page, document in zip(pages, documents, strict=True):
            assert page.decode() == html.render(addressed(document, made.seat.student), look).decode()
