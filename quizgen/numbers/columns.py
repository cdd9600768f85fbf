"""Many values printed to one precision at once, each as `Precision.spell` spells it.

Rounding is settled for the whole column in float64 wherever that leaves no doubt; what lies too near the middle between
two printed numbers, or where floats get sparse, is spelt one by one.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quizgen.numbers.printing import LEAST_PLAIN_POWER, Precision

_DOUBT: Final = 1e-6  # of a unit of the last place; scaling loses a tenth of it at the most
_MOST_SCALED: Final = 1e8
_LEAST, _MOST = 1e-290, 1e290  # sizes between which scaling neither under- nor overflows
_FIXED: Final = tuple(f"%.{decimals}f" for decimals in range(16))
_ONE_BY_ONE: Final = ""


def spell_all(precision: Precision, values: NDArray[np.float64]) -> list[str]:
    """The canonical spelling of each of the finite ``values``, (V,).  Raises: ValueError as `Precision.spell`."""
    if precision.kind == "exact" or 10**precision.count > _MOST_SCALED:
        return [precision.spell(value) for value in values.tolist()]
    patterns = (_figures if precision.kind == "figures" else _decimals)(np.abs(values), precision.count)
    return [
        (pattern % value if pattern[-1] == "f" else _scientific(pattern % value)) if pattern else precision.spell(value)
        for pattern, value in zip(patterns, values.tolist(), strict=True)
    ]


def _figures(sizes: NDArray[np.float64], count: int) -> Iterator[str]:
    """The way to write each of ``sizes`` to so many significant figures."""
    is_usual = (sizes > _LEAST) & (sizes < _MOST)
    sizes = np.where(is_usual, sizes, 1.0)
    powers = np.floor(np.log10(sizes))
    scaled = sizes * 10.0 ** (count - 1 - powers)  # one of the numbers with so many digits, but for the rounding
    first, last = 10.0 ** (count - 1), 10.0**count - 0.5
    is_sure = is_usual & _is_clear(scaled) & (scaled >= first) & (scaled < last)
    scientific = f"%.{count - 1}e"
    for sure, power in zip(is_sure.tolist(), powers.astype(int).tolist(), strict=True):
        if not sure:
            yield _ONE_BY_ONE
        elif LEAST_PLAIN_POWER <= power < count:
            yield _FIXED[count - 1 - power]
        else:
            yield scientific


def _decimals(sizes: NDArray[np.float64], count: int) -> Iterator[str]:
    """The way to write each of ``sizes`` to so many decimals; what rounds to 0 has no sign, and is left out here."""
    scaled = np.where(sizes < _MOST_SCALED, sizes, 0.0) * 10.0**count
    is_sure = _is_clear(scaled) & (scaled > 1) & (scaled < _MOST_SCALED)
    yield from [_FIXED[count] if sure else _ONE_BY_ONE for sure in is_sure.tolist()]


def _is_clear(scaled: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether values in units of the last place are clearly nearer to one whole number than to any other."""
    clear: NDArray[np.bool_] = np.abs(scaled - np.floor(scaled) - 0.5) > _DOUBT
    return clear


def _scientific(text: str) -> str:
    """Python's ``1.20e-07`` as 1.20e-7."""
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}"
