"""A vector, a matrix or a set of numbers: each entry is graded as a number, and earns its share of the points."""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

from quizgen.blocks import AnswerBox, Block, Sentence
from quizgen.checks import SelfCheck
from quizgen.inputs import Input, Inputs
from quizgen.items.contract import Fill, ItemType, Path, Settings, Values, Verdict
from quizgen.items.item import Misconception, Part
from quizgen.items.mistakes import Mistake, notice
from quizgen.items.vector_key import VectorKey, WrongVector, entry_names, grade_vector, is_near, self_check
from quizgen.numbers.printing import Precision, precision_fault
from quizgen.numbers.spelling import to_unicode
from quizgen.numbers.vectors import asked_for, is_vector
from quizgen.values import immutable
from quizgen.words import joined, say

DEFAULT_FIGURES: Final = 3
MISTAKE_FIGURES: Final = 4
WIDEST_BOX_MM: Final = 120.0

Entries = tuple[str, ...] | tuple[tuple[str, ...], ...]


@immutable
class WrongVectorSpec:
    """What a mistake leads to."""

    misconception: str
    """The id of the mistake in misconceptions.yaml."""
    entries: Entries
    """The wrong entries as expressions, in the shape of the right ones."""
    because: str
    """What went wrong and what to do instead; a text."""


@immutable
class VectorSpec:
    """A part that is answered with a vector or a matrix."""

    entries: Entries
    """The right entries as expressions: a list for a vector, a list of rows for a matrix."""
    any_order: bool = False
    """Whether the entries of a vector may be given in any order, as eigenvalues may."""
    rtol: float = 0.01
    """How far from its key an entry still counts as right, relative to it; 0 for whole numbers."""
    atol: float = 0.0
    """How far from its key an entry still counts as right, in its own unit; for entries that can be nearly 0."""
    unit: str = ""
    """The unit of the entries, printed after the answer box, and read if the student writes it."""
    figures: int | None = None
    """How many significant figures the model answer prints of entries that are no names with figures of their own."""
    fractions: bool = False
    """Whether 1/2 may be written."""
    percent: bool = False
    """Whether 50% may be written for 0.5."""
    wrong: tuple[WrongVectorSpec, ...] = ()
    """What known mistakes lead to."""


