"""The two ways back through an LSTM: the forget gates alone, and everything.

    dc_k/dc_0 along the cell state alone = diag(∏ f_t)          (the constant error carousel)
    d(h, c)_k/d(h, c)_0                  = product of the full 2n × 2n Jacobians

The first is what is usually shown; the second is the gradient. An LSTM can vanish (f < 1) and, through h, explode as
well.
Demonstrates S8 (gates keep long memories) and S13. Source: Hochreiter & Schmidhuber (1997); Gers, Schmidhuber & Cummins
(2000).
Weights: recurrent ones orthogonal with the gain for each gate; every gate of every unit has its own input from N(0,
input_std²).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation, at_end, mean_over_time
from quizgen.experiments.networks import GAIN, HIDDEN, INIT, INPUT_STD, drawn_inputs, timesteps
from quizgen.experiments.randomness import generators
from quizgen.rnn.forward import running
from quizgen.rnn.initialisation import INITIALISATIONS
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.lstm import FORGET_GATE, Lstm, LstmStep, step, step_jacobian
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.scaled import Scaled, running_product


class LstmPathsFindings(Findings):
    """The quantities of `LSTM_PATHS`."""

    @cached_property
    def _cell(self) -> Lstm:
        n, scheme = self.size("hidden"), INITIALISATIONS[self.word("init")]
        gates = [
            scheme.draw(generators(self.seeds, f"weights/{gate}"), fan_in=n, fan_out=n, gain=self.number("gain"))
            for gate in "ifgo"
        ]
        bias = np.zeros((self.variants, 4, n))
        bias[:, FORGET_GATE] = self.number("forget_bias")[:, None]
        return Lstm(
            W_hh=np.concatenate(gates, axis=1),
            W_xh=np.broadcast_to(np.eye(4 * n), (self.variants, 4 * n, 4 * n)),
            b=bias.reshape(self.variants, 4 * n),
        )

    @cached_property
    def _steps(self) -> list[LstmStep]:
        """The forward pass from h_0 = c_0 = 0."""
        n = self.size("hidden")
        inputs = drawn_inputs(self, 4 * n)
        h = c = np.zeros((self.variants, n))
        steps = []
        for t in range(1, int(self.lengths.max()) + 1):
            active = running(self.lengths, t)
            taken = step(self._cell.first(active), h[:active], c[:active], inputs[:active, t - 1])
            h, c = taken.h, taken.c
            steps.append(taken)
        return steps

    @cached_property
    def _forget_gates(self) -> FloatArray:
        """f_t of every unit, 1 beyond a variant's end: (V, n, T)."""
        gates = np.ones((self.variants, self.size("hidden"), len(self._steps)))
        for t, taken in enumerate(self._steps):
            gates[: len(taken.c), :, t] = taken.gates[:, FORGET_GATE]
        return gates

    @cached_property
    def _paths(self) -> Scaled:
        """∏ f_t of every unit: (V, n, T + 1)."""
        return running_product(self._forget_gates)

    @cached_property
    def _strongest(self) -> Scaled:
        """The largest ∏ f_t of a variant's units: (V, T + 1)."""
        units = self._paths.log10.argmax(axis=1)[:, None, :]
        return Scaled(
            np.take_along_axis(self._paths.mantissa, units, axis=1)[:, 0],
            np.take_along_axis(self._paths.exponent, units, axis=1)[:, 0],
        )

    def _jacobian(self, t: int, active: int) -> FloatArray:
        return step_jacobian(self._cell.first(active), self._steps[t - 1])

    @cached_property
    def _products(self) -> tuple[Scaled, ...]:
        n = self.size("hidden")
        full = self.asked("full_norm", "log10_full_norm")
        if "rate" in self.wanted:
            full[np.arange(self.variants), self.lengths] = True
        probes = [
            Probe(norm=spectral_norm, asked=full),
            Probe(norm=lambda product: spectral_norm(product[:, n:, n:]), asked=self.asked("cell_norm")),
            Probe(norm=lambda product: spectral_norm(product[:, :n, :n]), asked=self.asked("hidden_norm")),
        ]
        return product_norms(self._jacobian, self.lengths, 2 * n, probes, order="forward")

    @property
    def forget_gate(self) -> Series:
        """The mean of f_t over the units."""
        return self.series(np.ascontiguousarray(self._forget_gates.swapaxes(1, 2)).mean(axis=-1), first=1)

    @property
    def mean_forget_gate(self) -> FloatArray:
        """The mean of f_t over units and timesteps."""
        return mean_over_time(self.forget_gate.values, self.lengths)

    @property
    def forget_path(self) -> Series:
        """The mean of ∏ f_t over the units."""
        return self.series(np.ascontiguousarray(self._paths.value.swapaxes(1, 2)).mean(axis=-1))

    @property
    def forget_path_norm(self) -> Series:
        """The largest ∏ f_t, the spectral norm of the diagonal matrix."""
        return self.series(self._strongest.value)

    @property
    def log10_forget_path_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._strongest.log10)

    @property
    def cell_norm(self) -> Series:
        """‖dc_k/dc_0‖₂."""
        return self.series(self._products[1].value)

    @property
    def hidden_norm(self) -> Series:
        """‖dh_k/dh_0‖₂."""
        return self.series(self._products[2].value)

    @property
    def full_norm(self) -> Series:
        """‖d(h, c)_k/d(h, c)_0‖₂."""
        return self.series(self._products[0].value)

    @property
    def log10_full_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._products[0].log10)

    @property
    def rate(self) -> FloatArray:
        """full_norm[T] to the power 1/T."""
        return np.asarray(10.0 ** (at_end(self._products[0].log10, self.lengths) / self.lengths))


