"""Blueprint + bank + seed → form: which templates, in which order, with which numbers."""

import base64
import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace

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

    Raises: UsageError if the bank has no such topic, or cannot give what a section of the blueprint asks for.
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

    The sections take turns: each gives its first question, then its second, and so on to its share. Only if more
    questions are wanted than the shares add up to do the turns go on, while there are templates left.

    Raises: UsageError naming the section whose share the bank cannot give. If ``topics`` narrow the exam and nobody
    says how many ``questions``, the form is what there is.
    """
    sections = _sections(bank, blueprint, topics)
    candidates = [_candidates(bank, section, seed) for section in sections]
    wanted = blueprint.questions if questions is None else questions
    shares = _shares(sections)
    slots = shares[:wanted]
    placed = _match([candidates[index] for index in slots])
    missing = [index for slot, index in enumerate(slots) if slot not in placed]
    if missing and (not topics or (questions is not None and wanted <= len(shares))):
        raise _unmet(sections, candidates, missing[0])

    taken: list[list[ItemTemplate]] = [[] for _ in sections]
    for slot, index in enumerate(slots):
        if slot in placed:
            taken[index].append(placed[slot])
    if wanted > len(shares):
        _go_on(taken, candidates, wanted)
    chosen = tuple(template for own in taken for template in own)
    if len(chosen) < wanted and (questions is not None or not topics):
        available = len({template.id for fitting in candidates for template in fitting})
        raise UsageError(
            f"{wanted} questions were asked for; the bank has {available} that fit", hint="ask for fewer, or add topics"
        )
    if not chosen:
        raise UsageError("no item template fits this request", hint="see `quizgen bank list`")
    return chosen


def _shares(sections: Sequence[Section]) -> list[int]:
    """For each question of all shares, in the order of the turns, the index of its section."""
    turns = range(max((section.questions for section in sections), default=0))
    return [index for turn in turns for index, section in enumerate(sections) if turn < section.questions]


def _match(wishes: Sequence[Sequence[ItemTemplate]]) -> dict[int, ItemTemplate]:
    """A template for as many slots as can have one, each from the slot's own wishes and no template twice.

    A slot takes the first of its wishes that is free; if none is, earlier slots make room if they can.
    Source: Kuhn (1955), with augmenting paths searched depth first.
    """
    holder: dict[str, int] = {}  # template id -> slot
    placed: dict[int, ItemTemplate] = {}

    def place(slot: int, tried: set[str]) -> bool:
        free = next((wish for wish in wishes[slot] if wish.id not in holder), None)
        if free is None:
            for wish in wishes[slot]:
                if wish.id not in tried:
                    tried.add(wish.id)
                    if place(holder[wish.id], tried):
                        free = wish
                        break
        if free is None:
            return False
        holder[free.id], placed[slot] = slot, free
        return True

    for slot in range(len(wishes)):
        place(slot, set())
    return placed


def _go_on(taken: Sequence[list[ItemTemplate]], candidates: Sequence[Sequence[ItemTemplate]], wanted: int) -> None:
    """Let the sections take more turns, until ``wanted`` templates are taken or none is left."""
    used = {template.id for own in taken for template in own}
    progress = True
    while progress:
        progress = False
        for own, fitting in zip(taken, candidates, strict=True):
            template = next((one for one in fitting if one.id not in used), None)
            if template is not None and len(used) < wanted:
                own.append(template)
                used.add(template.id)
                progress = True


def _unmet(sections: Sequence[Section], candidates: Sequence[Sequence[ItemTemplate]], index: int) -> UsageError:
    section, fitting = sections[index], len(candidates[index])
    rules = {"topics": section.topics, "levels": section.levels, "types": section.types}
    asked = "; ".join(f"{name} {', '.join(allowed)}" for name, allowed in rules.items() if allowed)
    others = ", and other sections need them too" if fitting >= section.questions else ""
    return UsageError(
        f"section {index + 1} ({asked}) asks for {section.questions}; item templates that fit: {fitting}{others}",
        hint="let the blueprint ask for fewer, or for more topics, levels or types; see `quizgen bank list`",
    )


def _sections(bank: Bank, blueprint: Blueprint, topics: Sequence[str]) -> list[Section]:
    """The sections narrowed to ``topics``, each at its index in the blueprint, and one for each topic without any."""
    for topic in topics:
        bank.topics[topic]  # an unknown name explains itself
    if not topics:
        return list(blueprint.sections)
    narrowed = [replace(s, topics=tuple(t for t in s.topics if t in topics)) for s in blueprint.sections]
    covered = {topic for section in narrowed for topic in section.topics}
    extra = [Section(topics=(topic,), questions=1) for topic in topics if topic not in covered]
    return [section if section.topics else replace(section, questions=0) for section in narrowed] + extra


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
    """Eight letters and digits that change with the blueprint's id, the seed, and which templates with which texts.

    They do not depend on the blueprint's title, instructions and minutes, nor on the versions of quizgen and NumPy.
    """
    text = "\x1f".join([blueprint.id, str(seed), *(f"{item.template} {item.digest}" for item in items)])
    code = base64.b32encode(_digest(text)).decode()[:8]
    return f"{code[:4]}-{code[4:]}"


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
