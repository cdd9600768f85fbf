"""How much work a template may be: a bank comes from anyone, and none may keep a machine busy for minutes.

Work is estimated before it begins, in multiplications, so that the same template is refused everywhere.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from quizgen.errors import QuizgenError
from quizgen.experiments.contract import FloatArray
from quizgen.experiments.run import estimated_work
from quizgen.items import ITEM_TYPES
from quizgen.items.draws import Variant
from quizgen.items.plan import Plan
from quizgen.items.template import ItemTemplate

MAX_RUNS: Final = 20  # simulations of one template
MAX_READING: Final = 300_000  # characters of a template's texts, as `quizgen.prose.reading_work` counts them
MAX_WORK: Final = 2e9  # all simulations of one draw: a few seconds
MAX_WORK_IN_ALL: Final = 4e9  # all draws of one variant, until one breaks no rule

_ENTRY_WORK: Final = 1e5  # one number, or one text of a part, of one draw

Inputs = Mapping[str, Mapping[str, NDArray[Any] | str]]
"""The arguments of every simulation: words, or numbers (V,)."""


def inputs_of(inputs: Inputs, index: int) -> dict[str, dict[str, float | str]]:
    """The arguments of one variant."""
    return {
        run: {name: value if isinstance(value, str) else float(value[index]) for name, value in arguments.items()}
        for run, arguments in inputs.items()
    }


def work_of_draws(plan: Plan, variants: Sequence[Variant], inputs: Inputs) -> FloatArray:
    """How much work one draw of each variant is: (V,).

    Raises: QuizgenError for simulations that are more than a template may ask for; ParameterError for an argument.
    """
    work = {
        run.name: estimated_work(run.experiment.name, inputs[run.name], variants=len(variants), wanted=run.wanted)
        for run in plan.runs
    }
    total = np.sum([np.zeros(len(variants)), *work.values()], axis=0)
    if (total > MAX_WORK).any():
        index = int(total.argmax())
        raise _too_much(
            plan.template,
            variants[index],
            {run: float(each[index]) for run, each in work.items()},
            inputs_of(inputs, index),
        )
    return np.asarray(total + _ENTRY_WORK * _entries(plan.template))


def _entries(template: ItemTemplate) -> int:
    """How many numbers and texts every draw computes anew."""
    numbers = (template.draw, template.given, template.compute, template.require)
    in_parts = (
        1 + len(part.misconceptions) + len(list(ITEM_TYPES[part.type].texts(part.spec))) for part in template.parts
    )
    return sum(map(len, numbers)) + sum(in_parts)


def _too_much(
    template: ItemTemplate,
    variant: Variant,
    work: Mapping[str, float],
    inputs: Mapping[str, Mapping[str, float | str]],
) -> QuizgenError:
    """The error that names the largest of the simulations, and the limit."""
    run = max(work, key=work.__getitem__)
    told = [f"{name} {value if isinstance(value, str) else f'{value:g}'}" for name, value in inputs[run].items()]
    return QuizgenError(
        f"{template.id}: simulate.{run}: too much work for an item (seed {variant.seed}): "
        f"{template.simulate[run].experiment} with {', '.join(told)} is about {work[run]:.1e} multiplications, "
        f"of {sum(work.values()):.1e} in all simulations",
        hint=f"at most {MAX_WORK:.0e} in all: take smaller numbers, or fewer simulations",
    )
