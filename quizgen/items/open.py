"""An answer in the student's own words: a rubric says what earns points, and a person gives them."""

from collections.abc import Iterator, Sequence

from quizgen.blocks import Block, Grid, WritingLines
from quizgen.inputs import Input, Inputs
from quizgen.items.contract import Fill, ItemType, Path, Settings, Values, Varying, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.values import immutable
from quizgen.words import say


@immutable
class CriterionSpec:
    """One line of a rubric as its author wrote it."""

    criterion: str
    """What earns the points; a text."""
    points: float
    """Points that this line can earn."""
    evidence: tuple[str, ...] = ()
    """Key phrases, all of which should be found: `a | b` where either will do, `multipl*` for any ending."""
    contradicted_by: tuple[str, ...] = ()
    """Phrases that show the opposite was written."""


@immutable
class OpenSpec:
    """A part that is answered in words."""

    lines: int
    """Writing lines on the printed page."""
    rubric: tuple[CriterionSpec, ...]
    """What earns points; the points must add up to those of the part."""


@immutable
class Criterion:
    """One line of the rubric: every group of `evidence` should be met by one of its phrases."""

    criterion: str
    points: float
    evidence: tuple[tuple[str, ...], ...]
    contradicted_by: tuple[str, ...]


@immutable
class OpenKey:
    """The rubric of an open part."""

    criteria: tuple[Criterion, ...]
    lines: int


class Open(ItemType[OpenSpec, OpenKey]):
    """An answer in the student's own words."""

    name = "open"
    spec = OpenSpec
    key = OpenKey

    def texts(self, spec: OpenSpec) -> Iterator[tuple[Path, str]]:
        """The criteria."""
        for index, line in enumerate(spec.rubric):
            yield ("rubric", index, "criterion"), line.criterion

    def check(self, spec: OpenSpec, points: float) -> Iterator[tuple[Path, str]]:
        """A rubric that adds up to the points of the part."""
        total = sum(line.points for line in spec.rubric)
        if total != points:
            yield ("rubric",), f"the criteria add up to {total:g} points, the part to {points:g}"
        if any(line.points <= 0 for line in spec.rubric):
            yield ("rubric",), "every criterion needs points"
        if spec.lines < 1:
            yield ("lines",), f"{spec.lines} lines to write on"

    def make(self, spec: OpenSpec, values: Values, misconceptions: Sequence[Misconception]) -> OpenKey:
        """The rubric with its evidence split into alternatives."""
        del values, misconceptions
        criteria = tuple(
            Criterion(
                criterion=line.criterion,
                points=line.points,
                evidence=tuple(tuple(phrase.strip() for phrase in group.split("|")) for group in line.evidence),
                contradicted_by=line.contradicted_by,
            )
            for line in spec.rubric
        )
        return OpenKey(criteria=criteria, lines=spec.lines)

    def varying(self, key: OpenKey) -> Varying:
        """Nothing: keys that look alike are equal."""
        return Varying(look=key)

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """Lines to write on."""
        del fill
        return (WritingLines(lines=self.key_of(part).lines),)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The rubric with its points."""
        rows = tuple((fill(line.criterion), f"{line.points:g}") for line in self.key_of(part).criteria)
        return (Grid(header=(say("answers.rubric"), say("answers.points")), rows=rows, align=("left", "right")),)

    def how_to_answer(self, part: Part) -> str:
        """In words."""
        return say("how.words", lines=str(self.key_of(part).lines))

    def inputs(self, part: Part) -> Inputs:
        """Room for as many lines as on paper."""
        return Inputs(inputs=(Input(kind="lines", lines=self.key_of(part).lines),))

    def key_response(self, part: Part) -> str:
        """None: a person gives the points."""
        del part
        return ""

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """A person decides."""
        del part, response, settings
        return Verdict(status="needs-review", feedback=say("told.marked_by_a_person"))
