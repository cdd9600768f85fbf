"""The instructor's page on all versions of an exam: which question is which, and every version's keys."""

from collections.abc import Sequence
from typing import Final

from quizgen.blocks import Block, Document, Grid, Heading, Sentence
from quizgen.forms.versions import Version
from quizgen.items import ITEM_TYPES
from quizgen.items.item import Item, Part
from quizgen.words import say

BY_HAND: Final = say("keys.by_hand")  # the key of a part that a person marks
_AS_ABOVE: Final = "\u00a0"  # an empty cell would be drawn as one to fill in


def key_overview(versions: Sequence[Version]) -> Document:
    """The keys of ``versions`` side by side, in the order of the first, then version by version."""
    first = versions[0]
    return Document(
        kind="key-overview",
        title=say("keys.title", exam=first.exam),
        subtitle=say("keys.versions", versions=", ".join(version.name for version in versions)),
        masthead=first.form.masthead,
        blocks=(
            Sentence(text=say("answers.for_instructors"), strong=True),
            Grid(
                header=(say("keys.name"), say("keys.form"), say("keys.questions"), say("quiz.point_row")),
                rows=tuple(_row_of(version) for version in versions),
                align=("left", "left", "right", "right"),
            ),
            Heading(level=2, text=say("keys.same_question")),
            _side_by_side(versions),
            *(block for version in versions for block in _keys_of(version)),
        ),
        footer=(
            say("head.seed", seed=str(first.form.seed)),
            say("head.version", version=first.form.quizgen_version),
        ),
    )


def _row_of(version: Version) -> tuple[str, ...]:
    return version.name, version.form.id, f"{len(version.form.items)}", f"{version.form.points:g}"


def _side_by_side(versions: Sequence[Version]) -> Block:
    """A row for each part of the first version: what the part is called in each version, and its key there."""
    forms = [{item.template: item for item in version.form.items} for version in versions]
    rows = [
        (item.title if place == 0 else _AS_ABOVE, *(_labelled(own[item.template].parts[place]) for own in forms))
        for item in versions[0].form.items
        for place in range(len(item.parts))
    ]
    header = (say("page.question"), *(say("keys.version", version=version.name) for version in versions))
    return Grid(header=header, rows=tuple(rows), align=tuple("left" for _ in header))


def _labelled(part: Part) -> str:
    return say("keys.labelled", label=part.label, key=_key(part))


def _key(part: Part) -> str:
    return ITEM_TYPES[part.type].key_words(part) or BY_HAND


def _keys_of(version: Version) -> tuple[Block, ...]:
    rows = tuple(_key_row(item, part) for item in version.form.items for part in item.parts)
    header = (say("page.part"), say("keys.key"), say("quiz.point_row"), say("page.question"))
    return (
        Heading(level=2, text=say("keys.one_version", version=version.name, form=version.form.id)),
        Grid(header=header, rows=rows, align=("left", "left", "right", "left")),
    )


def _key_row(item: Item, part: Part) -> tuple[str, ...]:
    return part.label, _key(part), f"{part.points:g}", item.title if part is item.parts[0] else _AS_ABOVE
