"""The two ways back through an LSTM: the forget gates alone, and everything.

    dc_k/dc_0 along the cell state alone = diag(∏ f_t)          (the constant error carousel)
    d(h, c)_k/d(h, c)_0                  = product of the full 2n × 2n Jacobians

The first is what is usually shown; the second is the gradient. An LSTM can vanish (f < 1) and, through h, explode as
well.
Demonstrates S8 (gates keep long memories) and S13. Source: Hochreiter & Schmidhuber (1997); Gers, Schmidhuber & Cummins
(2000).
Drawn weights: recurrent ones orthogonal with the gain for each gate; every gate of every unit has its own input from
N(0, input_std²).
"""

from functools import cached_property
from typing import Final

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation
from quizgen.experiments.gated_paths import GatedPaths
from quizgen.experiments.networks import GAIN, HIDDEN, INIT, INPUT_STD, timesteps
from quizgen.rnn.cells import make_lstm
from quizgen.rnn.lstm import FORGET_GATE, Lstm
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.scaled import Scaled


class LstmPathsFindings(GatedPaths):
    """The quantities of `LSTM_PATHS`; k_t, the share that is kept, is the forget gate f_t."""

    gates = 4
    drawing = ("init", "gain", "forget_bias")
    kept_row = -1

    @cached_property
    def _cell(self) -> Lstm:
        if self.own_weights is not None:
            return make_lstm(self.own_weights)
        return Lstm(
            W_hh=self._drawn_gates("ifgo"),
            W_xh=self._own_input_for_each_gate(),
            b=self._gate_bias(FORGET_GATE, "forget_bias"),
        )

    @cached_property
    def _blocks(self) -> tuple[Scaled, ...]:
        """Norms of the whole product, of its block from cell state to cell state, and from h to h."""
        n = self.size("hidden")
        return self._products(
            (lambda product: spectral_norm(product[:, n:, n:]), "cell_norm"),
            (lambda product: spectral_norm(product[:, :n, :n]), "hidden_norm"),
        )

    @property
    def _full_product(self) -> Scaled:
        return self._blocks[0]

    @property
    def forget_gate(self) -> Series:
        """The mean of f_t over the units."""
        return self._mean_kept

    @property
    def mean_forget_gate(self) -> FloatArray:
        """The mean of f_t over units and timesteps."""
        return self._mean_kept_over_time

    @property
    def forget_path(self) -> Series:
        """The mean of ∏ f_t over the units."""
        return self._mean_path

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
        return self.series(self._blocks[1].value)

    @property
    def hidden_norm(self) -> Series:
        """‖dh_k/dh_0‖₂."""
        return self.series(self._blocks[2].value)


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
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="norm",
        curves={
            "forget gates ∏ f_t": "forget_path_norm",
            "cell ‖∂c_k/∂c_0‖": "cell_norm",
            "hidden ‖∂h_k/∂h_0‖": "hidden_norm",
            "all ‖∂(h,c)_k/∂(h,c)_0‖": "full_norm",
        },
    ),
    determined=False,
    findings=LstmPathsFindings,
)
