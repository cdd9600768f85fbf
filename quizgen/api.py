"""The verbs of quizgen, in the order of the flow. The command line calls these, and so can a notebook.

>>> bank = load_bank()
>>> form = make_form(bank, bank.blueprints["practice"], seed=7)
>>> files = exam_files(form, ["md", "html"])
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from quizgen.bank.bank import Bank, read_template_text
from quizgen.bank.blueprint import Blueprint
from quizgen.bank.coverage import Coverage
from quizgen.bank.coverage import coverage as _coverage
from quizgen.bank.folders import find_files
from quizgen.bank.shipped import find_blueprint as find_blueprint_in
from quizgen.bank.shipped import load_with_shipped
from quizgen.bank.topic import Topic
from quizgen.bank.yaml_nodes import read_yaml
from quizgen.blocks import Document
from quizgen.certificate.check import TemplateCheck
from quizgen.certificate.check import check_template as _check
from quizgen.certificate.tried import tried
from quizgen.cohort import state
from quizgen.cohort.order import Order
from quizgen.cohort.plan import Seat, plan_questions, plan_seats
from quizgen.cohort.roster import Roster
from quizgen.cohort.run import make_cohort as _make_cohort
from quizgen.cohort.workers import workers_of
from quizgen.documents.answer_sheet import answer_sheet
from quizgen.documents.cards import cards
from quizgen.documents.cheat_sheet import cheat_sheet
from quizgen.documents.key_overview import key_overview
from quizgen.documents.model_answers import model_answers
from quizgen.documents.preview import broken, preview
from quizgen.documents.questions import answered
from quizgen.documents.quiz import quiz
from quizgen.documents.study_sheet import study_sheet
from quizgen.errors import Fault, FileFaults, QuizgenError, UsageError
from quizgen.forms import record, response_file
from quizgen.forms.assemble import assemble, label, renewed
from quizgen.forms.form import Form
from quizgen.forms.met import Met
from quizgen.forms.met import how_met as _how_met
from quizgen.forms.study import gather, short_items
from quizgen.forms.versions import Version
from quizgen.forms.versions import make_versions as _make_versions
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
from quizgen.grading.reports.missed import missed_parts
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
from quizgen.renderers.contract import USUAL, Look
from quizgen.renderers.logo import data_address
from quizgen.renderers.pdf import page_count
from quizgen.shipped import QUESTION_BANK

STUDY_KINDS: Final = ("sheet", "cheat-sheet", "cards")
PROGRESS_STEP: Final = 500  # responses between two reports of progress
DRIFT: Final = 1e-9  # relative: other processors round the last digits otherwise, never the printed ones


# -- the bank ----------------------------------------------------------------------------------------------------------


load_bank = load_with_shipped
find_blueprint = find_blueprint_in


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


def with_logo(look: Look, blueprint: Blueprint) -> Look:
    """``look`` with the blueprint's logo, if it has one.  Raises: UsageError if that is no picture."""
    return replace(look, logo=data_address(Path(blueprint.logo))) if blueprint.logo else look


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


def exam_files(
    form: Form, formats: Sequence[str], look: Look = USUAL, *, self_check: bool = False, with_sheet: bool = False
) -> Mapping[str, bytes]:
    """All files of an exam by name: what students get under ``student/``, what holds keys under ``instructor/``.

    ``self_check``: also the page that checks answers by itself; it holds keys, so it has a folder of its own.
    ``with_sheet``: also a page to enter the final answers on.
    """
    sheet = document_files("student/answer-sheet", answer_sheet(form), formats, look) if with_sheet else {}
    practice = document_files("self-check/exam", quiz(form, practice=True), ["html"], look) if self_check else {}
    return {
        **practice,
        **document_files("student/exam", quiz(form), formats, look),
        **sheet,
        "student/responses.yaml": response_file.empty(form).encode(),
        **document_files("instructor/model-answers", model_answers(form), formats, look),
        "instructor/form.json": record.to_json(form).encode(),
        "instructor/responses-key.yaml": response_file.key(form).encode(),
    }


