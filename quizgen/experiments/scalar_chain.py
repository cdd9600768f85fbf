"""One recurrent unit, followed exactly: what a student can compute by hand.

    h_t = phi(w h_{t-1} + b + x),    dh_k/dh_0 = ∏ w phi'(a_t)

Demonstrates S1, S2 (repeated multiplication of numbers below 1), S5 and S12. Closed forms: linear w^k; a tanh unit at
rest in 0 has w^k as well, as tanh'(0) = 1; a sigmoid unit at rest in h = 1/2, with b = -w/2, has (w/4)^k.
Source: Hochreiter (1991); Bengio, Simard & Frasconi (1994).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.networks import timesteps
from quizgen.experiments.work import number_work
from quizgen.rnn.activations import ACTIVATIONS, Activation
from quizgen.rnn.arrays import BoolArray
from quizgen.rnn.forward import running
from quizgen.rnn.scaled import Scaled, running_product


class ScalarChainFindings(Findings):
    """The quantities of `SCALAR_CHAIN`."""

    @property
    def _activation(self) -> Activation:
        return ACTIVATIONS[self.word("activation")]

    @cached_property
    def _walk(self) -> tuple[FloatArray, FloatArray]:
        """States h_0 .. h_T and pre-activations a_1 .. a_T; once nothing moves any more, the rest is copied."""
        steps = int(self.lengths.max())
        weight, drive = self.number("weight"), self.number("bias") + self.number("input")
        states = np.zeros((steps + 1, self.variants))
        pre_activations = np.zeros((steps, self.variants))
        states[0] = h = self.number("start")
        for t in range(1, steps + 1):
            active = running(self.lengths, t)
            a = weight[:active] * h[:active] + drive[:active]
            before, h = h[:active], self._after(h[:active], a)
            pre_activations[t - 1, :active], states[t, :active] = a, h
            if np.array_equal(before, h):
                pre_activations[t:, :active], states[t + 1 :, :active] = a, h
                break
        return np.ascontiguousarray(states.T), np.ascontiguousarray(pre_activations.T)

    def _after(self, before: FloatArray, a: FloatArray) -> FloatArray:
        """h_t of the first variants, from h_{t-1} and a_t."""
        del before
        return self._activation.function(a)

    @cached_property
    def _slopes(self) -> FloatArray:
        return self._activation.derivative(self._walk[1])

    @cached_property
    def _factors(self) -> FloatArray:
        return np.asarray(self.number("weight")[:, None] * self._slopes)

    @cached_property
    def _product(self) -> Scaled:
        return running_product(self._factors)

    @property
    def state(self) -> Series:
        """h_t."""
        return self.series(self._walk[0])

    @property
    def pre_activation(self) -> Series:
        """a_t."""
        return self.series(self._walk[1], first=1)

    @property
    def slope(self) -> Series:
        """phi'(a_t)."""
        return self.series(self._slopes, first=1)

    @property
    def factor(self) -> Series:
        """The factor w phi'(a_t)."""
        return self.series(self._factors, first=1)

    @property
    def product(self) -> Series:
        """The product of k factors."""
        return self.series(self._product.value)

    @cached_property
    def log10_product(self) -> Series:
        """The decimal logarithm of its size."""
        return self.series(self._product.log10)

    @property
    def rate(self) -> FloatArray:
        """The geometric mean of |factor|."""
        end = self.log10_product.at(self.number("timesteps"))
        return np.asarray(10.0 ** (end / self.lengths))

    @property
    def first_below(self) -> FloatArray:
        """The first k ≥ 1 with |product| below the threshold."""
        return self._first(self.log10_product.values < np.log10(self.number("threshold"))[:, None])

    @property
    def first_above(self) -> FloatArray:
        """The first k ≥ 1 with |product| above the threshold."""
        return self._first(self.log10_product.values > np.log10(self.number("threshold"))[:, None])

    def _first(self, happened: BoolArray) -> FloatArray:
        happened = happened[:, 1:] & self.until_end(first=1)
        return np.where(happened.any(axis=1), happened.argmax(axis=1) + 1.0, 0.0)


def unit(*, start: float = 0.0) -> tuple[Parameter, ...]:
    """The parameters of one unit with a constant input, and where its state begins unless told."""
    return (
        Parameter(
            name="activation",
            kind="word",
            default="tanh",
            words=tuple(ACTIVATIONS),
            symbol="φ",
            meaning="activation function",
        ),
        Parameter(
            name="weight",
            kind="real",
            default=0.9,
            low=-100.0,
            high=100.0,
            symbol="w",
            meaning="recurrent weight",
        ),
        Parameter(name="bias", kind="real", default=0.0, low=-100.0, high=100.0, symbol="b", meaning="bias"),
        Parameter(
            name="start",
            kind="real",
            default=start,
            low=-100.0,
            high=100.0,
            symbol="h_0",
            meaning="first hidden state",
        ),
        Parameter(
            name="input",
            kind="real",
            default=0.0,
            low=-100.0,
            high=100.0,
            symbol="x",
            meaning="input, the same in every timestep",
        ),
    )


SCALAR_CHAIN: Final = Simulation(
    name="scalar_chain",
    title="One recurrent unit by hand",
    claims=("S1", "S2", "S5", "S12"),
    parameters=(
        *unit(),
        timesteps(high=1_000_000),
        Parameter(
            name="threshold",
            kind="real",
            default=1e-6,
            low=1e-300,
            high=1e300,
            symbol="ε",
            meaning="size for first_below and first_above",
        ),
    ),
    quantities=(
        Quantity(name="state", symbol="h_t", meaning="hidden state", index="timestep"),
        Quantity(name="pre_activation", symbol="a_t", meaning="pre-activation", index="timestep", first=1),
        Quantity(name="slope", symbol="φ'(a_t)", meaning="slope at the pre-activation", index="timestep", first=1),
        Quantity(name="factor", symbol="w φ'(a_t)", meaning="factor of one timestep", index="timestep", first=1),
        Quantity(name="product", symbol="∂h_k/∂h_0", meaning="product of the first k factors", index="timestep"),
        Quantity(
            name="log10_product",
            symbol="log₁₀ |∂h_k/∂h_0|",
            meaning="decimal logarithm of |product|",
            index="timestep",
        ),
        Quantity(name="rate", symbol="r", meaning="geometric mean of |factor|, |product[T]|^(1/T)"),
        Quantity(name="first_below", symbol="k", meaning="first k from 1 on with |product| < threshold; 0 if never"),
        Quantity(name="first_above", symbol="k", meaning="first k from 1 on with |product| > threshold; 0 if never"),
    ),
    plot=Plot(
        kind="line",
        x_label="factors k",
        y_label="log₁₀ |∂h_k/∂h_0|",
        curves={
            "log₁₀ |∂h_k/∂h_0|": "log10_product",
        },
    ),
    determined=True,
    findings=ScalarChainFindings,
    work=number_work,
)
