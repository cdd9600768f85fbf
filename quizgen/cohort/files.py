"""The files of one student: what is handed out, and what stays with the instructor."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from quizgen.blocks import Document
from quizgen.cohort.make import Made
from quizgen.cohort.order import Order
from quizgen.cohort.pages import PageMaker, addressed
from quizgen.cohort.records import RecordWriter
from quizgen.documents.model_answers import model_answers
from quizgen.documents.quiz import quiz
from quizgen.forms import response_file
from quizgen.renderers import RENDERERS


@dataclass(frozen=True, slots=True, kw_only=True)
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

    def files(self, made: Made) -> Handed:
        """All files of one student."""
        student, form = made.seat.student, made.form
        exam: dict[str, bytes] = {}
        answers: dict[str, bytes] = {}
        for format_name in self._order.formats:
            if format_name == "html":
                exam["exam.html"], answers["model-answers.html"] = self._pages.pages(made)
            else:
                exam |= self._written("exam", addressed(quiz(form), student), format_name)
                answers |= self._written("model-answers", addressed(model_answers(form), student), format_name)
        return Handed(
            student={**exam, "responses.yaml": response_file.empty(form, student=student.id).encode()},
            instructor={
                **answers,
                "form.json": self._records.to_json(form),
                "responses-key.yaml": response_file.key(form).encode(),
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
