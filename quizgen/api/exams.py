"""One exam: its form and its files."""

from collections.abc import Mapping, Sequence

from quizgen.api.documents import document_files
from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint
from quizgen.documents.answer_sheet import answer_sheet
from quizgen.documents.model_answers import model_answers
from quizgen.documents.quiz import quiz
from quizgen.forms import record, response_file
from quizgen.forms.assemble import assemble
from quizgen.forms.form import Form
from quizgen.forms.met import Met
from quizgen.forms.met import how_met as _how_met
from quizgen.renderers.contract import USUAL, Look


def make_form(
    bank: Bank, blueprint: Blueprint, *, seed: int, topics: Sequence[str] = (), questions: int | None = None
) -> Form:
    """Assemble one exam; equal arguments give an equal form."""
    return assemble(bank, blueprint, seed=seed, topics=topics, questions=questions)


def how_met(form: Form, blueprint: Blueprint) -> tuple[Met, ...]:
    """What an exam came to, beside what its blueprint asked for."""
    return tuple(_how_met(form, blueprint))


def exam_files(
    form: Form, formats: Sequence[str], look: Look = USUAL, *, self_check: bool = False, with_sheet: bool = False
) -> Mapping[str, bytes]:
    """All files of an exam by name: what students get under ``student/``, what holds keys under ``instructor/``.

    ``self_check``: also the page that checks answers by itself; it holds keys, so it has a folder of its own.
    ``with_sheet``: also a page to enter the final answers on.
    """
    sheet = document_files("student/answer-sheet", answer_sheet(form), formats, look) if with_sheet else {}
    practice = document_files("self-check/exam", quiz(form, practice=True), ["html"], look) if self_check else {}
    return {
        **practice,
        **document_files("student/exam", quiz(form), formats, look),
        **sheet,
        "student/responses.yaml": response_file.empty(form).encode(),
        **document_files("instructor/model-answers", model_answers(form), formats, look),
        "instructor/form.json": record.to_json(form).encode(),
        "instructor/responses-key.yaml": response_file.key(form).encode(),
    }
