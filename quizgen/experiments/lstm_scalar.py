"""One LSTM unit at rest, h = c = x = 0: its gates and its Jacobian in closed form.

With g = 0 and tanh(0) = 0 only the cell weight W_g feeds back, and the 2 × 2 Jacobian of (h, c) has rank 1:

    J = [o, 1]ᵀ [i W_g, f],    J^k = (o i W_g + f)^(k-1) J

so the gradient grows if o i W_g + f > 1 (with all biases 0: W_g > 2), although every forget gate is below 1.
Demonstrates S8 (gates keep long memories), and what S8 leaves out. Source: Hochreiter & Schmidhuber (1997).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.lstm_paths import FORGET_BIAS
from quizgen.experiments.networks import timesteps
from quizgen.experiments.work import number_work
from quizgen.rnn.activations import sigmoid
from quizgen.rnn.lstm import Lstm
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.scaled import Scaled, running_product


class LstmScalarFindings(Findings):
    """The quantities of `LSTM_SCALAR`."""

    @cached_property
    def forget_gate(self) -> FloatArray:
        """The gate f = sigmoid(b_f)."""
        return sigmoid(self.number("forget_bias"))

    @cached_property
    def input_gate(self) -> FloatArray:
        """The gate i = sigmoid(b_i)."""
        return sigmoid(self.number("input_bias"))

    @cached_property
    def output_gate(self) -> FloatArray:
        """The gate o = sigmoid(b_o)."""
        return sigmoid(self.number("output_bias"))

    @cached_property
    def loop_factor(self) -> FloatArray:
        """The factor o i W_g + f."""
        return np.asarray(self.output_gate * self.input_gate * self.number("cell_weight") + self.forget_gate)

    @property
    def time_constant(self) -> FloatArray:
        """−1/ln f = 1/ln(1 + exp(−b_f)), which keeps its digits where f is almost 1."""
        return np.asarray(1.0 / np.logaddexp(0.0, -self.number("forget_bias")))

    @property
    def half_life(self) -> FloatArray:
        """The time ln 2 / −ln f."""
        return np.asarray(np.log(2.0) * self.time_constant)

    @cached_property
    def jacobian_norm(self) -> FloatArray:
        """‖J‖₂ of the 2 × 2 Jacobian."""
        rest, state = np.zeros((self.variants, 1)), np.zeros((self.variants, 2))
        weights = np.zeros((self.variants, 4, 1))
        weights[:, 2, 0] = self.number("cell_weight")
        biases = [self.number("input_bias"), self.number("forget_bias"), rest[:, 0], self.number("output_bias")]
        cell = Lstm(W_hh=weights, W_xh=np.zeros((self.variants, 4, 1)), b=np.stack(biases, axis=1))
        return spectral_norm(cell.jacobian(cell.slopes(state, *cell.step(state, rest))))

    @cached_property
    def _forget_product(self) -> Scaled:
        return running_product(self._every_timestep(self.forget_gate))

    @cached_property
    def _full_product(self) -> Scaled:
        factors = self._every_timestep(np.abs(self.loop_factor))
        factors[:, 0] = self.jacobian_norm
        return running_product(factors)

    @property
    def forget_path(self) -> Series:
        """f^k."""
        return self.series(self._forget_product.value)

    @property
    def log10_forget_path(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._forget_product.log10)

    @property
    def cell_product(self) -> Series:
        """dc_k/dc_0 = (o i W_g + f)^(k-1) f."""
        factors = self._every_timestep(self.loop_factor)
        factors[:, 0] = self.forget_gate
        return self.series(running_product(factors).value)

    @property
    def full_product(self) -> Series:
        """‖J^k‖₂."""
        return self.series(self._full_product.value)

    @property
    def log10_full_product(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._full_product.log10)

    def _every_timestep(self, factor: FloatArray) -> FloatArray:
        return np.repeat(factor[:, None], int(self.lengths.max()), axis=1)


def _bias(gate: str) -> Parameter:
    return Parameter(
        name=f"{gate}_bias",
        kind="real",
        default=0.0,
        low=-20.0,
        high=20.0,
        symbol=f"b_{gate[0]}",
        meaning=f"bias of the {gate} gate",
    )


LSTM_SCALAR: Final = Simulation(
    name="lstm_scalar",
    title="One LSTM unit by hand",
    claims=("S8",),
    parameters=(
        FORGET_BIAS,
        _bias("input"),
        _bias("output"),
        Parameter(
            name="cell_weight",
            kind="real",
            default=0.0,
            low=-100.0,
            high=100.0,
            symbol="W_g",
            meaning="recurrent weight of the cell input g",
        ),
        timesteps(high=10_000),
    ),
    quantities=(
        Quantity(name="forget_gate", symbol="f", meaning="forget gate, σ(b_f)"),
        Quantity(name="input_gate", symbol="i", meaning="input gate, σ(b_i)"),
        Quantity(name="output_gate", symbol="o", meaning="output gate, σ(b_o)"),
        Quantity(name="loop_factor", symbol="o i W_g + f", meaning="factor per timestep of the full gradient"),
        Quantity(name="time_constant", symbol="τ", unit="timesteps", meaning="−1/ln f of the forget-gate path"),
        Quantity(name="half_life", symbol="t_½", unit="timesteps", meaning="ln 2/(−ln f) of the forget-gate path"),
        Quantity(name="jacobian_norm", symbol="‖J‖₂", meaning="spectral norm of the 2×2 Jacobian"),
        Quantity(name="forget_path", symbol="f^k", meaning="product of k forget gates", index="timestep"),
        Quantity(
            name="log10_forget_path", symbol="log₁₀ f^k", meaning="decimal logarithm of forget_path", index="timestep"
        ),
        Quantity(
            name="cell_product",
            symbol="∂c_k/∂c_0",
            meaning="full gradient from cell state to cell state, (o i W_g + f)^(k−1) f",
            index="timestep",
        ),
        Quantity(name="full_product", symbol="‖J^k‖₂", meaning="spectral norm of the full gradient", index="timestep"),
        Quantity(
            name="log10_full_product",
            symbol="log₁₀ ‖J^k‖₂",
            meaning="decimal logarithm of full_product",
            index="timestep",
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="norm",
        curves={
            "forget gates f^k": "forget_path",
            "all ‖J^k‖": "full_product",
        },
    ),
    determined=True,
    findings=LstmScalarFindings,
    work=number_work,
)
