"""The verbs of quizgen, in the order of the flow. The command line calls these, and so can a notebook.

>>> bank = load_bank()
>>> form = make_form(bank, bank.blueprints["practice"], seed=7)
>>> files = exam_files(form, ["md", "html"])

A verb's module is imported when the verb is first asked for: who makes an exam need not wait for grading.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from quizgen.api.banks import coverage as coverage
    from quizgen.api.banks import find_blueprint as find_blueprint
    from quizgen.api.banks import load_bank as load_bank
    from quizgen.api.cohorts import make_cohort as make_cohort
    from quizgen.api.cohorts import plan_cohort as plan_cohort
    from quizgen.api.documents import document_files as document_files
    from quizgen.api.documents import with_logo as with_logo
    from quizgen.api.exams import exam_files as exam_files
    from quizgen.api.exams import how_met as how_met
    from quizgen.api.exams import make_form as make_form
    from quizgen.api.grading import grade_responses as grade_responses
    from quizgen.api.grading import names as names
    from quizgen.api.practice import again as again
    from quizgen.api.records import Drift as Drift
    from quizgen.api.records import verify as verify
    from quizgen.api.reports import cohort_report_files as cohort_report_files
    from quizgen.api.reports import report_files as report_files
    from quizgen.api.reports import statistics_files as statistics_files
    from quizgen.api.sheets import STUDY_KINDS as STUDY_KINDS
    from quizgen.api.sheets import sheet_files as sheet_files
    from quizgen.api.templates import broken_page as broken_page
    from quizgen.api.templates import check_template as check_template
    from quizgen.api.templates import explain as explain
    from quizgen.api.templates import preview_page as preview_page
    from quizgen.api.templates import show as show
    from quizgen.api.versions import make_versions as make_versions
    from quizgen.api.versions import version_files as version_files

MODULES: Final = MappingProxyType(
    {
        "load_bank": "banks",
        "find_blueprint": "banks",
        "coverage": "banks",
        "check_template": "templates",
        "show": "templates",
        "explain": "templates",
        "preview_page": "templates",
        "broken_page": "templates",
        "with_logo": "documents",
        "document_files": "documents",
        "make_form": "exams",
        "how_met": "exams",
        "exam_files": "exams",
        "again": "practice",
        "make_versions": "versions",
        "version_files": "versions",
        "STUDY_KINDS": "sheets",
        "sheet_files": "sheets",
        "plan_cohort": "cohorts",
        "make_cohort": "cohorts",
        "names": "grading",
        "grade_responses": "grading",
        "report_files": "reports",
        "cohort_report_files": "reports",
        "statistics_files": "reports",
        "Drift": "records",
        "verify": "records",
    }
)  # where each verb lies


def __getattr__(name: str) -> Any:
    """The verb ``name``, from its module."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *MODULES])
