"""Responses graded, and what reports call things."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from quizgen.bank.folders import find_files
from quizgen.bank.topic import Topic
from quizgen.bank.yaml_nodes import read_yaml
from quizgen.errors import Fault, FileFaults
from quizgen.forms.form import Form
from quizgen.grading.corrections import NO_CORRECTIONS, Corrections
from quizgen.grading.grade import Grader, settings_for
from quizgen.grading.intake.responses import Response
from quizgen.grading.marking.marks import NO_MARKS, Marks, with_marks
from quizgen.grading.policy import NO_POLICY, Policy
from quizgen.grading.reports.names import Names, misconceptions_of
from quizgen.grading.scores import ScoreReport
from quizgen.items.contract import Settings
from quizgen.shipped import QUESTION_BANK

PROGRESS_STEP: Final = 500  # responses between two reports of progress


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
