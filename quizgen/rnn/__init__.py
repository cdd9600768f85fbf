"""Recurrent networks and their gradients through time, in NumPy.

Knows nothing of quizzes. Everything is float64 and works on V variants at once, along the leading axis.

h hidden state, c cell state, x input, a pre-activation, W weights, b bias, phi activation function, J Jacobian of one
timestep, delta gradient of the loss at a hidden state, t timestep, T their number, n hidden units, m inputs.
"""

from quizgen.rnn.activations import ACTIVATIONS, Activation
from quizgen.rnn.bptt import Backward, backward, timestep_gradients
from quizgen.rnn.cells import CELLS, Cell
from quizgen.rnn.elman import Elman
from quizgen.rnn.floating import FLOAT_FORMATS, FloatFormat
from quizgen.rnn.forward import Trajectory, forward
from quizgen.rnn.gru import Gru
from quizgen.rnn.initialisation import INITIALISATIONS, Initialisation
from quizgen.rnn.jacobians import Probe, power_norms, product_norms
from quizgen.rnn.leaky import Leaky
from quizgen.rnn.lstm import Lstm
from quizgen.rnn.norms import frobenius_norm, spectral_norm, spectral_radius
from quizgen.rnn.scaled import Scaled, running_product
from quizgen.rnn.weights import Weights, weights_from_arrays

__all__ = [
    "ACTIVATIONS",
    "CELLS",
    "FLOAT_FORMATS",
    "INITIALISATIONS",
    "Activation",
    "Backward",
    "Cell",
    "Elman",
    "FloatFormat",
    "Gru",
    "Initialisation",
    "Leaky",
    "Lstm",
    "Probe",
    "Scaled",
    "Trajectory",
    "Weights",
    "backward",
    "forward",
    "frobenius_norm",
    "power_norms",
    "product_norms",
    "running_product",
    "spectral_norm",
    "spectral_radius",
    "timestep_gradients",
    "weights_from_arrays",
]
