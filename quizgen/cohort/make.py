"""The forms of a run of seats: all variants of a template simulated in one batch.

No two neighbours in the roster share an item. Students in even seats take their first variant; those in odd seats, the
first that neither neighbour has. So a form depends on no more than the two seats beside it, and any run of seats can be
made alone, on any machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from quizgen.cohort.difficulty import operations, usual
from quizgen.cohort.plan import Questions, Seat
from quizgen.forms.assemble import form_of, part_labels
from quizgen.forms.form import Form
from quizgen.items.draws import Variant
from quizgen.items.evaluation import VariantValues
from quizgen.items.item import Item
from quizgen.items.planner import plan
from quizgen.items.realise import attempt, turned_down
from quizgen.items.template import ItemTemplate
from quizgen.values import immutable

MAX_TRIES: Final = 12  # variants of a student's own before one that a neighbour has is put up with


@immutable
class Made:
    """A seat's form; its intended difficulty in operations; the templates of which a neighbour has the same item."""

    seat: Seat
    form: Form
    difficulty: float
    shared: tuple[str, ...]


@immutable(kw_only=False)
class _Question:
    """A template, and the labels of its parts in all forms."""

    template: ItemTemplate
    labels: Sequence[str]


class _Taken(NamedTuple):
    """An item for a seat, what is seen of it, and what may be held against it."""

    item: Item
    shown: tuple[object, ...]
    difficulty: float
    shared: bool = False


def make_forms(questions: Questions, seats: Sequence[Seat], after: Seat | None) -> tuple[Made, ...]:
    """The forms of neighbouring seats, the first of which is even; ``after`` is the seat that follows the last.

    Raises: QuizgenError if a template has no variant for a seat.
    """
    following = [after] if after and after.number % 2 == 0 else []
    columns = [
        _items(_Question(template, part_labels(number, len(template.parts))), [*seats, *following])
        for number, template in enumerate(questions.templates, start=1)
    ]
    return tuple(_made(questions, seat, row) for seat, row in zip(seats, zip(*columns, strict=True), strict=False))


def _made(questions: Questions, seat: Seat, row: Sequence[_Taken]) -> Made:
    form = form_of(questions.blueprint, [taken.item for taken in row], seed=seat.seed)
    minutes = seat.student.extra_time.added_to(form.minutes)
    return Made(
        seat=seat,
        form=replace(form, id=seat.form, minutes=minutes),
        difficulty=sum(taken.difficulty for taken in row),
        shared=tuple(taken.item.template for taken in row if taken.shared),
    )


def _items(question: _Question, seats: Sequence[Seat]) -> list[_Taken]:
    """An item of a question for each seat."""
    first = _variants(question, [(seat, 0) for seat in seats])
    taken: dict[int, _Taken] = {}
    for parity in (0, 1):
        own = {seat.number: (seat, one) for seat, one in zip(seats, first, strict=True) if seat.number % 2 == parity}
        _settle(question, own, taken)
    return [taken[seat.number] for seat in seats]


def _settle(question: _Question, waiting: dict[int, tuple[Seat, _Taken]], taken: dict[int, _Taken]) -> None:
    """Move seats from ``waiting`` to ``taken``, each with the first variant that fits or else the first of all."""
    usually = usual(question.template)
    fallback = {number: one for number, (_, one) in waiting.items()}
    for tries in range(1, MAX_TRIES + 1):
        for number, (_, one) in list(waiting.items()):
            if usually.accepts(one.difficulty) and not _is_shared(one, number, taken):
                taken[number] = one
                del waiting[number]
        if not waiting or tries == MAX_TRIES or not question.template.draw:
            break
        again = [seat for seat, _ in waiting.values()]
        found = _variants(question, [(seat, tries) for seat in again])
        waiting = {seat.number: (seat, one) for seat, one in zip(again, found, strict=True)}
    for number in waiting:
        taken[number] = fallback[number]._replace(shared=_is_shared(fallback[number], number, taken))


def _is_shared(one: _Taken, number: int, taken: Mapping[int, _Taken]) -> bool:
    """Whether a neighbour of a seat has the same item."""
    return any(taken[place].shown == one.shown for place in (number - 1, number + 1) if place in taken)


def _variants(question: _Question, asked: Sequence[tuple[Seat, int]]) -> list[_Taken]:
    """The item of each variant, simulated in one batch.  Raises: QuizgenError if one cannot be made."""
    template = question.template
    ready, expected = plan(template), usual(template)
    variants = [Variant(seed=seat.seed, template=template.id, variant=number) for seat, number in asked]
    made: list[_Taken] = []
    for variant, outcome in zip(variants, attempt(template, variants, labels=question.labels), strict=True):
        if outcome.item is None or outcome.values is None:
            raise turned_down(variant, outcome)
        hard = operations(ready, outcome.values) if expected.varies else expected.operations
        made.append(_Taken(outcome.item, _shown(outcome.item, outcome.values), hard))
    return made


def _shown(item: Item, values: VariantValues) -> tuple[object, ...]:
    """What tells one student's question from another's: its numbers, what they decide, and its figure."""
    printed = tuple([number.printed for number in values.quiz_numbers.values()])
    return printed, tuple(item.truths.values()), item.figure
