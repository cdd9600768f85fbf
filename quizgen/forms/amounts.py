"""What questions come to: points, minutes, and how many there are of each level, topic, item type and claim."""

from collections.abc import Iterable, Mapping

from quizgen.bank.yaml_file import Entry
from quizgen.items.item import Item
from quizgen.items.template import ItemTemplate


def amounts(question: ItemTemplate | Item) -> Mapping[Entry, float]:
    """What one question adds to each amount that a blueprint may bound, by the entries of `Bounds.by_entry`."""
    found: dict[Entry, float] = {
        ("points",): sum(part.points for part in question.parts),
        ("minutes",): question.minutes,
        ("levels", question.level): 1,
        ("topics", question.topic): 1,
    }
    for part in question.parts:
        found["types", part.type] = found.get(("types", part.type), 0) + 1
    return found | {("claims", claim): 1 for claim in question.claims}


def total(questions: Iterable[ItemTemplate | Item]) -> Mapping[Entry, float]:
    """What all ``questions`` come to together; what none of them has is left out."""
    together: dict[Entry, float] = {}
    for question in questions:
        for entry, amount in amounts(question).items():
            together[entry] = together.get(entry, 0) + amount
    return together
