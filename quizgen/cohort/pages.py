"""The HTML pages of a student: a frame that differs in little more than names, and questions that are filled in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, cast

from markupsafe import escape

from quizgen.blocks import Block, Document, Facts, Fields, Heading, Question, Sentence
from quizgen.cohort.looks import Looks, View, html_of
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
from quizgen.words import say


@dataclass(frozen=True, slots=True)
class Sheet:
    """A student's name, the form's, and its questions as HTML: what a frame is filled with."""

    student: Student
    form: Form
    blocks: Sequence[bytes]


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
        self._frames: dict[object, Stencil[Sheet]] = {}

    def pages(self, made: Made) -> Pages:
        """The pages of one student."""
        views = [View(item, self._look) for item in made.form.items]
        looks = [view.look() for view in views]
        pairs = list(zip(views, looks, strict=True))
        asked = [self._asked.html(*pair) for pair in pairs]
        explained = [of.html(*pair) for of in (self._answered, self._sources) for pair in pairs]
        return Pages(
            exam=self._page("quiz", quiz.quiz, made, asked),
            model_answers=self._page("answers", answers.model_answers, made, explained),
        )

    def _page(self, kind: str, document: Callable[[Form], Document], made: Made, blocks: Sequence[bytes]) -> bytes:
        student, form = made.seat.student, made.form
        alike = (kind, form.minutes, bool(student.name), bool(student.group))
        if alike not in self._frames:
            self._frames[alike] = _frame(document, student, form, self._look)
        return self._frames[alike].fill(Sheet(student, form, blocks))


def addressed(document: Document, student: Student) -> Document:
    """The document with the student's name at its head, in the place of fields to fill in."""
    told = {"head.name": student.name, "head.student_number": student.id, "head.group": student.group}
    facts = Facts(rows=tuple((say(name), words) for name, words in told.items() if words))
    rest: tuple[Block, ...] = tuple(block for block in document.blocks if not isinstance(block, Fields))
    return replace(document, blocks=(facts, *rest))


# -- frames ------------------------------------------------------------------------------------------------------------

_FIELDS: Final[tuple[Callable[[Sheet], str], ...]] = (
    lambda sheet: sheet.student.name,
    lambda sheet: sheet.student.id,
    lambda sheet: sheet.student.group,
    lambda sheet: sheet.form.id,
    lambda sheet: str(sheet.form.seed),
)


def _frame(document: Callable[[Form], Document], student: Student, form: Form, look: Look) -> Stencil[Sheet]:
    """A page without what differs between the forms of a cohort."""
    marks = [chr(FIRST + place) for place in range(len(_FIELDS))]
    name, own_id, group, form_id, seed = marks
    unknown = replace(student, name=name if student.name else "", id=own_id, group=group if student.group else "")
    page = addressed(document(replace(form, id=form_id, seed=cast("int", seed))), unknown)
    sources: dict[str, Callable[[Sheet], bytes]] = {
        mark: _escaped(read) for mark, read in zip(marks, _FIELDS, strict=True)
    }
    blocks: list[Block] = []
    places: list[str] = []
    for block in page.blocks:
        if _is_filled(block, blocks):
            mark = chr(FIRST + len(_FIELDS) + len(places))
            sources[mark] = _block(len(places))
            places.append(mark)
            blocks.append(Sentence(text=mark))
        else:
            blocks.append(block)
    text = html.render(replace(page, blocks=tuple(blocks)), look).decode()
    for mark in places:
        text = text.replace(html_of([Sentence(text=mark)], page.kind, look), mark)
    for mark, read in zip(marks, _FIELDS, strict=True):
        in_css = chr(ord(mark) + 0x1000)
        text = text.replace(html.css_string(mark)[1:-1], in_css)
        sources[in_css] = _in_css(read)
    reads = list(sources.values())
    holes = {character: place for place, character in enumerate(sources)}
    return stencil(text, holes, lambda sheet: [read(sheet) for read in reads])


def _is_filled(block: Block, before: Sequence[Block]) -> bool:
    """Whether a block of a page is one of those that depend on the numbers of an item."""
    return isinstance(block, Question) or (isinstance(block, Facts) and any(isinstance(b, Heading) for b in before))


def _block(place: int) -> Callable[[Sheet], bytes]:
    return lambda sheet: sheet.blocks[place]


def _escaped(read: Callable[[Sheet], str]) -> Callable[[Sheet], bytes]:
    return lambda sheet: escape(read(sheet)).encode()


def _in_css(read: Callable[[Sheet], str]) -> Callable[[Sheet], bytes]:
    return lambda sheet: html.css_string(read(sheet))[1:-1].encode()


def _number(item: Item) -> int:
    return int(item.parts[0].label.rstrip("abcdefghijklmnopqrstuvwxyz"))
