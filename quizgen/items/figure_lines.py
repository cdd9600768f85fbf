"""Which series a line of a figure shows: one, or one of several by conditions that are drawn or computed.

``one.series if first == 1 else two.series`` lets "which curve is which?" have another answer in each variant.
"""

import re
from typing import Final, NamedTuple

_CHOICE: Final = re.compile(r"(?P<series>.*?)\s+if\s+(?P<condition>.*?)\s+else\s+(?P<rest>.*)", re.DOTALL)


class Branch(NamedTuple):
    """A series, and the condition under which it is shown; the last branch of a line has none."""

    condition: str
    series: str


def branches(source: str) -> tuple[Branch, ...]:
    """What a line may show, in the order in which it is asked.

    >>> branches("lstm.norm if first == 1 else tanh.norm")
    (Branch(condition='first == 1', series='lstm.norm'), Branch(condition='', series='tanh.norm'))
    """
    found: list[Branch] = []
    rest = source.strip()
    while match := _CHOICE.fullmatch(rest):
        found.append(Branch(match["condition"].strip(), match["series"].strip()))
        rest = match["rest"].strip()
    return (*found, Branch("", rest))


def all_series(source: str) -> frozenset[str]:
    """Every series that a line may show: ``run.quantity``."""
    return frozenset(branch.series for branch in branches(source))
