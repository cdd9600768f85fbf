"""Where each number of an item came from: what was drawn, run, measured, rounded and computed, and what it led to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from quizgen import prose
from quizgen.blocks import Sentence
from quizgen.experiments import EXPERIMENTS
from quizgen.expressions import parse
from quizgen.items import ITEM_TYPES
from quizgen.items.draws import Variant
from quizgen.items.evaluation import VariantValues
from quizgen.items.item import Item, Part
from quizgen.items.plan import Rule
from quizgen.items.planner import plan
from quizgen.items.put_in import put_in
from quizgen.items.realise import attempt, turned_down
from quizgen.items.template import Draw, ItemTemplate, PartSpec
from quizgen.numbers.printing import Precision
from quizgen.values import immutable

FIGURES: Final = 8  # of a value that no page prints


@immutable
class Drawn:
    """A parameter: what it became, and the rule by which it was drawn."""

    name: str
    printed: str
    rule: str


@immutable
class Ran:
    """A simulation with the arguments of this variant."""

    name: str
    experiment: str
    title: str
    arguments: Mapping[str, float | str]


@immutable
class Worked:
    """A value and its expression: as written, and with the values put in; ``printed`` is "" where no page prints it.

    The values are those of the expression, before it is rounded itself. ``raw``: nothing before it rounded; ``key``:
    what is given rounded; ``hand``: everything printed rounded. Truths are booleans.
    """

    name: str
    expression: str
    with_values: str
    raw: float | bool
    key: float | bool
    hand: float | bool
    printed: str = ""
    rounding: str = ""


@immutable
class Asked:
    """A part: its key as the model answer says it, what it comes from, and the mistakes with their wrong values."""

    part: str
    type: str
    answer: str
    sources: tuple[Worked, ...]
    misconceptions: tuple[Worked, ...]


@immutable
class Explanation:
    """An item from its first draw to its keys; ``turned_down`` are the rules that earlier draws broke, in order."""

    template: str
    title: str
    seed: int
    attempt: int
    turned_down: tuple[str, ...]
    drawn: tuple[Drawn, ...]
    ran: tuple[Ran, ...]
    given: tuple[Worked, ...]
    computed: tuple[Worked, ...]
    required: tuple[Worked, ...]
    asked: tuple[Asked, ...]


def explain(template: ItemTemplate, *, seed: int) -> Explanation:
    """Explain the item of variant 0.  Raises: QuizgenError if no draw of it is accepted."""
    variant = Variant(seed=seed, template=template.id, variant=0)
    (outcome,) = attempt(template, [variant])
    if outcome.item is None or outcome.values is None:
        raise turned_down(variant, outcome)
    item, values, ready = outcome.item, outcome.values, plan(template)
    return Explanation(
        template=template.id,
        title=template.title,
        seed=seed,
        attempt=item.provenance.attempt,
        turned_down=outcome.broken,
        drawn=tuple(
            Drawn(name=name, printed=item.numbers[name].printed, rule=_draw_rule(draw))
            for name, draw in template.draw.items()
        ),
        ran=tuple(_ran(name, arguments, template) for name, arguments in values.inputs.items()),
        given=tuple(_rule_worked(rule, item, values) for rule in ready.given),
        computed=tuple(_rule_worked(rule, item, values) for rule in ready.compute),
        required=tuple(_worked("", one.source, values) for one in ready.require),
        asked=tuple(_asked(spec, part, values) for spec, part in zip(template.parts, item.parts, strict=True)),
    )


def spelt(value: float | bool | str) -> str:  # noqa: FBT001  (a value as it is)
    """A value of an explanation as tables and terminals show it."""
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else f"{value:.{FIGURES}g}"


def _draw_rule(draw: Draw) -> str:
    if draw.choice is not None:
        return f"one of {', '.join(f'{number:g}' for number in draw.choice)}"
    if draw.integer is not None:
        return f"a whole number from {draw.integer[0]} to {draw.integer[1]}"
    if draw.uniform is not None:
        return f"from {draw.uniform[0]:g} to {draw.uniform[1]:g}, {draw.decimals} decimals"
    low, high = draw.log_uniform or (0.0, 0.0)
    return f"from {low:g} to {high:g} by its logarithm, {draw.figures} figures"


def _ran(name: str, arguments: Mapping[str, float | str], template: ItemTemplate) -> Ran:
    experiment = EXPERIMENTS[template.simulate[name].experiment]
    return Ran(name=name, experiment=experiment.name, title=experiment.title, arguments=arguments)


def _rule_worked(rule: Rule, item: Item, values: VariantValues) -> Worked:
    worked = _worked(rule.name, rule.expression.source, values)
    if rule.precision is None:
        return worked
    printed = item.numbers[rule.name].printed
    return replace(worked, printed=printed, rounding=_rounding(rule.precision))


def _rounding(precision: Precision) -> str:
    if precision.kind == "exact":
        return "exactly"
    noun = precision.kind if precision.count != 1 else precision.kind.rstrip("s")
    return f"to {precision.count} {noun}"


def _worked(name: str, source: str, values: VariantValues) -> Worked:
    parsed = parse(source)
    is_truth = parsed.kind == "truth" or parsed.source in values.truths
    raw, key, hand = (frame(source) for frame in (values.raw, values.key, values.hand))
    return Worked(
        name=name,
        expression=parsed.source,
        with_values=put_in(source, lambda read: _value(read, values)),
        raw=bool(raw) if is_truth else raw,
        key=bool(key) if is_truth else key,
        hand=bool(hand) if is_truth else hand,
    )


def _value(read: str, values: VariantValues) -> str:
    """A name or a measurement as it is put into an expression: as printed, where it is."""
    if read in values.truths:
        return str(values.truths[read]).lower()
    if read in values.numbers:
        return values.numbers[read].printed
    return spelt(values.key(read))


def _asked(spec: PartSpec, part: Part, values: VariantValues) -> Asked:
    item_type = ITEM_TYPES[spec.type]
    blocks = item_type.answer_blocks(part, lambda text: prose.fill(text, numbers=values.numbers, truths=values.truths))
    return Asked(
        part=spec.id,
        type=spec.type,
        answer=next((block.text for block in blocks if isinstance(block, Sentence)), ""),
        sources=tuple(
            _worked(".".join(map(str, place)), source, values) for place, source in item_type.expressions(spec.spec)
        ),
        misconceptions=tuple(_worked(name, one.value, values) for name, one in spec.misconceptions.items()),
    )
