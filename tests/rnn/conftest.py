"""Small random networks for the tests of this room, and central differences."""

import numpy as np
import pytest

from quizgen.rnn.activations import ACTIVATIONS
from quizgen.rnn.cells import CELLS
from quizgen.rnn.elman import Elman
from quizgen.rnn.weights import Weights


def elman(activation="tanh", *, variants=3, n=4, m=2, seed=0, scale=0.6):
    rng = np.random.default_rng(seed)
    return Elman(
        activation=ACTIVATIONS[activation],
        W_hh=scale * rng.standard_normal((variants, n, n)),
        W_xh=rng.standard_normal((variants, n, m)),
        b=0.1 * rng.standard_normal((variants, n)),
    )


def any_cell(name, *, variants=3, n=4, m=2, seed=0):
    rng = np.random.default_rng(seed)
    rows = CELLS[name].gates * n
    return CELLS[name].make(
        Weights(
            W_xh=rng.standard_normal((variants, rows, m)),
            W_hh=0.6 * rng.standard_normal((variants, rows, n)),
            b_xh=rng.standard_normal((variants, rows)),
            b_hh=rng.standard_normal((variants, rows)),
        )
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
def make_cell():
    """Make networks with random weights, of any kind in the table."""
    return any_cell


@pytest.fixture
def differences():
    """Differentiate numerically."""
    return numeric_jacobian
