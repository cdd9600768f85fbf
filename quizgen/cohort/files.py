"""The files of one student: what is handed out, and what stays with the instructor."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from quizgen.blocks import Document
from quizgen.cohort.hints import HintMaker
from quizgen.cohort.looks import Column
from quizgen.cohort.make import Made
from quizgen.cohort.order import Order
from quizgen.cohort.pages import PageMaker, Pages, addressed
from quizgen.cohort.records import RecordWriter
from quizgen.documents.model_answers import model_answers
from quizgen.documents.quiz import quiz
from quizgen.forms import response_file
from quizgen.renderers import RENDERERS
from quizgen.values import immutable

AT_ONCE: Final = 60  # students whose pages are filled in together


@immutable
class Handed:
    """The files of one student by their names in the student's folder, and those in the instructor's."""

    student: Mapping[str, bytes]
    instructor: Mapping[str, bytes]


class FileMaker:
    """Makes the files of one cohort, and keeps what was compiled for them."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._pages = PageMaker(order.look)
        self._records = RecordWriter()
        self._hints = HintMaker()

    def files(self, run: Sequence[Made]) -> Iterator[Handed]:
        """All files of each student; a few students at a time are in memory."""
        for start in range(0, len(run), AT_ONCE):
            yield from self._files(run[start : start + AT_ONCE])

    def _files(self, run: Sequence[Made]) -> Iterator[Handed]:
        columns = [Column.of(items, self._order.look) for items in zip(*[made.form.items for made in run], strict=True)]
        records = self._records.to_json([made.form for made in run])
        hints = zip(*[self._hints.hints(column) for column in columns], strict=True)
        pages = self._pages.pages(run, columns) if "html" in self._order.formats else [None] * len(run)
        for made, record, hinted, html in zip(run, records, hints, pages, strict=True):
            yield self._handed(made, record, list(chain.from_iterable(hinted)), html)

    def _handed(self, made: Made, record: bytes, hints: Sequence[str], html: Pages | None) -> Handed:
        student, form = made.seat.student, made.form
        exam: dict[str, bytes] = {}
        answers: dict[str, bytes] = {}
        for format_name in self._order.formats:
            if format_name == "html" and html:
                exam["exam.html"], answers["model-answers.html"] = html
            else:
                exam |= self._written("exam", addressed(quiz(form), student), format_name)
                answers |= self._written("model-answers", addressed(model_answers(form), student), format_name)
        return Handed(
            student={**exam, "responses.yaml": response_file.empty(form, student=student.id, hints=hints).encode()},
            instructor={
                **answers,
                "form.json": record,
                "responses-key.yaml": response_file.key(form, hints=hints).encode(),
            },
        )

    def _written(self, name: str, document: Document, format_name: str) -> Mapping[str, bytes]:
        """A document in one format, with the files beside it."""
        renderer = RENDERERS[format_name]
        page = {f"{name}.{renderer.suffix}": renderer.render(document, self._order.look)}
        return page | dict(renderer.files_beside(document))


@lru_cache(maxsize=2)
def file_maker(order: Order) -> FileMaker:
    """The maker of an order's files; the same each time."""
    return FileMaker(order)
