"""Backpropagation through time in one recurrent unit: the terms of dL/dw, by hand.

    h_t = phi(w h_{t-1} + b + x),    L = h_T,    dL/dw = sum over t of phi'(a_t) delta_t h_{t-1},    delta_t = dh_T/dh_t

In a linear unit without bias and input every term is w^(T-1) h_0, and dL/dw = T w^(T-1) h_0.
Truncation keeps the last m terms and leaves the forward pass as it is.
Demonstrates S3 (early steps have minimal impact) and S4. Source: Werbos (1990); Williams & Peng (1990).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation, at_end, share
from quizgen.experiments.networks import timesteps
from quizgen.experiments.scalar_chain import ScalarChainFindings, unit
from quizgen.experiments.work import number_work
from quizgen.rnn.forward import running


class ScalarBpttFindings(ScalarChainFindings):
    """The quantities of `SCALAR_BPTT`; those of the unit itself are inherited."""

    @cached_property
    def _deltas(self) -> FloatArray:
        """dh_T/dh_t for t = 0 .. T: (V, T + 1)."""
        deltas = np.ones((self.variants, int(self.lengths.max()) + 1))
        for t in range(int(self.lengths.max()), 0, -1):
            active = running(self.lengths, t)
            deltas[:active, t - 1] = deltas[:active, t] * self._factors[:active, t - 1]
        return deltas

    @cached_property
    def _terms(self) -> FloatArray:
        terms = self._slopes * self._deltas[:, 1:] * self._walk[0][:, :-1]
        return np.where(self.until_end(first=1), terms, 0.0)

    @cached_property
    def _later_sums(self) -> FloatArray:
        """Sums of the terms after timesteps 0 .. T, added from the last one on: (V, T + 1)."""
        sums = np.zeros((self.variants, self._terms.shape[1] + 1))
        sums[:, :-1] = np.cumsum(self._terms[:, ::-1], axis=1)[:, ::-1]
        return sums

    @property
    def delta(self) -> Series:
        """The gradient dL/dh_t."""
        return self.series(self._deltas)

    @property
    def term(self) -> Series:
        """The contribution of timestep t."""
        return self.series(self._terms, first=1)

    @cached_property
    def gradient(self) -> FloatArray:
        """The sum of all terms, dL/dw."""
        return self._later_sums[:, 0]

    @cached_property
    def truncated_gradient(self) -> FloatArray:
        """The sum of the last ``last`` terms."""
        return at_end(self._later_sums, np.maximum(self.lengths - self.number("last").astype(np.int64), 0))

    @property
    def truncated_fraction(self) -> FloatArray:
        """What truncation leaves of the gradient."""
        return share(self.truncated_gradient, self.gradient)

    @property
    def fraction_first_half(self) -> FloatArray:
        """What timesteps 1 .. ⌊T/2⌋ contribute."""
        early = np.cumsum(np.pad(self._terms, ((0, 0), (1, 0))), axis=1)
        return share(at_end(early, self.lengths // 2), self.gradient)


SCALAR_BPTT: Final = Simulation(
    name="scalar_bptt",
    title="Backpropagation through one unit by hand",
    claims=("S3", "S4"),
    parameters=(
        *unit(start=0.5),
        timesteps(default=10, high=10_000),
        Parameter(
            name="last",
            kind="integer",
            default=5,
            low=1,
            high=10_000,
            symbol="m",
            meaning="how many of the last timesteps truncation keeps",
        ),
    ),
    quantities=(
        Quantity(name="state", symbol="h_t", meaning="hidden state", index="timestep"),
        Quantity(name="slope", symbol="φ'(a_t)", meaning="slope at the pre-activation", index="timestep", first=1),
        Quantity(name="factor", symbol="w φ'(a_t)", meaning="factor of one timestep", index="timestep", first=1),
        Quantity(name="delta", symbol="∂h_T/∂h_t", meaning="gradient at a hidden state", index="timestep"),
        Quantity(
            name="term",
            symbol="φ'(a_t) δ_t h_{t-1}",
            meaning="timestep t's contribution to ∂h_T/∂w",
            index="timestep",
            first=1,
        ),
        Quantity(name="gradient", symbol="∂h_T/∂w", meaning="sum of all contributions"),
        Quantity(name="truncated_gradient", symbol="Σ last m", meaning="sum of the last m contributions"),
        Quantity(name="truncated_fraction", symbol="%", meaning="truncated_gradient over gradient; 0 if both are 0"),
        Quantity(
            name="fraction_first_half",
            symbol="%",
            meaning="contributions of timesteps 1 to ⌊T/2⌋ over gradient; 0 if both are 0",
        ),
    ),
    plot=Plot(
        kind="line",
        x_label="timestep t",
        y_label="derivative",
        curves={
            "∂h_T/∂h_t": "delta",
            "contribution to ∂h_T/∂w": "term",
        },
    ),
    determined=True,
    findings=ScalarBpttFindings,
    work=number_work,
)
