"""What an exam came to, beside what its blueprint asked for."""

from collections.abc import Iterator
from typing import get_args

from quizgen.bank.blueprint import BY_NAME, Blueprint, Bound
from quizgen.bank.yaml_file import Entry
from quizgen.forms.amounts import total
from quizgen.forms.form import Form
from quizgen.items.template import Level
from quizgen.values import immutable


@immutable
class Met:
    """One amount of an exam: how many minutes, or how many questions of a topic; with its bound, if it has one."""

    kind: str
    """points, minutes, levels, topics, types or claims."""
    name: str
    """Which level, topic, type or claim; "" for points and minutes."""
    amount: float
    bound: Bound | None


def how_met(form: Form, blueprint: Blueprint) -> Iterator[Met]:
    """Each amount of ``form`` kind by kind, levels from recall to analyse; claims only where they are bounded."""
    bounds, amounts = blueprint.bounds.by_entry(), total(form.items)
    shown = [entry for entry in {**bounds, **amounts} if entry in bounds or entry[0] != "claims"]
    for entry in sorted(shown, key=_place):
        kind, name = (*map(str, entry), "")[:2]
        yield Met(kind=kind, name=name, amount=amounts.get(entry, 0.0), bound=bounds.get(entry))


def _place(entry: Entry) -> tuple[int, int]:
    """Where an amount is told among the others; topics and types stay in the order in which the exam has them."""
    kinds, levels = ("points", "minutes", *BY_NAME), get_args(Level)
    return kinds.index(str(entry[0])), levels.index(entry[1]) if entry[0] == "levels" else 0
