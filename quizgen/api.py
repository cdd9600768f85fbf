"""The verbs of quizgen, in the order of the flow. The command line calls these, and so can a notebook.

>>> bank = load_bank()
>>> form = make_form(bank, bank.blueprints["practice"], seed=7)
>>> files = exam_files(form, ["md", "html"])
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from quizgen.bank.bank import Bank, read_blueprint, read_template_text
from quizgen.bank.bank import load_bank as _load
from quizgen.bank.blueprint import Blueprint
from quizgen.bank.catalogue_files import read_catalogues
from quizgen.bank.coverage import Coverage
from quizgen.bank.coverage import coverage as _coverage
from quizgen.bank.folders import find_files
from quizgen.bank.schema import file_schema
from quizgen.bank.topic import Topic
from quizgen.bank.yaml_nodes import read_yaml
from quizgen.blocks import Document
from quizgen.certificate.check import TemplateCheck
from quizgen.certificate.check import check_template as _check
from quizgen.certificate.tried import tried
from quizgen.documents.model_answers import model_answers
from quizgen.documents.preview import broken, preview
from quizgen.documents.questions import answered
from quizgen.documents.quiz import quiz
from quizgen.documents.study_sheet import study_sheet
from quizgen.errors import Fault, FileFaults, QuizgenError
from quizgen.forms import record, response_file
from quizgen.forms.assemble import assemble, label, renewed
from quizgen.forms.form import Form
from quizgen.forms.met import Met
from quizgen.forms.met import how_met as _how_met
from quizgen.grading.corrections import NO_CORRECTIONS, Corrections
from quizgen.grading.grade import Grader, settings_for
from quizgen.grading.intake.responses import Response
from quizgen.grading.marking.marking_page import marking_document
from quizgen.grading.marking.marking_sheet import to_yaml
from quizgen.grading.marking.marks import NO_MARKS, Marks, with_marks
from quizgen.grading.policy import NO_POLICY, Policy
from quizgen.grading.reports.class_report import class_document
from quizgen.grading.reports.class_tables import items_csv, scores_csv
from quizgen.grading.reports.folders import folder_names
from quizgen.grading.reports.names import Names, misconceptions_of
from quizgen.grading.reports.statistics_report import statistics_document
from quizgen.grading.reports.student_report import student_document
from quizgen.grading.scores import ScoreReport
from quizgen.items.contract import Settings
from quizgen.items.explanation import Explanation
from quizgen.items.explanation import explain as _explain
from quizgen.items.item import Item
from quizgen.items.realise import realise
from quizgen.items.template import ItemTemplate
from quizgen.renderers import RENDERERS
from quizgen.shipped import QUESTION_BANK

PROGRESS_STEP: Final = 500  # responses between two reports of progress
DRIFT: Final = 1e-9  # relative: other processors round the last digits otherwise, never the printed ones


# -- the bank ----------------------------------------------------------------------------------------------------------


def load_bank(folders: Sequence[Path] = ()) -> Bank:
    """The bank that comes with quizgen, together with those in ``folders``.

    Raises: FileFaults with all faults of all files, an id that stands in two of them included.
    """
    own = [folder for folder in folders if os.path.realpath(folder) != os.path.realpath(QUESTION_BANK)]
    return _load([QUESTION_BANK, *own])


def coverage(bank: Bank) -> Coverage:
    """What the templates of a bank examine, and what is still missing."""
    return _coverage(bank)


def check_template(template: ItemTemplate, *, seeds: int) -> TemplateCheck:
    """Certify one template on the seeds from 0 on; its ``faults`` say why it fails, if it does."""
    return _check(template, seeds=seeds)


def show(bank: Bank, template_id: str, *, seed: int) -> str:
    """One item of a template with its model answer, as Markdown."""
    item = label(realise(bank.templates[template_id], seed=seed, variants=[0]).items[0], 1)
    document = Document(
        kind="item", title=item.title, subtitle=f"{item.template}, seed {seed}", blocks=(answered(item),)
    )
    return RENDERERS["md"].render(document).decode()


def explain(bank: Bank, template_id: str, *, seed: int) -> Explanation:
    """Where each number of an item came from."""
    return _explain(bank.templates[template_id], seed=seed)


def preview_page(template: ItemTemplate, *, seed: int) -> bytes:
    """One HTML page for the author of a template: an item, its answer, what students are told, its numbers' origin.

    Raises: QuizgenError if no item can be made with this seed.
    """
    item = label(realise(template, seed=seed, variants=[0]).items[0], 1)
    document = preview(item, _explain(template, seed=seed), tried(item))
    return RENDERERS["html"].render(document)


def broken_page(name: str, error: QuizgenError) -> bytes:
    """The page that stands in for a preview that cannot be made."""
    return RENDERERS["html"].render(broken(name, str(error).splitlines()))


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


def how_met(form: Form, blueprint: Blueprint) -> tuple[Met, ...]:
    """What an exam came to, beside what its blueprint asked for."""
    return tuple(_how_met(form, blueprint))


def again(form: Form, labels: Sequence[str]) -> Form:
    """A form of the questions with these parts, each with new numbers: the next variant of the same template."""
    items = [item for item in form.items if any(part.label in labels for part in item.parts)]
    made = [_next_variant(item) for item in items]
    return renewed(form, tuple(label(item, number) for number, item in enumerate(made, start=1)))


def _next_variant(item: Item) -> Item:
    template = read_template_text(item.provenance.source, name=item.template)
    origin = item.provenance
    made = realise(template, seed=origin.seed, variants=[origin.variant + 1]).items[0]
    return replace(made, digest=item.digest)


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


# -- grading -----------------------------------------------------------------------------------------------------------


def names(forms: Sequence[Form] = (), banks: Sequence[Path] = ()) -> Names:
    """What reports call topics, claims and mistakes: as the catalogues and topics of banks say, then as ``forms`` do.

    The bank that comes with quizgen is read, then those in ``banks``; their templates are not.
    Raises: UsageError for a folder that is none; FileFaults with all that is wrong in what is read.
    """
    files = find_files([QUESTION_BANK, *banks])
    faults: list[Fault] = []
    catalogues = read_catalogues(files.misconceptions, files.claims, faults)
    if faults:
        raise FileFaults(faults)
    topics = [file_schema(Topic).read(read_yaml(path)) for path in files.topics]
    mistakes = {name: mistake.name for name, mistake in catalogues.misconceptions.items()}
    return Names(
        topics={topic.id: topic.title for topic in topics},
        claims={name: claim.title for name, claim in catalogues.claims.items()},
        misconceptions={**mistakes, **misconceptions_of(forms)},
    )


def grade_responses(
    form: Form,
    responses: Sequence[Response],
    *,
    settings: Settings | None = None,
    policy: Policy = NO_POLICY,
    corrections: Corrections = NO_CORRECTIONS,
    marks: Marks = NO_MARKS,
    progress: Callable[[float], None] = lambda share: None,
) -> tuple[ScoreReport, ...]:
    """Grade many responses to one form in one go; ``progress`` is told the share that is done.

    Without ``settings``, responses are read as the form declares. ``marks``: a person's points for what waits for them.
    """
    grader = Grader(form, settings or settings_for(form), policy, corrections)
    reports: list[ScoreReport] = []
    for done, response in enumerate(responses):
        if done % PROGRESS_STEP == 0:
            progress(done / len(responses))
        reports.append(with_marks(grader.grade(response), marks))
    return tuple(reports)


def report_files(
    form: Form,
    reports: Sequence[ScoreReport],
    formats: Sequence[str],
    *,
    called: Names,
    marks: Marks = NO_MARKS,
    corrected: Mapping[str, str] = MappingProxyType({}),
    bom: bool = False,
) -> Mapping[str, bytes]:
    """Every file of a grading by its name: on the class, a folder for each student, a marking sheet if one is needed.

    ``marks`` are merged into ``reports``, and stay in the marking sheet. ``corrected``: what was corrected since the
    exam, by label. ``bom``: whether tables in CSV begin with the mark by which a spreadsheet knows UTF-8.
    """
    sheet, sheet_text = marking_document(form, reports, marks), to_yaml(form, reports, marks)
    reports = [with_marks(report, marks) for report in reports]
    folders = folder_names(report.student for report in reports)
    files = dict(
        document_files("report", class_document(reports, form=form, names=called, corrected=corrected), formats)
    )
    files |= {"scores.csv": scores_csv(reports, bom=bom), "items.csv": items_csv(reports, bom=bom)}
    for report in reports:
        page = student_document(report, form=form, names=called)
        files |= document_files(f"students/{folders[report.student]}/report", page, formats)
    if sheet:
        files |= {**document_files("marking-sheet", sheet, formats), "marking-sheet.yaml": sheet_text.encode()}
    return files


def statistics_files(
    reports: Sequence[ScoreReport],
    formats: Sequence[str],
    *,
    forms: Sequence[Form] = (),
    called: Names,
    bom: bool = False,
) -> Mapping[str, bytes]:
    """The statistics of one class or several by file name, as pages and as tables."""
    page = statistics_document(reports, forms=forms, names=called)
    return {
        **document_files("statistics", page, formats),
        "scores.csv": scores_csv(reports, bom=bom),
        "items.csv": items_csv(reports, bom=bom),
    }


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
