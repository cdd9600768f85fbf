"""Small random networks for the tests of this room, and central differences."""

import numpy as np
import pytest

from quizgen.rnn.activations import ACTIVATIONS
from quizgen.rnn.elman import Elman
from quizgen.rnn.lstm import Lstm


def elman(activation="tanh", *, variants=3, n=4, m=2, seed=0, scale=0.6):
    rng = np.random.default_rng(seed)
    return Elman(
        activation=ACTIVATIONS[activation],
        W_hh=scale * rng.standard_normal((variants, n, n)),
        W_xh=rng.standard_normal((variants, n, m)),
        b=0.1 * rng.standard_normal((variants, n)),
    )


def lstm(*, variants=3, n=3, m=2, seed=0):
    rng = np.random.default_rng(seed)
    return Lstm(
        W_hh=rng.standard_normal((variants, 4 * n, n)),
        W_xh=rng.standard_normal((variants, 4 * n, m)),
        b=rng.standard_normal((variants, 4 * n)),
    )


def numeric_jacobian(function, at, step=6e-6):
    """Central differences of a function (V, p) -> (V, q): (V, q, p)."""
    columns = []
    for k in range(at.shape[1]):
        shift = np.zeros_like(at)
        shift[:, k] = step
        columns.append((function(at + shift) - function(at - shift)) / (2 * step))
    return np.stack(columns, axis=2)


@pytest.fixture
def make_elman():
    """Make Elman networks with random weights."""
    return elman


@pytest.fixture
def make_lstm():
    """Make LSTMs with random weights."""
    return lstm


@pytest.fixture
def differences():
    """Differentiate numerically."""
    return numeric_jacobian
