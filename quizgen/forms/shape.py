"""How many questions each section of an exam gives, and a first choice of templates for them.

The sections take turns: each gives its first question, then its second, and so on to its share. Only if more questions
are wanted than the shares add up to do the turns go on, while there are templates left.
"""

from collections.abc import Sequence

from quizgen.bank.blueprint import Section
from quizgen.items.template import ItemTemplate


def shares(sections: Sequence[Section]) -> list[int]:
    """For each question of all shares, in the order of the turns, the index of its section."""
    turns = range(max((section.questions for section in sections), default=0))
    return [index for turn in turns for index, section in enumerate(sections) if turn < section.questions]


def match(wishes: Sequence[Sequence[ItemTemplate]]) -> dict[int, ItemTemplate]:
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


def go_on(taken: Sequence[list[ItemTemplate]], candidates: Sequence[Sequence[ItemTemplate]], wanted: int) -> None:
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
