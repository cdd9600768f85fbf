"""Which known mistakes a class made, and how often."""

from collections.abc import Iterable, Mapping, Sequence

from quizgen.grading.scores import ScoreReport
from quizgen.grading.statistics.score_table import PartKey, by_part, part_key
from quizgen.values import immutable

_OR = " or "  # what stands between the ids of a diagnosis that several mistakes lead to


@immutable
class MistakeCount:
    """How many students made a mistake, at least once; ``perhaps`` counts others, whom another mistake may explain.

    ``parts`` are those in which it was found, in their order, each with its label in the first form that has it.
    """

    id: str
    students: int
    perhaps: int
    answers: int
    parts: tuple[tuple[PartKey, str], ...]


def count_mistakes(reports: Sequence[ScoreReport]) -> tuple[MistakeCount, ...]:
    """Every mistake that was found, the most frequent first."""
    found = [
        (number, mistake, len(ids) == 1, (part_key(part), part.label))
        for number, report in enumerate(reports)
        for part in report.parts
        for ids in [part.diagnosis.split(_OR) if part.diagnosis else []]
        for mistake in ids
    ]
    order = {key: place for place, key in enumerate(by_part(reports))}
    counts = [_count(mistake, [one for one in found if one[1] == mistake], order) for mistake in _unique(found)]
    return tuple(sorted(counts, key=lambda count: (-count.students, -count.perhaps, count.id)))


_Found = tuple[int, str, bool, tuple[PartKey, str]]


def _unique(found: Iterable[_Found]) -> Iterable[str]:
    return dict.fromkeys(mistake for _, mistake, _, _ in found)


def _count(mistake: str, found: Sequence[_Found], order: Mapping[PartKey, int]) -> MistakeCount:
    surely = {student for student, _, is_sure, _ in found if is_sure}
    perhaps = {student for student, _, _, _ in found} - surely
    labels: dict[PartKey, str] = {}
    for _, _, _, (key, label) in found:
        labels.setdefault(key, label)
    return MistakeCount(
        id=mistake,
        students=len(surely),
        perhaps=len(perhaps),
        answers=len(found),
        parts=tuple(sorted(labels.items(), key=lambda part: order[part[0]])),
    )
