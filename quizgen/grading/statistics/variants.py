"""Variants of one question that differ in difficulty: compared by a permutation test."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray
from quizgen.grading.scores import ScoreReport
from quizgen.grading.statistics.score_table import PartKey, part_key
from quizgen.grading.statistics.small_classes import FEWEST_OF_A_VARIANT
from quizgen.values import immutable

MOST_EXACT: Final = 20_000  # ways of dealing out the scores that are all tried
PERMUTATIONS: Final = 9_999
_SEED: Final = 1
_AT_ONCE: Final = 2_000_000  # numbers that are shuffled at once
_DUST: Final = 1e-9


@immutable
class VariantTest:
    """One part whose variants were answered by enough students.

    ``variants``: the form and variant, how many answered, and the mean share of the points. ``p`` is the probability
    that means differ as much by chance; ``adjusted`` is for all parts that were compared together.
    """

    key: PartKey
    label: str
    variants: tuple[tuple[str, int, float], ...]
    p: float
    adjusted: float


def compare_variants(reports: Sequence[ScoreReport]) -> tuple[VariantTest, ...]:
    """A test for each part of which two variants or more were answered by 5 students or more, in the parts' order.

    Answers that could not be read or wait for a person are left out. It is taken for granted that chance decided who
    got which variant: between classes, the test also finds that one class is stronger.
    """
    compared = []
    for key, (label, shares) in _shares(reports).items():
        groups = {name: np.array(own) for name, own in shares.items() if len(own) >= FEWEST_OF_A_VARIANT}
        if len(groups) > 1:
            compared.append((key, label, groups, permutation_p(list(groups.values()))))
    adjusted = holm([p for *_, p in compared])
    return tuple(
        VariantTest(
            key=key,
            label=label,
            variants=tuple((name, len(own), float(own.mean())) for name, own in groups.items()),
            p=p,
            adjusted=corrected,
        )
        for (key, label, groups, p), corrected in zip(compared, adjusted, strict=True)
    )


def _shares(reports: Sequence[ScoreReport]) -> Mapping[PartKey, tuple[str, dict[str, list[float]]]]:
    """For each part its first label, and the shares of the points by variant: a variant's numbers belong to a form."""
    found: dict[PartKey, tuple[str, dict[str, list[float]]]] = {}
    for report in reports:
        for part in report.parts:
            if part.points and part.status not in ("unreadable", "needs-review"):
                name = f"{report.form}, variant {part.asked.variant}" if part.asked.variant else report.form
                _, shares = found.setdefault(part_key(part), (part.label, {}))
                shares.setdefault(name, []).append(part.score / part.points)
    return found


def permutation_p(groups: Sequence[FloatArray]) -> float:
    """How often scores that are dealt out to groups of these sizes at random have means that differ as much or more.

    How much they differ is the sum of squares between groups, Σ n·mean², as in an analysis of variance; for two
    groups that is a two-sided test of the difference. All ways are tried where they are at most 20,000; else 9,999
    random ones (999 for more than 2,000 students), from a fixed seed, and the observed one is counted in.
    Source: Fisher (1935), The Design of Experiments, section 21; Phipson & Smyth (2010), "Permutation p-values should
    never be zero", Statistical Applications in Genetics and Molecular Biology 9.
    """
    pooled, sizes = np.concatenate(groups), [len(group) for group in groups]
    observed = _between([float(group.sum()) for group in groups], sizes) - _DUST
    if _ways(sizes) <= MOST_EXACT:
        found = [_between(sums, sizes) >= observed for sums in _deals(tuple(pooled.tolist()), sizes)]
        return sum(found) / len(found)
    tries = PERMUTATIONS if len(pooled) <= 2_000 else 999
    hits = sum(int((sums >= observed).sum()) for sums in _random_deals(pooled, sizes, tries))
    return (hits + 1) / (tries + 1)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The p-values as they count when all m are looked at: the i-th smallest times m − i + 1, never falling.

    Source: Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
    Statistics 6.
    """
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return tuple(adjusted)


def _between(sums: Sequence[float], sizes: Sequence[int]) -> float:
    return math.fsum(total * total / size for total, size in zip(sums, sizes, strict=True))


def _ways(sizes: Sequence[int]) -> int:
    """How many ways there are to deal ``sum(sizes)`` scores out to groups of these sizes."""
    ways, left = 1, sum(sizes)
    for size in sizes:
        ways *= math.comb(left, size)
        left -= size
    return ways


def _deals(pooled: tuple[float, ...], sizes: Sequence[int]) -> Iterator[list[float]]:
    """The sums of the groups in every way of dealing the scores out."""
    if len(sizes) == 1:
        yield [math.fsum(pooled)]
        return
    for chosen in combinations(range(len(pooled)), sizes[0]):
        taken = set(chosen)
        rest = tuple(score for index, score in enumerate(pooled) if index not in taken)
        own = math.fsum(pooled[index] for index in chosen)
        for sums in _deals(rest, sizes[1:]):
            yield [own, *sums]


def _random_deals(pooled: FloatArray, sizes: Sequence[int], tries: int) -> Iterator[FloatArray]:
    """The sums of squares between groups of ``tries`` random deals, some at once."""
    generator = np.random.default_rng(_SEED)
    starts = np.cumsum([0, *sizes[:-1]])
    at_once = max(1, _AT_ONCE // len(pooled))
    for first in range(0, tries, at_once):
        shuffled = generator.permuted(np.tile(pooled, (min(at_once, tries - first), 1)), axis=1)
        yield (np.add.reduceat(shuffled, starts, axis=1) ** 2 / np.array(sizes)).sum(axis=1)
