"""The two ways back through a GRU: what the update gates keep, and everything.

    h_t = k_t ⊙ h_{t-1} + (1 − k_t) ⊙ n_t;    along what is kept alone  dh_k/dh_0 = diag(∏ k_t)

k = z where the update gate keeps (Cho et al., PyTorch), k = 1 − z where it replaces (Chung et al.). The candidate n_t
is reset after or before its product with W_n; the two have different Jacobians from the same weights.
Demonstrates S8 (gates keep long memories) and S13. Source: Cho et al. (2014); Chung et al. (2014).
Drawn weights: recurrent ones by the named scheme for each gate; every gate of every unit has its own input from N(0,
input_std²).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation
from quizgen.experiments.gated_paths import GatedPaths
from quizgen.experiments.networks import GAIN, HIDDEN, INIT, INPUT_STD, timesteps
from quizgen.rnn.cells import make_gru
from quizgen.rnn.gru import UPDATE_GATE, Gru, Reset
from quizgen.rnn.scaled import Scaled


class GruPathsFindings(GatedPaths):
    """The quantities of `GRU_PATHS`."""

    gates = 3
    drawing = ("init", "gain", "update_bias")
    kept_row = 0

    @cached_property
    def _cell(self) -> Gru:
        reset: Reset = "before" if self.word("reset") == "before" else "after"
        z_keeps = self.word("update_gate") == "keeps"
        if self.own_weights is not None:
            return make_gru(self.own_weights, reset=reset, z_keeps=z_keeps)
        bias = self._gate_bias(UPDATE_GATE, "update_bias")
        return Gru(
            W_hh=self._drawn_gates("rzn"),
            W_xh=self._own_input_for_each_gate(),
            b=bias,
            b_hh=np.zeros_like(bias),
            reset=reset,
            z_keeps=z_keeps,
        )

    @cached_property
    def _full_product(self) -> Scaled:
        return self._products()[0]

    @property
    def kept_share(self) -> Series:
        """The mean of k_t over the units."""
        return self._mean_kept

    @property
    def mean_kept_share(self) -> FloatArray:
        """The mean of k_t over units and timesteps."""
        return self._mean_kept_over_time

    @property
    def kept_path(self) -> Series:
        """The mean of ∏ k_t over the units."""
        return self._mean_path

    @property
    def kept_path_norm(self) -> Series:
        """The largest ∏ k_t, the spectral norm of the diagonal matrix."""
        return self.series(self._strongest.value)

    @property
    def log10_kept_path_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._strongest.log10)


UPDATE_BIAS: Final = Parameter(
    name="update_bias",
    kind="real",
    default=1.0,
    low=-20.0,
    high=20.0,
    symbol="b_z",
    meaning="bias of the update gates",
)

GRU_PATHS: Final = Simulation(
    name="gru_paths",
    title="Update-gate path and full gradient of a GRU",
    claims=("S8", "S13"),
    parameters=(
        HIDDEN,
        timesteps(high=1000),
        UPDATE_BIAS,
        INIT,
        GAIN,
        INPUT_STD,
        Parameter(
            name="reset",
            kind="word",
            default="after",
            words=("after", "before"),
            meaning="reset gate after the product with W_n (PyTorch, Keras) or before it (Chung et al.)",
        ),
        Parameter(
            name="update_gate",
            kind="word",
            default="keeps",
            words=("keeps", "replaces"),
            meaning="z keeps the old state (Cho et al., PyTorch) or replaces it (Chung et al.)",
        ),
    ),
    quantities=(
        Quantity(
            name="kept_share",
            symbol="mean k_t",
            meaning="share that is kept, mean over units",
            index="timestep",
            first=1,
        ),
        Quantity(name="mean_kept_share", symbol="mean k", meaning="share that is kept, mean over units and timesteps"),
        Quantity(
            name="kept_path",
            symbol="mean ∏ k_t",
            meaning="product of the first k kept shares, mean over units",
            index="timestep",
        ),
        Quantity(
            name="kept_path_norm",
            symbol="‖diag(∏ k_t)‖₂",
            meaning="product of the first k kept shares, largest over units",
            index="timestep",
        ),
        Quantity(
            name="log10_kept_path_norm",
            symbol="log₁₀ ‖diag(∏ k_t)‖₂",
            meaning="decimal logarithm of kept_path_norm",
            index="timestep",
        ),
        Quantity(
            name="full_norm",
            symbol="‖∂h_k/∂h_0‖₂",
            meaning="spectral norm of the product of the first k full Jacobians",
            index="timestep",
        ),
        Quantity(
            name="log10_full_norm",
            symbol="log₁₀ ‖∂h_k/∂h_0‖₂",
            meaning="decimal logarithm of full_norm",
            index="timestep",
        ),
        Quantity(name="rate", symbol="r", meaning="geometric mean factor per timestep, full_norm[T]^(1/T)"),
    ),
    plot=Plot(
        kind="semilog",
        x_label="factors k",
        y_label="norm",
        curves={"update gates ∏ k_t": "kept_path_norm", "all ‖∂h_k/∂h_0‖": "full_norm"},
    ),
    determined=False,
    findings=GruPathsFindings,
)
