"""What a form's scores are made of beyond the verdicts: losses for wrong answers and retries, rounding, grades.

A policy is a file of its own; without one, a score is the sum of what the parts earned.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final

from quizgen.bank.schema import file_schema
from quizgen.bank.yaml_nodes import read_yaml
from quizgen.errors import Fault, FileFaults, did_you_mean
from quizgen.items import ITEM_TYPES
from quizgen.values import immutable


@immutable
class Grade:
    """A grade and where it begins."""

    grade: str
    """What it is called."""
    at_least: float
    """The share of the points from which on it is given: 0.5 for half of them."""


@immutable
class Policy:
    """What `--policy FILE` says; every entry may be left out."""

    wrong_costs: Mapping[str, float] = field(default_factory=dict)
    """For an item type, the share of a part's points that a wrong answer costs: `choice: 0.25`."""
    retry_costs: float = 0.0
    """The share of a part's points that each attempt before the last one costs; never more than the part earned."""
    round_parts_to: float = 0.0
    """Scores of parts are rounded to multiples of this: 0.5 for half points; 0 for no rounding."""
    round_total_to: float = 0.0
    """The total is rounded to multiples of this; halves go up."""
    total_may_be_negative: bool = False
    """Whether wrong answers may cost more than the rest earned; otherwise the total is 0 at least."""
    pass_at: float | None = None
    """The share of the points with which the exam is passed."""
    grades: tuple[Grade, ...] = ()
    """Grades, in any order; below the lowest one there is none."""


NO_POLICY: Final = Policy()


def read_policy(path: Path) -> Policy:
    """The policy in a file.  Raises: FileFaults with everything that is wrong with it."""
    file = read_yaml(path)
    policy: Policy = file_schema(Policy).read(file)
    faults = [
        Fault(message=f"{entry[0]}: {message}", place=file.place(entry), hint=hint)
        for entry, message, hint in policy_faults(policy)
    ]
    if faults:
        raise FileFaults(faults)
    return policy


def policy_faults(policy: Policy) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What no exam could be graded by: entry, message and hint."""
    for name, share in policy.wrong_costs.items():
        if name not in ITEM_TYPES:
            yield ("wrong_costs", name), f"no item type named {name!r}", did_you_mean(name, ITEM_TYPES)
        if not 0 <= share <= 1:
            yield ("wrong_costs", name), f"{share:g}: expected a share from 0 to 1", "0.25 is a quarter of the points"
    if not 0 <= policy.retry_costs <= 1:
        yield ("retry_costs",), f"{policy.retry_costs:g}: expected a share from 0 to 1", "0.1 is a tenth of the points"
    for name in ("round_parts_to", "round_total_to"):
        step = getattr(policy, name)
        if not 0 <= step <= 100:
            yield (name,), f"{step:g}: expected 0 to 100 points", "0.5 rounds to half points"
    if policy.pass_at is not None and not 0 <= policy.pass_at <= 1:
        yield ("pass_at",), f"{policy.pass_at:g}: expected a share from 0 to 1", "0.5 is half of the points"
    seen: dict[float, str] = {}
    for index, grade in enumerate(policy.grades):
        if not 0 <= grade.at_least <= 1:
            entry = ("grades", index, "at_least")
            yield entry, f"{grade.at_least:g}: expected a share from 0 to 1", "0.9 is nine tenths of the points"
        if seen.setdefault(grade.at_least, grade.grade) != grade.grade:
            message = f"{grade.grade!r} begins where {seen[grade.at_least]!r} does"
            yield ("grades", index, "at_least"), message, "two grades cannot begin at the same share"


def total(scores: list[float], policy: Policy) -> float:
    """The score of an exam."""
    score = math.fsum(scores)
    if not policy.total_may_be_negative:
        score = max(score, 0.0)
    return rounded(score, policy.round_total_to)


def grade_for(share: float, policy: Policy) -> str:
    """The grade for a share of the points; "" where there is none."""
    reached = [grade for grade in policy.grades if share >= grade.at_least - 1e-12]
    return max(reached, key=lambda grade: grade.at_least).grade if reached else ""


def rounded(score: float, step: float) -> float:
    """``score`` as a multiple of ``step``, halves away from 0; as it is where the step is 0.

    >>> rounded(2.25, 0.5), rounded(2.2, 0.5), rounded(0.7, 0)
    (2.5, 2.0, 0.7)
    """
    if not step:
        return score
    unit = Decimal(repr(step))
    steps = (Decimal(f"{score:.12g}") / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return float(steps * unit)
