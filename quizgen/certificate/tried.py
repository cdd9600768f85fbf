"""What students would be told: the key and every known mistake of an item, graded as responses are."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from quizgen.certificate.page import form_of
from quizgen.documents.preview import Tried
from quizgen.errors import Place
from quizgen.forms.assemble import label
from quizgen.grading.grade import grade
from quizgen.grading.intake.responses import Response
from quizgen.grading.reports.wording import STATUS_WORDS, number, remarks
from quizgen.items import ITEM_TYPES
from quizgen.items.choice import ChoiceKey
from quizgen.items.contract import Settings
from quizgen.items.item import Item, Part


def tried(item: Item) -> tuple[Tried, ...]:
    """The responses of `_responses` to each part of ``item``, each with what is said of it."""
    labelled = label(item, 1)
    return tuple(_graded(item, part, response, why) for part in labelled.parts for response, why in _responses(part))


def _responses(part: Part) -> Iterator[tuple[str, str]]:
    """The key and the known mistakes as a student would write them, each with what it is."""
    item_type = ITEM_TYPES[part.type]
    if key := item_type.key_response(part):
        yield key, "the key"
    if item_type.value(part.key) is not None:
        for mistake in part.misconceptions:
            wrong = replace(part, key=item_type.with_number(part.key, mistake.value))
            yield item_type.key_response(wrong), mistake.name or mistake.id.replace("-", " ")
    if isinstance(part.key, ChoiceKey):
        for option in part.key.options:
            if not option.right:
                yield option.letter, option.misconception.replace("-", " ") or "a wrong option"


def _graded(item: Item, part: Part, response: str, why: str) -> Tried:
    given = Response(form="CHECK", student="", responses={part.label: response}, place=Place(path=Path("preview")))
    report = grade(form_of(item), given, Settings())
    score = next(score for score in report.parts if score.label == part.label)
    return Tried(
        label=part.label,
        response=response,
        why=why,
        verdict=f"{STATUS_WORDS[score.status]}, {number(score.score)} of {number(score.points)}",
        said=tuple(remarks(score)) if score.status != "right" else (),
    )
