"""What a person has to look at, student by student: responses that no program grades, with what was found in them."""

from collections.abc import Sequence

from quizgen.blocks import Prose
from quizgen.forms.form import Form
from quizgen.grading.marking.evidence import Evidence, find_evidence
from quizgen.grading.marking.marks import NO_MARKS, Mark, Marks
from quizgen.grading.scores import PartScore, ScoreReport
from quizgen.items.item import Item, Part
from quizgen.items.open import Criterion, OpenKey
from quizgen.prose import fill, words
from quizgen.values import immutable


@immutable
class ToMark:
    """One response to mark. ``evidence`` has an entry for each line of the rubric; a part without one has none.

    ``mark`` holds what a person gave so far, with a line for each of the rubric's, or one for the whole part.
    """

    item: Item
    part: Part
    score: PartScore
    evidence: tuple[Evidence, ...]
    mark: Mark

    @property
    def reason(self) -> str:
        """Why a part without a rubric waits for a person, and what was found in it so far."""
        said = self.score.feedback
        return self.score.fault or (words(said) if isinstance(said, Prose) else said)

    def text(self, source: str) -> Prose:
        """A text of the item with its numbers."""
        return fill(source, numbers=self.item.numbers, truths=self.item.truths)

    def criterion(self, criterion: Criterion) -> str:
        """A line of the rubric in plain words."""
        return words(self.text(criterion.criterion))


def to_mark(
    form: Form, reports: Sequence[ScoreReport], marks: Marks = NO_MARKS
) -> tuple[tuple[str, tuple[ToMark, ...]], ...]:
    """The students of whom something waits for a person, or was marked in ``marks``, each with all of it."""
    parts = {part.label: (item, part) for item in form.items for part in item.parts}
    found = (
        (
            report.student,
            tuple(
                _entry(*parts[score.label], score, marks.get((report.student, score.label)))
                for score in report.parts
                if score.status == "needs-review" or (report.student, score.label) in marks
            ),
        )
        for report in reports
    )
    return tuple((student, entries) for student, entries in found if entries)


def _entry(item: Item, part: Part, score: PartScore, mark: Mark | None) -> ToMark:
    has_rubric = isinstance(part.key, OpenKey) and not score.fault
    evidence = find_evidence(part.key, score.response) if isinstance(part.key, OpenKey) and has_rubric else ()
    blank = Mark(lines=(None,) * max(1, len(evidence)))
    return ToMark(item=item, part=part, score=score, evidence=evidence, mark=mark or blank)
