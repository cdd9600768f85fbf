"""An item template and its variants → items: each drawn again until it satisfies every rule of the certificate."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Final

import numpy as np

from quizgen.errors import QuizgenError
from quizgen.experiments.contract import Series
from quizgen.figures.figure import Curve, FigureData, Mark
from quizgen.items import ITEM_TYPES, offers
from quizgen.items.carrying import Steps, inputs, steps_between
from quizgen.items.contract import Rejected
from quizgen.items.draws import Variant
from quizgen.items.evaluation import Evaluation, EvaluationColumns, VariantValues, evaluate
from quizgen.items.figure_lines import branches
from quizgen.items.item import CarriedError, Item, Misconception, Part, Provenance
from quizgen.items.page_rules import printed_names
from quizgen.items.plan import Plan
from quizgen.items.planner import plan
from quizgen.items.template import FigureSpec, ItemTemplate, PartSpec
from quizgen.items.work import MAX_WORK_IN_ALL
from quizgen.values import immutable

MAX_ATTEMPTS: Final = 200


@immutable
class Outcome:
    """What became of one variant: its item with the values behind it, and the rules that earlier draws broke, in order.

    ``item`` and ``values`` are None if all `MAX_ATTEMPTS` draws were turned down, or fewer that were enough work.
    """

    item: Item | None = None
    values: VariantValues | None = None
    broken: tuple[str, ...]


@immutable
class Realisation:
    """The items of the variants that were asked for, and why earlier draws were turned down."""

    items: tuple[Item, ...]
    rejections: Mapping[str, int]  # rule -> how often a draw broke it


def realise(template: ItemTemplate, *, seed: int, variants: Sequence[int]) -> Realisation:
    """Make the items of ``variants``; draws that break a rule are made again with the next attempt number.

    Raises: QuizgenError naming the rule and the seed if a variant fails `MAX_ATTEMPTS` times, or fewer times that were
    enough work.
    """
    asked = [Variant(seed=seed, template=template.id, variant=variant) for variant in variants]
    outcomes = attempt(template, asked)
    items: list[Item] = []
    for variant, outcome in zip(asked, outcomes, strict=True):
        if outcome.item is None:
            raise turned_down(variant, outcome)
        items.append(outcome.item)
    rejections = Counter(rule for outcome in outcomes for rule in outcome.broken)
    return Realisation(items=tuple(items), rejections=dict(rejections))


def attempt(template: ItemTemplate, variants: Sequence[Variant], *, labels: Sequence[str] = ()) -> tuple[Outcome, ...]:
    """Try to make the item of each of ``variants``, whatever their seeds, all at once.

    ``labels`` are those of the parts, where they are known already. The items are those that `realise` makes one by
    one: what else is in the batch changes no bit.
    Raises: QuizgenError where an expression reads beyond the end of a series, an argument is out of its range, or the
    simulations are too much work.
    """
    ready = plan(template)
    broken: list[list[str]] = [[] for _ in variants]
    made: dict[int, tuple[Item, VariantValues]] = {}
    spent = [0.0] * len(variants)
    waiting = list(range(len(variants)))
    called = labels or [""] * len(template.parts)
    for number in range(MAX_ATTEMPTS):
        evaluation = evaluate(ready, [variants[place].again(number) for place in waiting])
        certain = _certain(ready, evaluation)
        for index, place in enumerate(waiting):
            spent[place] += float(evaluation.work[index])
            try:
                values = evaluation.of(index)
                made[place] = _item(ready, values, certain[index], called), values
            except Rejected as rule:
                broken[place].append(str(rule))
        waiting = [place for place in waiting if place not in made and spent[place] < MAX_WORK_IN_ALL]
        if not waiting:
            break
    return tuple(_outcome(made.get(place), rules) for place, rules in enumerate(broken))


def turned_down(variant: Variant, outcome: Outcome) -> QuizgenError:
    """The error that tells that no draw of a variant was accepted."""
    rule, count = Counter(outcome.broken).most_common(1)[0]
    tries = len(outcome.broken)
    more = "" if tries == MAX_ATTEMPTS else ", and more would be too much work"
    return QuizgenError(
        f"{variant.template}: {tries} draws in a row were turned down{more} "
        f"(seed {variant.seed}, variant {variant.variant})",
        hint=f"the rule that was broken most often ({count} times): {rule}",
    )


def _outcome(made: tuple[Item, VariantValues] | None, broken: Sequence[str]) -> Outcome:
    item, values = made or (None, None)
    return Outcome(item=item, values=values, broken=tuple(broken))


def _certain(ready: Plan, evaluation: Evaluation) -> list[list[bool]]:
    """For each variant, of which of its parts it is certain already that they break no rule."""
    columns = EvaluationColumns(evaluation)
    found: list[list[bool]] = []
    for part in ready.template.parts:
        wrong = [mistake.value for mistake in part.misconceptions.values()]
        with np.errstate(all="ignore"):  # what is not finite is not certain
            certain = ITEM_TYPES[part.type].certain(part.spec, columns, wrong)
        found.append([False] * len(evaluation.variants) if certain is None else certain.tolist())
    return [[part[index] for part in found] for index in range(len(evaluation.variants))]


def _item(ready: Plan, values: VariantValues, certain: Sequence[bool], labels: Sequence[str]) -> Item:
    template = ready.template
    variant = values.variant
    for name in sorted(ready.needed - printed_names(template, values.truths)):
        raise Rejected(f"a key needs {name}, which the page does not print")
    return Item(
        template=template.id,
        digest=template.digest,
        title=template.title,
        topic=template.topic,
        level=template.level,
        minutes=template.minutes,
        objective=template.objective,
        claims=template.claims,
        stem=template.stem,
        parts=tuple([_part(ready, values, i, label, is_certain=certain[i]) for i, label in enumerate(labels)]),
        numbers=values.numbers,
        truths=values.truths,
        figure=_figure(template.figure, values),
        model_answer=_model_answer(template),
        provenance=Provenance(
            seed=variant.seed,
            variant=variant.variant,
            attempt=variant.attempt,
            source=template.source,
            simulations={
                run: {"experiment": template.simulate[run].experiment, **arguments}
                for run, arguments in values.inputs.items()
            },
        ),
    )


@lru_cache(maxsize=1024)
def _model_answer(template: ItemTemplate) -> Mapping[str, str]:
    """The texts of a template's model answer that are not empty, under their heading words."""
    texts = {field.name: getattr(template.model_answer, field.name) for field in fields(template.model_answer)}
    return {name: text for name, text in texts.items() if text}


