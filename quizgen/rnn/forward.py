"""The forward pass of Elman networks, all variants at once; the only loop is over timesteps.

Variants may have different lengths. They stand in order of length, longest first, so that those still running are
always the first few, and the others fall off the end.
"""

from dataclasses import dataclass

import numpy as np

from quizgen.rnn.arrays import FloatArray, IntArray
from quizgen.rnn.elman import Elman, step


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """What a forward pass went through; beyond a variant's own length the entries are 0.

    Shapes: inputs x_1 .. x_T (V, T, m), states h_0 .. h_T (V, T + 1, n), pre_activations a_1 .. a_T (V, T, n), lengths
    (V,).
    """

    inputs: FloatArray
    states: FloatArray
    pre_activations: FloatArray
    lengths: IntArray

    @property
    def last_states(self) -> FloatArray:
        """h_T of each variant, with its own T: (V, n)."""
        return self.states[np.arange(len(self.lengths)), self.lengths]


def running(lengths: IntArray, t: int) -> int:
    """How many variants reach timestep ``t``; ``lengths`` must not increase."""
    return int(np.searchsorted(-lengths, -t, side="right"))


def forward(cell: Elman, inputs: FloatArray, start: FloatArray, lengths: IntArray | None = None) -> Trajectory:
    """Run the networks.

    Shapes: inputs (V, T, m), start h_0 (V, n), lengths (V,) from longest to shortest; all T if None.
    """
    variants, timesteps, _ = inputs.shape
    lengths = np.full(variants, timesteps, dtype=np.int64) if lengths is None else lengths
    states = np.zeros((variants, timesteps + 1, start.shape[-1]))
    pre_activations = np.zeros((variants, timesteps, start.shape[-1]))
    states[:, 0] = h = start
    for t in range(1, timesteps + 1):
        active = running(lengths, t)
        if active == 0:
            break
        a, h = step(cell.first(active), h[:active], inputs[:active, t - 1])
        pre_activations[:active, t - 1], states[:active, t] = a, h
    return Trajectory(inputs=inputs, states=states, pre_activations=pre_activations, lengths=lengths)
