"""What must hold beyond the schema of one file: ids, names of other files, and what a template says to its plan."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar, get_args

from quizgen.bank.blueprint import Blueprint, blueprint_faults
from quizgen.bank.catalogues import Catalogues, reference_faults
from quizgen.bank.printed import one_line, printed_faults
from quizgen.bank.schema_faults import dotted
from quizgen.bank.topic import Topic
from quizgen.bank.yaml_file import Entry, YamlFile
from quizgen.errors import Fault, Place, did_you_mean
from quizgen.items import ITEM_TYPES
from quizgen.items.demonstration import as_template, written_at
from quizgen.items.planner import check, printable_names
from quizgen.items.template import ItemTemplate, Level, StructuredAnswer
from quizgen.items.text_rules import text_faults
from quizgen.values import immutable

MASTHEAD: Final = ("institution", "course", "date")
_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ANSWER: Final = {field.name for field in fields(StructuredAnswer)}
_TOPIC_TEXTS: Final = ("summary", *(field.name for field in fields(Topic) if field.name in _ANSWER - {"example"}))
ID_HINT: Final = "lower-case letters, digits and single dashes, beginning with a letter"


class Named(Protocol):
    """What stands in a file under an id."""

    @property
    def id(self) -> str:
        """The id: the name of its file, or of its folder for a topic."""
        ...


N = TypeVar("N", bound=Named)


@immutable
class Entered(Generic[N]):
    """What a file says, with the file for the places of its faults."""

    file: YamlFile
    value: N

    def fault(self, entry: Entry, message: str, *, offset: int = 0, hint: str = "") -> Fault:
        """A fault at an entry of this file."""
        place = self.file.place(entry, offset)
        return Fault(message=f"{dotted(entry)}: {message}", place=place, hint=hint)

    def faults(self, found: Iterable[tuple[Entry, str, str]]) -> Iterator[Fault]:
        """A fault for each entry, message and hint."""
        for entry, message, hint in found:
            yield self.fault(entry, message, hint=hint)


def is_id(text: str) -> bool:
    """Whether ``text`` may be an id: it becomes the name of files, anchors in pages and keys of records."""
    return _ID.fullmatch(text) is not None


def template_faults(
    entered: Entered[ItemTemplate], topics: Iterable[str], catalogues: Catalogues | None
) -> Iterator[Fault]:
    """What is wrong with a template whose schema is right; ``topics`` and ``catalogues`` are those of the whole bank.

    Without catalogues, since theirs could not be read, it may refer to anything.
    """
    template, folder = entered.value, entered.file.path.absolute().parent.name
    yield from _id_faults(entered, entered.file.path.stem)
    if template.topic != folder:
        yield entered.fault(
            ("topic",), f"{template.topic!r}, but its folder is {folder!r}", hint="move it, or rename it"
        )
    elif template.topic not in topics:
        hint = f"write {folder}/topic.yaml; {did_you_mean(folder, topics)}"
        yield entered.fault(("topic",), f"no topic named {folder!r}", hint=hint)
    yield from entered.faults(printed_faults(template))
    if catalogues:
        yield from entered.faults(reference_faults(template, catalogues))
    yield from plan_faults(entered)


def plan_faults(entered: Entered[ItemTemplate]) -> Iterator[Fault]:
    """What is wrong with the expressions, texts and names of a template."""
    for found in check(entered.value):
        yield entered.fault(found.path, found.message, offset=found.offset, hint=found.hint)


def topic_faults(
    entered: Entered[Topic], templates: Collection[str], readable: Mapping[str, ItemTemplate]
) -> Iterator[Fault]:
    """What is wrong with a topic; ``templates`` are all ids of the bank, ``readable`` those whose files were read."""
    topic, folder = entered.value, entered.file.path.parent.name
    yield from _id_faults(entered, folder)
    named: list[tuple[Entry, str]] = [(("example_template",), topic.example_template)]
    named += [(("example_numbers",), topic.example_numbers)]
    named += [(("self_test", index), name) for index, name in enumerate(topic.self_test)]
    for entry, name in named:
        if name and name not in templates:
            yield entered.fault(entry, f"no item template named {name!r}", hint=did_you_mean(name, templates))
    yield from entered.faults(one_line(("title",), topic.title))
    for text in _TOPIC_TEXTS:
        yield from _text_faults(entered, (text,), getattr(topic, text))
    for index, formula in enumerate(topic.formulas):
        yield from entered.faults(one_line(("formulas", index, "name"), formula.name))
        yield from _text_faults(entered, ("formulas", index, "meaning"), formula.meaning)
        yield from _text_faults(entered, ("formulas", index, "formula"), f"${formula.formula}$")
    if topic.demonstration:
        for found in check(as_template(topic.demonstration, topic=topic.id), asks=False):
            yield entered.fault(written_at(found.path), found.message, offset=found.offset, hint=found.hint)
    if topic.example_numbers in readable:
        numbers, conditions = printable_names(readable[topic.example_numbers])
        yield from _text_faults(entered, ("example",), topic.example, printable=numbers, conditions=conditions)
    elif not topic.example_numbers:
        yield from _text_faults(entered, ("example",), topic.example)


def _text_faults(
    entered: Entered[N], entry: Entry, source: str, *, printable: Collection[str] = (), conditions: Collection[str] = ()
) -> Iterator[Fault]:
    for offset, message, hint in text_faults(source, printable=printable, conditions=conditions):
        yield entered.fault(entry, message, offset=offset, hint=hint)


def exam_faults(entered: Entered[Blueprint], topics: Iterable[str], claims: Collection[str]) -> Iterator[Fault]:
    """What is wrong with a blueprint; without ``claims`` it may bound any claim, as templates may examine any."""
    yield from _id_faults(entered, entered.file.path.stem)
    for name in ("title", *MASTHEAD):
        yield from entered.faults(one_line((name,), getattr(entered.value, name)))
    if entered.value.logo and not Path(entered.value.logo).is_file():
        yield entered.fault(("logo",), f"{entered.value.logo}: no such file", hint="named as seen from this folder")
    yield from _text_faults(entered, ("instructions",), entered.value.instructions)
    for entry, message in blueprint_faults(entered.value):
        yield entered.fault(entry, message)
    for index, section in enumerate(entered.value.sections):
        yield from _unknown(entered, ("sections", index, "topics"), "topic", section.topics, topics)
        for rule in ("types", "only", "without"):
            yield from _unknown(entered, ("sections", index, rule), "item type", getattr(section, rule), ITEM_TYPES)
    yield from _bound_names(entered, topics, claims)


def _bound_names(entered: Entered[Blueprint], topics: Iterable[str], claims: Collection[str]) -> Iterator[Fault]:
    """Names that a blueprint bounds and nobody knows."""
    known: list[tuple[str, str, Iterable[str]]] = [
        ("levels", "level", get_args(Level)),
        ("topics", "topic", topics),
        ("types", "item type", ITEM_TYPES),
        ("claims", "claim", claims or entered.value.bounds.claims),
    ]
    for kind, noun, names in known:
        for name in getattr(entered.value.bounds, kind):
            if name not in names:
                place, hint = entered.file.key_place(("bounds", kind, name)), did_you_mean(name, names)
                yield Fault(message=f"bounds.{kind}: no {noun} named {name!r}", place=place, hint=hint)


def duplicate_faults(entries: Iterable[Entered[N]]) -> Iterator[Fault]:
    """The ids that more than one file of a kind claims, with both places."""
    first: dict[str, Entered[N]] = {}
    for entered in entries:
        earlier = first.setdefault(entered.value.id, entered)
        if earlier is not entered:
            hint = f"the other one stands in {earlier.file.place(('id',))}"
            yield entered.fault(("id",), f"{entered.value.id!r} stands in two files", hint=hint)


def _unknown(
    entered: Entered[Blueprint], entry: Entry, kind: str, names: Iterable[str], known: Iterable[str]
) -> Iterator[Fault]:
    for position, name in enumerate(names):
        if name not in known:
            yield entered.fault((*entry, position), f"no {kind} named {name!r}", hint=did_you_mean(name, known))


def _id_faults(entered: Entered[N], expected: str) -> Iterator[Fault]:
    if not is_id(expected):
        place = Place(path=entered.file.path)
        yield Fault(message=f"{expected!r} cannot be an id", place=place, hint=ID_HINT)
    elif entered.value.id != expected:
        kind = "folder" if isinstance(entered.value, Topic) else "file"
        message = f"{entered.value.id!r}, but its {kind} is named {expected!r}"
        yield entered.fault(("id",), message, hint=f"rename the {kind}, or write id: {expected}")
