"""Blueprint + bank + seed → form: which templates, in which order, with which numbers."""

import base64
import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import numpy as np

import quizgen
from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint, Section
from quizgen.errors import UsageError
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.items.item import Item
from quizgen.items.realise import realise
from quizgen.items.template import ItemTemplate


def assemble(
    bank: Bank, blueprint: Blueprint, *, seed: int, topics: Sequence[str] = (), questions: int | None = None
) -> Form:
    """One form; equal arguments give an equal form.

    Raises: UsageError if the bank has no such topic or too few templates.
    """
    chosen = choose(bank, blueprint, seed=seed, topics=topics, questions=questions)
    items = [realise(template, seed=seed, variants=[0]).items[0] for template in chosen]
    labelled = tuple(label(item, number) for number, item in enumerate(items, start=1))
    return Form(
        schema=SCHEMA_VERSION,
        id=_form_id(blueprint, seed, labelled),
        title=blueprint.title,
        blueprint=blueprint.id,
        seed=seed,
        minutes=blueprint.minutes or _whole_minutes(sum(item.minutes for item in labelled)),
        instructions=blueprint.instructions,
        quizgen_version=quizgen.__version__,
        numpy_version=np.__version__,
        items=labelled,
    )


def _whole_minutes(minutes: float) -> float:
    """A time that one would announce: the next multiple of five."""
    return 5.0 * math.ceil(minutes / 5)


def choose(
    bank: Bank, blueprint: Blueprint, *, seed: int, topics: Sequence[str] = (), questions: int | None = None
) -> tuple[ItemTemplate, ...]:
    """The templates of a form, no template twice, in the order of the blueprint's sections.

    The sections take turns: each gives its first question, then its second, and so on to its share; if more questions
    are wanted than the shares add up to, the turns go on while there are templates left.
    """
    sections = _sections(bank, blueprint, topics)
    waiting = [_candidates(bank, section, seed) for section in sections]
    taken: list[list[ItemTemplate]] = [[] for _ in sections]
    used: set[str] = set()
    wanted = blueprint.questions if questions is None else questions
    for turn in count():
        shares_left = any(turn < section.questions for section in sections)
        progress = shares_left
        for section, candidates, own in zip(sections, waiting, taken, strict=True):
            if len(used) == wanted or (turn >= section.questions and shares_left):
                continue
            template = next((candidate for candidate in candidates if candidate.id not in used), None)
            if template is not None:
                own.append(template)
                used.add(template.id)
                progress = True
        if len(used) == wanted or not progress:
            break
    available = len({template.id for candidates in waiting for template in candidates})
    if len(used) < wanted and (questions is not None or not topics):
        raise UsageError(
            f"{wanted} questions were asked for; the bank has {available} that fit", hint="ask for fewer, or add topics"
        )
    if not used:
        raise UsageError("no item template fits this request", hint="see `quizgen bank list`")
    return tuple(template for own in taken for template in own)


def _sections(bank: Bank, blueprint: Blueprint, topics: Sequence[str]) -> list[Section]:
    for topic in topics:
        bank.topics[topic]  # an unknown name explains itself
    if not topics:
        return list(blueprint.sections)
    narrowed = [replace(s, topics=tuple(t for t in s.topics if t in topics)) for s in blueprint.sections]
    covered = {topic for section in narrowed for topic in section.topics}
    extra = [Section(topics=(topic,), questions=1) for topic in topics if topic not in covered]
    return [section for section in narrowed if section.topics] + extra


def _candidates(bank: Bank, section: Section, seed: int) -> list[ItemTemplate]:
    fitting = [
        template
        for template in bank.templates.values()
        if template.topic in section.topics
        and (not section.levels or template.level in section.levels)
        and (not section.types or any(part.type in section.types for part in template.parts))
    ]
    return sorted(fitting, key=lambda template: _digest(f"{seed}\x1fchoose\x1f{template.id}"))


def label(item: Item, number: int) -> Item:
    """The item as question ``number``: its parts labelled ``2`` or ``2a``, ``2b``, ..."""
    letters = [""] if len(item.parts) == 1 else [chr(ord("a") + index) for index in range(len(item.parts))]
    parts = tuple(replace(part, label=f"{number}{letter}") for part, letter in zip(item.parts, letters, strict=True))
    return replace(item, parts=parts)


def _form_id(blueprint: Blueprint, seed: int, items: Sequence[Item]) -> str:
    """Eight letters and digits that change with anything that changes the form."""
    text = "\x1f".join([blueprint.id, str(seed), *(f"{item.template} {item.digest}" for item in items)])
    code = base64.b32encode(_digest(text)).decode()[:8]
    return f"{code[:4]}-{code[4:]}"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
