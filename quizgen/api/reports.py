"""What a grading comes to, as files."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from quizgen.api.documents import document_files
from quizgen.forms.form import Form
from quizgen.grading.marking.marking_page import marking_document
from quizgen.grading.marking.marking_sheet import to_yaml
from quizgen.grading.marking.marks import NO_MARKS, Marks, with_marks
from quizgen.grading.reports.class_report import class_document
from quizgen.grading.reports.class_tables import items_csv, scores_csv
from quizgen.grading.reports.folders import folder_names
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.statistics_report import statistics_document
from quizgen.grading.reports.student_report import student_document
from quizgen.grading.scores import ScoreReport
from quizgen.renderers.contract import USUAL, Look


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
