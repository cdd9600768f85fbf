"""Cells against finite differences: steps, Jacobians, and what carries a gradient back."""

import numpy as np
import pytest

from quizgen.rnn import elman as elman_cell
from quizgen.rnn import lstm as lstm_cell
from quizgen.rnn.activations import ACTIVATIONS
from quizgen.rnn.lstm import Lstm

RNG = np.random.default_rng(7)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_elman_jacobian_is_the_derivative_of_its_step(activation, make_elman, differences):
    """diag(phi'(a)) W agrees with central differences."""
    cell, h, x = make_elman(activation), RNG.standard_normal((3, 4)), RNG.standard_normal((3, 2))
    a, _ = elman_cell.step(cell, h, x)
    expected = differences(lambda state: elman_cell.step(cell, state, x)[1], h)
    np.testing.assert_allclose(elman_cell.step_jacobian(cell, a), expected, atol=1e-8)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_elman_vjp_is_the_transposed_jacobian(activation, make_elman):
    """Carrying a gradient back is multiplication by Jᵀ."""
    cell, a, delta = make_elman(activation), RNG.standard_normal((3, 4)), RNG.standard_normal((3, 4))
    expected = np.einsum("vij,vi->vj", elman_cell.step_jacobian(cell, a), delta)
    np.testing.assert_allclose(elman_cell.step_vjp(cell, a, delta), expected, atol=1e-14)


def test_lstm_step_follows_its_equations():
    """One unit by hand, gates in the order i, f, g, o."""
    cell = Lstm(
        W_hh=np.array([[[0.1], [0.2], [0.3], [0.4]]]),
        W_xh=np.array([[[1.0], [-1.0], [0.5], [2.0]]]),
        b=np.array([[0.0, 1.0, 0.0, -0.5]]),
    )
    taken = lstm_cell.step(cell, np.array([[0.5]]), np.array([[0.8]]), np.array([[0.3]]))

    def logistic(a):
        return 1 / (1 + np.exp(-a))

    i, f = logistic(0.05 + 0.3), logistic(0.1 - 0.3 + 1.0)
    g, o = np.tanh(0.15 + 0.15), logistic(0.2 + 0.6 - 0.5)
    c = f * 0.8 + i * g
    assert taken.c[0, 0] == pytest.approx(c)
    assert taken.h[0, 0] == pytest.approx(o * np.tanh(c))


def test_lstm_jacobian_is_the_derivative_of_its_step(make_lstm, differences):
    """The full 2n × 2n Jacobian agrees with central differences in h and c."""
    cell, n = make_lstm(), 3
    state, x = RNG.standard_normal((3, 2 * n)), RNG.standard_normal((3, 2))

    def advance(both):
        taken = lstm_cell.step(cell, both[:, :n], both[:, n:], x)
        return np.concatenate([taken.h, taken.c], axis=1)

    taken = lstm_cell.step(cell, state[:, :n], state[:, n:], x)
    np.testing.assert_allclose(lstm_cell.step_jacobian(cell, taken), differences(advance, state), atol=1e-8)


def test_lstm_vjp_is_the_transposed_jacobian(make_lstm):
    """Carrying gradients at h and c back is multiplication by Jᵀ."""
    cell, n = make_lstm(), 3
    h, c, x = RNG.standard_normal((3, n)), RNG.standard_normal((3, n)), RNG.standard_normal((3, 2))
    delta = RNG.standard_normal((3, 2 * n))
    taken = lstm_cell.step(cell, h, c, x)
    expected = np.einsum("vij,vi->vj", lstm_cell.step_jacobian(cell, taken), delta)
    back = np.concatenate(lstm_cell.step_vjp(cell, taken, delta[:, :n], delta[:, n:]), axis=1)
    np.testing.assert_allclose(back, expected, atol=1e-13)


def test_lstm_at_rest_has_the_published_rank_one_jacobian():
    """With h = c = x = 0 and no biases, J = [½, 1]ᵀ [½ W_g, ½]."""
    cell = Lstm(W_hh=np.array([[[9.0], [9.0], [3.0], [9.0]]]), W_xh=np.zeros((1, 4, 1)), b=np.zeros((1, 4)))
    rest = np.zeros((1, 1))
    jacobian = lstm_cell.step_jacobian(cell, lstm_cell.step(cell, rest, rest, rest))
    np.testing.assert_allclose(jacobian[0], [[0.75, 0.25], [1.5, 0.5]])
