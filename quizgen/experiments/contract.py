"""What an experiment is: typed parameters in, named measurements out, for all variants at once.

A parameter is a number (an array over variants) or a word (one choice for the whole batch). A quantity is a number or a
series of numbers over timesteps or lags. Arrays have a leading axis of variants, V.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from quizgen.values import immutable

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@immutable
class Parameter:
    """What an experiment wants to be told: a number in a range, or one of a few words.

    ``role`` says how variants are put together: those of one batch agree in every ``size``, and stand in order of
    ``length``, longest first.
    """

    name: str
    kind: Literal["real", "integer", "word"]
    default: float | str
    meaning: str
    symbol: str = ""
    low: float = -np.inf
    high: float = np.inf
    words: tuple[str, ...] = ()
    role: Literal["", "size", "length"] = ""


@immutable
class Quantity:
    """What an experiment finds: a number, or a series indexed by timestep, lag, … from ``first`` on."""

    name: str
    symbol: str
    meaning: str
    unit: str = "1"
    index: Literal["", "timestep", "lag", "window", "component", "point", "update"] = ""
    first: int = 0


@immutable
class Plot:
    """What an experiment's figure shows: some of its series as curves, over their index or over another series ``x``.

    ``curves`` says which series each label stands for; ``kind`` is a name in `quizgen.figures.FIGURES`.
    """

    kind: Literal["line", "semilog"]
    y_label: str
    curves: Mapping[str, str]
    x: str = ""
    x_label: str


@immutable(kw_only=False)
class Series:
    """A quantity with an index: row v holds entries ``first`` .. ``last[v]`` of variant v; beyond it is undefined."""

    values: FloatArray
    last: IntArray
    first: int = 0

    def at(self, index: FloatArray) -> FloatArray:
        """Entry ``index[v]`` of every variant v.  Raises: IndexError where it is not whole or out of range."""
        whole = np.rint(index)
        if np.any((whole != index) | (index < self.first) | (index > self.last)):
            raise IndexError(f"index must be whole and between {self.first} and {int(self.last.min())}")
        return self.values[np.arange(len(self.values)), whole.astype(np.int64) - self.first]


Measured = FloatArray | Series

# For each quantity that is asked: None for all of it, or the indices (arrays over variants) that will be read.
# Entries that nobody asked for may be NaN.
Wanted = Mapping[str, Sequence[FloatArray] | None]

# Complete arguments by the names of the parameters: a word, or numbers (V,).
Arguments = Mapping[str, FloatArray | str]

# How much work a run with these arguments is for each variant, if these quantities are wanted: (V,). One is about one
# multiplication, or a nanosecond.
Work = Callable[[Arguments, Collection[str]], FloatArray]

# Told now and then by what takes long: the share of the work that is done, 0 to 1.
Progress = Callable[[float], None]


def unreported(_share: float) -> None:
    """A `Progress` that nobody watches."""


@immutable
class Measurements:
    """What one run of an experiment found, by the names of its quantities.

    ``lost_at`` is the first timestep whose hidden state is infinite or undefined, 0 if none is: (V,); None where no
    hidden state was needed.
    """

    found: Mapping[str, Measured] = field(default_factory=dict)
    lost_at: IntArray | None = None

    def __getitem__(self, name: str) -> Measured:
        return self.found[name]


class Experiment(Protocol):
    """A named simulation.

    ``measure`` may rely on complete, checked arguments of equal sizes, longest first: `run` sees to it.
    """

    @property
    def name(self) -> str:
        """As item templates call it."""
        ...

    @property
    def title(self) -> str:
        """What it shows, in a few words."""
        ...

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of the study notes, S1 to S14, that its numbers demonstrate."""
        ...

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it wants to be told."""
        ...

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """What it finds."""
        ...

    @property
    def plot(self) -> Plot:
        """What its figure shows."""
        ...

    @property
    def determined(self) -> bool:
        """True if printed arguments alone fix the outcome: no random weights or inputs."""
        ...

    @property
    def work(self) -> Work:
        """How much work it is, known before it begins."""
        ...

    def measure(
        self,
        arguments: Arguments,
        *,
        seeds: Sequence[int],
        wanted: Wanted,
        progress: Progress = unreported,
    ) -> Measurements:
        """Run all variants; ``seeds[v]`` (128 bits) is variant v's own randomness, whatever the batch."""
        ...
