"""The randomly initialised Elman network that several experiments run: its parameters, its weights, its forward pass.

Every hidden unit receives its own input x_t,i from N(0, input_std²) in every timestep, so W_xh = I and

    h_t = phi(W h_{t-1} + x_t + b),    J_t = diag(phi'(a_t)) W.

A network of the user's own (see `quizgen.experiments.weights`) has its own W_xh, and m inputs.
"""

from functools import cached_property

import numpy as np

from quizgen.experiments.contract import FloatArray, IntArray, Parameter, Series
from quizgen.experiments.findings import Findings
from quizgen.experiments.own import OwnWeights
from quizgen.experiments.randomness import generators
from quizgen.rnn.activations import ACTIVATIONS, Activation
from quizgen.rnn.cells import make_elman
from quizgen.rnn.elman import Elman
from quizgen.rnn.forward import Trajectory, forward
from quizgen.rnn.initialisation import INITIALISATIONS
from quizgen.rnn.norms import spectral_norm, spectral_radius
from quizgen.rnn.step_norms import step_norms

CELL = Parameter(
    name="cell",
    kind="word",
    default="tanh",
    words=tuple(ACTIVATIONS),
    symbol="φ",
    meaning="activation function of the hidden units",
)
INIT = Parameter(
    name="init",
    kind="word",
    default="orthogonal",
    words=tuple(INITIALISATIONS),
    meaning="how the recurrent weights W are drawn",
)
GAIN = Parameter(
    name="gain", kind="real", default=1.0, low=0.0, high=10.0, symbol="g", meaning="factor on the drawn weights"
)
HIDDEN = Parameter(
    name="hidden", kind="integer", default=8, low=1, high=64, symbol="n", meaning="number of hidden units", role="size"
)


def timesteps(*, default: int = 30, high: int = 2000) -> Parameter:
    """The parameter T, with the largest value that an experiment allows."""
    return Parameter(
        name="timesteps",
        kind="integer",
        default=default,
        low=1,
        high=high,
        symbol="T",
        meaning="number of timesteps",
        role="length",
    )


INPUT_STD = Parameter(
    name="input_std",
    kind="real",
    default=0.3,
    low=0.0,
    high=10.0,
    symbol="s",
    meaning="standard deviation of each unit's input in each timestep",
)
BIAS = Parameter(
    name="bias", kind="real", default=0.0, low=-10.0, high=10.0, symbol="b", meaning="bias of every hidden unit"
)
START_STD = Parameter(
    name="start_std",
    kind="real",
    default=0.0,
    low=0.0,
    high=10.0,
    symbol="s_0",
    meaning="standard deviation of the entries of the first hidden state h_0",
)
NETWORK = (CELL, INIT, GAIN, HIDDEN, timesteps(), INPUT_STD, BIAS, START_STD)


class NetworkFindings(OwnWeights):
    """What experiments on this network share."""

    gates = 1
    drawing = ("init", "gain", "bias")

    @property
    def activation(self) -> Activation:
        """The activation function that the argument ``cell`` names."""
        return ACTIVATIONS[self.word("cell")]

    @cached_property
    def W(self) -> FloatArray:
        """The recurrent weights: (V, n, n)."""
        if self.own_weights is not None:
            return self.own_weights.W_hh
        n = self.size("hidden")
        scheme = INITIALISATIONS[self.word("init")]
        return scheme.draw(generators(self.seeds, "weights"), fan_in=n, fan_out=n, gain=self.number("gain"))

    @property
    def width(self) -> int:
        """The number of inputs, m; n unless the network is the user's own."""
        return self.size("hidden") if self.own is None else self.own.width

    @cached_property
    def inputs(self) -> FloatArray:
        """The inputs x_1 .. x_T: (V, T, m)."""
        return drawn_inputs(self, self.width) if self.own_inputs is None else self.own_inputs

    @cached_property
    def start(self) -> FloatArray:
        """The first hidden state h_0: (V, n); 0 where no parameter draws it."""
        if self.own_start is not None:
            return self.own_start
        if "start_std" not in self.arguments:
            return np.zeros((self.variants, self.size("hidden")))
        unit = [rng.standard_normal(self.size("hidden")) for rng in generators(self.seeds, "start")]
        return np.stack(unit) * self.number("start_std")[:, None]

    def cell(self, activation: Activation) -> Elman:
        """The network with some activation function."""
        if self.own_weights is not None:
            return make_elman(self.own_weights, activation)
        n = self.size("hidden")
        bias = np.repeat(self.number("bias")[:, None], n, axis=1)
        eye = np.broadcast_to(np.eye(n), (self.variants, n, n))
        return Elman(activation=activation, W_hh=self.W, W_xh=eye, b=bias)

    @cached_property
    def trajectory(self) -> Trajectory:
        """The forward pass with the activation function that is asked for."""
        return forward(self.cell(self.activation), self.inputs, self.start, self.lengths)

    @property
    def lost_at(self) -> IntArray | None:
        """The first timestep whose hidden state is not finite; None unless the forward pass was needed."""
        return self.trajectory.lost_at if "trajectory" in vars(self) else None

    @cached_property
    def slopes(self) -> FloatArray:
        """phi'(a_t) of every unit: (V, T, n)."""
        return self.activation.derivative(self.trajectory.pre_activations)

    def jacobian(self, t: int, active: int) -> FloatArray:
        """J_t of the first ``active`` variants: (active, n, n)."""
        return np.asarray(self.slopes[:active, t - 1, :, None] * self.W[:active])

    @cached_property
    def weight_norm(self) -> FloatArray:
        """The largest singular value of W: (V,)."""
        return spectral_norm(self.W)

    @cached_property
    def radius(self) -> FloatArray:
        """The largest modulus of an eigenvalue of W: (V,)."""
        return spectral_radius(self.W)

    def step_norms(self, *names: str) -> Series:
        """‖J_t‖₂ for t = 1 .. T, where one of the series ``names`` is asked; all of them if no names are given."""
        mask = self.asked(*names, first=1) if names else self.until_end(first=1)
        return self.series(step_norms(self.slopes, self.W, mask), first=1)


def drawn_inputs(findings: Findings, width: int) -> FloatArray:
    """Inputs from N(0, input_std²) for each variant's own number of timesteps, 0 beyond: (V, T, width)."""
    lengths, scale = findings.lengths, findings.number("input_std")
    inputs = np.zeros((findings.variants, int(lengths.max()), width))
    for v, rng in enumerate(generators(findings.seeds, "inputs")):
        if scale[v]:
            inputs[v, : lengths[v]] = rng.standard_normal((lengths[v], width)) * scale[v]
    return inputs
