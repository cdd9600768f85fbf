"""What there is to study, as files."""

from collections.abc import Mapping, Sequence
from typing import Final

from quizgen.api.documents import document_files
from quizgen.bank.bank import Bank
from quizgen.blocks import Document
from quizgen.documents.cards import cards
from quizgen.documents.cheat_sheet import cheat_sheet
from quizgen.documents.study_sheet import study_sheet
from quizgen.errors import UsageError
from quizgen.forms.study import gather, short_items
from quizgen.grading.reports.missed import missed_parts
from quizgen.grading.scores import ScoreReport
from quizgen.renderers.contract import USUAL, Look

STUDY_KINDS: Final = ("sheet", "cheat-sheet", "cards")


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
