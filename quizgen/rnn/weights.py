"""The weights of recurrent networks as arrays that are named as in PyTorch's state dict, checked once at the door.

    weight_ih_l0 (Gn, m)    weight_hh_l0 (Gn, n)    bias_ih_l0 (Gn,)    bias_hh_l0 (Gn,)

G is the number of gates: 1 for Elman networks, 4 for the LSTM (i, f, g, o), 3 for the GRU (r, z, n).
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from quizgen.errors import ParameterError, did_you_mean
from quizgen.rnn.arrays import FloatArray
from quizgen.values import immutable

# as PyTorch calls them: as this package does
NAMES: Final = {"weight_ih_l0": "W_xh", "weight_hh_l0": "W_hh", "bias_ih_l0": "b_xh", "bias_hh_l0": "b_hh"}


@immutable
class Weights:
    """The weights of V networks.  Shapes: W_xh (V, Gn, m), W_hh (V, Gn, n), b_xh and b_hh (V, Gn)."""

    W_xh: FloatArray
    W_hh: FloatArray
    b_xh: FloatArray
    b_hh: FloatArray

    def repeated(self, variants: int) -> "Weights":
        """The weights of one network as those of ``variants`` equal ones."""
        return Weights(
            W_xh=_repeated(self.W_xh, variants),
            W_hh=_repeated(self.W_hh, variants),
            b_xh=_repeated(self.b_xh, variants),
            b_hh=_repeated(self.b_hh, variants),
        )


def weights_from_arrays(arrays: Mapping[str, object], *, gates: int) -> Weights:
    """The weights in ``arrays``, of one network or, with one more leading axis, of V; missing biases are 0.

    Raises: ParameterError for the first name, shape or number that is wrong.
    """
    for name in arrays:
        if name not in NAMES:
            raise ParameterError(f"no weights are called {name!r}", hint=did_you_mean(name, NAMES))
    recurrent = stacked("weight_hh_l0", _required(arrays, "weight_hh_l0"), axes=2)
    variants, rows, n = recurrent.shape
    if n < 1 or rows != gates * n:
        raise ParameterError(
            f"weight_hh_l0: shape {(rows, n)}: expected {_product(gates, 'n')} rows and n columns, n at least 1",
            hint=_other_kind(rows, n),
        )
    inputs = stacked("weight_ih_l0", _required(arrays, "weight_ih_l0"), axes=2)
    check_shape("weight_ih_l0", inputs, (variants, rows, "m"))
    biases = {}
    for name in ("bias_ih_l0", "bias_hh_l0"):
        biases[name] = stacked(name, arrays[name], axes=1) if name in arrays else np.zeros((variants, rows))
        check_shape(name, biases[name], (variants, rows))
    return Weights(W_xh=inputs, W_hh=recurrent, b_xh=biases["bias_ih_l0"], b_hh=biases["bias_hh_l0"])


def stacked(name: str, array: object, *, axes: int) -> FloatArray:
    """``array`` as finite float64 numbers with ``axes`` axes behind that of the variants, which may be missing.

    Raises: ParameterError naming it.
    """
    try:
        found = np.asarray(array)
    except ValueError:
        raise ParameterError(f"{name}: its rows differ in length: expected an array with {axes} axes") from None
    if found.dtype.kind not in "fiu":
        raise ParameterError(f"{name}: holds {found.dtype} entries: expected real numbers")
    if found.ndim not in {axes, axes + 1}:
        raise ParameterError(f"{name}: shape {found.shape}: expected {axes} or, of many networks, {axes + 1} axes")
    numbers = np.ascontiguousarray(found if found.ndim == axes + 1 else found[None], dtype=np.float64)
    is_wrong = ~np.isfinite(numbers)
    if is_wrong.any():
        place = tuple(int(index) for index in np.argwhere(is_wrong)[0][-axes:])
        raise ParameterError(f"{name}: entry {place} is {numbers[is_wrong][0]}: expected finite numbers")
    return numbers


def check_shape(name: str, array: FloatArray, expected: tuple[int | str, ...]) -> None:
    """Raise ParameterError unless ``array`` has the shape, where a letter stands for any number from 1 on.

    The leading axis is that of the networks, and is shown only where it is at fault.
    """
    is_met = [
        found == size if isinstance(size, int) else found >= 1
        for found, size in zip(array.shape, expected, strict=True)
    ]
    if not all(is_met):
        first = 1 if is_met[0] else 0
        raise ParameterError(f"{name}: shape {_shown(array.shape[first:])}: expected {_shown(expected[first:])}")


def _shown(shape: Sequence[int | str]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _required(arrays: Mapping[str, object], name: str) -> object:
    if name not in arrays:
        raise ParameterError(f"{name} is missing", hint=f"expected {', '.join(NAMES)}; biases may be left out")
    return arrays[name]


def _other_kind(rows: int, n: int) -> str:
    kinds = {1: "an Elman network", 3: "a GRU", 4: "an LSTM"}
    is_known = n > 0 and rows % n == 0 and rows // n in kinds
    return f"this looks like the weights of {kinds[rows // n]}" if is_known else ""


def _product(gates: int, n: str) -> str:
    return n if gates == 1 else f"{gates}{n}"


def _repeated(array: FloatArray, variants: int) -> FloatArray:
    return np.ascontiguousarray(np.broadcast_to(array, (variants, *array.shape[1:])))
