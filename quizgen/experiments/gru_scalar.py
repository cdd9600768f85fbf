"""One GRU unit by hand: its derivative in the variants that papers and libraries disagree about, and its long products.

    r = σ(w_r h + b_r),  z = σ(w_z h + b_z),  h' = q h + (1 − q) n,  q = z (the gate keeps) or 1 − z (it replaces)
    reset after:   n = tanh(b_n + r (w_n h + b_hn))          reset before:  n = tanh(b_n + w_n (r h) + b_hn)

The derivative dh'/dh is taken at any h. At rest, h = b_n = b_hn = 0, the state stays where it is in every variant, and

    dh_k/dh_0 = (q + (1 − q) r w_n)^k,    at b_r = b_z = 0:  (½ + w_n/4)^k, which explodes for w_n > 2

although what the update gate keeps, q^k, always vanishes. ``rest_factor`` and the series are of a gate that keeps.
Demonstrates S8 (gates keep long memories), and what S8 leaves out. Source: Cho et al. (2014); Chung et al. (2014).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.gru_paths import UPDATE_BIAS
from quizgen.experiments.networks import timesteps
from quizgen.experiments.work import number_work
from quizgen.rnn.activations import sigmoid
from quizgen.rnn.gru import Gru, Reset
from quizgen.rnn.scaled import Scaled, running_product

# the end of a quantity's name -> reset, whether z keeps
_VARIANTS: Final[dict[str, tuple[Reset, bool]]] = {
    "after_keeps": ("after", True),
    "before_keeps": ("before", True),
    "after_replaces": ("after", False),
    "before_replaces": ("before", False),
}


class GruScalarFindings(Findings):
    """The quantities of `GRU_SCALAR`."""

    @cached_property
    def reset_gate(self) -> FloatArray:
        """The gate r at h."""
        return sigmoid(self.number("reset_weight") * self.number("state") + self.number("reset_bias"))

    @cached_property
    def update_gate(self) -> FloatArray:
        """The gate z at h."""
        return sigmoid(self.number("update_weight") * self.number("state") + self.number("update_bias"))

    def _step(self, ending: str) -> tuple[FloatArray, FloatArray]:
        """The next state h' and dh'/dh in one variant of the cell."""
        reset, z_keeps = _VARIANTS[ending]
        zero = np.zeros(self.variants)
        weights = [self.number(f"{gate}_weight") for gate in ("reset", "update", "candidate")]
        biases = [self.number(f"{gate}_bias") for gate in ("reset", "update", "candidate")]
        cell = Gru(
            W_hh=np.stack(weights, axis=1)[:, :, None],
            W_xh=np.zeros((self.variants, 3, 1)),
            b=np.stack(biases, axis=1),
            b_hh=np.stack([zero, zero, self.number("recurrent_bias")], axis=1),
            reset=reset,
            z_keeps=z_keeps,
        )
        h = self.number("state")[:, None]
        a, after = cell.step(h, np.zeros((self.variants, 1)))
        return after[:, 0], cell.jacobian(cell.slopes(h, a, after))[:, 0, 0]

    @property
    def next_after_keeps(self) -> FloatArray:
        """h', reset after, z keeps."""
        return self._step("after_keeps")[0]

    @property
    def next_before_keeps(self) -> FloatArray:
        """h', reset before, z keeps."""
        return self._step("before_keeps")[0]

    @property
    def next_after_replaces(self) -> FloatArray:
        """h', reset after, z replaces."""
        return self._step("after_replaces")[0]

    @property
    def next_before_replaces(self) -> FloatArray:
        """h', reset before, z replaces."""
        return self._step("before_replaces")[0]

    @property
    def derivative_after_keeps(self) -> FloatArray:
        """dh'/dh, reset after, z keeps."""
        return self._step("after_keeps")[1]

    @property
    def derivative_before_keeps(self) -> FloatArray:
        """dh'/dh, reset before, z keeps."""
        return self._step("before_keeps")[1]

    @property
    def derivative_after_replaces(self) -> FloatArray:
        """dh'/dh, reset after, z replaces."""
        return self._step("after_replaces")[1]

    @property
    def derivative_before_replaces(self) -> FloatArray:
        """dh'/dh, reset before, z replaces."""
        return self._step("before_replaces")[1]

    @cached_property
    def _rest_gates(self) -> tuple[FloatArray, FloatArray]:
        """The gates r and z at h = 0."""
        return sigmoid(self.number("reset_bias")), sigmoid(self.number("update_bias"))

    @cached_property
    def rest_factor(self) -> FloatArray:
        """The factor z + (1 − z) r w_n at h = 0."""
        r, z = self._rest_gates
        return np.asarray(z + sigmoid(-self.number("update_bias")) * r * self.number("candidate_weight"))

    @property
    def time_constant(self) -> FloatArray:
        """−1/ln z = 1/ln(1 + exp(−b_z)) at h = 0, which keeps its digits where z is almost 1."""
        return np.asarray(1.0 / np.logaddexp(0.0, -self.number("update_bias")))

    def _power(self, factor: FloatArray) -> Scaled:
        return running_product(np.repeat(factor[:, None], int(self.lengths.max()), axis=1))

    @property
    def update_path(self) -> Series:
        """z^k at h = 0."""
        return self.series(self._power(self._rest_gates[1]).value)

    @property
    def full_product(self) -> Series:
        """(z + (1 − z) r w_n)^k."""
        return self.series(self._power(self.rest_factor).value)

    @property
    def log10_full_product(self) -> Series:
        """The decimal logarithm of its size."""
        return self.series(self._power(self.rest_factor).log10)


