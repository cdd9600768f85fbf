"""The forward pass of recurrent networks, all variants at once; the only loop is over timesteps.

Variants may have different lengths. They stand in order of length, longest first, so that those still running are
always the first few, and the others fall off the end.
"""

import numpy as np

from quizgen.errors import ParameterError
from quizgen.rnn.arrays import FloatArray, IntArray
from quizgen.rnn.cells import Cell
from quizgen.values import immutable


@immutable
class Trajectory:
    """What a forward pass went through; beyond a variant's own length the entries are 0.

    Shapes: inputs x_1 .. x_T (V, T, m), states 0 .. T (V, T + 1, s), pre_activations a_1 .. a_T (V, T, p), lengths
    (V,).
    Where each network runs B sequences, they stand on an axis after that of the timesteps: states (V, T + 1, B, s).
    """

    inputs: FloatArray
    states: FloatArray
    pre_activations: FloatArray
    lengths: IntArray

    @property
    def last_states(self) -> FloatArray:
        """The state after each variant's own T timesteps: (V, s), or (V, B, s)."""
        return self.states[np.arange(len(self.lengths)), self.lengths]

    @property
    def lost_at(self) -> IntArray:
        """The first timestep whose state has an infinite or undefined entry; 0 if none has: (V,)."""
        is_lost = ~np.isfinite(self.states).all(axis=tuple(range(2, self.states.ndim)))
        return np.asarray(is_lost.argmax(axis=1))

    def slopes(self, cell: Cell) -> FloatArray:
        """The cell's slopes in all timesteps: (V, T, k, n), or (V, T, B, k, n)."""
        return cell.slopes(self.states[:, :-1], self.pre_activations, self.states[:, 1:])


def running(lengths: IntArray, t: int) -> int:
    """How many variants reach timestep ``t``; ``lengths`` must not increase."""
    return int(np.searchsorted(-lengths, -t, side="right"))


def forward(cell: Cell, inputs: FloatArray, start: FloatArray, lengths: IntArray | None = None) -> Trajectory:
    """Run the networks.

    Shapes: inputs (V, T, m), start (V, s), lengths (V,) from longest to shortest; all T if None. Or, with B sequences
    for each network, inputs (V, T, B, m) and start (V, B, s).
    Raises: ParameterError for a shape that does not fit the cell, no timestep, or lengths out of order.
    """
    lengths = np.full(len(inputs), inputs.shape[1], dtype=np.int64) if lengths is None else lengths
    _check(cell, inputs, start, lengths)
    timesteps = inputs.shape[1]
    states = np.zeros((len(inputs), timesteps + 1, *start.shape[1:]))
    states[:, 0] = state = start
    pre_activations = np.zeros((len(inputs), timesteps, *start.shape[1:-1], cell.a_size))
    for t in range(1, timesteps + 1):
        active = running(lengths, t)
        a, state = cell.first(active).step(state[:active], inputs[:active, t - 1])
        pre_activations[:active, t - 1], states[:active, t] = a, state
    return Trajectory(inputs=inputs, states=states, pre_activations=pre_activations, lengths=lengths)


def _check(cell: Cell, inputs: FloatArray, start: FloatArray, lengths: IntArray) -> None:
    variants, width = len(cell.W_hh), cell.W_xh.shape[-1]
    sequences = start.shape[1:-1]
    if inputs.shape[1:2] == (0,):
        raise ParameterError("inputs: 0 timesteps: expected at least 1")
    if inputs.ndim < 3 or inputs.shape != (variants, inputs.shape[1], *sequences, width):
        raise ParameterError(f"inputs: shape {inputs.shape}: expected {_shape(variants, 'T', *sequences, width)}")
    if start.ndim not in {2, 3} or start.shape != (variants, *sequences, cell.state_size):
        raise ParameterError(f"start: shape {start.shape}: expected {_shape(variants, *sequences, cell.state_size)}")
    is_in_order = lengths.shape == (variants,) and (np.diff(lengths) <= 0).all()
    if not is_in_order or lengths.min(initial=1) < 1 or lengths.max(initial=0) > inputs.shape[1]:
        raise ParameterError(
            f"lengths: expected {variants} whole numbers from {inputs.shape[1]} down to 1, the longest first"
        )


def _shape(*axes: int | str) -> str:
    return f"({', '.join(map(str, axes))})"
