"""A text with gaps, each a small part of another item type; one response fills them all."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Final

from quizgen.blocks import AnswerBox, Block, Sentence, WritingLines
from quizgen.checks import EachCheck, SelfCheck
from quizgen.errors import did_you_mean
from quizgen.inputs import Inputs
from quizgen.items.cloze_response import split_response
from quizgen.items.cloze_verdict import together
from quizgen.items.contract import Fill, ItemType, Path, Settings, Values, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.template import MisconceptionSpec
from quizgen.numbers.printing import Number, Precision
from quizgen.numbers.reading import Unreadable
from quizgen.values import immutable
from quizgen.words import joined, literally, say

BLANK: Final = "_" * 12
LINE_MM: Final = 8.0  # height of one line to work on
_GAP: Final = re.compile(r"\[\[\s*([^\[\]\s]*)\s*\]\]")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_FORMULA: Final = re.compile(r"(?<!\\)\$\$?.*?(?<!\\)\$\$?", re.DOTALL)


@immutable
class GapSpec:
    """What belongs into one gap. `type` names how it is filled in; `spec` says it in that type's own fields."""

    type: str
    """The item type; in YAML it is the key under which the type's own fields stand."""
    spec: object
    """The type's own fields."""
    points: float = 1.0
    """The share of the part's points that the gap earns; those of all gaps add up to the points of the part."""
    misconceptions: Mapping[str, MisconceptionSpec] = field(default_factory=dict)
    """Mistakes by their ids in misconceptions.yaml, for a gap that is filled with a number."""


@immutable
class ClozeSpec:
    """A part that is answered by filling the gaps of a text."""

    text: str
    """The text; each gap stands in it once, outside formulas, as its name in double brackets: `[[rate]]`."""
    gaps: Mapping[str, GapSpec]
    """What belongs into the gaps, by their names; each is written like a part: exactly one item type."""


@immutable
class ClozeKey:
    """The text of a cloze, and its gaps in the order of the text: each a part of its own, called by its gap's name."""

    text: str
    gaps: tuple[Part, ...]


