"""One run of an experiment as it is computed: every quantity is a property of its name, found only when asked."""

from collections.abc import Sequence

import numpy as np

from quizgen.experiments.contract import (
    Arguments,
    FloatArray,
    IntArray,
    Measurements,
    Parameter,
    Plot,
    Progress,
    Quantity,
    Series,
    Wanted,
    Work,
    unreported,
)
from quizgen.experiments.work import argument, network_work
from quizgen.rnn.arrays import BoolArray
from quizgen.values import immutable


class Findings:
    """Subclasses have one property for each quantity of their experiment, cached where others build on it."""

    def __init__(
        self, arguments: Arguments, seeds: Sequence[int], wanted: Wanted, progress: Progress = unreported
    ) -> None:
        self.arguments = arguments
        self.seeds = seeds
        self.wanted = wanted
        self.progress = progress

    def measurements(self) -> Measurements:
        """Everything that is wanted, and nothing else."""
        found = {name: getattr(self, name) for name in self.wanted}
        return Measurements(found=found, lost_at=self.lost_at)

    @property
    def lost_at(self) -> IntArray | None:
        """The first timestep whose hidden state is not finite, 0 if none is: (V,); None if no state was needed."""
        return None

    def number(self, name: str) -> FloatArray:
        """The argument ``name``, one number for each variant: (V,)."""
        return argument(self.arguments, name)

    def size(self, name: str) -> int:
        """The argument ``name`` in which all variants of a batch agree."""
        return int(self.number(name)[0])

    def word(self, name: str) -> str:
        """The argument ``name``, one word for the whole batch."""
        return str(self.arguments[name])

    @property
    def variants(self) -> int:
        """How many variants this batch has."""
        return len(self.seeds)

    @property
    def lengths(self) -> IntArray:
        """The number of timesteps of each variant, from longest to shortest: (V,)."""
        return self.number("timesteps").astype(np.int64)

    def asked(self, *names: str, first: int = 0) -> BoolArray:
        """Where any of these series, from ``first`` to each variant's length, is wanted: (V, T + 1 - first)."""
        lengths = self.lengths
        mask = np.zeros((self.variants, int(lengths.max()) + 1 - first), dtype=np.bool_)
        for name in names:
            if name not in self.wanted:
                continue
            indices = self.wanted[name]
            if indices is None:
                return self.until_end(first)
            for index in indices:
                exists = (index >= first) & (index <= lengths) & (index == np.floor(index))
                rows = np.flatnonzero(exists)
                mask[rows, index[rows].astype(np.int64) - first] = True
        return mask

    def until_end(self, first: int = 0) -> BoolArray:
        """Where a series from ``first`` to each variant's length has entries: (V, T + 1 - first)."""
        return np.arange(first, int(self.lengths.max()) + 1) <= self.lengths[:, None]

    def series(self, values: FloatArray, first: int = 0) -> Series:
        """``values`` as a series that ends with each variant's last timestep."""
        return Series(values, self.lengths, first)


@immutable
class Simulation:
    """An `Experiment` whose quantities are the properties of ``findings``."""

    name: str
    title: str
    claims: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    quantities: tuple[Quantity, ...]
    plot: Plot
    determined: bool
    findings: type[Findings]
    work: Work = network_work

    def measure(
        self, arguments: Arguments, *, seeds: Sequence[int], wanted: Wanted, progress: Progress = unreported
    ) -> Measurements:
        """Run all variants of one batch."""
        return self.findings(arguments, seeds, wanted, progress).measurements()


def at_end(values: FloatArray, lengths: IntArray, first: int = 0) -> FloatArray:
    """Each variant's entry at its own last timestep: (V, T + 1 - first) -> (V,)."""
    return values[np.arange(len(values)), lengths - first]


def earliest(*timesteps: IntArray | None) -> IntArray | None:
    """The first of several timesteps, where 0 and None stand for never: (V,), … -> (V,)."""
    known = [np.where(each > 0, each, np.iinfo(np.int64).max) for each in timesteps if each is not None]
    if not known:
        return None
    first = np.min(known, axis=0)
    return np.where(first == np.iinfo(np.int64).max, 0, first)


def share(part: FloatArray, whole: FloatArray) -> FloatArray:
    """``part`` relative to ``whole``; 0 where both are 0, as of nothing there is nothing."""
    return np.where((part == 0) & (whole == 0), 0.0, part / whole)


def mean_over_time(values: FloatArray, lengths: IntArray) -> FloatArray:
    """The mean of entries 1 .. T of each variant, with its own T: (V, T) -> (V,).

    Added one after another, so that what stands beyond a variant's end cannot change its last digit.
    """
    return np.asarray(at_end(np.cumsum(values, axis=1), lengths, first=1) / lengths)
