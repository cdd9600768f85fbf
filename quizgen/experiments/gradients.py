"""The gradients of a real Elman network, tensor by tensor: what the experiment on clipping clips.

    h_t = phi(W_hh h_{t-1} + W_xh x_t + b),    L = ½ ‖h_T − y‖²  or  L = vᵀ h_T with ‖v‖ = 1

Together, dL/dW_hh, dL/dW_xh and dL/db are called g.
"""

from functools import cached_property

import numpy as np

from quizgen.experiments.contract import FloatArray, Series
from quizgen.experiments.networks import NetworkFindings
from quizgen.experiments.randomness import generators
from quizgen.rnn.activations import Activation
from quizgen.rnn.bptt import backward, squared_loss
from quizgen.rnn.clipping import flattened, global_norm
from quizgen.rnn.elman import Elman
from quizgen.rnn.initialisation import INITIALISATIONS


class GradientFindings(NetworkFindings):
    """The loss, its gradients with respect to W_hh, W_xh and b, and their sizes."""

    @property
    def width(self) -> int:
        """The number of inputs, m."""
        return self.size("inputs")

    def cell(self, activation: Activation) -> Elman:
        """The network, with input weights of its own and no biases."""
        if self.own is not None:
            return super().cell(activation)
        n, m = self.size("hidden"), self.size("inputs")
        scheme = INITIALISATIONS["xavier_uniform"]
        U = scheme.draw(generators(self.seeds, "W_xh"), fan_in=m, fan_out=n, gain=np.ones(self.variants))
        return Elman(activation=activation, W_hh=self.W, W_xh=U, b=np.zeros((self.variants, n)))

    @cached_property
    def _loss(self) -> tuple[FloatArray, list[FloatArray]]:
        """The loss and its gradients with respect to W_hh, W_xh and b."""
        aim = np.stack([rng.standard_normal(self.size("hidden")) for rng in generators(self.seeds, "target")])
        if self.word("loss") == "squared":
            loss, at_end = squared_loss(self.trajectory.last_states, aim)
        else:
            at_end = aim / np.sqrt(np.square(aim).sum(axis=-1))[:, None]
            loss = (at_end * self.trajectory.last_states).sum(axis=-1)
        gradients = backward(self.cell(self.activation), self.trajectory, at_end)
        return loss, [gradients.W_hh, gradients.W_xh, gradients.b]

    @property
    def loss(self) -> FloatArray:
        """L."""
        return self._loss[0]

    @property
    def gradients(self) -> list[FloatArray]:
        """dL/dW_hh, dL/dW_xh and dL/db."""
        return self._loss[1]

    @property
    def norm_recurrent(self) -> FloatArray:
        """‖dL/dW_hh‖_F."""
        return global_norm(self.gradients[:1])

    @property
    def norm_input(self) -> FloatArray:
        """‖dL/dW_xh‖_F."""
        return global_norm(self.gradients[1:2])

    @property
    def norm_bias(self) -> FloatArray:
        """‖dL/db‖."""
        return global_norm(self.gradients[2:])

    @cached_property
    def total_norm(self) -> FloatArray:
        """‖g‖ over all tensors."""
        return global_norm(self.gradients)

    @property
    def largest_component(self) -> FloatArray:
        """The largest entry in size."""
        return np.asarray(np.abs(flattened(self.gradients)).max(axis=1))

    @property
    def component(self) -> Series:
        """The entries of dL/dW_hh row by row, then those of dL/dW_xh, then those of dL/db."""
        return self.entries(self.gradients)

    def entries(self, tensors: list[FloatArray]) -> Series:
        """All their entries as one series."""
        rows = flattened(tensors)
        return Series(rows, np.full(len(rows), rows.shape[1], dtype=np.int64), 1)
