"""How much work a run is, estimated before it begins: about one for each multiplication, and a nanosecond.

The estimates are generous, and the same everywhere: they bound what an item template may ask for, whatever the machine.
"""

from collections.abc import Collection
from typing import Final

from quizgen.experiments.contract import Arguments, FloatArray

_NETWORK_STEP: Final = 1e5  # one timestep of a network, however small, with all that is measured in it
_NUMBER_STEP: Final = 1e4  # one timestep of a single unit
_ARRAY_STEP: Final = 500.0  # one timestep, where all timesteps are computed at once


def argument(arguments: Arguments, name: str) -> FloatArray:
    """The numbers of a parameter, one for each variant: (V,)."""
    value = arguments[name]
    assert not isinstance(value, str), f"{name} is a word"  # noqa: S101 - the table of parameters says otherwise
    return value


def network_work(arguments: Arguments, _wanted: Collection[str]) -> FloatArray:
    """The work of a recurrent network whose Jacobians, n by n, are multiplied timestep by timestep: (V,)."""
    return argument(arguments, "timesteps") * (_NETWORK_STEP + 2.0 * argument(arguments, "hidden") ** 3)


def number_work(arguments: Arguments, _wanted: Collection[str]) -> FloatArray:
    """The work of a few numbers that are followed timestep by timestep: (V,)."""
    return argument(arguments, "timesteps") * _NUMBER_STEP


def array_work(arguments: Arguments, _wanted: Collection[str]) -> FloatArray:
    """The work of a few numbers per timestep, all timesteps at once: (V,)."""
    return argument(arguments, "timesteps") * _ARRAY_STEP
