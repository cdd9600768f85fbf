"""What truncated backpropagation through time leaves out, for every window k at once.

    sliding   each loss goes back through the last k timesteps,    chunked   a cut after every k timesteps

    bias = ‖g_k − g‖_F/‖g‖_F,    g = dL/dW in full

The forward pass is that of the whole sequence in both. In a linear unit whose terms are all the same, sliding keeps
k/T of the gradient of a loss at T. Chunks keep less than windows that slide wherever losses stand early in a chunk.
Demonstrates S3 (early timesteps contribute little) and S12 (long sequences). Source: Williams & Peng (1990).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation, share
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
from quizgen.rnn.norms import euclidean_norm, frobenius_norm
from quizgen.rnn.truncation import gradients_by_lag, split_by_chunks, split_by_sliding

Split = tuple[FloatArray, FloatArray]  # what windows k = 1 .. T keep of dL/dW, and what they leave out: (T, n, n) each


class TruncatedBpttFindings(NetworkFindings):
    """The quantities of `TRUNCATED_BPTT`; each variant is computed on its own, for all its windows."""

    @cached_property
    def _networks(self) -> list[tuple[FloatArray, FloatArray, FloatArray, FloatArray]]:
        """W, slopes, states before, and gradients of the losses of each variant, without what lies beyond its end."""
        aims = generators(self.seeds, "loss")
        return [
            (
                self.W[v],
                np.ascontiguousarray(self.slopes[v, :last]),
                np.ascontiguousarray(self.trajectory.states[v, :last]),
                self._loss_gradients(next(aims).standard_normal((last, self.size("hidden")))),
            )
            for v, last in enumerate(self.lengths.tolist())
        ]

    def _loss_gradients(self, aims: FloatArray) -> FloatArray:
        if self.word("loss") == "last":
            aims[:-1] = 0.0
        return np.asarray(aims / np.maximum(euclidean_norm(aims), 1e-300)[:, None])

    @cached_property
    def _by_lag(self) -> list[FloatArray]:
        return [gradients_by_lag(*network) for network in self._networks]

    @cached_property
    def _full(self) -> list[FloatArray]:
        """dL/dW of each variant: what the longest sliding window keeps."""
        return [kept[-1] for kept, _ in self._sliding]

    @cached_property
    def _sliding(self) -> list[Split]:
        return [split_by_sliding(parts) for parts in self._by_lag]

    @cached_property
    def _chunked(self) -> list[Split]:
        return [split_by_chunks(*network) for network in self._networks]

    @cached_property
    def full_norm(self) -> FloatArray:
        """‖dL/dW‖_F."""
        return np.stack([frobenius_norm(full) for full in self._full])

    @property
    def lag_norm(self) -> Series:
        """The norm of the part of dL/dW that comes back through k − 1 Jacobians."""
        return self._per_window([frobenius_norm(parts) for parts in self._by_lag])

    @property
    def sliding_norm(self) -> Series:
        """‖g_k‖_F."""
        return self._norms(self._sliding)

    @property
    def sliding_bias(self) -> Series:
        """‖g_k − g‖_F/‖g‖_F."""
        return self._biases(self._sliding)

    @property
    def sliding_cosine(self) -> Series:
        """The cosine between g_k and g."""
        return self._cosines(self._sliding)

    @property
    def chunked_norm(self) -> Series:
        """‖g_k‖_F."""
        return self._norms(self._chunked)

    @property
    def chunked_bias(self) -> Series:
        """‖g_k − g‖_F/‖g‖_F."""
        return self._biases(self._chunked)

    @property
    def chunked_cosine(self) -> Series:
        """The cosine between g_k and g."""
        return self._cosines(self._chunked)

    def _norms(self, splits: list[Split]) -> Series:
        return self._per_window([frobenius_norm(kept) for kept, _ in splits])

    def _biases(self, splits: list[Split]) -> Series:
        left_out = [frobenius_norm(beyond) for _, beyond in splits]
        return self._per_window([share(norms, full) for norms, full in zip(left_out, self.full_norm, strict=True)])

    def _cosines(self, splits: list[Split]) -> Series:
        return self._per_window([_cosine(full, kept) for full, (kept, _) in zip(self._full, splits, strict=True)])

    def _per_window(self, rows: list[FloatArray]) -> Series:
        values = np.zeros((self.variants, int(self.lengths.max())))
        for v, row in enumerate(rows):
            values[v, : len(row)] = row
        return self.series(values, first=1)


def _cosine(full: FloatArray, truncated: FloatArray) -> FloatArray:
    """The cosines between one matrix and each of a stack, by unit matrices; 0 where one of the two is 0."""
    unit, units = (g / np.maximum(frobenius_norm(g), 1e-300)[..., None, None] for g in (full, truncated))
    return np.asarray((units * unit).sum(axis=(-2, -1)))


def _per_window(name: str, symbol: str, meaning: str) -> Quantity:
    return Quantity(name=name, symbol=symbol, meaning=meaning, index="window", first=1)


TRUNCATED_BPTT: Final = Simulation(
    name="truncated_bptt",
    title="Truncated backpropagation through time and its bias",
    claims=("S3", "S12"),
    parameters=(
        CELL,
        INIT,
        GAIN,
        HIDDEN,
        timesteps(high=200),
        INPUT_STD,
        BIAS,
        START_STD,
        Parameter(
            name="loss",
            kind="word",
            default="every",
            words=("every", "last"),
            symbol="L",
            meaning="sum of v_tᵀh_t with ‖v_t‖ = 1 over every timestep, or at the last one alone",
        ),
    ),
    quantities=(
        Quantity(name="full_norm", symbol="‖∂L/∂W‖_F", meaning="norm of the full gradient"),
        _per_window("lag_norm", "‖part of lag k−1‖_F", "norm of what comes back through just k − 1 Jacobians"),
        _per_window("sliding_norm", "‖g_k‖_F", "norm of the gradient with a sliding window of k timesteps"),
        _per_window(
            "sliding_bias",
            "‖g_k − g‖/‖g‖",
            "what the sliding window leaves out, relative to the gradient; 0 if nothing",
        ),
        _per_window("sliding_cosine", "cos(g_k, g)", "cosine between the sliding window's gradient and the full one"),
        _per_window("chunked_norm", "‖g_k‖_F", "norm of the gradient in chunks of k timesteps"),
        _per_window("chunked_bias", "‖g_k − g‖/‖g‖", "what chunks leave out, relative to the gradient; 0 if nothing"),
        _per_window("chunked_cosine", "cos(g_k, g)", "cosine between the chunks' gradient and the full one"),
    ),
    plot=Plot(
        kind="semilog",
        x_label="window k",
        y_label="bias ‖g_k − g‖/‖g‖",
        curves={"sliding": "sliding_bias", "chunked": "chunked_bias"},
    ),
    determined=False,
    findings=TruncatedBpttFindings,
)
