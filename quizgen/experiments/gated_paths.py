"""What LSTM and GRU paths have in common: the share of the old state that is kept, and the full product beside it."""

from abc import abstractmethod
from collections.abc import Callable
from functools import cached_property
from typing import ClassVar

import numpy as np

from quizgen.experiments.contract import FloatArray, Series
from quizgen.experiments.findings import at_end, mean_over_time
from quizgen.experiments.networks import drawn_inputs
from quizgen.experiments.own import OwnWeights
from quizgen.experiments.randomness import generators
from quizgen.rnn.cells import Cell
from quizgen.rnn.forward import forward
from quizgen.rnn.initialisation import INITIALISATIONS
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.scaled import Scaled, running_product


class GatedPaths(OwnWeights):
    """Subclasses make the cell, and say which row of its slopes is the share k_t of the old state that is kept."""

    kept_row: ClassVar[int]

    @property
    @abstractmethod
    def _cell(self) -> Cell:
        """The networks: the user's, or drawn ones."""

    def _drawn_gates(self, names: str) -> FloatArray:
        """Recurrent weights, drawn by the named scheme for each gate by itself: (V, Gn, n)."""
        n, gain = self.size("hidden"), self.number("gain")
        draw = INITIALISATIONS[self.word("init")].draw
        gates = [draw(generators(self.seeds, f"weights/{gate}"), fan_in=n, fan_out=n, gain=gain) for gate in names]
        return np.concatenate(gates, axis=1)

    def _gate_bias(self, gate: int, bias: str) -> FloatArray:
        """Biases that are 0 but for one gate: (V, Gn)."""
        biases = np.zeros((self.variants, self.gates, self.size("hidden")))
        biases[:, gate] = self.number(bias)[:, None]
        return biases.reshape(self.variants, -1)

    def _own_input_for_each_gate(self) -> FloatArray:
        """Input weights that give every gate of every unit an input of its own: (V, Gn, Gn)."""
        width = self.gates * self.size("hidden")
        return np.broadcast_to(np.eye(width), (self.variants, width, width))

    @cached_property
    def _slopes(self) -> FloatArray:
        """What the derivatives of each timestep need, (V, T, k, n); from a first state of 0 unless the user has one."""
        cell = self._cell
        inputs = drawn_inputs(self, cell.W_xh.shape[-1]) if self.own_inputs is None else self.own_inputs
        start = np.zeros((self.variants, cell.state_size)) if self.own_start is None else self.own_start
        return forward(cell, inputs, start, self.lengths).slopes(cell)

    @cached_property
    def _kept(self) -> FloatArray:
        """k_t of every unit, 1 beyond a variant's end: (V, n, T)."""
        kept = np.where(self.until_end(first=1)[:, :, None], self._slopes[:, :, self.kept_row], 1.0)
        return np.ascontiguousarray(kept.swapaxes(1, 2))

    @cached_property
    def _paths(self) -> Scaled:
        """∏ k_t of every unit: (V, n, T + 1)."""
        return running_product(self._kept)

    @cached_property
    def _strongest(self) -> Scaled:
        """The largest ∏ k_t of a variant's units: (V, T + 1)."""
        units = self._paths.log10.argmax(axis=1)[:, None, :]
        return Scaled(
            np.take_along_axis(self._paths.mantissa, units, axis=1)[:, 0],
            np.take_along_axis(self._paths.exponent, units, axis=1)[:, 0],
        )

    @cached_property
    def _mean_kept(self) -> Series:
        """The mean of k_t over the units."""
        return self.series(np.ascontiguousarray(self._kept.swapaxes(1, 2)).mean(axis=-1), first=1)

    @cached_property
    def _mean_path(self) -> Series:
        """The mean of ∏ k_t over the units."""
        return self.series(np.ascontiguousarray(self._paths.value.swapaxes(1, 2)).mean(axis=-1))

    @property
    def _mean_kept_over_time(self) -> FloatArray:
        """The mean of k_t over units and timesteps."""
        return mean_over_time(self._mean_kept.values, self.lengths)

    def _jacobian(self, t: int, active: int) -> FloatArray:
        return self._cell.first(active).jacobian(self._slopes[:active, t - 1])

    def _products(self, *parts: tuple[Callable[[FloatArray], FloatArray], str]) -> tuple[Scaled, ...]:
        """Norms of the products of all Jacobians: the spectral norm of the whole, then each norm of a part by name."""
        full = self.asked("full_norm", "log10_full_norm")
        if "rate" in self.wanted:
            full[np.arange(self.variants), self.lengths] = True
        probes = [Probe(norm=spectral_norm, asked=full)]
        probes += [Probe(norm=norm, asked=self.asked(name)) for norm, name in parts]
        return product_norms(self._jacobian, self.lengths, self._cell.state_size, probes, order="forward")

    @property
    @abstractmethod
    def _full_product(self) -> Scaled:
        """The spectral norm of the product of all Jacobians: (V, T + 1)."""

    @property
    def full_norm(self) -> Series:
        """The spectral norm of the product of the first k full Jacobians."""
        return self.series(self._full_product.value)

    @property
    def log10_full_norm(self) -> Series:
        """Its decimal logarithm."""
        return self.series(self._full_product.log10)

    @property
    def rate(self) -> FloatArray:
        """full_norm[T] to the power 1/T."""
        return np.asarray(10.0 ** (at_end(self._full_product.log10, self.lengths) / self.lengths))
