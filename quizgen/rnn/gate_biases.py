"""How the biases of gates are set before training, so that a gated network remembers from the start.

A gate that keeps the share f = sigmoid(b) of the cell state in each timestep forgets with the time constant -1/ln f;
1/(1 - f) is its first-order form, and b = ln(τ - 1) gives 1 - f = 1/τ exactly.
Biases are stacked as the weights: i, f, g, o for the LSTM; r, z, n for the GRU.
"""

import math

import numpy as np

from quizgen.errors import ParameterError
from quizgen.rnn.arrays import FloatArray
from quizgen.rnn.gru import UPDATE_GATE
from quizgen.rnn.initialisation import Generators
from quizgen.rnn.lstm import FORGET_GATE


def forget_gate_bias(hidden: int, bias: FloatArray) -> FloatArray:
    """LSTM biases (V, 4n) that are ``bias`` (V,) in the forget gates and 0 elsewhere.

    1 is the usual choice: Gers, Schmidhuber & Cummins (2000), Jozefowicz, Zaremba & Sutskever (2015). PyTorch adds two
    biases; setting both to 1 makes 2.
    """
    _check_hidden(hidden)
    biases = np.zeros((len(bias), 4, hidden))
    biases[:, FORGET_GATE] = bias[:, None]
    return biases.reshape(len(bias), 4 * hidden)


def chrono_lstm(generators: Generators, hidden: int, longest: float) -> FloatArray:
    """LSTM biases (V, 4n) for memories of up to ``longest`` timesteps: b_f = ln U(1, longest - 1), b_i = -b_f.

    Source: Tallec & Ollivier (2018).  Raises: ParameterError unless ``longest`` > 2.
    """
    forget = _chrono(generators, hidden, longest)
    nothing = np.zeros_like(forget)
    return np.concatenate([-forget, forget, nothing, nothing], axis=1)


def chrono_gru(generators: Generators, hidden: int, longest: float, *, z_keeps: bool = True) -> FloatArray:
    """GRU biases (V, 3n) for memories of up to ``longest`` timesteps: ± b_z = ln U(1, longest - 1).

    The sign is minus where 1 - z keeps the old state, as in Tallec & Ollivier (2018).
    Raises: ParameterError unless ``longest`` > 2.
    """
    keep = _chrono(generators, hidden, longest)
    biases = np.zeros((len(keep), 3, hidden))
    biases[:, UPDATE_GATE] = keep if z_keeps else -keep
    return biases.reshape(len(keep), 3 * hidden)


def bias_for_time_constant(tau: float) -> float:
    """The bias ln(τ - 1) of a gate that loses the share 1/τ in each timestep.  Raises: ParameterError unless τ > 1."""
    if not (math.isfinite(tau) and tau > 1):
        raise ParameterError(f"tau: {tau:g}: expected a finite number above 1")
    return math.log(tau - 1.0)


def _chrono(generators: Generators, hidden: int, longest: float) -> FloatArray:
    _check_hidden(hidden)
    if not (math.isfinite(longest) and longest > 2):
        raise ParameterError(f"longest: {longest:g}: expected a finite number of timesteps above 2")
    return np.stack([np.log(rng.uniform(1.0, longest - 1.0, hidden)) for rng in generators])


def _check_hidden(hidden: int) -> None:
    if hidden < 1:
        raise ParameterError(f"hidden: {hidden}: expected a whole number of units, at least 1")