def _part(ready: Plan, values: VariantValues, index: int, label: str, *, is_certain: bool) -> Part:
    spec = ready.template.parts[index]
    item_type = ITEM_TYPES[spec.type]
    values = values.of_part(spec.id)
    misconceptions = tuple(
        [
            Misconception(id=name, value=values.key(mistake.value), because=mistake.because, name=mistake.name)
            for name, mistake in spec.misconceptions.items()
        ]
    )
    key = item_type.make(spec.spec, values, misconceptions)
    if not is_certain:
        for fault in item_type.faults(spec.spec, key, values, misconceptions):
            raise Rejected(f"{spec.id}: {fault}")
    return Part(
        label=label,
        id=spec.id,
        type=spec.type,
        points=spec.points,
        ask=spec.ask,
        key=key,
        misconceptions=misconceptions,
        follows=_carried(ready, values, spec),
        model_answer=spec.model_answer,
    )


def _carried(ready: Plan, values: VariantValues, spec: PartSpec) -> CarriedError | None:
    """What grading needs to go on from a student's own earlier value: the later steps as text, and their inputs."""
    for part_id, (low, high) in spec.follows.items():
        name, steps, names = _way(ready, part_id, spec.id)
        read = {n: values.key(n) for n in names}
        for n, value in read.items():
            if not math.isfinite(value):
                raise Rejected(f"{spec.id}: not finite: {n}, which is read to go on from {part_id}")
        return CarriedError(part=part_id, name=name, low=low, high=high, steps=steps, values=read)
    return None


@lru_cache(maxsize=1024)
def _way(ready: Plan, earlier_id: str, part_id: str) -> tuple[str, Steps, tuple[str, ...]]:
    """From an earlier part's key to a part's own: what the key is, the steps after it, and what else they read."""
    parts = {part.id: part for part in ready.template.parts}
    name = _key_source(parts[earlier_id])
    steps = steps_between({rule.name: rule.expression for rule in ready.compute}, name, _key_source(parts[part_id]))
    return name, steps, tuple(sorted(inputs(steps, name)))


def _key_source(part: PartSpec) -> str:
    return (ITEM_TYPES[part.type].number(part.spec) or "").strip()


def _figure(spec: FigureSpec | None, values: VariantValues) -> FigureData | None:
    if spec is None:
        return None
    return FigureData(
        kind=spec.kind,
        title=spec.title,
        description=spec.alt,
        x_label=spec.x,
        y_label=spec.y,
        curves=tuple(_curve(label, source, spec.over, values) for label, source in spec.lines.items()),
        marks=tuple(
            Mark(axis=mark.axis, value=_drawn(value), label=mark.label)
            for mark in spec.marks
            if math.isfinite(value := values.raw(mark.at))
        ),
    )


def _curve(label: str, source: str, over: str, values: VariantValues) -> Curve:
    shown = next(b for b in branches(source) if not b.condition or offers.decide(b.condition, values))
    first, y = _entries(shown.series, values)
    x = _entries(over, values)[1] if over else [float(first + index) for index in range(len(y))]
    points = [(at, _drawn(value)) for at, value in zip(x, y, strict=False) if math.isfinite(at)]
    return Curve(label=label, x=tuple(at for at, _ in points), y=tuple(value for _, value in points))


def _entries(series_name: str, values: VariantValues) -> tuple[int, list[float]]:
    """The index of a series' first entry, and its entries up to the last one of this variant."""
    run, _, quantity = series_name.strip().partition(".")
    series = values.evaluation.frames["raw"][run][quantity]
    assert isinstance(series, Series)  # noqa: S101  (the plan has checked it)
    last = int(series.last[values.index])
    return series.first, series.values[values.index, : last - series.first + 1].tolist()


def _drawn(value: float) -> float:
    """``value`` with four figures, which is more than a drawing shows: the last digits differ between machines."""
    return float(f"{value:.4g}")
