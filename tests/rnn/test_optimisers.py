"""SGD and Adam against their formulas by hand."""

import numpy as np
import pytest

from quizgen.rnn.optimisers import OPTIMISERS, adam, no_memory, sgd

WEIGHTS = {"W": np.array([[[1.0, 2.0]], [[3.0, 4.0]]]), "b": np.array([[0.5], [0.25]])}
GRADIENTS = {"W": np.array([[[0.1, -0.2]], [[1e-8, 0.0]]]), "b": np.array([[10.0], [-1.0]])}


def test_sgd_steps_against_the_gradient():
    """W − η g, each variant with its own η."""
    moved, _ = sgd(WEIGHTS, GRADIENTS, no_memory(WEIGHTS), np.array([0.1, 1.0]))
    np.testing.assert_allclose(moved["W"], [[[0.99, 2.02]], [[3.0 - 1e-8, 4.0]]], rtol=1e-15)
    np.testing.assert_allclose(moved["b"], [[-0.5], [1.25]])


def test_the_first_step_of_adam_is_the_learning_rate():
    """m̂/√v̂ is the sign of g, unless g is near ε; no gradient, no step."""
    moved, memory = adam(WEIGHTS, GRADIENTS, no_memory(WEIGHTS), np.array([0.1, 0.1]))
    np.testing.assert_allclose(moved["W"], [[[0.9, 2.1]], [[3.0 - 0.05, 4.0]]], rtol=1e-6)
    np.testing.assert_allclose(moved["b"], [[0.4], [0.35]], rtol=1e-7)
    assert memory.updates == 1


def test_later_steps_of_adam_follow_the_algorithm():
    """Ten steps of one number in plain Python."""
    w, m, v, weights = 1.0, 0.0, 0.0, {"w": np.array([1.0])}
    memory = no_memory(weights)
    for t in range(1, 11):
        g = 2 * w - 0.3
        weights, memory = adam(weights, {"w": np.array([g])}, memory, np.array([0.05]))
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= 0.05 * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
        assert weights["w"][0] == pytest.approx(w, rel=1e-13)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_nothing_that_was_given_changes(name):
    """Weights, gradients and memory are values."""
    before = {key: array.copy() for key, array in WEIGHTS.items()}
    memory = no_memory(WEIGHTS)
    OPTIMISERS[name](WEIGHTS, GRADIENTS, memory, np.ones(2))
    assert all((WEIGHTS[key] == before[key]).all() for key in before)
    assert not any(array.any() for array in memory.means.values())
