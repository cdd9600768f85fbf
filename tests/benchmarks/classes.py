"""What is timed of grading: a large class that answers ten questions with numbers."""

import random
from dataclasses import dataclass, replace
from pathlib import Path

from quizgen import api
from quizgen.certificate.page import form_of
from quizgen.errors import Place
from quizgen.forms.assemble import label
from quizgen.forms.form import Form
from quizgen.grading.intake.responses import Response
from quizgen.items.realise import realise

QUESTIONS = 10
NOT_READ = ("", "?", "1,5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """The responses of many students to ten numeric parts of the shipped bank, each with misconceptions."""

    form: Form
    responses: tuple[Response, ...]

    @classmethod
    def draw(cls, *, students: int, is_distinct: bool, seed: int = 0) -> "Class":
        """Of the answers 55 % are right, 25 % a misconception's, 15 % anything, and 5 % blank or unreadable.

        They are written with two to four figures, so that many students write the same; or with all the figures of
        float64 if ``is_distinct``, so that hardly two do.
        """
        form = _form()
        rng = random.Random(seed)  # noqa: S311
        place = Place(path=Path("class.csv"))
        parts = [part for item in form.items for part in item.parts]
        responses = (
            Response(
                form=form.id,
                student=f"Student {number}",
                responses={part.label: _answer(part, rng, is_distinct=is_distinct) for part in parts},
                place=place,
            )
            for number in range(students)
        )
        return cls(form=form, responses=tuple(responses))

    def grade(self) -> list[float]:
        """The scores of all students."""
        return [report.score for report in api.grade_responses(self.form, self.responses)]

    def compare_floats(self) -> list[float]:
        """The least that could be called grading: what Python reads as a float, within the tolerance or not."""
        keys = [
            (part.label, part.key.value, part.key.rtol * abs(part.key.value), part.points)
            for item in self.form.items
            for part in item.parts
        ]
        scores = []
        for response in self.responses:
            score = 0.0
            for name, key, margin, points in keys:
                try:
                    if abs(float(response.responses[name]) - key) <= margin:
                        score += points
                except ValueError:
                    pass
            scores.append(score)
        return scores


def _form() -> Form:
    bank = api.load_bank()
    items = []
    for template in bank.templates.values():
        item = realise(template, seed=0, variants=[0]).items[0]
        parts = [part for part in item.parts if part.type == "numeric" and part.misconceptions and not part.follows]
        if parts and parts[0].key.rtol:
            items.append(replace(item, parts=tuple(parts[:1])))
        if len(items) == QUESTIONS:
            break
    return replace(form_of(items[0]), items=tuple(label(item, number) for number, item in enumerate(items, start=1)))


def _answer(part, rng: random.Random, *, is_distinct: bool) -> str:
    """What one student writes."""
    kind = rng.random()
    if kind < 0.55:
        value = part.key.value * (1 + rng.uniform(-0.4, 0.4) * part.key.rtol)
    elif kind < 0.8:
        value = rng.choice(part.misconceptions).value
    elif kind < 0.95:
        value = part.key.value * 10 ** rng.uniform(-2, 2)
    else:
        return rng.choice(NOT_READ)
    if is_distinct:
        return repr(value * (1 + rng.uniform(-1e-6, 1e-6)))
    return f"{value:.{rng.choice((2, 3, 3, 3, 4))}g}"
