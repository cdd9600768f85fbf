"""Loading a bank: every file of its folders read and checked, and all faults of all files told at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeVar

from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint
from quizgen.bank.catalogues import with_names
from quizgen.bank.folders import BLUEPRINTS, TOPIC_FILE, find_catalogues, find_files
from quizgen.bank.rules import Entered, Named, duplicate_faults, exam_faults, plan_faults, template_faults, topic_faults
from quizgen.bank.topic import Topic
from quizgen.bank.yaml_file import YamlFile
from quizgen.bank.yaml_nodes import parse_yaml, read_yaml
from quizgen.errors import Fault, FileFaults, UsageError, did_you_mean
from quizgen.items.template import ItemTemplate
from quizgen.registry import Registry

N = TypeVar("N", bound=Named)
FileKind = Literal["topic", "blueprint", "item template"]


def load_bank(folders: Sequence[Path]) -> Bank:
    """The bank that lies in ``folders``; later folders may add to the topics of earlier ones.

    Raises: UsageError if a folder does not exist; FileFaults with everything that is wrong in all of their files.
    """
    from quizgen.bank.catalogue_files import read_catalogues

    files = find_files(list(folders))
    faults = list(files.strays)
    catalogues = read_catalogues(files.misconceptions, files.claims, faults)
    known = None if len(faults) > len(files.strays) else catalogues  # one fault must not become ten
    topics = _read_all(Topic, files.topics, faults)
    templates = [_with_source(entered) for entered in _read_all(ItemTemplate, files.templates, faults)]
    blueprints = [_with_logo(entered) for entered in _read_all(Blueprint, files.blueprints, faults)]

    # A file that could not be read still counts as known: one fault must not become ten.
    topic_ids = [path.parent.name for path in files.topics]
    template_ids = [path.stem for path in files.templates]
    for template in templates:
        faults += template_faults(template, topic_ids, known)
    readable = {template.value.id: template.value for template in templates}
    for topic in topics:
        faults += topic_faults(topic, template_ids, readable)
    for blueprint in blueprints:
        faults += exam_faults(blueprint, topic_ids, known.claims if known else ())
    faults += [*duplicate_faults(topics), *duplicate_faults(templates), *duplicate_faults(blueprints)]
    if faults:
        raise FileFaults(faults)

    named = [replace(one, value=with_names(one.value, catalogues.misconceptions)) for one in templates]
    order = {topic.value.id: (topic.value.order, topic.value.id) for topic in topics}
    return Bank(
        templates=_registry("item template", named, lambda template: (order[template.topic], template.id)),
        topics=_registry("topic", topics, lambda topic: order[topic.id]),
        blueprints=_registry("blueprint", blueprints, lambda blueprint: blueprint.id),
        misconceptions=Registry("misconception", catalogues.misconceptions),
        claims=Registry("claim", catalogues.claims),
    )


def kind_of(path: Path) -> FileKind:
    """What a file of a bank is, by its name and its folder; a blueprint may lie anywhere, and is known by its sections.

    Whatever cannot be read counts as an item template: reading it as one says what is wrong.
    """
    if path.name == TOPIC_FILE:
        return "topic"
    if path.absolute().parent.name == BLUEPRINTS:
        return "blueprint"
    try:
        value = read_yaml(path).value
    except FileFaults:
        return "item template"
    return "blueprint" if isinstance(value, dict) and "sections" in value else "item template"


def read_templates(paths: Iterable[Path], *, banks: Iterable[Path] = ()) -> list[ItemTemplate]:
    """Item templates in files of their own, whatever the state of the templates around them.

    They may refer to the catalogues of their own banks and of ``banks``.
    Raises: FileFaults with everything that is wrong in all of the files.
    """
    from quizgen.bank.catalogue_files import read_catalogues

    files = list(paths)
    folders = [*banks, *(path.absolute().parent.parent for path in files)]
    faults: list[Fault] = []
    catalogues = read_catalogues(*find_catalogues(folders), faults)
    known = None if faults else catalogues
    templates = [_with_source(entered) for entered in _read_all(ItemTemplate, files, faults)]
    for template in templates:
        faults += template_faults(template, [template.value.topic], known)
    if faults:
        raise FileFaults(faults)
    return [with_names(template.value, catalogues.misconceptions) for template in templates]


def read_template_text(source: str, *, name: str) -> ItemTemplate:
    """The item template that ``source`` holds, wherever it was kept; ``name`` is what its faults are said to stand in.

    Raises: FileFaults with everything that is wrong with it.
    """
    file = parse_yaml(source, Path(name))
    entered = _with_source(Entered(file=file, value=_read(ItemTemplate, file)))
    if faults := tuple(plan_faults(entered)):
        raise FileFaults(faults)
    return entered.value


def read_blueprint(path: Path, bank: Bank) -> Blueprint:
    """A blueprint in a file of its own, checked against the topics and claims of ``bank``.

    Raises: UsageError if there is no such file; FileFaults with everything that is wrong with it.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such file", hint=did_you_mean(path.stem, bank.blueprints))
    file = read_yaml(path)
    entered: Entered[Blueprint] = _with_logo(Entered(file=file, value=_read(Blueprint, file)))
    if faults := tuple(exam_faults(entered, bank.topics, bank.claims)):
        raise FileFaults(faults)
    return entered.value


def _read(cls: type[N], file: YamlFile) -> N:
    """The value that a file holds.  Raises: FileFaults with all that does not fit."""
    from quizgen.bank.schema import FileSchema, file_schema

    schema: FileSchema[N] = file_schema(cls)
    return schema.read(file)


def _read_all(cls: type[N], paths: Iterable[Path], faults: list[Fault]) -> list[Entered[N]]:
    """The files that hold a ``cls``; what is wrong with the others is added to ``faults``."""
    found: list[Entered[N]] = []
    for path in paths:
        try:
            file = read_yaml(path)
            found.append(Entered(file=file, value=_read(cls, file)))
        except FileFaults as error:
            faults += error.faults
    return found


def _with_source(entered: Entered[ItemTemplate]) -> Entered[ItemTemplate]:
    """The template with the text it was read from, and its digest: the same whatever the ends of lines on disk."""
    source = entered.file.source
    template = replace(entered.value, source=source, digest=sha256(source.encode()).hexdigest())
    return replace(entered, value=template)


def _with_logo(entered: Entered[Blueprint]) -> Entered[Blueprint]:
    """The blueprint with the path of its logo, which it names as seen from its own folder."""
    logo = entered.value.logo
    path = str(entered.file.path.parent / logo) if logo else ""
    return replace(entered, value=replace(entered.value, logo=path))


def _registry(kind: str, entries: Iterable[Entered[N]], order: Callable[[N], Any]) -> Registry[N]:
    return Registry(kind, {value.id: value for value in sorted((entered.value for entered in entries), key=order)})