class Vector(ItemType[VectorSpec, VectorKey]):
    """A vector or a matrix to compute."""

    name = "vector"
    spec = VectorSpec
    key = VectorKey

    def expressions(self, spec: VectorSpec) -> Iterator[tuple[Path, str]]:
        """The right entries, and those that mistakes lead to."""
        yield from _sources(("entries",), spec.entries)
        for index, wrong in enumerate(spec.wrong):
            yield from _sources(("wrong", index, "entries"), wrong.entries)

    def derived(self, spec: VectorSpec) -> Iterator[tuple[Path, str]]:
        """The right entries."""
        yield from _sources(("entries",), spec.entries)

    def texts(self, spec: VectorSpec) -> Iterator[tuple[Path, str]]:
        """Why the mistakes are mistakes."""
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "because"), wrong.because

    def mistakes(self, spec: VectorSpec) -> Iterator[tuple[Path, str]]:
        """The mistakes that lead to wrong entries."""
        for index, wrong in enumerate(spec.wrong):
            yield ("wrong", index, "misconception"), wrong.misconception

    def check(self, spec: VectorSpec, points: float) -> Iterator[tuple[Path, str]]:
        """Rows of one length, mistakes in the same shape, tolerances that make sense and enough figures for them."""
        del points
        lengths = [len(row) for row in _rows(spec.entries)]
        if sum(lengths) < 2 or len(set(lengths)) > 1:
            yield ("entries",), "expected two or more entries, in rows of one length"
        for index, wrong in enumerate(spec.wrong):
            if [len(row) for row in _rows(wrong.entries)] != lengths:
                yield ("wrong", index, "entries"), "expected the shape of the right entries"
        if spec.any_order and len(lengths) > 1:
            yield ("any_order",), "the entries of a matrix have their places"
        if not 0 <= spec.rtol < 0.5:
            yield ("rtol",), f"{spec.rtol:g}: expected a tolerance from 0 to less than 0.5"
        if spec.atol < 0:
            yield ("atol",), f"{spec.atol:g}: expected a tolerance of at least 0"
        if spec.figures is not None and (fault := precision_fault(Precision(kind="figures", count=spec.figures))):
            yield ("figures",), fault

    def make(self, spec: VectorSpec, values: Values, misconceptions: Sequence[Misconception]) -> VectorKey:
        """The entries as they follow from the printed numbers."""
        del misconceptions
        found = _evaluated(spec, spec.entries, values.key)
        precisions = [_precision(spec, source, values) for source in _flat(spec.entries)]
        return VectorKey(
            columns=len(_rows(spec.entries)[0]),
            values=found,
            printed=tuple(
                precision.spell(value) if math.isfinite(value) else str(value)
                for precision, value in zip(precisions, found, strict=True)
            ),
            any_order=spec.any_order,
            rtol=spec.rtol,
            atol=spec.atol,
            unit=spec.unit,
            fractions=spec.fractions,
            percent=spec.percent,
            wrong=tuple(
                WrongVector(
                    misconception=wrong.misconception,
                    values=_evaluated(spec, wrong.entries, values.key),
                    because=wrong.because,
                )
                for wrong in spec.wrong
            ),
        )

    def faults(
        self, spec: VectorSpec, key: VectorKey, values: Values, misconceptions: Sequence[Misconception]
    ) -> Iterator[str]:
        """The certificate of a number for each entry; and the page must not print all of them."""
        del misconceptions
        frames = {
            "raw": _evaluated(spec, spec.entries, values.raw),
            "hand": _evaluated(spec, spec.entries, values.hand),
        }
        if not all(map(math.isfinite, (*key.values, *frames["raw"], *frames["hand"]))):
            yield "key is not finite"
            return
        yield from _precision_faults(spec, values)
        yield from _tolerance_faults(key)
        for frame, found in frames.items():
            if not _are_near(found, key, share=0.5):
                yield f"{frame} value drifts from the key"
        for wrong in key.wrong:
            if not all(map(math.isfinite, wrong.values)):
                yield f"misconception {wrong.misconception} is not finite"
            elif _are_near(wrong.values, key, share=2.0):
                yield f"misconception {wrong.misconception} is too close to the key"
        if key.any_order and any(is_near(a, b, key, share=2.0) for a, b in combinations(key.values, 2)):
            yield "two entries are too close to each other to stand in any order"
        shown = [number.value for number in values.quiz_numbers.values()]
        if all(any(is_near(number, value, key) for number in shown) for value in key.values):
            yield "the page prints all the entries"
        if grade_vector(key, key.response, Settings()).status != "right":
            yield "the printed key is not accepted"

    def quiz_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """How to write it, room for working, and a box as wide as the entries need."""
        del fill
        key = self.key_of(part)
        if is_vector(key.shape):
            name = "asks.numbers_in_any_order" if key.any_order else "asks.numbers_in_order"
            request = say(name, count=len(key.values))
        else:
            request = say("asks.matrix")
        width = min(35.0 + 15.0 * (len(key.values) - 1), WIDEST_BOX_MM)
        box = AnswerBox(working_mm=12 + 6 * part.points, label=part.label, unit=key.unit, width_mm=width)
        return Sentence(text=request), box

    def answer_blocks(self, part: Part, fill: Fill) -> tuple[Block, ...]:
        """The entries with their tolerance, then each mistake with the entries that it leads to."""
        key = self.key_of(part)
        answer = " ".join(filter(None, (key.spelt([to_unicode(printed) for printed in key.printed]), key.unit)))
        return (
            Sentence(text=say("answers.is_within", answer=answer, tolerance=_tolerance(key)), strong=True),
            *(notice(Mistake(wrong.misconception, wrong.because), _shown(wrong, key), fill) for wrong in key.wrong),
        )

    def how_to_answer(self, part: Part) -> str:
        """How many numbers, and the marks between them."""
        key = self.key_of(part)
        example = key.spelt([str(number) for number in range(1, len(key.values) + 1)])
        numbers = asked_for(key.shape)
        if key.unit:
            return say("how.numbers_in", numbers=numbers, unit=key.unit, example=example)
        return say("how.numbers", numbers=numbers, example=example)

    def inputs(self, part: Part) -> Inputs:
        """A line for each number; those of a matrix stand in its rows and columns."""
        key = self.key_of(part)
        how = say("how.number")
        entries = [
            Input(kind="words", name=name, how="" if place else how, unit=key.unit, before=_mark(place, key))
            for place, name in enumerate(entry_names(key.shape))
        ]
        return Inputs(inputs=tuple(entries), between="", columns=key.columns)

    def self_check(self, part: Part) -> SelfCheck:
        """Each number within its tolerance, and the entries that mistakes lead to."""
        return self_check(self.key_of(part))

    def key_response(self, part: Part) -> str:
        """The entries as printed."""
        return self.key_of(part).response

    def grade(self, part: Part, response: str, settings: Settings) -> Verdict:
        """Each entry that is right within the tolerance earns its share; another shape is unreadable."""
        return grade_vector(self.key_of(part), response, settings)


