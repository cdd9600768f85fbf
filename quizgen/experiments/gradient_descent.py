"""Gradient descent on one recurrent weight, with and without clipping.

    h_T = w^T h_0,    L = ½ (h_T − y)²,    g = dL/dw = (h_T − y) T w^(T-1) h_0,    w ← w − η g   or   w ← w − η g min(1,
    c/|g|)

With w > 1 one step may throw w so far that the next loss is beyond float64; with w < 1 the gradient may be too small to
move w. Clipping mends the first and not the second.
Demonstrates S6 (excessive updates, NaN), S7 (clipping) and S13. Source: Pascanu, Mikolov & Bengio (2013).
"""

from collections.abc import Collection
from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import Arguments, FloatArray, IntArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.work import argument
from quizgen.rnn.clipping import clipping_coefficient
from quizgen.values import immutable

_UPDATE_WORK: Final = 3e4  # multiplications in the time of one update, with and without clipping


@immutable
class _Descent:
    """Weights, losses and gradients before update 1, 2, … and after the last: (V, U + 1)."""

    weights: FloatArray
    losses: FloatArray
    gradients: FloatArray


class GradientDescentFindings(Findings):
    """The quantities of `GRADIENT_DESCENT`."""

    @property
    def lengths(self) -> IntArray:
        """The number of updates of each variant."""
        return self.number("updates").astype(np.int64)

    def _descend(self, max_norm: FloatArray) -> _Descent:
        steps, start, target = self.number("timesteps"), self.number("start"), self.number("target")
        w = self.number("weight")
        rows = []
        for _ in range(int(self.lengths.max()) + 1):
            miss = np.power(w, steps) * start - target
            gradient = miss * steps * np.power(w, steps - 1.0) * start
            rows.append((w, 0.5 * np.square(miss), gradient))
            w = w - self.number("learning_rate") * gradient * clipping_coefficient(np.abs(gradient), max_norm)
        weights, losses, gradients = (np.stack(column, axis=1) for column in zip(*rows, strict=True))
        return _Descent(weights=weights, losses=losses, gradients=gradients)

    @cached_property
    def _plain(self) -> _Descent:
        return self._descend(np.full(self.variants, np.inf))

    @cached_property
    def _clipped(self) -> _Descent:
        return self._descend(self.number("max_norm"))

    @property
    def weight(self) -> Series:
        """The weight after u updates."""
        return self.series(self._plain.weights)

    @property
    def loss(self) -> Series:
        """The loss after u updates."""
        return self.series(self._plain.losses)

    @property
    def gradient(self) -> Series:
        """The gradient after u updates."""
        return self.series(self._plain.gradients)

    @property
    def clipped_weight(self) -> Series:
        """The weight after u clipped updates."""
        return self.series(self._clipped.weights)

    @property
    def clipped_loss(self) -> Series:
        """The loss after u clipped updates."""
        return self.series(self._clipped.losses)

    @property
    def clipped_gradient(self) -> Series:
        """The gradient after u clipped updates, before it is clipped."""
        return self.series(self._clipped.gradients)

    @property
    def first_infinite(self) -> FloatArray:
        """The first update after which the loss is not a finite number."""
        is_lost = ~np.isfinite(self._plain.losses) & self.until_end()
        return np.where(is_lost.any(axis=1), is_lost.argmax(axis=1), 0).astype(np.float64)


def _number(name: str, symbol: str, default: float, meaning: str, low: float, high: float) -> Parameter:
    return Parameter(name=name, kind="real", default=default, low=low, high=high, symbol=symbol, meaning=meaning)


def _work(arguments: Arguments, _wanted: Collection[str]) -> FloatArray:
    """The work of the updates, with and without clipping; more timesteps are no more work: (V,)."""
    return argument(arguments, "updates") * _UPDATE_WORK


GRADIENT_DESCENT: Final = Simulation(
    name="gradient_descent",
    title="Gradient descent on one recurrent weight",
    claims=("S6", "S7", "S13"),
    parameters=(
        _number("weight", "w", 1.1, "recurrent weight at the start", -10.0, 10.0),
        Parameter(
            name="timesteps", kind="integer", default=10, low=1, high=1000, symbol="T", meaning="number of timesteps"
        ),
        _number("start", "h_0", 1.0, "first hidden state", -100.0, 100.0),
        _number("target", "y", 0.0, "what h_T should be", -100.0, 100.0),
        _number("learning_rate", "η", 0.01, "learning rate", 0.0, 100.0),
        _number("max_norm", "c", 1.0, "threshold for clipping by norm", 1e-9, 1e9),
        Parameter(
            name="updates",
            kind="integer",
            default=5,
            low=1,
            high=1000,
            symbol="U",
            meaning="number of updates",
            role="length",
        ),
    ),
    quantities=(
        Quantity(name="weight", symbol="w", meaning="weight after u updates", index="update"),
        Quantity(name="loss", symbol="L", meaning="loss after u updates", index="update"),
        Quantity(name="gradient", symbol="∂L/∂w", meaning="gradient after u updates", index="update"),
        Quantity(name="clipped_weight", symbol="w", meaning="weight after u clipped updates", index="update"),
        Quantity(name="clipped_loss", symbol="L", meaning="loss after u clipped updates", index="update"),
        Quantity(
            name="clipped_gradient",
            symbol="∂L/∂w",
            meaning="gradient after u clipped updates, itself not clipped",
            index="update",
        ),
        Quantity(
            name="first_infinite",
            symbol="u",
            meaning="first unclipped update after which the loss is infinite or undefined; 0 if never",
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="updates",
        y_label="loss",
        curves={
            "without clipping": "loss",
            "with clipping": "clipped_loss",
        },
    ),
    determined=True,
    findings=GradientDescentFindings,
    work=_work,
)