FORGET_BIAS: Final = Parameter(
    name="forget_bias",
    kind="real",
    default=1.0,
    low=-10.0,
    high=20.0,
    symbol="b_f",
    meaning="bias of the forget gates",
)

LSTM_PATHS: Final = Simulation(
    name="lstm_paths",
    title="Forget-gate path and full gradient of an LSTM",
    claims=("S8", "S13"),
    parameters=(HIDDEN, timesteps(high=1000), FORGET_BIAS, INIT, GAIN, INPUT_STD),
    quantities=(
        Quantity(
            name="forget_gate", symbol="mean f_t", meaning="forget gate, mean over units", index="timestep", first=1
        ),
        Quantity(name="mean_forget_gate", symbol="mean f", meaning="forget gate, mean over units and timesteps"),
        Quantity(
            name="forget_path",
            symbol="mean ∏ f_t",
            meaning="product of the first k forget gates, mean over units",
            index="timestep",
        ),
        Quantity(
            name="forget_path_norm",
            symbol="‖diag(∏ f_t)‖₂",
            meaning="product of the first k forget gates, largest over units",
            index="timestep",
        ),
        Quantity(
            name="log10_forget_path_norm",
            symbol="log₁₀ ‖diag(∏ f_t)‖₂",
            meaning="decimal logarithm of forget_path_norm",
            index="timestep",
        ),
        Quantity(
            name="cell_norm",
            symbol="‖∂c_k/∂c_0‖₂",
            meaning="spectral norm of the cell state's block in the full product, h feeding back",
            index="timestep",
        ),
        Quantity(
            name="hidden_norm",
            symbol="‖∂h_k/∂h_0‖₂",
            meaning="spectral norm of the hidden state's block in the full product",
            index="timestep",
        ),
        Quantity(
            name="full_norm",
            symbol="‖∂(h,c)_k/∂(h,c)_0‖₂",
            meaning="spectral norm of the product of the first k full Jacobians",
            index="timestep",
        ),
        Quantity(
            name="log10_full_norm",
            symbol="log₁₀ ‖∂(h,c)_k/∂(h,c)_0‖₂",
            meaning="decimal logarithm of full_norm",
            index="timestep",
        ),
        Quantity(name="rate", symbol="r", meaning="geometric mean factor per timestep, full_norm[T]^(1/T)"),
    ),
    determined=False,
    findings=LstmPathsFindings,
)
