"""How many different variants a template has: those that were seen, and an estimate of all."""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from quizgen.items.planner import plan
from quizgen.items.template import Draw, ItemTemplate
from quizgen.values import immutable


@immutable
class Space:
    """The variants of a template by what their pages print.

    ``different`` of ``made`` pages differ; ``twins`` are the seeds of the page that was made most often, if it was made
    twice. ``whole`` estimates how many there are: None where there are too many to tell.
    """

    made: int
    different: int
    twins: tuple[int, ...]
    whole: float | None


def space(template: ItemTemplate, pages: Mapping[int, Hashable], *, accepted: float) -> Space:
    """The variants of ``template`` by their ``pages``, one for each seed; ``accepted`` is the share of first draws.

    The whole is how many numbers can be drawn, times the share that is accepted. Where the networks have random weights
    or inputs, it is estimated from how many pairs of seeds print the same: of n pages out of N, n(n−1)/2N pairs do.
    """
    counts = Counter(pages.values())
    page, count = counts.most_common(1)[0]
    pairs = sum(n * (n - 1) // 2 for n in counts.values())
    whole = len(pages) * (len(pages) - 1) / 2 / pairs if pairs else None
    if all(run.experiment.determined for run in plan(template).runs):
        whole = accepted * draws(list(template.draw.values()))
    return Space(
        made=len(pages),
        different=len(counts),
        twins=tuple(seed for seed, shown in pages.items() if count > 1 and shown == page),
        whole=whole,
    )


def draws(parameters: Sequence[Draw]) -> float:
    """How many different draws of all parameters together there are."""
    return float(math.prod(_values(draw) for draw in parameters))


def _values(draw: Draw) -> int:
    """How many different numbers a parameter can be."""
    if draw.choice is not None:
        return len(set(draw.choice))
    if draw.integer is not None:
        return draw.integer[1] - draw.integer[0] + 1
    if draw.uniform is not None:
        low, high = draw.uniform
        return round((high - low) * 10.0 ** (draw.decimals or 0)) + 1
    low, high = draw.log_uniform or (1.0, 1.0)
    return _ticks(high, draw.figures or 1) - _ticks(low, draw.figures or 1) + 1


def _ticks(value: float, figures: int) -> int:
    """The place of ``value`` among all positive numbers of so many significant figures, in order of their size."""
    power = math.floor(math.log10(value))
    in_a_decade = 9 * int(10 ** (figures - 1))
    return in_a_decade * power + round(value * 10.0 ** (figures - 1 - power))
