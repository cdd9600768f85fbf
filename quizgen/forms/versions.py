"""Versions of one exam for neighbours in a room: the same item templates in another order, with other numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint
from quizgen.errors import UsageError
from quizgen.forms.assemble import form_of, renewed
from quizgen.forms.choose import choose, digest
from quizgen.forms.form import Form
from quizgen.items.item import Item
from quizgen.items.realise import realise
from quizgen.values import immutable
from quizgen.words import say

MOST: Final = 26
_NAME: Final = re.compile(r"[A-Za-z0-9]{1,12}")
_TRIES: Final = 24  # orders that are drawn for a version before one that another version has is put up with


@immutable
class Version:
    """A form, by the name that tells it from the others of an exam."""

    name: str
    exam: str  # the title that all versions have in common
    form: Form


def version_names(text: str) -> tuple[str, ...]:
    """The names in ``A,B,C``.

    Raises: UsageError unless there are 2 to `MOST` names of letters and digits that differ in more than their case.
    """
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if not _NAME.fullmatch(name):
            raise UsageError(f"--versions: {name!r} is no name", hint="up to 12 letters and digits each: A,B,C")
    if len({name.lower() for name in names}) < len(names):
        raise UsageError(f"--versions {text}: a name stands there twice", hint="folders are told apart by them")
    if not 2 <= len(names) <= MOST:
        raise UsageError(f"--versions {text}: expected 2 to {MOST} names", hint="for a single exam leave it out")
    return names


def make_versions(
    bank: Bank,
    blueprint: Blueprint,
    names: Sequence[str],
    *,
    seed: int,
    topics: Sequence[str] = (),
    questions: int | None = None,
) -> tuple[Version, ...]:
    """A form for each name; equal arguments give equal forms, and more names leave the first ones as they are.

    The first asks what an exam of this seed asks without versions; every other one draws its numbers anew and shuffles
    its questions.

    Raises: UsageError as `choose`; QuizgenError if a template has not enough variants.
    """
    chosen = choose(bank, blueprint, seed=seed, topics=topics, questions=questions)
    columns = [realise(template, seed=seed, variants=range(len(names))).items for template in chosen]
    base = form_of(blueprint, [items[0] for items in columns], seed=seed)
    orders = _orders(names, [template.id for template in chosen], seed=seed)
    return tuple(
        Version(
            name=name,
            exam=base.title,
            form=_version(blueprint, base, name, [columns[place][number] for place in order]),
        )
        for number, (name, order) in enumerate(zip(names, orders, strict=True))
    )


def _version(blueprint: Blueprint, base: Form, name: str, items: Sequence[Item]) -> Form:
    labelled = form_of(blueprint, items, seed=base.seed).items
    form = renewed(base, labelled)
    return replace(form, title=say("keys.version_of", exam=base.title, version=name), minutes=base.minutes)


def _orders(names: Sequence[str], templates: Sequence[str], *, seed: int) -> list[tuple[int, ...]]:
    """The order of the questions in each version: the blueprint's, then one that no version before it has."""
    orders = [tuple(range(len(templates)))]
    for name in names[1:]:
        for attempt in count():
            order = _shuffled(templates, f"{seed}\x1fversion\x1f{name}\x1f{attempt}")
            if order not in orders or attempt == _TRIES:
                break
        orders.append(order)
    return orders


def _shuffled(templates: Sequence[str], key: str) -> tuple[int, ...]:
    return tuple(sorted(range(len(templates)), key=lambda place: digest(f"{key}\x1f{templates[place]}")))
