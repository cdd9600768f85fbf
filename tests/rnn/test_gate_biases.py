"""Biases of gates: what they make of the gates, by hand and in the mean."""

import numpy as np
import pytest

from quizgen.errors import ParameterError
from quizgen.rnn.activations import sigmoid
from quizgen.rnn.gate_biases import bias_for_time_constant, chrono_gru, chrono_lstm, forget_gate_bias


def rngs(count, seed=0):
    return [np.random.default_rng([seed, v]) for v in range(count)]


def test_forget_gate_bias_stands_second():
    """In the order i, f, g, o."""
    np.testing.assert_array_equal(
        forget_gate_bias(2, np.array([1.0, 3.0])), [[0, 0, 1, 1, 0, 0, 0, 0], [0, 0, 3, 3, 0, 0, 0, 0]]
    )


def test_published_gate_values():
    """b_f = 0, 1, 2, 5 give f = 0.5, 0.731059, 0.880797, 0.993307."""
    gates = sigmoid(forget_gate_bias(1, np.array([0.0, 1.0, 2.0, 5.0]))[:, 1])
    np.testing.assert_allclose(gates, [0.5, 0.731059, 0.880797, 0.993307], atol=5e-7)


def test_a_time_constant_has_its_bias():
    """The bias ln(τ − 1) makes the gate 1 − 1/τ."""
    for tau in (1.5, 10.0, 1000.0):
        assert sigmoid(np.array(bias_for_time_constant(tau))) == pytest.approx(1 - 1 / tau, rel=1e-14)
    with pytest.raises(ParameterError, match="tau: 1: expected"):
        bias_for_time_constant(1.0)


def test_chrono_spreads_time_constants_evenly():
    """1/(1 − f) of the units is uniform between 2 and T, and the input gate is 1 − f."""
    biases = chrono_lstm(rngs(4), 2000, 100.0).reshape(4, 4, 2000)
    constants = 1.0 / (1.0 - sigmoid(biases[:, 1]))
    assert constants.min() >= 2.0
    assert constants.max() <= 100.0
    np.testing.assert_allclose(constants.mean(axis=1), 51.0, rtol=0.05)
    np.testing.assert_array_equal(biases[:, 0], -biases[:, 1])
    assert not biases[:, 2:].any()


@pytest.mark.parametrize(("z_keeps", "sign"), [(True, 1), (False, -1)])
def test_chrono_keeps_in_either_orientation(z_keeps, sign):
    """Only the update gate is set, and it keeps at least half."""
    biases = chrono_gru(rngs(2), 50, 30.0, z_keeps=z_keeps).reshape(2, 3, 50)
    assert (sign * biases[:, 1] >= 0).all()
    assert not biases[:, [0, 2]].any()


@pytest.mark.parametrize("longest", [2.0, np.inf, np.nan])
def test_chrono_needs_a_memory(longest):
    """Of two timesteps there is only one time constant to draw."""
    with pytest.raises(ParameterError, match=r"longest: .* above 2"):
        chrono_lstm(rngs(1), 3, longest)


def test_no_units_are_refused():
    """With the parameter's name."""
    with pytest.raises(ParameterError, match="hidden: 0: expected"):
        forget_gate_bias(0, np.ones(1))
