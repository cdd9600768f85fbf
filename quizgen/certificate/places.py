"""Where the right option stands: equally often in every place, so that no place is worth guessing."""

import math
from collections import Counter
from collections.abc import Iterable
from string import ascii_uppercase
from typing import Final

from quizgen.values import immutable

IMPROBABLE: Final = 1e-6  # so that hundreds of parts in thousands of checks do not fail by chance
ENOUGH: Final = 5  # variants for each place, the least for which the statistic follows its distribution


@immutable
class Places:
    """How often the right option of a part stood in each place, and how probable that is if all are alike.

    ``probability`` is 1 where there are too few variants to judge.
    """

    counts: tuple[int, ...]
    probability: float

    @property
    def fault(self) -> str:
        """What is wrong with the places; "" if nothing is."""
        if self.probability >= IMPROBABLE:
            return ""
        counted = ", ".join(f"{letter} {count}" for letter, count in zip(ascii_uppercase, self.counts, strict=False))
        return f"the right option stands in some places more often than in others ({counted}); let them be shuffled"


def places(found: Iterable[tuple[int, int]]) -> Places | None:
    """The places of the right option, each with the number of options among which it stood; None where there is none.

    Variants with different numbers of options are judged apart, and together: their statistics and degrees of freedom
    add up.
    """
    by_size: dict[int, Counter[int]] = {}
    for place, among in found:
        by_size.setdefault(among, Counter())[place] += 1
    if not by_size:
        return None
    judged = {size: counts for size, counts in by_size.items() if counts.total() >= ENOUGH * size}
    statistic = sum(_statistic(size, counts) for size, counts in judged.items())
    total = sum(by_size.values(), Counter[int]())
    return Places(
        counts=tuple(total[place] for place in range(max(by_size))),
        probability=chi_square_tail(statistic, sum(size - 1 for size in judged)),
    )


def _statistic(size: int, counts: Counter[int]) -> float:
    """Pearson's sum of squared differences from equal counts, each relative to the count that is expected."""
    expected = counts.total() / size
    return sum((counts[place] - expected) ** 2 / expected for place in range(size))


def chi_square_tail(statistic: float, degrees: int) -> float:
    """The probability that chi-square with ``degrees`` degrees of freedom exceeds ``statistic``; 1 without any.

    Source: the closed form for whole degrees; Abramowitz & Stegun, 26.4.4 and 26.4.5.
    """
    half = statistic / 2
    if degrees % 2 == 0:
        first, start = 0.0, 0.0
    else:
        first, start = math.erfc(math.sqrt(half)), 0.5
    terms = (half ** (start + k) / math.gamma(start + k + 1) for k in range(degrees // 2))
    return 1.0 if degrees == 0 else first + math.exp(-half) * sum(terms)
