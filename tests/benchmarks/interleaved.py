"""Timing rivals side by side.

They take turns and their processor time counts, so that a busy machine slows all of them and the ratios keep a meaning.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One workload: ours against rivals that compute the same.

    ``rivals`` maps a name to a call. A goal is the ratio, rival's time over ours, that we want to reach, if any;
    ``units`` is how many variants (or other pieces) one call does, for the time of one. ``published`` are rivals that
    do not run: the microseconds for one unit that others report.
    """

    name: str
    ours: Callable[[], object]
    rivals: Mapping[str, Callable[[], object]]
    goals: Mapping[str, float | None]
    units: int
    unit: str = "variant"
    rounds: int = 5
    published: Mapping[str, float] = field(default_factory=dict)
    difference: float | None = None  # the largest relative difference of the results, found beforehand


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Seconds per call in each round; the first of ``seconds`` is ours."""

    contest: Contest
    seconds: Mapping[str, list[float]]

    def ratios(self, rival: str) -> tuple[float, float, float]:
        """The least, the median and the largest of rival over ours, round by round."""
        ours = self.seconds["ours"]
        if rival in self.contest.published:
            theirs = [self.contest.published[rival] * self.contest.units * 1e-6] * len(ours)
        else:
            theirs = self.seconds[rival]
        each = [other / own for other, own in zip(theirs, ours, strict=True)]
        return min(each), median(each), max(each)

    def microseconds_each(self) -> float:
        """Our median time for one unit."""
        return median(self.seconds["ours"]) / self.contest.units * 1e6


def hold(contest: Contest) -> Outcome:
    """Let everyone run once to warm up, then in turns."""
    runners = {"ours": contest.ours, **contest.rivals}
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    for number in range(contest.rounds + 1):
        for name, run in runners.items():
            spent = _seconds(run)
            if number:
                seconds[name].append(spent)
    return Outcome(contest=contest, seconds=seconds)


def _seconds(run: Callable[[], object], *, at_least: float = 0.02) -> float:
    """The time of one call; short ones are repeated until ``at_least`` has gone by."""
    calls, start = 0, time.process_time()
    while True:
        run()
        calls += 1
        spent = time.process_time() - start
        if spent >= at_least:
            return spent / calls