def _rows(entries: Entries) -> tuple[tuple[str, ...], ...]:
    """The rows of a matrix; a vector is one row."""
    rows = tuple(entry for entry in entries if not isinstance(entry, str))
    return rows or (tuple(entry for entry in entries if isinstance(entry, str)),)


def _flat(entries: Entries) -> tuple[str, ...]:
    return tuple(source for row in _rows(entries) for source in row)


def _sources(path: Path, entries: Entries) -> Iterator[tuple[Path, str]]:
    """Every entry with the path to it."""
    for place, entry in enumerate(entries):
        if isinstance(entry, str):
            yield (*path, place), entry
        else:
            yield from (((*path, place, column), source) for column, source in enumerate(entry))


def _evaluated(spec: VectorSpec, entries: Entries, frame: Callable[[str], float]) -> tuple[float, ...]:
    """The entries in one frame; where they must be met exactly, to the 15 figures that float64 is good for."""
    found = tuple(frame(source) for source in _flat(entries))
    return tuple(float(f"{value:.15g}") for value in found) if _is_exact(spec) else found


def _is_exact(spec: VectorSpec) -> bool:
    return spec.rtol == 0 and spec.atol == 0


def _precision(spec: VectorSpec, source: str, values: Values) -> Precision:
    if spec.figures is not None:
        return Precision(kind="figures", count=spec.figures)
    exact = Precision(kind="exact") if _is_exact(spec) else None
    return values.precision(source) or exact or Precision(kind="figures", count=DEFAULT_FIGURES)


def _precision_faults(spec: VectorSpec, values: Values) -> Iterator[str]:
    for precision in {_precision(spec, source, values) for source in _flat(spec.entries)}:
        if precision.kind == "figures" and spec.rtol and 0.5 * 10 ** (1 - precision.count) > spec.rtol / 2 * (1 + 1e-9):
            yield f"{precision.count} figures are too few for a tolerance of {spec.rtol:g}"


def _tolerance_faults(key: VectorKey) -> Iterator[str]:
    """An absolute tolerance that swamps the relative one of the largest entry; 0 alone may be met exactly."""
    largest = max(map(abs, key.values))
    if key.rtol and key.atol > key.rtol * largest:
        yield f"atol {key.atol:g} is larger than rtol times the largest entry, {key.rtol * largest:.3g}"


def _are_near(values: Sequence[float], key: VectorKey, *, share: float) -> bool:
    """Whether every entry lies within ``share`` times the tolerance of the key's."""
    return all(is_near(value, target, key, share=share) for value, target in zip(values, key.values, strict=True))


def _tolerance(key: VectorKey) -> str:
    widths = [*([f"{100 * key.rtol:g} %"] if key.rtol else []), *([f"{key.atol:g}"] if key.atol else [])]
    accepted = say("answers.each_within", widths=joined("list.or", widths)) if widths else say("answers.exactly")
    return say("answers.in_any_order", accepted=accepted) if key.any_order else accepted


def _mark(place: int, key: VectorKey) -> str:
    """What stands before an entry in a response."""
    return "" if place == 0 else ", " if place % key.columns else "; "


def _shown(wrong: WrongVector, key: VectorKey) -> str:
    precision = Precision(kind="figures", count=MISTAKE_FIGURES) if key.rtol else Precision(kind="exact")
    return key.spelt([to_unicode(precision.spell(value)) for value in wrong.values])