def make_versions(
    bank: Bank,
    blueprint: Blueprint,
    names: Sequence[str],
    *,
    seed: int,
    topics: Sequence[str] = (),
    questions: int | None = None,
) -> tuple[Version, ...]:
    """Versions of one exam: the same templates in another order, with other numbers."""
    return _make_versions(bank, blueprint, names, seed=seed, topics=topics, questions=questions)


def version_files(versions: Sequence[Version], formats: Sequence[str], look: Look = USUAL) -> Mapping[str, bytes]:
    """The files of each version in folders of its own, and the keys of all under ``instructor/``.

    As PDF, the exams have the same, even number of pages, so that they can be printed on both sides in one go.
    """
    files = dict(document_files("instructor/keys", key_overview(versions), formats, look))
    for version in versions:
        for name, content in exam_files(version.form, formats, look, with_sheet=True).items():
            folder, _, inner = name.partition("/")
            files[f"{folder}/{version.name}/{inner}"] = content
    exams = {f"student/{version.name}/exam.pdf": version.form for version in versions}
    return {**files, **_evened(exams, files, look)}


def _evened(exams: Mapping[str, Form], files: Mapping[str, bytes], look: Look) -> Mapping[str, bytes]:
    """Those of ``exams``, by the names of their PDF among ``files``, that lack pages to have as many as the others."""
    pages = {name: page_count(files[name]) for name in exams if name in files}
    even = 2 * ((max(pages.values(), default=0) + 1) // 2)
    longer = replace(look, pages=even)
    return {name: RENDERERS["pdf"].render(quiz(exams[name]), longer) for name, own in pages.items() if own < even}


def sheet_files(
    bank: Bank,
    *,
    seed: int,
    formats: Sequence[str],
    topics: Sequence[str] = (),
    report: ScoreReport | None = None,
    kinds: Sequence[str] = ("sheet",),
    look: Look = USUAL,
) -> Mapping[str, bytes]:
    """What there is to study of some topics, or of all: as each of ``kinds``, of `STUDY_KINDS`.

    ``report``: only of the topics in which this student lost points, with what was wrong; within ``topics`` if named.
    Raises: UsageError if the report lost no points in any of them.
    """
    chosen = [bank.topics[topic] for topic in topics] or list(bank.topics.values())
    missed = missed_parts(report) if report else ()
    if report:
        chosen = [topic for topic in chosen if any(one.topic == topic.id for one in missed)]
        if not chosen:
            raise UsageError(f"student {report.student!r} lost no points in these topics: there is nothing to study")
    made: dict[str, Document] = {}
    if "sheet" in kinds:
        made["sheet"] = study_sheet(
            gather(bank, chosen, seed=seed, missed=missed),
            seed=seed,
            student=report.student if report else "",
            misconceptions=bank.misconceptions,
            claims=bank.claims,
        )
    if "cheat-sheet" in kinds:
        made["cheat-sheet"] = cheat_sheet(chosen)
    if "cards" in kinds:
        made["cards"] = cards(chosen, [list(short_items(bank, topic, seed=seed)) for topic in chosen], seed=seed)
    files: dict[str, bytes] = {}
    for name, document in made.items():
        files |= document_files(name, document, formats, look)
    return files


def document_files(name: str, document: Document, formats: Sequence[str], look: Look = USUAL) -> Mapping[str, bytes]:
    """A document in each of the formats, with the files that lie beside it."""
    files: dict[str, bytes] = {}
    folder = f"{Path(name).parent}/" if "/" in name else ""
    for format_name in formats:
        renderer = RENDERERS[format_name]
        files[f"{name}.{renderer.suffix}"] = renderer.render(document, look)
        files |= {f"{folder}{beside}": content for beside, content in renderer.files_beside(document).items()}
    return files


# -- cohorts -----------------------------------------------------------------------------------------------------------


def plan_cohort(
    bank: Bank,
    blueprint: Blueprint,
    roster: Roster,
    *,
    seed: int,
    out: Path,
    formats: Sequence[str],
    topics: Sequence[str] = (),
    questions: int | None = None,
    look: Look = USUAL,
    resume: bool = False,
) -> tuple[Order, tuple[Seat, ...]]:
    """What is to be made for whom; noted down in ``out``, or compared with what is noted there if ``resume``.

    Raises: UsageError if the bank cannot give the exam, or if something else lies in ``out``.
    """
    asked = plan_questions(bank, blueprint, seed=seed, topics=topics, questions=questions)
    seats = plan_seats(asked, roster.students)
    order = Order(questions=asked, out=out.absolute(), formats=tuple(formats), look=look)
    state.begin(order, seats, resume=resume)
    return order, seats


def make_cohort(
    order: Order,
    seats: Sequence[Seat],
    *,
    jobs: int = 1,
    cluster: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Make what is missing of a cohort, and return for how many students; the bytes do not depend on who works.

    Raises: QuizgenError if a folder cannot be written, an item cannot be made, or the cluster cannot be used.
    """
    return _make_cohort(order, seats, workers_of(jobs=jobs, cluster=cluster), progress=progress)


# -- grading -----------------------------------------------------------------------------------------------------------


def names(forms: Sequence[Form] = (), banks: Sequence[Path] = ()) -> Names:
    """What reports call topics, claims and mistakes: as the catalogues and topics of banks say, then as ``forms`` do.

    The bank that comes with quizgen is read, then those in ``banks``; their templates are not.
    Raises: UsageError for a folder that is none; FileFaults with all that is wrong in what is read.
    """
    from quizgen.bank.catalogue_files import read_catalogues
    from quizgen.bank.schema import file_schema

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
    look: Look = USUAL,
) -> Mapping[str, bytes]:
    """Every file of a grading by its name: on the class, a folder for each student, a marking sheet if one is needed.

    ``marks`` are merged into ``reports``, and stay in the marking sheet. ``corrected``: what was corrected since the
    exam, by label. ``bom``: whether tables in CSV begin with the mark by which a spreadsheet knows UTF-8.
    """
    sheet, sheet_text = marking_document(form, reports, marks), to_yaml(form, reports, marks)
    reports = [with_marks(report, marks) for report in reports]
    folders = folder_names(report.student for report in reports)
    files = dict(
        document_files("report", class_document(reports, form=form, names=called, corrected=corrected), formats, look)
    )
    files |= {"scores.csv": scores_csv(reports, bom=bom), "items.csv": items_csv(reports, bom=bom)}
    for report in reports:
        page = student_document(report, form=form, names=called)
        files |= document_files(f"students/{folders[report.student]}/report", page, formats, look)
    if sheet:
        files |= {**document_files("marking-sheet", sheet, formats, look), "marking-sheet.yaml": sheet_text.encode()}
    return files


def cohort_report_files(
    forms: Mapping[str, Form],
    reports: Sequence[ScoreReport],
    formats: Sequence[str],
    *,
    called: Names,
    marks: Marks = NO_MARKS,
    bom: bool = False,
    look: Look = USUAL,
) -> Mapping[str, bytes]:
    """As `report_files`, for the forms of a cohort by their ids; each student who needs it has a marking sheet.

    What is right in a part differs between the forms, so no option and no key of one form is told to the class.
    """
    merged = [with_marks(report, marks) for report in reports]
    folders = folder_names(report.student for report in merged)
    files = dict(document_files("report", class_document(merged, names=called), formats, look))
    files |= {"scores.csv": scores_csv(merged, bom=bom), "items.csv": items_csv(merged, bom=bom)}
    for before, report in zip(reports, merged, strict=True):
        form, folder = forms[report.form], folders[report.student]
        page = student_document(report, form=form, names=called)
        files |= document_files(f"students/{folder}/report", page, formats, look)
        if sheet := marking_document(form, [before], marks):
            files |= document_files(f"to-mark/{folder}", sheet, formats, look)
            files[f"to-mark/{folder}.yaml"] = to_yaml(form, [before], marks).encode()
    return files


def statistics_files(
    reports: Sequence[ScoreReport],
    formats: Sequence[str],
    *,
    forms: Sequence[Form] = (),
    called: Names,
    bom: bool = False,
    look: Look = USUAL,
) -> Mapping[str, bytes]:
    """The statistics of one class or several by file name, as pages and as tables."""
    page = statistics_document(reports, forms=forms, names=called)
    return {
        **document_files("statistics", page, formats, look),
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
