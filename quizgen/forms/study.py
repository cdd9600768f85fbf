"""What a study sheet is made of: the topics, each with its items made anew, and what a student got wrong.

Everything is realised here once, from one seed, so that the sheet, the cheat sheet and the cards only put it in order.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from quizgen.bank.bank import Bank
from quizgen.bank.topic import Topic
from quizgen.forms.assemble import label
from quizgen.items.demonstration import as_template
from quizgen.items.item import Item
from quizgen.items.realise import realise
from quizgen.items.template import ItemTemplate
from quizgen.values import immutable

SELF_TEST: Final = 3  # questions at the end of a topic


@immutable
class Missed:
    """One part of an exam that did not earn all of its points; ``mistakes``: ids of those that may explain it."""

    label: str
    question: str
    topic: str
    score: float
    points: float
    claims: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


@immutable
class Study:
    """One topic as it is studied: what it says, and the items whose numbers are shown, worked through and asked."""

    topic: Topic
    measured: Item | None = None
    demonstration: Item | None = None
    example: Item | None = None
    self_test: tuple[Item, ...] = ()
    missed: tuple[Missed, ...] = ()


def gather(bank: Bank, topics: Sequence[Topic], *, seed: int, missed: Sequence[Missed] = ()) -> tuple[Study, ...]:
    """What there is to study of ``topics``; questions are numbered through, worked examples by their topics.

    Raises: QuizgenError if no item can be made of a template with this seed.
    """
    studies: list[Study] = []
    asked = 0
    for number, topic in enumerate(topics, start=1):
        own = tuple(one for one in missed if one.topic == topic.id)
        claims = {claim for one in own for claim in one.claims}
        tests = [_item(bank.templates[name], seed) for name in self_test(bank, topic, claims)]
        studies.append(
            Study(
                topic=topic,
                measured=_named(bank, topic.example_numbers, seed),
                demonstration=_demonstration(topic, seed),
                example=_example(bank, topic, seed, number),
                self_test=tuple(label(item, asked + place) for place, item in enumerate(tests, start=1)),
                missed=own,
            )
        )
        asked += len(tests)
    return tuple(studies)


def self_test(bank: Bank, topic: Topic, claims: Collection[str] = ()) -> tuple[str, ...]:
    """The templates that a topic's self-test asks: those that it names, or three short ones.

    Chosen are templates that a program can grade, other than the worked example: those that examine one of ``claims``
    before others, then those of one part; among equals those of an item type that is not chosen yet, and the quickest.
    """
    if topic.self_test:
        return topic.self_test

    def rank(template: ItemTemplate) -> tuple[bool, bool]:
        return not set(template.claims) & set(claims), len(template.parts) > 1

    waiting = [one for one in bank.templates.values() if _is_gradable(one, topic)]
    waiting.sort(key=lambda one: (*rank(one), one.minutes, one.id))
    chosen: list[ItemTemplate] = []
    while waiting and len(chosen) < SELF_TEST:
        seen = {one.parts[0].type for one in chosen}
        best = [one for one in waiting if rank(one) == rank(waiting[0])]
        chosen.append(next((one for one in best if one.parts[0].type not in seen), best[0]))
        waiting.remove(chosen[-1])
    return tuple(one.id for one in chosen)


def short_items(bank: Bank, topic: Topic, *, seed: int) -> Iterator[Item]:
    """One item of every template of the topic that has one part and can be graded, the quickest first."""
    fitting = [one for one in bank.templates.values() if _is_gradable(one, topic) and len(one.parts) == 1]
    for template in sorted(fitting, key=lambda one: (one.minutes, one.id)):
        yield label(_item(template, seed), 1)


def _is_gradable(template: ItemTemplate, topic: Topic) -> bool:
    """Whether it is a question on the topic that needs no person to grade it, and is not worked through already."""
    is_open = any(part.type == "open" for part in template.parts)
    return template.topic == topic.id and not is_open and template.id != topic.example_template


def _item(template: ItemTemplate, seed: int) -> Item:
    return realise(template, seed=seed, variants=[0]).items[0]


def _named(bank: Bank, template_id: str, seed: int) -> Item | None:
    return _item(bank.templates[template_id], seed) if template_id else None


def _demonstration(topic: Topic, seed: int) -> Item | None:
    if topic.demonstration is None:
        return None
    return _item(as_template(topic.demonstration, topic=topic.id), seed)


def _example(bank: Bank, topic: Topic, seed: int, number: int) -> Item | None:
    """The worked example, labelled E1, E2, ... so that it is not taken for one of the questions."""
    item = _named(bank, topic.example_template, seed)
    if item is None:
        return None
    labelled = label(item, number)
    return replace(labelled, parts=tuple(replace(part, label=f"E{part.label}") for part in labelled.parts))
