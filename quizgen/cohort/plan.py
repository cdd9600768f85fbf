"""What is settled about a cohort before anything is simulated: its questions, and each student's folder, seed and form.

A student's seed comes from the cohort's seed and the student's id. So the order of a roster, and who else stands in it,
change nobody's numbers, but where two neighbours would have been given the same ones.
"""

import hashlib
from collections.abc import Iterator, Sequence

from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint
from quizgen.cohort.roster import LARGEST_SEED, Student
from quizgen.forms.assemble import form_id
from quizgen.forms.choose import choose
from quizgen.grading.reports.folders import folder_names
from quizgen.items.template import ItemTemplate
from quizgen.renderers.html import ASSETS
from quizgen.values import immutable


@immutable(eq=False)
class Questions:
    """What all forms of a cohort have in common: the questions, each with other numbers in every form."""

    blueprint: Blueprint
    templates: tuple[ItemTemplate, ...]
    seed: int


@immutable
class Seat:
    """One student's place in the roster, counted from 0, with what was settled for it."""

    number: int
    student: Student
    folder: str
    seed: int
    form: str


def plan_questions(
    bank: Bank, blueprint: Blueprint, *, seed: int, topics: Sequence[str] = (), questions: int | None = None
) -> Questions:
    """The questions that all students get: those of the one form that `forms.assemble` makes from the same seed.

    Raises: UsageError if the bank cannot give what the blueprint asks for.
    """
    templates = choose(bank, blueprint, seed=seed, topics=topics, questions=questions)
    return Questions(blueprint=blueprint, templates=templates, seed=seed)


def plan_seats(questions: Questions, students: Sequence[Student]) -> tuple[Seat, ...]:
    """A seat for each student: no two share a folder, a seed, or the name of a form."""
    folders = folder_names([*(student.id for student in students), f"{ASSETS}/"])  # nobody's folder is called so
    taken = {student.seed for student in students if student.seed is not None}
    forms: set[str] = set()
    return tuple(
        Seat(number=number, student=student, folder=folders[student.id], seed=seed, form=form)
        for number, student in enumerate(students)
        for seed, form in [_free(questions, student, taken, forms)]
    )


def _free(questions: Questions, student: Student, seeds: set[int], forms: set[str]) -> tuple[int, str]:
    """A seed and the id of its form, noted in ``seeds`` and ``forms`` as taken."""
    for seed in _seeds(questions.seed, student):
        form = form_id(questions.blueprint, questions.templates, seed=seed)
        if seed == student.seed or (seed not in seeds and form not in forms):
            break
    seeds.add(seed)
    forms.add(form)
    return seed, form


def _seeds(seed: int, student: Student) -> Iterator[int]:
    """The student's own seed; else one drawn for the student's id, and others should it be taken."""
    if student.seed is not None:
        yield student.seed
        return
    attempt = 0
    while True:
        text = f"{seed}\x1fstudent\x1f{student.id}\x1f{attempt}"
        yield int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") & LARGEST_SEED
        attempt += 1
