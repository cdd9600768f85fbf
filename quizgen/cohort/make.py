"""The forms of a run of seats: all variants of a template simulated in one batch.

No two neighbours in the roster share an item. Students in even seats take their first variant; those in odd seats, the
first that neither neighbour has. So a form depends on no more than the two seats beside it, and any run of seats can be
made alone, on any machine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quizgen.cohort.difficulty import operations, usual
from quizgen.cohort.plan import Questions, Seat
from quizgen.forms.assemble import form_of
from quizgen.forms.form import Form
from quizgen.items.draws import Variant
from quizgen.items.item import Item
from quizgen.items.planner import plan
from quizgen.items.realise import attempt, turned_down
from quizgen.items.template import ItemTemplate

MAX_TRIES: Final = 12  # variants of a student's own before one that a neighbour has is put up with


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A seat's form; its intended difficulty in operations; the templates of which a neighbour has the same item."""

    seat: Seat
    form: Form
    difficulty: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """An item for a seat, and what may be held against it."""

    item: Item
    difficulty: float
    shared: bool = False


def make_forms(questions: Questions, seats: Sequence[Seat], after: Seat | None) -> tuple[Made, ...]:
    """The forms of neighbouring seats, the first of which is even; ``after`` is the seat that follows the last.

    Raises: QuizgenError if a template has no variant for a seat.
    """
    following = [after] if after and after.number % 2 == 0 else []
    columns = [_items(template, [*seats, *following]) for template in questions.templates]
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


def _items(template: ItemTemplate, seats: Sequence[Seat]) -> list[_Taken]:
    """An item of a template for each seat."""
    first = _variants(template, [(seat, 0) for seat in seats])
    taken: dict[int, _Taken] = {}
    for parity in (0, 1):
        own = {seat.number: (seat, one) for seat, one in zip(seats, first, strict=True) if seat.number % 2 == parity}
        _settle(template, own, taken)
    return [taken[seat.number] for seat in seats]


def _settle(template: ItemTemplate, waiting: dict[int, tuple[Seat, _Taken]], taken: dict[int, _Taken]) -> None:
    """Move seats from ``waiting`` to ``taken``, each with the first variant that fits or else the first of all."""
    fallback = {number: one for number, (_, one) in waiting.items()}
    for tries in range(1, MAX_TRIES + 1):
        for number, (_, one) in list(waiting.items()):
            beside = [taken[place].item for place in (number - 1, number + 1) if place in taken]
            if _fits(template, one, beside):
                taken[number] = one
                del waiting[number]
        if not waiting or tries == MAX_TRIES or not template.draw:
            break
        again = [seat for seat, _ in waiting.values()]
        found = _variants(template, [(seat, tries) for seat in again])
        waiting = {seat.number: (seat, one) for seat, one in zip(again, found, strict=True)}
    for number in waiting:
        beside = [taken[place].item for place in (number - 1, number + 1) if place in taken]
        taken[number] = replace(fallback[number], shared=_is_shared(template, fallback[number].item, beside))


def _fits(template: ItemTemplate, one: _Taken, beside: Iterable[Item]) -> bool:
    return usual(template).accepts(one.difficulty) and not _is_shared(template, one.item, beside)


def _is_shared(template: ItemTemplate, item: Item, beside: Iterable[Item]) -> bool:
    return any(_shown(template, item) == _shown(template, other) for other in beside)


def _shown(template: ItemTemplate, item: Item) -> tuple[object, ...]:
    """What tells one student's question from another's: its numbers, what they decide, and its figure."""
    names = plan(template).quiz_names
    printed = tuple(number.printed for name, number in item.numbers.items() if name in names)
    return printed, tuple(item.truths.values()), item.figure


def _variants(template: ItemTemplate, asked: Sequence[tuple[Seat, int]]) -> list[_Taken]:
    """The item of each variant, simulated in one batch.  Raises: QuizgenError if one cannot be made."""
    ready, expected = plan(template), usual(template)
    variants = [Variant(seed=seat.seed, template=template.id, variant=number) for seat, number in asked]
    made: list[_Taken] = []
    for variant, outcome in zip(variants, attempt(template, variants), strict=True):
        if outcome.item is None or outcome.values is None:
            raise turned_down(variant, outcome)
        hard = operations(ready, outcome.values) if expected.varies else expected.operations
        made.append(_Taken(item=outcome.item, difficulty=hard))
    return made
