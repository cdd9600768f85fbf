"""The HTML pages of a student: a frame that differs in little more than names, and questions that are filled in."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, cast

from markupsafe import escape

from quizgen.blocks import Block, Document, Facts, Fields, Heading, Question, Sentence
from quizgen.cohort.looks import Column, Looks, html_of
from quizgen.cohort.make import Made
from quizgen.cohort.roster import Student
from quizgen.documents import model_answers as answers
from quizgen.documents import quiz
from quizgen.documents.questions import answered
from quizgen.forms.form import Form
from quizgen.items.item import Item
from quizgen.numbers.stand_ins import FIRST
from quizgen.renderers import html
from quizgen.renderers.contract import Look
from quizgen.stencils import Stencil, stencil
from quizgen.values import immutable
from quizgen.words import say


class Pages(NamedTuple):
    """The two pages of a student."""

    exam: bytes
    model_answers: bytes


class PageMaker:
    """Makes the pages of a cohort in one look, and keeps what it has drawn."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._asked = Looks("quiz", look, lambda item: (quiz.question(item),))
        self._answered = Looks("model-answers", look, lambda item: (answered(item),))
        self._sources = Looks("model-answers", look, lambda item: (answers.source(item, _number(item)),))
        self._frames: dict[object, _Frame] = {}

    def pages(self, run: Sequence[Made], columns: Sequence[Column]) -> list[Pages]:
        """The pages of each student, where ``columns`` are the questions that all of them answer."""
        asked = zip(*map(self._asked.html, columns), strict=True)
        answered = [looks.html(column) for looks in (self._answered, self._sources) for column in columns]
        return [
            Pages(
                exam=self._page("quiz", quiz.quiz, made, questions),
                model_answers=self._page("answers", answers.model_answers, made, explained),
            )
            for made, questions, explained in zip(run, asked, zip(*answered, strict=True), strict=True)
        ]

    def _page(self, kind: str, document: Callable[[Form], Document], made: Made, blocks: Sequence[bytes]) -> bytes:
        student, form = made.seat.student, made.form
        alike = (kind, form.minutes, bool(student.name), bool(student.group))
        if alike not in self._frames:
            self._frames[alike] = _frame(document, student, form, self._look)
        return self._frames[alike].fill(student, form, blocks)


def addressed(document: Document, student: Student) -> Document:
    """The document with the student's name at its head, in the place of fields to fill in."""
    told = {"head.name": student.name, "head.student_number": student.id, "head.group": student.group}
    facts = Facts(rows=tuple((say(name), words) for name, words in told.items() if words))
    rest: tuple[Block, ...] = tuple(block for block in document.blocks if not isinstance(block, Fields))
    return replace(document, blocks=(facts, *rest))


# -- frames ------------------------------------------------------------------------------------------------------------

_FIELDS: Final[tuple[Callable[[Student, Form], str], ...]] = (
    lambda student, form: student.name,
    lambda student, form: student.id,
    lambda student, form: student.group,
    lambda student, form: form.id,
    lambda student, form: str(form.seed),
)


@immutable(kw_only=False)
class _Frame:
    """A page without what differs: holes for the fields, for the fields within CSS, then for the blocks."""

    stencil: Stencil

    def fill(self, student: Student, form: Form, blocks: Sequence[bytes]) -> bytes:
        fields = [read(student, form) for read in _FIELDS]
        escaped = [escape(field).encode() for field in fields]
        in_css = [_in_css(field).encode() for field in fields]
        return self.stencil.filled([*escaped, *in_css, *blocks])


def _frame(document: Callable[[Form], Document], student: Student, form: Form, look: Look) -> _Frame:
    """The frame of all pages of this kind."""
    marks = [chr(FIRST + place) for place in range(len(_FIELDS))]
    name, own_id, group, form_id, seed = marks
    unknown = replace(student, name=name if student.name else "", id=own_id, group=group if student.group else "")
    page = addressed(document(replace(form, id=form_id, seed=cast("int", seed))), unknown)
    blocks: list[Block] = []
    places: list[str] = []
    for block in page.blocks:
        if _is_filled(block, blocks):
            places.append(chr(FIRST + len(marks) + len(places)))
            blocks.append(Sentence(text=places[-1]))
        else:
            blocks.append(block)
    text = html.render(replace(page, blocks=tuple(blocks)), look).decode()
    for mark in places:
        text = text.replace(html_of([Sentence(text=mark)], page.kind, look), mark)
    marks_in_css = [chr(ord(mark) + 0x1000) for mark in marks]
    for mark, in_css in zip(marks, marks_in_css, strict=True):
        text = text.replace(_in_css(mark), in_css)
    return _Frame(stencil(text, [*marks, *marks_in_css, *places]))


def _is_filled(block: Block, before: Sequence[Block]) -> bool:
    """Whether a block of a page is one of those that depend on the numbers of an item."""
    return isinstance(block, Question) or (isinstance(block, Facts) and any(isinstance(b, Heading) for b in before))


def _in_css(text: str) -> str:
    return html.css_string(text)[1:-1]


def _number(item: Item) -> int:
    return int(item.parts[0].label.rstrip("abcdefghijklmnopqrstuvwxyz"))
