"""The verbs of quizgen, in the order of the flow. The command line calls these, and so can a notebook.

>>> bank = load_bank()
>>> form = make_form(bank, bank.blueprints["practice"], seed=7)
>>> files = exam_files(form, ["md", "html"])
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from quizgen import __version__
from quizgen.bank.bank import Bank, read_blueprint, read_template_text
from quizgen.bank.bank import load_bank as _load
from quizgen.bank.blueprint import Blueprint
from quizgen.blocks import Document
from quizgen.documents.model_answers import model_answers
from quizgen.documents.questions import answered
from quizgen.documents.quiz import quiz
from quizgen.documents.study_sheet import study_sheet
from quizgen.errors import QuizgenError
from quizgen.forms import record, response_file
from quizgen.forms.assemble import assemble, label
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.items.item import Item
from quizgen.items.realise import realise
from quizgen.items.template import ItemTemplate
from quizgen.renderers import RENDERERS
from quizgen.shipped import QUESTION_BANK

SEEDS_ON_PAGES: Final = 3  # how many seeds of a checked template are written out as an exam
DRIFT: Final = 1e-9  # relative: other processors round the last digits otherwise, never the printed ones


# -- the bank ----------------------------------------------------------------------------------------------------------


def load_bank(folders: Sequence[Path] = ()) -> Bank:
    """The bank that comes with quizgen, together with those in ``folders``.

    Raises: FileFaults with all faults of all files, an id that stands in two of them included.
    """
    own = [folder for folder in folders if os.path.realpath(folder) != os.path.realpath(QUESTION_BANK)]
    return _load([QUESTION_BANK, *own])


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCheck:
    """What certifying a template on many seeds showed."""

    template: str
    variants: int
    accepted_at_first: float  # share of the variants whose first draw satisfied every rule
    redraws: Mapping[str, int]  # rule -> how many draws broke it
    faults: tuple[str, ...]


def check_template(template: ItemTemplate, *, seeds: int) -> TemplateCheck:
    """Certify one template: it must be accepted at the first draw in at least half of its variants.

    The first few items are also written out as exams, whose records must be read back.
    """
    redraws: dict[str, int] = {}
    faults: list[str] = []
    first = 0
    for seed in range(seeds):
        try:
            made = realise(template, seed=seed, variants=[0])
        except QuizgenError as error:
            faults.append(f"seed {seed}: {error}")
            continue
        if seed < SEEDS_ON_PAGES and (fault := _page_fault(made.items[0])):
            faults.append(f"seed {seed}: {fault}")
        first += made.items[0].provenance.attempt == 0
        for rule, count in made.rejections.items():
            redraws[rule] = redraws.get(rule, 0) + count
    if first < seeds / 2 and not faults:
        rule = max(redraws, key=lambda name: redraws[name])
        faults.append(f"only {first} of {seeds} first draws were accepted; most often broken: {rule}")
    return TemplateCheck(
        template=template.id,
        variants=seeds,
        accepted_at_first=first / seeds,
        redraws=redraws,
        faults=tuple(faults),
    )


def _page_fault(item: Item) -> str:
    """Why an exam of this one item could not be written, or its record read back; "" if it can."""
    form = Form(
        schema=SCHEMA_VERSION,
        id="CHECK",
        title=item.title,
        blueprint="check",
        seed=item.provenance.seed,
        minutes=item.minutes,
        instructions="",
        quizgen_version=__version__,
        numpy_version=np.__version__,
        items=(label(item, 1),),
    )
    try:
        files = exam_files(form, list(RENDERERS))
        record.from_json(files["instructor/form.json"].decode())
    except Exception as error:  # whatever it is, an author should hear of it here and not when an exam is due
        return f"no exam can be made of it: {type(error).__name__}: {error}"
    return ""


def show(bank: Bank, template_id: str, *, seed: int) -> str:
    """One item of a template with its model answer, as Markdown."""
    item = label(realise(bank.templates[template_id], seed=seed, variants=[0]).items[0], 1)
    document = Document(
        kind="item", title=item.title, subtitle=f"{item.template}, seed {seed}", blocks=(answered(item),)
    )
    return RENDERERS["md"].render(document).decode()


def find_blueprint(bank: Bank, name: str) -> Blueprint:
    """The blueprint of this name in the bank, or the one in the file of this name."""
    if name in bank.blueprints or not name.endswith((".yaml", ".yml")):
        return bank.blueprints[name]
    return read_blueprint(Path(name), bank)


# -- exams -------------------------------------------------------------------------------------------------------------


def make_form(
    bank: Bank, blueprint: Blueprint, *, seed: int, topics: Sequence[str] = (), questions: int | None = None
) -> Form:
    """Assemble one exam; equal arguments give an equal form."""
    return assemble(bank, blueprint, seed=seed, topics=topics, questions=questions)


def exam_files(form: Form, formats: Sequence[str]) -> Mapping[str, bytes]:
    """All files of an exam by name: what students get under ``student/``, what holds keys under ``instructor/``."""
    return {
        **document_files("student/exam", quiz(form), formats),
        "student/responses.yaml": response_file.empty(form).encode(),
        **document_files("instructor/model-answers", model_answers(form), formats),
        "instructor/form.json": record.to_json(form).encode(),
        "instructor/responses-key.yaml": response_file.key(form).encode(),
    }


def sheet_files(bank: Bank, *, seed: int, formats: Sequence[str], topics: Sequence[str] = ()) -> Mapping[str, bytes]:
    """The study sheet of some topics, or of all."""
    chosen = [bank.topics[topic] for topic in topics] or list(bank.topics.values())

    def item(template_id: str) -> Item:
        return realise(bank.templates[template_id], seed=seed, variants=[0]).items[0]

    examples = {t.id: label(item(t.example_template), n) for n, t in enumerate(chosen, start=1) if t.example_template}
    measured = {t.id: item(t.example_numbers) for t in chosen if t.example_numbers}
    return document_files("sheet", study_sheet(chosen, examples, measured, seed=seed), formats)


def document_files(name: str, document: Document, formats: Sequence[str]) -> Mapping[str, bytes]:
    """A document in each of the formats, with the files that lie beside it."""
    files: dict[str, bytes] = {}
    folder = f"{Path(name).parent}/" if "/" in name else ""
    for format_name in formats:
        renderer = RENDERERS[format_name]
        files[f"{name}.{renderer.suffix}"] = renderer.render(document)
        files |= {f"{folder}{beside}": content for beside, content in renderer.files_beside(document).items()}
    return files


# -- the record --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A number that came out otherwise when the form was simulated again."""

    label: str
    name: str
    recorded: str
    measured: str