def _number(name: str, symbol: str, default: float, meaning: str) -> Parameter:
    return Parameter(name=name, kind="real", default=default, low=-100.0, high=100.0, symbol=symbol, meaning=meaning)


def _spelled(ending: str) -> str:
    reset, z_keeps = _VARIANTS[ending]
    return f"reset {reset} the product, update gate {'keeps' if z_keeps else 'replaces'}"


GRU_SCALAR: Final = Simulation(
    name="gru_scalar",
    title="One GRU unit by hand",
    claims=("S8",),
    parameters=(
        _number("state", "h", 0.5, "hidden state before the step"),
        _number("reset_weight", "w_r", 1.0, "recurrent weight of the reset gate"),
        _number("update_weight", "w_z", 1.0, "recurrent weight of the update gate"),
        _number("candidate_weight", "w_n", 1.0, "recurrent weight of the candidate n"),
        _number("reset_bias", "b_r", 0.0, "bias of the reset gate"),
        UPDATE_BIAS,
        _number("candidate_bias", "b_n", 0.0, "bias of the candidate, with its input"),
        _number("recurrent_bias", "b_hn", 0.0, "bias of the candidate on the recurrent side"),
        timesteps(high=10_000),
    ),
    quantities=(
        Quantity(name="reset_gate", symbol="r", meaning="reset gate at h"),
        Quantity(name="update_gate", symbol="z", meaning="update gate at h"),
        *(Quantity(name=f"next_{end}", symbol="h'", meaning=f"next state, {_spelled(end)}") for end in _VARIANTS),
        *(
            Quantity(name=f"derivative_{end}", symbol="∂h'/∂h", meaning=f"derivative of one timestep, {_spelled(end)}")
            for end in _VARIANTS
        ),
        Quantity(name="rest_factor", symbol="z + (1−z) r w_n", meaning="derivative of one timestep at rest, h = 0"),
        Quantity(name="time_constant", symbol="τ", unit="timesteps", meaning="−1/ln z of the update-gate path at rest"),
        Quantity(name="update_path", symbol="z^k", meaning="product of k update gates at rest", index="timestep"),
        Quantity(
            name="full_product", symbol="∂h_k/∂h_0", meaning="full gradient at rest, rest_factor^k", index="timestep"
        ),
        Quantity(
            name="log10_full_product",
            symbol="log₁₀ |∂h_k/∂h_0|",
            meaning="decimal logarithm of |full_product|",
            index="timestep",
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="gradient at rest",
        curves={"update gates z^k": "update_path", "all ∂h_k/∂h_0": "full_product"},
    ),
    determined=True,
    findings=GruScalarFindings,
    work=number_work,
)
