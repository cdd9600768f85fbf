"""Blueprint + bank + seed → the templates of a form, in its order.

Each section likes the templates that fit it in an order drawn from the seed and their ids: a template that is added or
taken away changes nothing in the order of the others. Without bounds every section takes the first that it can have;
with bounds, the first choice that keeps within them is taken.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint, Section
from quizgen.errors import UsageError
from quizgen.forms.search import Choice, GaveUp, first_within
from quizgen.forms.shape import go_on, match, shares
from quizgen.forms.slots import Slots
from quizgen.forms.unmet import gave_up, unmet_bounds, unmet_section
from quizgen.items.template import ItemTemplate


def choose(
    bank: Bank, blueprint: Blueprint, *, seed: int, topics: Sequence[str] = (), questions: int | None = None
) -> tuple[ItemTemplate, ...]:
    """The templates of a form, no template twice, in the order of the blueprint's sections.

    If ``topics`` narrow the exam and nobody says how many ``questions``, the form is what there is. The bounds hold
    in any case.

    Raises: UsageError naming the section whose share the bank cannot give, or the bounds that it cannot keep.
    """
    for topic in topics:
        bank.topics[topic]  # an unknown name explains itself
    if not blueprint.one_topic:
        return _choose(bank, blueprint, seed, topics, questions)
    if len(topics) > 1:
        raise UsageError(
            f"blueprint {blueprint.id!r} is on one topic; {len(topics)} were named", hint="name one, or none"
        )
    if topics:
        return _choose(bank, blueprint, seed, topics, questions)
    return _choose_topic(bank, blueprint, seed, questions or blueprint.questions)


def _choose_topic(bank: Bank, blueprint: Blueprint, seed: int, questions: int) -> tuple[ItemTemplate, ...]:
    """The templates of the first topic, in an order drawn from the seed, that can give what the blueprint asks for."""
    faults: list[UsageError] = []
    for topic in sorted(bank.topics, key=lambda topic: digest(f"{seed}\x1ftopic\x1f{topic}")):
        try:
            return _choose(bank, blueprint, seed, [topic], questions)
        except UsageError as error:
            faults.append(
                UsageError(f"no topic can give this exam; {topic}, for one: {error.message}", hint=error.hint)
            )
    raise faults[0]


def _choose(
    bank: Bank, blueprint: Blueprint, seed: int, topics: Sequence[str], questions: int | None
) -> tuple[ItemTemplate, ...]:
    sections = _sections(bank, blueprint, topics)
    candidates = [_candidates(bank, section, seed) for section in sections]
    choice = _first_choice(sections, candidates, blueprint.questions, bool(topics), questions)
    if bounds := blueprint.bounds.by_entry():
        slots = Slots(counts=tuple(map(len, choice)), candidates=tuple(map(tuple, candidates)))
        try:
            choice = first_within(slots, bounds) or ()
        except GaveUp:
            raise gave_up(blueprint) from None
        if not choice:
            raise unmet_bounds(blueprint, slots)
    return tuple(template for own in choice for template in own)


def _first_choice(
    sections: Sequence[Section],
    candidates: Sequence[Sequence[ItemTemplate]],
    planned: int,
    narrowed: bool,  # noqa: FBT001
    questions: int | None,
) -> Choice:
    """The choice that keeps no bounds: as many templates of each section as its share, or as there are."""
    wanted = planned if questions is None else questions
    share = shares(sections)
    slots = share[:wanted]
    placed = match([candidates[index] for index in slots])
    missing = [index for slot, index in enumerate(slots) if slot not in placed]
    if missing and (not narrowed or (questions is not None and wanted <= len(share))):
        raise unmet_section(sections, candidates, missing[0])

    taken: list[list[ItemTemplate]] = [[] for _ in sections]
    for slot, index in enumerate(slots):
        if slot in placed:
            taken[index].append(placed[slot])
    if wanted > len(share):
        go_on(taken, candidates, wanted)
    chosen = sum(map(len, taken))
    if chosen < wanted and (questions is not None or not narrowed):
        available = len({template.id for fitting in candidates for template in fitting})
        raise UsageError(
            f"{wanted} questions were asked for; the bank has {available} that fit", hint="ask for fewer, or add topics"
        )
    if not chosen:
        raise unmet_section(sections, candidates, missing[0])
    return taken


def _sections(bank: Bank, blueprint: Blueprint, topics: Sequence[str]) -> list[Section]:
    """The sections with their topics, narrowed to ``topics``, each at its index in the blueprint.

    One is added for each of the ``topics`` that no section has.
    """
    every = [replace(s, topics=s.topics or tuple(bank.topics)) for s in blueprint.sections]
    if not topics:
        return every
    narrowed = [replace(s, topics=tuple(t for t in s.topics if t in topics)) for s in every]
    covered = {topic for section in narrowed for topic in section.topics}
    extra = [Section(topics=(topic,), questions=1) for topic in topics if topic not in covered]
    return [section if section.topics else replace(section, questions=0) for section in narrowed] + extra


def _candidates(bank: Bank, section: Section, seed: int) -> list[ItemTemplate]:
    """The templates that fit a section, best liked first."""
    fitting = (template for template in bank.templates.values() if not any(_misfits(section, template)))
    return sorted(fitting, key=lambda template: digest(f"{seed}\x1fchoose\x1f{template.id}"))


def _misfits(section: Section, template: ItemTemplate) -> Iterator[bool]:
    """For each rule of a section, whether a template breaks it."""
    types = {part.type for part in template.parts}
    yield template.topic not in section.topics
    yield bool(section.levels) and template.level not in section.levels
    yield bool(section.types) and types.isdisjoint(section.types)
    yield bool(section.only) and not types.issubset(section.only)
    yield not types.isdisjoint(section.without)


def digest(text: str) -> bytes:
    """The SHA-256 of a text: where an order or a name is drawn from a seed."""
    return hashlib.sha256(text.encode()).digest()
