"""What an experiment needs to run on a network of the user's own, in place of one that it draws."""

from functools import cached_property
from typing import ClassVar

import numpy as np

from quizgen.experiments.contract import FloatArray
from quizgen.experiments.findings import Findings
from quizgen.rnn.weights import Weights
from quizgen.values import immutable


@immutable
class OwnNetwork:
    """One network, and what it is run on: inputs x (T, m) and the first state h_0, or (h_0, c_0), (s,), if given."""

    weights: Weights
    inputs: FloatArray | None
    start: FloatArray | None

    @property
    def hidden(self) -> int:
        """The number of hidden units, n."""
        return int(self.weights.W_hh.shape[-1])

    @property
    def width(self) -> int:
        """The number of inputs, m."""
        return int(self.weights.W_xh.shape[-1])


class OwnWeights(Findings):
    """Findings that are made on the network ``own`` where there is one.

    Subclasses say how many gates their cell has, and which parameters draw the weights and biases that ``own`` brings.
    """

    gates: ClassVar[int]
    drawing: ClassVar[tuple[str, ...]]
    own: ClassVar[OwnNetwork | None] = None

    @cached_property
    def own_weights(self) -> Weights | None:
        """The user's weights for each variant."""
        return None if self.own is None else self.own.weights.repeated(self.variants)

    @cached_property
    def own_inputs(self) -> FloatArray | None:
        """The user's inputs for each variant: (V, T, m)."""
        return self._for_each(None if self.own is None else self.own.inputs)

    @cached_property
    def own_start(self) -> FloatArray | None:
        """The user's first state for each variant: (V, s)."""
        return self._for_each(None if self.own is None else self.own.start)

    def _for_each(self, array: FloatArray | None) -> FloatArray | None:
        return None if array is None else np.repeat(array[None], self.variants, axis=0)
