"""A template's numbers for many variants at once: drawn, simulated, given, computed.

Everything is evaluated three times, as the key must follow from what is printed: *raw* rounds nothing, *key* rounds
what is given, *hand* rounds whatever is printed, as a person with a pencil does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from quizgen import expressions, prose
from quizgen.errors import QuizgenError
from quizgen.experiments.contract import Measurements
from quizgen.experiments.run import run as run_experiment
from quizgen.expressions import Expression
from quizgen.items.contract import Rejected
from quizgen.items.draws import Variant, draw_numbers
from quizgen.items.plan import Plan, Rule, Run
from quizgen.items.work import Inputs, inputs_of, work_of_draws
from quizgen.numbers.columns import spell_all
from quizgen.numbers.printing import Number, Precision
from quizgen.values import immutable

LARGEST: Final = 1e308  # what is larger might round up to infinity
FRAMES: Final = ("raw", "key", "hand")
Array = NDArray[Any]


@immutable
class Evaluation:
    """All variants of one batch: an environment for each frame, and the numbers as they are printed.

    Arrays in ``frames`` have one entry per variant. ``numbers[name][v]`` is None where the value cannot be printed.
    ``work[v]`` is how much work the variant's draw was (see `quizgen.items.work`).
    """

    plan: Plan
    variants: Sequence[Variant]
    frames: Mapping[str, Mapping[str, Any]]
    numbers: Mapping[str, Sequence[Number | None]]
    unprintable: Mapping[str, frozenset[int]]  # the variants that lack a number, where some do
    shown: Sequence[str]  # the numbers that the student's page prints
    inputs: Inputs
    work: Array
    _columns: dict[tuple[str, str], Array] = field(default_factory=dict)
    _values: dict[str, dict[str, list[float]]] = field(default_factory=lambda: {frame: {} for frame in FRAMES})
    _printed: dict[tuple[str, str, int], list[str | None]] = field(default_factory=dict)

    def column(self, frame: str, expression: str) -> Array:
        """``expression`` over all variants in one frame, computed once."""
        slot = (frame, expression)
        if slot not in self._columns:
            self._columns[slot] = _spread(expressions.parse(expression), self.frames[frame], self.variants)
        return self._columns[slot]

    def values(self, frame: str, expression: str) -> list[float]:
        """The same as plain numbers, which are read faster one by one; a condition that holds is 1."""
        known = self._values[frame]
        if expression not in known:
            known[expression] = self.column(frame, expression).astype(np.float64).tolist()
        return known[expression]

    def printed(self, expression: str, precision: Precision) -> list[str | None]:
        """What follows from the printed numbers, printed to ``precision``; None where it cannot be printed."""
        slot = (expression, precision.kind, precision.count)
        if slot not in self._printed:
            self._printed[slot] = _spell_all(precision, self.column("key", expression))
        return self._printed[slot]

    def of(self, index: int) -> "VariantValues":
        """The view of one variant.  Raises: Rejected if a number cannot be printed or a requirement is not met."""
        for name, lacking in self.unprintable.items():
            if index in lacking:
                raise Rejected(f"not finite: {name}")
        for requirement in self.plan.require:
            if not self.values("key", requirement.source)[index]:
                raise Rejected(f"require: {requirement.source}")
        truths: dict[str, bool] = {}
        for name in self.plan.ordered_truths:
            found = {bool(self.values(frame, name)[index]) for frame in FRAMES}
            if len(found) > 1:
                raise Rejected(f"rounding decides: {name}")
            truths[name] = found.pop()
        numbers = {name: cast("Number", row[index]) for name, row in self.numbers.items()}
        return VariantValues(
            evaluation=self,
            index=index,
            numbers=numbers,
            quiz_numbers={name: numbers[name] for name in self.shown},
            truths=truths,
        )


@dataclass(frozen=True)
class EvaluationColumns:
    """What an item type may read of all variants at once (`quizgen.items.contract.Columns`)."""

    evaluation: Evaluation

    def key(self, expression: str) -> Array:
        """The value as it follows from what is printed."""
        return self.evaluation.column("key", expression)

    def raw(self, expression: str) -> Array:
        """The value with nothing rounded."""
        return self.evaluation.column("raw", expression)

    def hand(self, expression: str) -> Array:
        """The value when every printed number is rounded as printed."""
        return self.evaluation.column("hand", expression)

    def precision(self, expression: str) -> Precision | None:
        """How the page prints this expression, where it is a name with a printed precision."""
        rule = self.evaluation.plan.rule(expression.strip())
        return rule.precision if rule else None

    @cached_property
    def quiz_numbers(self) -> Mapping[str, Array]:
        """The numbers that the student's page prints, by name; NaN where one cannot be printed."""
        names = self.evaluation.plan.quiz_names
        return {name: _values(row) for name, row in self.evaluation.numbers.items() if name in names}


