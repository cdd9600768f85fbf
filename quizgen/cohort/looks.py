"""Parts of pages drawn once for all items that look alike, and then only filled.

Items of a template look alike if they take the same branches, and if their keys differ in nothing but numbers and texts
that stand in the same places (`ItemType.varying`). What an item type does not tell apart so is drawn for each student.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

import numpy as np

from quizgen import prose
from quizgen.blocks import Block, Document, Figure, Paragraph, Question
from quizgen.cohort.groups import grouped, in_order
from quizgen.documents.questions import drawing
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Varying
from quizgen.items.item import Item, Part
from quizgen.numbers.columns import spell_all
from quizgen.numbers.printing import Number
from quizgen.numbers.spelling import to_mathml, to_unicode
from quizgen.numbers.stand_ins import Name, Spelling, StandIns
from quizgen.renderers.contract import USUAL, Look
from quizgen.renderers.html import in_cell, render_blocks
from quizgen.stencils import Stencil, stencil
from quizgen.values import immutable

T = TypeVar("T")
MOST_LOOKS: Final = 60  # of one template that are kept: where many entries are put in order, each variant has its own
_PLACE: Final = "#"
_FIGURE: Final = ("figure",)
# What varies is called ("number", name), ("key", part, place), ("text", part, place), ("mistake", part, place),
# ("argument", run, name), ("seed",), ("variant",) or ("attempt",); a mistake as printed, (("mistake", …), precision).


class View:
    """An item as the sources of a stencil read it: what varies in it, by name."""

    __slots__ = ("_figure", "item", "page_look", "varying")

    def __init__(self, item: Item, look: Look = USUAL) -> None:
        self.item = item
        self.page_look = look
        self.varying = tuple(ITEM_TYPES[part.type].varying(part.key) for part in item.parts)
        self._figure: bytes | None = None

    def look(self) -> tuple[object, ...] | None:
        """What two items have in common that look alike; None if that cannot be told."""
        item = self.item
        found: list[object] = [item.digest, item.parts[0].label, *item.truths.values()]
        for varying in self.varying:
            if varying is None:
                return None
            found.append(varying.look)
            found += [text if _shapes(text, item) else _PLACE for text in varying.texts]
        return tuple(found)

    def figure(self) -> bytes:
        """The figure as HTML, drawn once."""
        if self._figure is None:
            self._figure = html_of(drawing(self.item), "quiz", self.page_look).encode()
        return self._figure


@immutable(kw_only=False, eq=False)
class Alike:
    """Items that look alike, and what was read of them already."""

    look: object
    views: Sequence[View]
    _read: dict[Spelling, list[bytes]] = field(default_factory=dict)

    def spelt(self, spelling: Spelling) -> list[bytes]:
        """One spelling of what varies, of each item."""
        if spelling not in self._read:
            self._read[spelling] = _source(spelling)(self.views)
        return self._read[spelling]


@immutable(kw_only=False, eq=False)
class Column:
    """The same question in many forms: what each of its items looks like, and those that look alike."""

    looks: Sequence[object]
    groups: Mapping[object, Alike]

    @classmethod
    def of(cls, items: Sequence[Item], page_look: Look = USUAL) -> "Column":
        """The column of these items."""
        views = [View(item, page_look) for item in items]
        looks = [view.look() for view in views]
        return cls(looks, {look: Alike(look, group) for look, group in grouped(views, looks).items()})

    def each(self, make: Callable[[Alike], Sequence[T]]) -> list[T]:
        """What is made of all that look alike at once, for each item in its place."""
        return in_order({look: make(alike) for look, alike in self.groups.items()}, self.looks)


@immutable(kw_only=False)
class _Drawn:
    """What a look was drawn as, and what goes into its holes."""

    stencil: Stencil
    spellings: tuple[Spelling, ...]

    def fill(self, alike: Alike) -> list[bytes]:
        columns = [alike.spelt(spelling) for spelling in self.spellings]
        rows = zip(*columns, strict=True) if columns else [()] * len(alike.views)
        return [self.stencil.filled(row) for row in rows]


@dataclass(slots=True)
class Looks:
    """The blocks that ``draw`` makes of an item for a ``kind`` of document, as HTML; each look is drawn once."""

    kind: str
    page_look: Look
    draw: Callable[[Item], Sequence[Block]]
    _drawn: dict[object, _Drawn] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def html(self, column: Column) -> list[bytes]:
        """The blocks of each item in UTF-8."""
        return column.each(self._of_a_look)

    def _of_a_look(self, alike: Alike) -> list[bytes]:
        look, first = alike.look, alike.views[0]
        if look is not None and look not in self._drawn:
            count = self._counts.get(first.item.template, 0)
            if count < MOST_LOOKS:
                self._drawn[look] = self._compiled(first)
                self._counts[first.item.template] = count + 1
        drawn = self._drawn.get(look)
        return drawn.fill(alike) if drawn else [self._html(self.draw(view.item)).encode() for view in alike.views]

    def _html(self, blocks: Sequence[Block]) -> str:
        return html_of(blocks, self.kind, self.page_look)

    def _compiled(self, view: View) -> _Drawn:
        """What is drawn of all items that look like this one."""
        stand_ins = StandIns()
        blocks = self.draw(standing_in(view, stand_ins))
        if view.item.figure:
            figure = stand_ins.character(Spelling(_FIGURE, "format", ""))
            text = self._html([_without_figure(block, figure) for block in blocks])
            text = text.replace(self._html([_marked(figure)]), figure)
        else:
            text = self._html(blocks)
        used = {spelling: mark for spelling, mark in stand_ins.spellings.items() if mark in text}
        return _Drawn(stencil(text, list(used.values())), tuple(used))


def html_of(blocks: Sequence[Block], kind: str, look: Look) -> str:
    """Blocks as they stand in a page of a ``kind`` of document."""
    return render_blocks(Document(kind=kind, title="", subtitle="", blocks=tuple(blocks)), look)


def _without_figure(block: Block, mark: str) -> Block:
    if not isinstance(block, Question):
        return block
    return replace(block, blocks=tuple(_marked(mark) if isinstance(b, Figure) else b for b in block.blocks))


def _marked(mark: str) -> Figure:
    """A figure that is no more than its place on the page."""
    return Figure(name="", svg=mark, title="", description="")


def standing_in(view: View, stand_ins: StandIns) -> Item:
    """The item with stand-ins for all that varies."""
    item, origin = view.item, view.item.provenance
    return replace(
        item,
        parts=tuple(_part(view, index, stand_ins) for index in range(len(item.parts))),
        numbers={name: Number(printed=stand_ins.printed(("number", name)), raw=0.0) for name in item.numbers},
        provenance=replace(
            origin,
            seed=cast("int", stand_ins.value(("seed",))),
            variant=cast("int", stand_ins.value(("variant",))),
            attempt=cast("int", stand_ins.value(("attempt",))),
            simulations={
                run: {
                    name: value if isinstance(value, str) else stand_ins.value(("argument", run, name))
                    for name, value in arguments.items()
                }
                for run, arguments in origin.simulations.items()
            },
        ),
    )


def _part(view: View, index: int, stand_ins: StandIns) -> Part:
    part, varying = view.item.parts[index], view.varying[index]
    assert varying is not None  # noqa: S101  (else there is no look)
    numbers = tuple(stand_ins.printed(("key", index, place)) for place in range(len(varying.numbers)))
    texts = tuple(
        text if _shapes(text, view.item) else stand_ins.character(Spelling(("text", index, place), "format", ""))
        for place, text in enumerate(varying.texts)
    )
    mistakes = tuple(
        replace(mistake, value=stand_ins.value(("mistake", index, place)))
        for place, mistake in enumerate(part.misconceptions)
    )
    key = ITEM_TYPES[part.type].with_varying(part.key, Varying(numbers, texts))
    return replace(part, key=key, misconceptions=mistakes)


def _shapes(text: str, item: Item) -> bool:
    """Whether the page around a text depends on it, since it is empty or more than one line."""
    return not text.strip() or not _is_line(text, tuple(item.truths.items()))


@lru_cache(maxsize=8192)
def _is_line(text: str, truths: tuple[tuple[str, bool], ...]) -> bool:
    blocks = prose.to_pattern(text, dict(truths)).blocks
    return len(blocks) == 1 and isinstance(blocks[0], Paragraph)


# -- where the values come from ----------------------------------------------------------------------------------------

Read = Callable[[Sequence[View]], list[bytes]]


def _source(spelling: Spelling) -> Read:
    """How one spelling of what varies is read of many items."""
    name, way, context = spelling.name, spelling.way, spelling.context
    if name == _FIGURE:
        return lambda views: [view.figure() for view in views]
    if way == "format":
        read = _text(name[1], name[2]) if name[0] == "text" else _formatted(name, context)
        return lambda views: [read(view).encode() for view in views]
    printed, spell = _printed(name), _SPELL[way]
    return lambda views: [spell(one, context).encode() for one in printed(views)]


def _printed(name: Name) -> Callable[[Sequence[View]], list[str]]:
    """A number as it is printed."""
    match name:
        case ("number", number):
            return lambda views: [view.item.numbers[number].printed for view in views]
        case ("key", part, place):
            return lambda views: [varying.numbers[place] for view in views if (varying := view.varying[part])]
        case ((_, part, place), precision):
            return lambda views: spell_all(
                precision, np.array([view.item.parts[part].misconceptions[place].value for view in views])
            )
    raise KeyError(name)


def _text(part: int, place: int) -> Callable[[View], str]:
    def read(view: View) -> str:
        varying = view.varying[part]
        assert varying is not None  # noqa: S101  (else there is no look)
        text = prose.fill(varying.texts[place], numbers=view.item.numbers, truths=view.item.truths)
        return in_cell(text, view.page_look.language)

    return read


def _formatted(name: Name, specification: str) -> Callable[[View], str]:
    match name:
        case ("argument", run, argument):
            return lambda view: format(view.item.provenance.simulations[run][argument], specification)
        case ("mistake", part, place):
            return lambda view: format(view.item.parts[part].misconceptions[place].value, specification)
        case (field,):
            return lambda view: format(getattr(view.item.provenance, field), specification)
    raise KeyError(name)


_SPELL: Final[Mapping[str, Callable[[str, Any], str]]] = {"mathml": to_mathml, "unicode": to_unicode}
