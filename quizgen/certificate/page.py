"""What students get to read of an item, and whether an exam can be made of it."""

from dataclasses import replace
from typing import Final

import numpy as np

from quizgen import __version__
from quizgen.blocks import Document
from quizgen.documents.model_answers import model_answers
from quizgen.documents.questions import asked
from quizgen.documents.quiz import quiz
from quizgen.forms import record, response_file
from quizgen.forms.assemble import label
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.items.item import Item
from quizgen.renderers import RENDERERS

WORDS_PER_MINUTE: Final = 100  # of a text that is to be understood, with formulas


def student_page(item: Item) -> str:
    """The words of an item as the student's page shows them, in Markdown: all but its figure."""
    question = asked(label(replace(item, figure=None), 1))
    document = Document(kind="item", title="", subtitle="", blocks=(question,))
    return RENDERERS["md"].render(document).decode()


def word_count(page: str) -> int:
    """How many words a reader of a page in Markdown goes through; a formula without spaces counts as one."""
    return sum(any(char.isalnum() for char in word) for word in page.split())


def reading_minutes(words: float) -> float:
    """The minutes that reading so many words takes."""
    return words / WORDS_PER_MINUTE


def form_of(item: Item) -> Form:
    """An exam of this one item."""
    return Form(
        schema=SCHEMA_VERSION,
        id="CHECK",
        title=item.title,
        blueprint="check",
        seed=item.provenance.seed,
        minutes=item.minutes,
        instructions="",
        quizgen_version=__version__,
        numpy_version=np.__version__,
        items=(label(item, 1),),
    )


def page_fault(item: Item) -> str:
    """Why an exam of this one item could not be written, or its record read back; "" if it can."""
    form = form_of(item)
    try:
        for document in (quiz(form), model_answers(form)):
            for renderer in RENDERERS.values():
                renderer.render(document)
                renderer.files_beside(document)
        response_file.empty(form)
        response_file.key(form)
        record.from_json(record.to_json(form))
    except Exception as error:  # whatever it is, an author should hear of it here and not when an exam is due
        return f"no exam can be made of it: {type(error).__name__}: {error}"
    return ""
