"""Blueprint + bank + seed → form: the chosen templates with their numbers, as questions of an exam."""

import base64
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

import quizgen
from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint
from quizgen.forms.choose import choose, digest
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.items.item import Item
from quizgen.items.realise import realise
from quizgen.items.template import ItemTemplate


def assemble(
    bank: Bank, blueprint: Blueprint, *, seed: int, topics: Sequence[str] = (), questions: int | None = None
) -> Form:
    """One form; equal arguments give an equal form.

    Raises: UsageError if the bank has no such topic, or cannot give what a section of the blueprint asks for.
    """
    chosen = choose(bank, blueprint, seed=seed, topics=topics, questions=questions)
    items = [realise(template, seed=seed, variants=[0]).items[0] for template in chosen]
    return form_of(blueprint, items, seed=seed)


def form_of(blueprint: Blueprint, items: Sequence[Item], *, seed: int) -> Form:
    """The form that asks these items in this order."""
    labelled = tuple(label(item, number) for number, item in enumerate(items, start=1))
    return Form(
        schema=SCHEMA_VERSION,
        id=form_id(blueprint, items, seed=seed),
        title=blueprint.title,
        blueprint=blueprint.id,
        seed=seed,
        minutes=_announced(blueprint, labelled),
        instructions=blueprint.instructions,
        quizgen_version=quizgen.__version__,
        numpy_version=np.__version__,
        items=labelled,
        decimal_comma=blueprint.decimal_comma,
        thousands=blueprint.thousands,
        institution=blueprint.institution,
        course=blueprint.course,
        date=blueprint.date,
    )


def renewed(form: Form, items: tuple[Item, ...]) -> Form:
    """A form of these questions in place of its own, under an id of its own."""
    variants = (f"{item.template} {item.digest} {item.provenance.variant}" for item in items)
    minutes = _whole_minutes(items)
    return replace(form, id=_code([form.id, *variants]), items=items, minutes=minutes)


def _announced(blueprint: Blueprint, items: Sequence[Item]) -> float:
    """The blueprint's time; for another number of questions, or if it has none, theirs as a multiple of five."""
    if blueprint.minutes and len(items) == blueprint.questions:
        return blueprint.minutes
    return _whole_minutes(items)


def _whole_minutes(items: Sequence[Item]) -> float:
    return 5.0 * math.ceil(sum(item.minutes for item in items) / 5)


def label(item: Item, number: int) -> Item:
    """The item as question ``number``, each part with its label."""
    labels = part_labels(number, len(item.parts))
    if labels == tuple([part.label for part in item.parts]):
        return item
    parts = zip(item.parts, labels, strict=True)
    return replace(item, parts=tuple([part.labelled(own) for part, own in parts]))


def part_labels(number: int, parts: int) -> tuple[str, ...]:
    """What the parts of question ``number`` are called: ``2``, or ``2a``, ``2b``, ... where there are several.

    >>> part_labels(2, 3)
    ('2a', '2b', '2c')
    """
    letters = [""] if parts == 1 else [chr(ord("a") + index) for index in range(parts)]
    return tuple(f"{number}{letter}" for letter in letters)


def form_id(blueprint: Blueprint, items: Sequence[Item | ItemTemplate], *, seed: int) -> str:
    """Eight letters and digits that change with the blueprint's id, the seed, and which templates with which texts.

    They do not depend on the blueprint's title, instructions and minutes, nor on the versions of quizgen and NumPy.
    The templates of the items give the same id.
    """
    texts = (f"{one.template if isinstance(one, Item) else one.id} {one.digest}" for one in items)
    return _code([blueprint.id, str(seed), *texts])


def _code(pieces: Sequence[str]) -> str:
    code = base64.b32encode(digest("\x1f".join(pieces))).decode()[:8]
    return f"{code[:4]}-{code[4:]}"