@immutable
class VariantValues:
    """What an item type may read of one variant (`quizgen.items.contract.Values`).

    ``numbers`` are all that some page prints, ``quiz_numbers`` those of the student's page, ``truths`` every condition.
    """

    evaluation: Evaluation
    index: int
    numbers: Mapping[str, Number]
    quiz_numbers: Mapping[str, Number]
    truths: Mapping[str, bool]
    part: str = ""  # whose key is being made: each part has shuffles of its own

    def of_part(self, part: str) -> "VariantValues":
        """The same values for another part."""
        return VariantValues(
            evaluation=self.evaluation,
            index=self.index,
            numbers=self.numbers,
            quiz_numbers=self.quiz_numbers,
            truths=self.truths,
            part=part,
        )

    def key(self, expression: str) -> float:
        """The value as it follows from what is printed."""
        return self.evaluation.values("key", expression)[self.index]

    def printed(self, expression: str, precision: Precision) -> str:
        """`key` as it is printed to ``precision``."""
        return self.evaluation.printed(expression, precision)[self.index] or str(self.key(expression))

    def raw(self, expression: str) -> float:
        """The value with nothing rounded."""
        return self.evaluation.values("raw", expression)[self.index]

    def hand(self, expression: str) -> float:
        """The value when every printed number is rounded as printed."""
        return self.evaluation.values("hand", expression)[self.index]

    def precision(self, expression: str) -> Precision | None:
        """How the page prints this expression, where it is a name with a printed precision."""
        rule = self.evaluation.plan.rule(expression.strip())
        return rule.precision if rule else None

    def words(self, text: str) -> str:
        """What a text says in this variant, in plain words."""
        return prose.words(prose.fill(text, numbers=self.numbers, truths=self.truths))

    def order(self, purpose: str, count: int) -> Sequence[int]:
        """A shuffle of ``range(count)`` of this variant's own."""
        return self.variant.order(f"{self.part} {purpose}", count)

    @property
    def variant(self) -> Variant:
        """Which variant this is."""
        return self.evaluation.variants[self.index]

    @property
    def inputs(self) -> Mapping[str, Mapping[str, float | str]]:
        """The arguments of every simulation."""
        return inputs_of(self.evaluation.inputs, self.index)