def verify(form: Form) -> tuple[Drift, ...]:
    """Simulate every item of a form again, from the template text in the record, and report what differs."""
    drifts: list[Drift] = []
    for number, item in enumerate(form.items, start=1):
        template = read_template_text(item.provenance.source, name=item.template)
        again = realise(template, seed=item.provenance.seed, variants=[item.provenance.variant]).items[0]
        drifts += _drifts(item, label(replace(again, digest=item.digest), number))
    return tuple(drifts)


def _drifts(recorded: Item, again: Item) -> Iterator[Drift]:
    question = recorded.parts[0].label
    for name, number in recorded.numbers.items():
        measured = again.numbers.get(name)
        if measured is None or measured.printed != number.printed or _far(measured.raw, number.raw):
            shown = "nothing" if measured is None else f"{measured.raw:.12g} (printed {measured.printed})"
            yield Drift(
                label=question, name=name, recorded=f"{number.raw:.12g} (printed {number.printed})", measured=shown
            )
    for before, after in zip(recorded.parts, again.parts, strict=True):
        if not _same(asdict(before)["key"], asdict(after)["key"]):
            yield Drift(label=before.label, name="key", recorded=str(before.key), measured=str(after.key))


def _same(a: object, b: object) -> bool:
    """Whether two keys are equal but for the last digits of their numbers."""
    if isinstance(a, float) and isinstance(b, float):
        return not _far(a, b)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[name], b[name]) for name in a)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(_same, a, b))
    return a == b


def _far(a: float, b: float) -> bool:
    return abs(a - b) > DRIFT * max(abs(a), abs(b))
