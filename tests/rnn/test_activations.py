"""Activation functions against the formulas that define them and against finite differences."""

import math

import numpy as np
import pytest

from quizgen.rnn.activations import ACTIVATIONS, leaky_relu

SMOOTH = ["tanh", "sigmoid", "linear"]
STEP = 6e-6


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_derivative_is_the_limit_of_differences(name):
    """The slope agrees with central differences away from kinks."""
    activation = ACTIVATIONS[name]
    a = np.array([-8.0, -3.1, -0.7, -0.01, 0.02, 0.4, 2.5, 7.0])
    difference = (activation.function(a + STEP) - activation.function(a - STEP)) / (2 * STEP)
    np.testing.assert_allclose(activation.derivative(a), difference, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gamma_is_the_steepest_slope(name):
    """No slope on a fine grid exceeds gamma, and gamma is reached."""
    slopes = np.abs(ACTIVATIONS[name].derivative(np.linspace(-20, 20, 40001)))
    assert slopes.max() == ACTIVATIONS[name].gamma


def test_kinks_follow_the_usual_convention():
    """At 0 the slope of ReLU is 0 and that of leaky ReLU the slope of its negative side."""
    zero = np.zeros(1)
    assert ACTIVATIONS["relu"].derivative(zero)[0] == 0
    assert ACTIVATIONS["leaky_relu"].derivative(zero)[0] == 0.01
    assert leaky_relu(0.2).derivative(zero)[0] == 0.2


@pytest.mark.parametrize("a", [-745.0, -40.0, 0.0, 40.0, 745.0])
def test_sigmoid_keeps_its_digits_on_both_sides(a):
    """Far from 0 sigmoid and its slope are exp(-|a|) to full precision, without a warning."""
    sigmoid = ACTIVATIONS["sigmoid"]
    exact = 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))
    assert sigmoid.function(np.array([a]))[0] == pytest.approx(exact, rel=1e-15)
    assert sigmoid.derivative(np.array([a]))[0] == pytest.approx(math.exp(-abs(a)) / (1 + math.exp(-abs(a))) ** 2)


def test_tanh_slope_does_not_round_to_zero():
    """At a = 20 the slope is 4 exp(-40), where 1 - tanh(a)^2 would be 0."""
    assert ACTIVATIONS["tanh"].derivative(np.array([20.0]))[0] == pytest.approx(4 * math.exp(-40), rel=1e-12)


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "tanh", "sigmoid"])
def test_undefined_stays_undefined(name):
    """A NaN is not mistaken for a dead unit."""
    assert np.isnan(ACTIVATIONS[name].derivative(np.array([np.nan]))[0])
