"""An item template and its variants → items: each drawn again until it satisfies every rule of the certificate."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from quizgen.errors import QuizgenError
from quizgen.experiments.contract import Series
from quizgen.figures.figure import Curve, FigureData
from quizgen.items import ITEM_TYPES
from quizgen.items.carrying import inputs, steps_between
from quizgen.items.contract import Rejected
from quizgen.items.draws import Variant
from quizgen.items.evaluation import VariantValues, evaluate
from quizgen.items.item import CarriedError, Item, Misconception, Part, Provenance
from quizgen.items.page_rules import printed_names
from quizgen.items.plan import Plan
from quizgen.items.planner import plan
from quizgen.items.template import FigureSpec, ItemTemplate, PartSpec

MAX_ATTEMPTS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Realisation:
    """The items of the variants that were asked for, and why earlier draws were turned down."""

    items: tuple[Item, ...]
    rejections: Mapping[str, int]  # rule -> how often a draw broke it


def realise(template: ItemTemplate, *, seed: int, variants: Sequence[int]) -> Realisation:
    """Make the items of ``variants``; draws that break a rule are made again with the next attempt number.

    Raises: QuizgenError naming the rule and the seed if a variant fails `MAX_ATTEMPTS` times.
    """
    ready = plan(template)
    waiting = [Variant(seed=seed, template=template.id, variant=variant) for variant in variants]
    made: dict[int, Item] = {}
    rejections: Counter[str] = Counter()
    for attempt in range(MAX_ATTEMPTS):
        drawn = [Variant(seed=v.seed, template=v.template, variant=v.variant, attempt=attempt) for v in waiting]
        evaluation = evaluate(ready, drawn)
        waiting = []
        for index, variant in enumerate(drawn):
            try:
                made[variant.variant] = _item(ready, evaluation.of(index))
            except Rejected as broken:
                rejections[str(broken)] += 1
                waiting.append(variant)
        if not waiting:
            return Realisation(items=tuple(made[variant] for variant in variants), rejections=dict(rejections))
    rule, count = rejections.most_common(1)[0]
    raise QuizgenError(
        f"{template.id}: {MAX_ATTEMPTS} draws in a row were turned down (seed {seed}, variant {waiting[0].variant})",
        hint=f"the rule that was broken most often ({count} times): {rule}",
    )


def _item(ready: Plan, values: VariantValues) -> Item:
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
        parts=tuple(_part(ready, values, index) for index in range(len(template.parts))),
        numbers=values.numbers,
        truths=values.truths,
        figure=_figure(template.figure, values),
        model_answer={
            field.name: text for field in fields(template.model_answer) if (text := _text(template, field.name))
        },
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


def _text(template: ItemTemplate, name: str) -> str:
    text: str = getattr(template.model_answer, name)
    return text


def _part(ready: Plan, values: VariantValues, index: int) -> Part:
    spec = ready.template.parts[index]
    item_type = ITEM_TYPES[spec.type]
    misconceptions = tuple(
        Misconception(id=name, value=values.key(mistake.value), because=mistake.because)
        for name, mistake in spec.misconceptions.items()
    )
    key = item_type.make(spec.spec, values, misconceptions)
    for fault in item_type.faults(spec.spec, key, values, misconceptions):
        raise Rejected(f"{spec.id}: {fault}")
    return Part(
        label="",
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
        earlier = next(part for part in ready.template.parts if part.id == part_id)
        name, own_key = _key_source(earlier), _key_source(spec)
        steps = steps_between({rule.name: rule.expression for rule in ready.compute}, name, own_key)
        read = {n: values.key(n) for n in sorted(inputs(steps, name))}
        for n, value in read.items():
            if not math.isfinite(value):
                raise Rejected(f"{spec.id}: not finite: {n}, which is read to go on from {part_id}")
        return CarriedError(part=part_id, name=name, low=low, high=high, steps=steps, values=read)
    return None


def _key_source(part: PartSpec) -> str:
    return dict(ITEM_TYPES[part.type].expressions(part.spec))[("key",)].strip()


def _figure(spec: FigureSpec | None, values: VariantValues) -> FigureData | None:
    if spec is None:
        return None
    return FigureData(
        kind=spec.kind,
        title=spec.title,
        description=spec.alt,
        x_label=spec.x,
        y_label=spec.y,
        curves=tuple(_curve(label, source, values) for label, source in spec.lines.items()),
    )


def _curve(label: str, source: str, values: VariantValues) -> Curve:
    run, _, quantity = source.strip().partition(".")
    series = values.evaluation.frames["raw"][run][quantity]
    assert isinstance(series, Series)  # noqa: S101  (the plan has checked it)
    last = int(series.last[values.index])
    y = series.values[values.index, : last - series.first + 1]
    x = np.arange(series.first, last + 1, dtype=float)
    return Curve(label=label, x=tuple(x.tolist()), y=tuple(float(f"{value:.4g}") for value in y))