def evaluate(plan: Plan, variants: Sequence[Variant]) -> Evaluation:
    """Draw, simulate and compute every number of the variants, all at once.

    Raises: QuizgenError where an expression reads beyond the end of a series, an argument is out of its range, or the
    simulations are too much work.
    """
    numbers: dict[str, Sequence[Number | None]] = {
        name: draw_numbers(draw, variants, name) for name, draw in plan.template.draw.items()
    }
    drawn = {name: np.array([number.raw for number in row if number]) for name, row in numbers.items()}
    frames: dict[str, dict[str, Any]] = {frame: dict(drawn) for frame in FRAMES}
    inputs = {run.name: _arguments(run, drawn, variants) for run in plan.runs}
    work = work_of_draws(plan, variants, inputs)
    for run in plan.runs:
        measurements = _simulate(run, inputs[run.name], drawn, variants)
        for environment in frames.values():
            environment[run.name] = measurements
    for rule in plan.given:
        raw = _spread(rule.expression, frames["raw"], variants)
        numbers[rule.name] = _print_all(rule, raw)
        printed = _values(numbers[rule.name])
        frames["raw"][rule.name], frames["key"][rule.name], frames["hand"][rule.name] = raw, printed, printed
    for rule in plan.compute:
        for environment in frames.values():
            environment[rule.name] = _spread(rule.expression, environment, variants)
        if rule.precision:
            key, hand = frames["key"][rule.name], frames["hand"][rule.name]
            numbers[rule.name] = _print_all(rule, key)
            frames["hand"][rule.name] = _rounded(rule.precision, hand, key, _values(numbers[rule.name]))
    return Evaluation(
        plan=plan,
        variants=variants,
        frames=frames,
        numbers=numbers,
        unprintable=_unprintable(numbers),
        shown=tuple(name for name in numbers if name in plan.quiz_names),
        inputs=inputs,
        work=work,
    )


def _unprintable(numbers: Mapping[str, Sequence[Number | None]]) -> dict[str, frozenset[int]]:
    """The variants in which a number cannot be printed, by its name."""
    lacking = {name: frozenset(i for i, number in enumerate(row) if number is None) for name, row in numbers.items()}
    return {name: variants for name, variants in lacking.items() if variants}


def _arguments(run: Run, drawn: Mapping[str, Array], variants: Sequence[Variant]) -> Mapping[str, Array | str]:
    numbers = {name: _spread(source, drawn, variants) for name, source in run.numbers.items()}
    return {**numbers, **run.words}


def _simulate(
    run: Run, arguments: Mapping[str, Array | str], drawn: Mapping[str, Array], variants: Sequence[Variant]
) -> Measurements:
    wanted = {
        quantity: None if indices is None else [_spread(index, drawn, variants) for index in indices]
        for quantity, indices in run.wanted.items()
    }
    seeds = [variant.stream(run.name) for variant in variants]
    return run_experiment(run.experiment.name, arguments, seeds=seeds, wanted=wanted)


def _spread(expression: Expression, environment: Mapping[str, Any], variants: Sequence[Variant]) -> Array:
    """The value for each variant.  Raises: QuizgenError where the expression reads beyond the end of a series."""
    try:
        found = np.asarray(expression(environment))
        return found if found.ndim else np.full(len(variants), found)
    except IndexError as error:
        first = variants[0]
        raise QuizgenError(
            f"{first.template}: {expression.source!r} cannot be read (seed {first.seed}): {error}",
            hint="run the simulation over more timesteps, or read it earlier",
        ) from None


def _print_all(rule: Rule, values: Array) -> list[Number | None]:
    assert rule.precision is not None  # noqa: S101  (only what is printed comes here)
    spelt = _spell_all(rule.precision, values)
    raw = values.astype(np.float64).tolist()
    return [Number(printed=printed, raw=value) if printed else None for printed, value in zip(spelt, raw, strict=True)]


def _spell_all(precision: Precision, values: Array) -> list[str | None]:
    """Each value as it is printed; None for what is no number, or too large."""
    is_printable = np.abs(values) < LARGEST
    spelt = iter(spell_all(precision, values[is_printable].astype(np.float64)))
    return [next(spelt) if printable else None for printable in is_printable.tolist()]


def _rounded(precision: Precision, values: Array, known: Array, printed: Array) -> Array:
    """``values`` as they are printed; that of ``known`` ones is known already."""
    rounded = np.where(np.abs(values) < LARGEST, printed, np.nan)
    differs = (values != known) & (np.abs(values) < LARGEST)
    rounded[differs] = list(map(float, spell_all(precision, values[differs])))
    return rounded


def _values(numbers: Iterable[Number | None]) -> Array:
    return np.array([np.nan if number is None else number.value for number in numbers])
