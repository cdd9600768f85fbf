"""The table of recurrent cells, and what every cell can do.

V networks, n hidden units, m inputs, s numbers in the state: n, or 2n for the (h, c) of an LSTM. G gates, whose weights
are stacked as in PyTorch. "…" is V, or V and B where each network runs B sequences, or V and T for all timesteps at
once (in ``slopes`` and ``jacobian``).
"""

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol, Self

import numpy as np

from quizgen.registry import Registry
from quizgen.rnn.activations import TANH, Activation
from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.elman import Elman
from quizgen.rnn.gru import Gru, Reset
from quizgen.rnn.leaky import Leaky
from quizgen.rnn.lstm import Lstm
from quizgen.rnn.weights import Weights
from quizgen.values import immutable


class Cell(Protocol):
    """V networks of one kind, with their weights."""

    @property
    def W_hh(self) -> FloatArray:
        """The recurrent weights: (V, Gn, n)."""
        ...

    @property
    def W_xh(self) -> FloatArray:
        """The input weights: (V, Gn, m)."""
        ...

    @property
    def b(self) -> FloatArray:
        """The biases that are added to the input's side: (V, Gn)."""
        ...

    @property
    def state_size(self) -> int:
        """How many numbers a state has: s."""
        ...

    @property
    def a_size(self) -> int:
        """How many pre-activations a timestep has: p."""
        ...

    def first(self, count: int) -> Self:
        """The first ``count`` variants."""
        ...

    def step(self, state: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """One timestep.  Shapes: state (…, s), x (…, m) -> pre-activations (…, p), next state (…, s)."""
        ...

    def slopes(self, before: FloatArray, a: FloatArray, after: FloatArray) -> FloatArray:
        """All that the derivatives of one timestep need, unit by unit.

        Shapes: states before and after (…, s), pre-activations (…, p) -> (…, k, n).
        """
        ...

    def jacobian(self, slopes: FloatArray, *, out: FloatArray | None = None) -> FloatArray:
        """The derivative of the state after by the state before; rows are outputs: (…, k, n) -> (…, s, s).

        Written to ``out`` if given, which saves those who ask again and again the fresh memory.
        Raises: ParameterError if ``out`` has another shape, is not float64, or cannot be written to.
        """
        ...

    def vjp(self, slopes: FloatArray, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Carry a gradient one timestep back without forming the Jacobian.

        Shapes: dL/d(state after) (…, s) -> dL/d(state before) (…, s), and the errors, dL/d(pre-activation of each gate
        on the input's side) (…, Gn).
        """
        ...

    def recurrent_gradients(
        self, slopes: FloatArray, error: FloatArray, before: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """One timestep's share of the gradients of W_hh (V, Gn, n) and of the recurrent biases (V, Gn).

        With a second leading axis, of sequences or of timesteps, the sum of their shares.
        """
        ...


@immutable
class CellKind:
    """One entry of the table: what the cell is, how many gates and states it has, how it is made of weights."""

    meaning: str
    gates: int
    states: int
    make: Callable[[Weights], Cell]


def make_elman(weights: Weights, activation: Activation = TANH) -> Elman:
    """The Elman networks with these weights."""
    return Elman(activation=activation, W_hh=weights.W_hh, W_xh=weights.W_xh, b=weights.b_xh + weights.b_hh)


def make_leaky(weights: Weights, activation: Activation = TANH, *, skip: float = 0.5, scale: float = 0.5) -> Leaky:
    """The leaky networks with these weights, and one skip s and scale α for all variants."""
    ones = np.ones(len(weights.W_hh))
    return Leaky(inner=make_elman(weights, activation), skip=skip * ones, scale=scale * ones)


def make_lstm(weights: Weights) -> Lstm:
    """The LSTMs with these weights."""
    return Lstm(W_hh=weights.W_hh, W_xh=weights.W_xh, b=weights.b_xh + weights.b_hh)


def make_gru(weights: Weights, *, reset: Reset, z_keeps: bool) -> Gru:
    """The GRUs with these weights."""
    return Gru(W_hh=weights.W_hh, W_xh=weights.W_xh, b=weights.b_xh, b_hh=weights.b_hh, reset=reset, z_keeps=z_keeps)


def _gru(meaning: str, *, reset: Reset, z_keeps: bool) -> CellKind:
    return CellKind(meaning=meaning, gates=3, states=1, make=partial(make_gru, reset=reset, z_keeps=z_keeps))


CELLS: Final = Registry[CellKind](
    "cell",
    {
        "elman": CellKind(meaning="simple recurrent network, tanh", gates=1, states=1, make=make_elman),
        "leaky": CellKind(meaning="leaky integrator with s = α = ½, tanh", gates=1, states=1, make=make_leaky),
        "residual": CellKind(
            meaning="skip connection, s = α = 1, tanh",
            gates=1,
            states=1,
            make=partial(make_leaky, skip=1.0, scale=1.0),
        ),
        "lstm": CellKind(meaning="long short-term memory, gates i, f, g, o", gates=4, states=2, make=make_lstm),
        "gru": _gru("GRU of PyTorch, cuDNN and Keras: reset after, z keeps", reset="after", z_keeps=True),
        "gru_reset_before": _gru("GRU of Cho et al. (2014): reset before, z keeps", reset="before", z_keeps=True),
        "gru_reset_after_z_replaces": _gru("reset after, 1 - z keeps", reset="after", z_keeps=False),
        "gru_reset_before_z_replaces": _gru(
            "GRU of Chung et al. (2014): reset before, 1 - z keeps", reset="before", z_keeps=False
        ),
    },
)
