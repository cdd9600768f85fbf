"""Versions of one exam and their files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quizgen.api.documents import document_files
from quizgen.api.exams import exam_files
from quizgen.bank.bank import Bank
from quizgen.bank.blueprint import Blueprint
from quizgen.documents.key_overview import key_overview
from quizgen.documents.quiz import quiz
from quizgen.forms.form import Form
from quizgen.forms.versions import Version
from quizgen.forms.versions import make_versions as _make_versions
from quizgen.renderers import RENDERERS
from quizgen.renderers.contract import USUAL, Look
from quizgen.renderers.pdf import page_count
from quizgen.words import said_in


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

    As PDF, the exams have the same, even number of pages, so that they can be printed on both sides in one go. Their
    titles are recorded in the language of the pages.
    """
    versions = [_titled_in(version, look.language) for version in versions]
    files = dict(document_files("instructor/keys", key_overview(versions), formats, look))
    for version in versions:
        for name, content in exam_files(version.form, formats, look, with_sheet=True).items():
            folder, _, inner = name.partition("/")
            files[f"{folder}/{version.name}/{inner}"] = content
    exams = {f"student/{version.name}/exam.pdf": version.form for version in versions}
    return {**files, **_evened(exams, files, look)}


def _titled_in(version: Version, language: str) -> Version:
    return replace(version, form=replace(version.form, title=said_in(version.form.title, language)))


def _evened(exams: Mapping[str, Form], files: Mapping[str, bytes], look: Look) -> Mapping[str, bytes]:
    """Those of ``exams``, by the names of their PDF among ``files``, that lack pages to have as many as the others."""
    pages = {name: page_count(files[name]) for name in exams if name in files}
    even = 2 * ((max(pages.values(), default=0) + 1) // 2)
    longer = replace(look, pages=even)
    return {name: RENDERERS["pdf"].render(quiz(exams[name]), longer) for name, own in pages.items() if own < even}
