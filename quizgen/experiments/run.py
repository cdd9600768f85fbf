"""Run an experiment for many variants: check and complete the arguments, put like with like, and hand back in order.

The numbers of a variant do not depend on what else is in the batch, to the last bit.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from quizgen.errors import ParameterError, UnknownNameError, did_you_mean
from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.contract import (
    Experiment,
    FloatArray,
    IntArray,
    Measured,
    Measurements,
    Parameter,
    Progress,
    Series,
    Wanted,
    unreported,
)

Arguments = Mapping[str, FloatArray | float | str]

_ENTRIES_AT_ONCE = 2**20  # numbers that a batch keeps for one quantity of every unit and timestep: 8 MiB


def run(
    experiment_name: str,
    arguments: Arguments,
    *,
    seeds: Sequence[int],
    wanted: Wanted,
    progress: Progress = unreported,
) -> Measurements:
    """Run the experiment once for each seed.

    Shapes: each argument a word, a number for all variants, or an array (V,); V is ``len(seeds)``. What is not told is
    default. Numbers that float64 cannot hold come back as 0, infinite or NaN; it is for the caller to refuse them.
    Raises: UnknownNameError for the experiment or a wanted quantity, ParameterError for an argument.
    """
    experiment = EXPERIMENTS[experiment_name]
    check_wanted(experiment, wanted)
    complete = checked_arguments(experiment, arguments, len(seeds))
    parts: list[tuple[IntArray, Measurements]] = []
    for rows in _batches(experiment, complete, len(seeds)):
        with np.errstate(all="ignore"):
            measured = experiment.measure(
                {name: value if isinstance(value, str) else value[rows] for name, value in complete.items()},
                seeds=[seeds[row] for row in rows],
                wanted=_wanted_of(wanted, rows),
                progress=_part_of(progress, sum(len(done) for done, _ in parts), len(rows), len(seeds)),
            )
        parts.append((rows, measured))
    return Measurements(
        found={name: _together([(rows, part[name]) for rows, part in parts]) for name in wanted},
        lost_at=_lost_at(parts, len(seeds)),
    )


def everything(experiment: Experiment) -> Wanted:
    """All quantities of an experiment, at all their indices."""
    return {quantity.name: None for quantity in experiment.quantities}


def check_wanted(experiment: Experiment, wanted: Wanted) -> None:
    """Raise UnknownNameError for the first name that is not a quantity of the experiment."""
    known = [quantity.name for quantity in experiment.quantities]
    for name in wanted:
        if name not in known:
            raise UnknownNameError(f"quantity of {experiment.name}", name, known)


def checked_arguments(experiment: Experiment, arguments: Arguments, variants: int) -> dict[str, FloatArray | str]:
    """Every parameter of the experiment with its argument: a word, or numbers (V,) in their range.

    Raises: ParameterError naming the experiment, the parameter, the value and what is expected.
    """
    known = [parameter.name for parameter in experiment.parameters]
    for name in arguments:
        if name not in known:
            raise ParameterError(f"{experiment.name} has no parameter {name!r}", hint=did_you_mean(name, known))
    return {
        parameter.name: _checked(
            f"{experiment.name}.{parameter.name}", parameter, arguments.get(parameter.name, parameter.default), variants
        )
        for parameter in experiment.parameters
    }


def estimated_work(experiment_name: str, arguments: Arguments, *, variants: int, wanted: Collection[str]) -> FloatArray:
    """How much work `run` would be for each variant, as `quizgen.experiments.contract.Work` counts it: (V,).

    Raises: UnknownNameError for the experiment, ParameterError for an argument.
    """
    experiment = EXPERIMENTS[experiment_name]
    return experiment.work(checked_arguments(experiment, arguments, variants), wanted)


def _checked(place: str, parameter: Parameter, value: FloatArray | float | str, variants: int) -> FloatArray | str:
    if parameter.kind == "word":
        if value in parameter.words if isinstance(value, str) else False:
            return str(value)
        hint = did_you_mean(str(value), parameter.words)
        raise ParameterError(f"{place}: {value!r}: expected one of its words", hint=hint)
    expected = expected_numbers(parameter)
    if isinstance(value, str):
        raise ParameterError(f"{place}: {value!r}: expected {expected}")
    numbers = np.asarray(value, dtype=np.float64)
    if numbers.shape not in {(), (variants,)}:
        raise ParameterError(f"{place}: shape {numbers.shape}: expected one number or {variants}, one for each variant")
    is_wrong = ~((numbers >= parameter.low) & (numbers <= parameter.high))  # NaN is wrong as well
    if parameter.kind == "integer":
        is_wrong |= numbers != np.floor(numbers)
    if is_wrong.any():
        raise ParameterError(f"{place}: {np.atleast_1d(numbers)[np.atleast_1d(is_wrong)][0]:g}: expected {expected}")
    return np.array(np.broadcast_to(numbers, (variants,)))


def expected_numbers(parameter: Parameter) -> str:
    """What a number for this parameter must be, in words."""
    if parameter.low == parameter.high:
        return f"{parameter.low:.15g}"
    kind = "a whole number" if parameter.kind == "integer" else "a number"
    return f"{kind} from {parameter.low:.15g} to {parameter.high:.15g}"


def _batches(experiment: Experiment, arguments: Mapping[str, FloatArray | str], variants: int) -> Iterator[IntArray]:
    """Rows that may run together: equal sizes, longest first, and not more than memory likes."""

    def columns(role: str) -> list[FloatArray]:
        found = [arguments[parameter.name] for parameter in experiment.parameters if parameter.role == role]
        return [column for column in found if not isinstance(column, str)]

    sizes = np.stack([*columns("size"), np.ones(variants)], axis=1)
    lengths = np.stack([*columns("length"), np.ones(variants)], axis=1)
    for size in sorted(set(map(tuple, sizes.tolist()))):
        rows = np.flatnonzero((sizes == size).all(axis=1))
        rows = rows[np.argsort(-lengths[rows, 0], kind="stable")]
        at_once = max(1, int(_ENTRIES_AT_ONCE // (math.prod(size) * lengths[rows].max())))
        for start in range(0, len(rows), at_once):
            yield rows[start : start + at_once]


def _part_of(progress: Progress, done: int, variants: int, of: int) -> Progress:
    """What a batch of ``variants`` reports, as a share of all; those ``done`` before it count as well."""
    return lambda share: progress((done + share * variants) / of)


def _wanted_of(wanted: Wanted, rows: IntArray) -> Wanted:
    return {
        name: None if indices is None else [np.asarray(index)[rows] for index in indices]
        for name, indices in wanted.items()
    }


def _lost_at(parts: Sequence[tuple[IntArray, Measurements]], variants: int) -> IntArray | None:
    """`Measurements.lost_at` in the order of the variants."""
    known = [(rows, part.lost_at) for rows, part in parts if part.lost_at is not None]
    lost_at = np.zeros(variants, dtype=np.int64)
    for rows, found in known:
        lost_at[rows] = found
    return lost_at if known else None


def _together(parts: Sequence[tuple[IntArray, Measured]]) -> Measured:
    """One array or series in the order of the variants, from those of the batches."""
    variants = sum(len(rows) for rows, _ in parts)
    last = np.zeros(variants, dtype=np.int64)
    first = 0
    width = max((part.values.shape[1] for _, part in parts if isinstance(part, Series)), default=0)
    values = np.full((variants, width) if width else variants, np.nan)
    for rows, part in parts:
        if isinstance(part, Series):
            values[rows, : part.values.shape[1]] = part.values
            last[rows], first = part.last, part.first
        else:
            values[rows] = part
    return Series(values, last, first) if width else values