class Cloze(ItemType[ClozeSpec, ClozeKey]):
    """A text with gaps, which ``types`` can fill."""

    name = "cloze"
    spec = ClozeSpec
    key = ClozeKey

    def __init__(self, types: Mapping[str, ItemType[Any, Any]]) -> None:
        self.types = types

    # -- what the author wrote ---------------------------------------------------------------------------------------

    def expressions(self, spec: ClozeSpec) -> Iterator[tuple[Path, str]]:
        """Those of the gaps, and the values of their misconceptions."""
        for name, gap in spec.gaps.items():
            for place, source in self.types[gap.type].expressions(gap.spec):
                yield ("gaps", name, gap.type, *place), source
            for mistake, written in gap.misconceptions.items():
                yield ("gaps", name, "misconceptions", mistake, "value"), written.value

    def derived(self, spec: ClozeSpec) -> Iterator[tuple[Path, str]]:
        """Those of the gaps."""
        for name, gap in spec.gaps.items():
            for place, source in self.types[gap.type].derived(gap.spec):
                yield ("gaps", name, gap.type, *place), source

    def texts(self, spec: ClozeSpec) -> Iterator[tuple[Path, str]]:
        """The text, those of the gaps, and what is said of their misconceptions."""
        yield ("text",), spec.text
        for name, gap in spec.gaps.items():
            for place, source in self.types[gap.type].texts(gap.spec):
                yield ("gaps", name, gap.type, *place), source
            for mistake, written in gap.misconceptions.items():
                yield ("gaps", name, "misconceptions", mistake, "because"), written.because

    def mistakes(self, spec: ClozeSpec) -> Iterator[tuple[Path, str]]:
        """The mistakes that lead to answers in the gaps."""
        for name, gap in spec.gaps.items():
            for mistake in gap.misconceptions:
                yield ("gaps", name, "misconceptions", mistake), mistake
            for place, mistake in self.types[gap.type].mistakes(gap.spec):
                yield ("gaps", name, gap.type, *place), mistake

    def check(self, spec: ClozeSpec, points: float) -> Iterator[tuple[Path, str]]:
        """Gaps that stand in the text once each, outside formulas; their points, and what is wrong with each."""
        yield from ((("text",), fault) for fault in _marker_faults(spec))
        total = math.fsum(gap.points for gap in spec.gaps.values())
        if total != points:
            yield ("gaps",), f"the gaps add up to {total:g} points, the part to {points:g}"
        for name, gap in spec.gaps.items():
            if gap.points <= 0:
                yield ("gaps", name, "points"), f"{gap.points:g} points"
            if not _NAME.fullmatch(name):
                yield ("gaps", name), f"{name!r}: a gap's name has small letters, digits and underscores"
            if gap.misconceptions and self.types[gap.type].number(gap.spec) is None:
                yield ("gaps", name, "misconceptions"), f"a gap of the type {gap.type} is not filled with a number"
            for mistake, written in gap.misconceptions.items():
                if not written.because.strip():
                    yield ("gaps", name, "misconceptions", mistake), "because is missing"
            for place, fault in self.types[gap.type].check(gap.spec, gap.points):
                yield ("gaps", name, gap.type, *place), fault

    # -- one variant -------------------------------------------------------------------------------------------------

    def make(self, spec: ClozeSpec, values: Values, misconceptions: Sequence[Misconception]) -> ClozeKey:
        """The keys of all gaps.  Raises: Rejected where one of them cannot be asked."""
        del misconceptions
        named = enumerate(_names(spec.text), start=1)
        return ClozeKey(
            text=spec.text, gaps=tuple(self._gap(name, number, spec.gaps[name], values) for number, name in named)
        )

    def _gap(self, name: str, number: int, gap: GapSpec, values: Values) -> Part:
        misconceptions = tuple(
            Misconception(id=mistake, value=values.key(written.value), because=written.because, name=written.name)
            for mistake, written in gap.misconceptions.items()
        )
        return Part(
            label=f"({number})",
            id=name,
            type=gap.type,
            points=gap.points,
            ask="",
            key=self.types[gap.type].make(gap.spec, _GapValues(values, name), misconceptions),
            misconceptions=misconceptions,
        )

    def faults(
        self, spec: ClozeSpec, key: ClozeKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """The rules that the gaps break, each by the certificate of its own type."""
        del misconceptions
        for gap in key.gaps:
            own = self.types[gap.type].faults(spec.gaps[gap.id].spec, gap.key, values, gap.misconceptions)
            yield from (f"gap {gap.id}: {fault}" for fault in own)

    # -- pages and responses -----------------------------------------------------------------------------------------

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The text with numbered blanks, what is offered for each, and lines to work on where there is to compute."""
        key = self.key_of(part)
        own = {gap.id: self._type(gap).quiz_blocks(gap, fill) for gap in key.gaps}
        boxes = {
            name: next((b for b in blocks if isinstance(b, AnswerBox)), AnswerBox()) for name, blocks in own.items()
        }
        offered: list[Block] = []
        for gap in key.gaps:
            shown = [block for block in own[gap.id] if not isinstance(block, AnswerBox)]
            offered += [Sentence(text=say("asks.for_blank", blank=gap.label)), *shown] if shown else []
        working = max(box.working_mm for box in boxes.values())
        lines = (
            (Sentence(text=say("asks.working")), WritingLines(lines=math.ceil(working / LINE_MM))) if working else ()
        )
        units = {gap.id: f"**{gap.label}** {literally(BLANK)} {boxes[gap.id].unit}".rstrip() for gap in key.gaps}
        return (fill(_GAP.sub(lambda gap: units[gap[1]], key.text)), *offered, *lines)

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """All answers on one line, then what each gap's own type has to say."""
        key = self.key_of(part)
        blocks: list[Block] = [Sentence(text=say("answers.is", answer=self._joined(key)), strong=True)]
        for gap in key.gaps:
            blocks += [
                Sentence(text=say("answers.blank", blank=gap.label), strong=True),
                *self._type(gap).answer_blocks(gap, fill),
            ]
        return tuple(blocks)

    def how_to_answer(self, part: Part) -> str:
        """An answer for each blank."""
        key = self.key_of(part)
        each = (say("how.blank", blank=gap.label, how=self._type(gap).how_to_answer(gap)) for gap in key.gaps)
        return say("how.blanks", each=joined("list.semicolon", each))

    def inputs(self, part: Part) -> Inputs:
        """The one place of each gap's own type."""
        entries = ((gap, self._type(gap).inputs(gap).inputs[0]) for gap in self.key_of(part).gaps)
        named = (
            replace(entry, name=say("asks.which_blank", blank=gap.label), before=f"{gap.label} ")
            for gap, entry in entries
        )
        return Inputs(inputs=tuple(named), between="; ")

    def self_check(self, part: Part) -> SelfCheck:
        """Each gap by itself, with the hints of its own type."""
        gaps = self.key_of(part).gaps
        found = [self._type(gap).self_check(gap) for gap in gaps]
        hints = [
            (EachCheck(checks=tuple(check if other == place else None for other in range(len(gaps)))), because)
            for place, own in enumerate(found)
            for check, because in own.hints
        ]
        return SelfCheck(check=EachCheck(checks=tuple(own.check for own in found)), hints=tuple(hints))

    def key_response(self, part: Part) -> str:
        """Such as "(1) 0.31; (2) B"."""
        return self._joined(self.key_of(part))

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Each gap by its own type.

        Where a person must decide about one gap, the whole part waits for that person. A gap that cannot be read earns
        nothing and is named; the part is unreadable where no other gap earns anything, and never just wrong.
        """
        key = self.key_of(part)
        written = split_response(response, [gap.id for gap in key.gaps])
        if isinstance(written, Unreadable):
            return Verdict(status="unreadable", feedback=written.told)
        verdicts = [
            self._type(gap).grade(gap, text, settings) if text else Verdict(status="not-answered")
            for gap, text in zip(key.gaps, written, strict=True)
        ]
        return together(key.gaps, verdicts)

    def _type(self, gap: Part) -> ItemType[Any, Any]:
        return self.types[gap.type]

    def _joined(self, key: ClozeKey) -> str:
        return "; ".join(f"{gap.label} {self._type(gap).key_response(gap)}" for gap in key.gaps)


@immutable(kw_only=False)
class _GapValues:
    """The values of a variant as one gap reads them: with shuffles of its own, so that no gap tells another's order."""

    of: Values
    gap: str

    def key(self, expression: str) -> float:
        """As it follows from what is printed."""
        return self.of.key(expression)

    def printed(self, expression: str, precision: Precision) -> str:
        """The same, printed."""
        return self.of.printed(expression, precision)

    def raw(self, expression: str) -> float:
        """With nothing rounded."""
        return self.of.raw(expression)

    def hand(self, expression: str) -> float:
        """With everything printed rounded."""
        return self.of.hand(expression)

    def precision(self, expression: str) -> Precision | None:
        """How the page prints it."""
        return self.of.precision(expression)

    def words(self, text: str) -> str:
        """What a text says."""
        return self.of.words(text)

    def order(self, purpose: str, count: int) -> Sequence[int]:
        """A shuffle of this gap's own."""
        return self.of.order(f"{self.gap}: {purpose}", count)

    @property
    def quiz_numbers(self) -> Mapping[str, Number]:
        """The numbers on the student's page."""
        return self.of.quiz_numbers


# -- the text ----------------------------------------------------------------------------------------------------------


def _names(text: str) -> list[str]:
    """The gaps in the order in which they stand in the text."""
    return _GAP.findall(text)


def _marker_faults(spec: ClozeSpec) -> Iterator[str]:
    counts = Counter(_names(spec.text))
    for name in counts:
        if name not in spec.gaps:
            yield f"no gap is named {name!r}; {did_you_mean(name, spec.gaps)}"
    for name in spec.gaps:
        if counts[name] != 1:
            yield f"the gap {name!r} stands in the text {counts[name]} times; write [[{name}]] once"
    for formula in _FORMULA.findall(spec.text):
        if _GAP.search(formula):
            yield f"a gap inside a formula: {formula}"
    if "<%" in spec.text and counts:
        yield "a text with gaps has no conditions, as a gap could vanish with them"
