"""Weights that come from outside, named as in PyTorch's state dict: what is taken, and what is refused by name."""

import numpy as np
import pytest

from quizgen.errors import ParameterError
from quizgen.rnn.cells import CELLS
from quizgen.rnn.weights import weights_from_arrays


def arrays(gates=1, n=3, m=2, **changed):
    rng = np.random.default_rng(0)
    found = {
        "weight_ih_l0": rng.standard_normal((gates * n, m)),
        "weight_hh_l0": rng.standard_normal((gates * n, n)),
        "bias_ih_l0": rng.standard_normal(gates * n),
        "bias_hh_l0": rng.standard_normal(gates * n),
    } | changed
    return {name: array for name, array in found.items() if array is not None}


@pytest.mark.parametrize("name", CELLS)
def test_every_cell_is_made_of_them(name):
    """One network or many, with the right number of gates."""
    kind = CELLS[name]
    one = weights_from_arrays(arrays(kind.gates), gates=kind.gates)
    assert kind.make(one).state_size == kind.states * 3
    stacked = {key: np.stack([array, 2 * array]) for key, array in arrays(kind.gates).items()}
    many = kind.make(weights_from_arrays(stacked, gates=kind.gates))
    np.testing.assert_array_equal(many.W_hh[0], kind.make(one).W_hh[0])
    assert len(many.first(1).W_hh) == 1


def test_float32_weights_keep_their_values():
    """As trained networks have them; the numbers are the same in float64."""
    given = arrays(weight_hh_l0=np.full((3, 3), 0.1, dtype=np.float32))
    assert weights_from_arrays(given, gates=1).W_hh[0, 0, 0] == float(np.float32(0.1))


def test_biases_may_be_missing():
    """Then they are 0."""
    weights = weights_from_arrays(arrays(bias_ih_l0=None, bias_hh_l0=None), gates=1)
    assert not weights.b_xh.any()
    assert not weights.b_hh.any()


def test_repeated_weights_are_equal_networks():
    """One network, as often as it is asked."""
    weights = weights_from_arrays(arrays(), gates=1).repeated(4)
    assert weights.W_xh.shape == (4, 3, 2)
    np.testing.assert_array_equal(weights.b_hh[3], weights.b_hh[0])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            arrays(weight_hh_10=np.ones((3, 3))),
            "no weights are called 'weight_hh_10'\n  hint: did you mean 'weight_hh_l0'",
        ),
        (arrays(weight_hh_l0=None), "weight_hh_l0 is missing"),
        (arrays(weight_ih_l0=None), "weight_ih_l0 is missing"),
        (arrays(weight_hh_l0=np.ones((3, 4))), "weight_hh_l0: shape (3, 4): expected n rows and n columns"),
        (
            arrays(weight_hh_l0=np.ones((0, 0))),
            "weight_hh_l0: shape (0, 0): expected n rows and n columns, n at least 1",
        ),
        (
            arrays(4),
            "weight_hh_l0: shape (12, 3): expected n rows and n columns, n at least 1\n  hint: this looks like the weights of an LSTM",
        ),
        (arrays(weight_ih_l0=np.ones((4, 2))), "weight_ih_l0: shape (4, 2): expected (3, m)"),
        (arrays(weight_ih_l0=np.ones((3, 0))), "weight_ih_l0: shape (3, 0): expected (3, m)"),
        (arrays(bias_ih_l0=np.ones(4)), "bias_ih_l0: shape (4,): expected (3,)"),
        (arrays(bias_hh_l0=np.ones((2, 3))), "bias_hh_l0: shape (2, 3): expected (1, 3)"),
        (arrays(bias_hh_l0=1.0), "bias_hh_l0: shape (): expected 1 or, of many networks, 2 axes"),
        (arrays(weight_hh_l0=np.full((3, 3), np.nan)), "weight_hh_l0: entry (0, 0) is nan: expected finite numbers"),
        (arrays(bias_ih_l0=np.array([0, np.inf, 0])), "bias_ih_l0: entry (1,) is inf: expected finite numbers"),
        (arrays(weight_hh_l0=np.ones((3, 3)) * 1j), "weight_hh_l0: holds complex128 entries: expected real numbers"),
        (arrays(weight_hh_l0=[[1, 2], [3]]), "weight_hh_l0: its rows differ in length"),
        (arrays(weight_hh_l0="abc"), "weight_hh_l0: holds <U3 entries: expected real numbers"),
        (arrays(weight_hh_l0=None) | {"weight_hh_l0": None}, "weight_hh_l0: holds object entries"),
    ],
)
def test_what_does_not_fit_is_named(given, said):
    """One error, with the array's name, what it is, and what was expected."""
    with pytest.raises(ParameterError) as complaint:
        weights_from_arrays(given, gates=1)
    assert str(complaint.value).startswith(said)
