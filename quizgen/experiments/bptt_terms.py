"""Which timesteps the gradient of the shared recurrent weights comes from.

    dL/dW = sum over t of e_t h_{t-1}ᵀ,    e_t = phi'(a_t) ⊙ delta_t,    delta_t = dL/dh_t,    L = vᵀ h_T with ‖v‖ = 1

The weights of early and late timesteps are one matrix, so W does change; only the share of the early timesteps
vanishes. Shares are of the sum of the terms' norms, so that those of the two halves add up to 1.
The norm penalty Ω is 0 where every timestep keeps the gradient's norm; as a regulariser it holds gradients up.
Demonstrates S3 (early steps have minimal impact) and S4. Source: Werbos (1990); Pascanu, Mikolov & Bengio (2013),
section 3.3 for Ω.
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation, at_end, share
from quizgen.experiments.networks import (
    BIAS,
    CELL,
    GAIN,
    HIDDEN,
    INIT,
    INPUT_STD,
    START_STD,
    NetworkFindings,
    timesteps,
)
from quizgen.experiments.randomness import generators
from quizgen.rnn.bptt import Backward, backward, norm_ratios
from quizgen.rnn.norms import euclidean_norm, frobenius_norm


class BpttTermsFindings(NetworkFindings):
    """The quantities of `BPTT_TERMS`."""

    @cached_property
    def _aim(self) -> FloatArray:
        """The unit vector v: (V, n)."""
        aim = np.stack([rng.standard_normal(self.size("hidden")) for rng in generators(self.seeds, "loss")])
        return np.asarray(aim / euclidean_norm(aim)[:, None])

    @cached_property
    def _backward(self) -> Backward:
        return backward(self.cell(self.activation), self.trajectory, self._aim)

    @cached_property
    def _term_norms(self) -> FloatArray:
        """‖e_t h_{t-1}ᵀ‖_F = ‖e_t‖ ‖h_{t-1}‖: (V, T)."""
        return np.asarray(euclidean_norm(self._backward.errors) * euclidean_norm(self.trajectory.states[:, :-1]))

    @cached_property
    def _sums(self) -> FloatArray:
        """Sums of the norms of the first 0 .. T terms: (V, T + 1)."""
        return np.concatenate([np.zeros((self.variants, 1)), np.cumsum(self._term_norms, axis=1)], axis=1)

    @property
    def delta_norm(self) -> Series:
        """‖delta_t‖."""
        return self.series(euclidean_norm(self._backward.deltas))

    @property
    def state_norm(self) -> Series:
        """‖h_t‖."""
        return self.series(euclidean_norm(self.trajectory.states))

    @property
    def term_norm(self) -> Series:
        """‖e_t h_{t-1}ᵀ‖_F."""
        return self.series(self._term_norms, first=1)

    @property
    def total_norm(self) -> FloatArray:
        """‖dL/dW‖_F."""
        return frobenius_norm(self._backward.W_hh)

    @property
    def sum_of_norms(self) -> FloatArray:
        """The sum of the terms' norms."""
        return at_end(self._sums, self.lengths)

    @property
    def norm_penalty(self) -> FloatArray:
        """Ω, the sum of (‖delta_{t-1}‖/‖delta_t‖ − 1)²; a timestep without gradient counts 1."""
        ratios = norm_ratios(self.cell(self.activation), self.trajectory, self._aim)
        return at_end(np.cumsum(np.square(ratios - 1.0), axis=1), self.lengths, first=1)

    @property
    def share_first_half(self) -> FloatArray:
        """The share of timesteps 1 .. ⌊T/2⌋."""
        return share(at_end(self._sums, self.lengths // 2), self.sum_of_norms)

    @property
    def share_last(self) -> FloatArray:
        """The share of the last ``last`` timesteps."""
        last = self.number("last").astype(np.int64)
        norms = np.where(self.until_end(first=1), self._term_norms, 0.0)
        later = np.pad(np.cumsum(norms[:, ::-1], axis=1)[:, ::-1], ((0, 0), (0, 1)))
        kept, whole = at_end(later, np.maximum(self.lengths - last, 0)), later[:, 0]
        return np.where((whole == 0) & (last >= self.lengths), 1.0, share(kept, whole))


BPTT_TERMS: Final = Simulation(
    name="bptt_terms",
    title="Contributions of the timesteps to the gradient",
    claims=("S3", "S4"),
    parameters=(
        CELL,
        INIT,
        GAIN,
        HIDDEN,
        timesteps(high=500),
        INPUT_STD,
        BIAS,
        START_STD,
        Parameter(
            name="last",
            kind="integer",
            default=5,
            low=1,
            high=500,
            symbol="m",
            meaning="how many of the last timesteps share_last counts",
        ),
    ),
    quantities=(
        Quantity(name="delta_norm", symbol="‖∂L/∂h_t‖", meaning="gradient at a hidden state", index="timestep"),
        Quantity(name="state_norm", symbol="‖h_t‖", meaning="norm of the hidden state", index="timestep"),
        Quantity(
            name="term_norm",
            symbol="‖e_t h_{t-1}ᵀ‖_F",
            meaning="norm of timestep t's contribution to ∂L/∂W",
            index="timestep",
            first=1,
        ),
        Quantity(name="total_norm", symbol="‖∂L/∂W‖_F", meaning="norm of the sum of all contributions"),
        Quantity(name="sum_of_norms", symbol="Σ‖e_t h_{t-1}ᵀ‖_F", meaning="sum of the contributions' norms"),
        Quantity(
            name="norm_penalty",
            symbol="Ω",
            meaning=(
                "sum over timesteps of (‖δ_{t-1}‖/‖δ_t‖ − 1)², δ_t the gradient at h_t, however small; "
                "1 for a timestep without gradient"
            ),
        ),
        Quantity(
            name="share_first_half",
            symbol="%",
            meaning="share of timesteps 1 to ⌊T/2⌋ in sum_of_norms, 0 to 1; 0 if nothing contributes",
        ),
        Quantity(
            name="share_last",
            symbol="%",
            meaning="share of the last m timesteps in sum_of_norms, 0 to 1; 0 if nothing contributes, but 1 if m ≥ T",
        ),
    ),
    plot=Plot(
        kind="semilog",
        x_label="timestep t",
        y_label="norm",
        curves={
            "gradient ‖∂L/∂h_t‖": "delta_norm",
            "contribution ‖e_t h_{t-1}ᵀ‖": "term_norm",
        },
    ),
    determined=False,
    findings=BpttTermsFindings,
)
