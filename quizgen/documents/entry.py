"""The places to answer on a screen, put into a question as it is asked; for practice, with what checks the answers."""

from collections.abc import Iterator
from dataclasses import replace

from quizgen.blocks import Block, Grid, Options, Practice, Question
from quizgen.documents.questions import answered_part, filler
from quizgen.inputs import Input
from quizgen.items import ITEM_TYPES
from quizgen.items.item import Item, Part
from quizgen.words import say


def with_inputs(question: Question, item: Item, *, practice: bool) -> Question:
    """``question``, which asks ``item``, with the inputs of each of its parts."""
    parts = {part.label: part for part in item.parts}
    if question.label in parts:
        return _entered(question, item, parts[question.label], practice=practice)
    blocks = tuple(
        _entered(block, item, parts[block.label], practice=practice) if isinstance(block, Question) else block
        for block in question.blocks
    )
    return replace(question, blocks=blocks)


def _entered(question: Question, item: Item, part: Part, *, practice: bool) -> Question:
    of_part = ITEM_TYPES[part.type].inputs(part)
    inputs = [
        replace(one, id=f"answer-{part.label}-{place}", short=one.name, name=_name(part.label, one.name))
        for place, one in enumerate(of_part.inputs, start=1)
    ]
    return replace(
        question,
        blocks=tuple(_placed(question.blocks, inputs)),
        inputs=replace(of_part, inputs=tuple(inputs)),
        practice=_practice(item, part) if practice else None,
    )


def _name(label: str, which: str) -> str:
    """What an input is called: after its part, and which of the part's inputs it is where there are several."""
    return say("entry.one_answer_to", label=label, which=which) if which else say("entry.answer_to", label=label)


def _placed(blocks: tuple[Block, ...], inputs: list[Input]) -> Iterator[Block]:
    """The blocks with the ticks in their options, and the picks in their empty cells, one after the other."""
    ticks = iter([one for one in inputs if one.kind == "ticks"])
    picks = [one for one in inputs if one.kind == "pick"]
    for block in blocks:
        if isinstance(block, Options):
            yield replace(block, input=next(ticks, None))
        elif isinstance(block, Grid):
            empty = sum(cell == "" for row in block.rows for cell in row)
            yield replace(block, inputs=tuple(picks[:empty]))
            del picks[:empty]
        else:
            yield block


def _practice(item: Item, part: Part) -> Practice:
    fill = filler(item)
    found = ITEM_TYPES[part.type].self_check(part)
    hints = tuple((check, fill(because)) for check, because in found.hints if because.strip())
    return Practice(check=found.check, hints=hints, answer=answered_part(item, part))
