"""Every cell against PyTorch's automatic differentiation: stored values everywhere, live ones where torch is."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from quizgen.rnn.activations import ACTIVATIONS
from quizgen.rnn.bptt import backward, timestep_gradients
from quizgen.rnn.cells import CELLS, make_elman
from quizgen.rnn.forward import forward
from quizgen.rnn.weights import NAMES, weights_from_arrays

MAKE = runpy.run_path(str(Path(__file__).with_name("make_reference.py")))
EVERY = pytest.mark.parametrize("name", MAKE["CELLS"])


def cell_of(name, network):
    """The cell that the reference calls ``name``: those of the table, and Elman's with each activation."""
    kind, _, activation = name.partition("_")
    is_elman = kind == "elman"
    weights = weights_from_arrays({key: network[key] for key in NAMES}, gates=1 if is_elman else CELLS[name].gates)
    return make_elman(weights, ACTIVATIONS[activation]) if is_elman else CELLS[name].make(weights)


def check(name, network, expected):
    """Compare everything that torch found with quizgen's own, entry by entry, within 1e-10."""
    cell = cell_of(name, network)
    trajectory = forward(cell, network["x"], network["start"])
    gradients = backward(cell, trajectory, network["end"], along=network["along"])
    found = {
        "states": trajectory.states,
        "jacobians": cell.jacobian(trajectory.slopes(cell)),
        "deltas": gradients.deltas,
        **timestep_gradients(cell, trajectory, gradients),
    }
    assert set(found) == set(expected)
    totals = gradients.named()
    pairs = [(found[key], expected[key]) for key in expected]
    pairs += [(totals[key], expected[key].sum(axis=1)) for key in totals]
    for ours, theirs in pairs:
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-14 * np.abs(theirs).max())


@EVERY
def test_stored_values_of_torch_are_met(name):
    """States, Jacobians, deltas and weight gradients of each timestep are those that torch found."""
    with np.load(MAKE["REFERENCE"]) as stored:
        given, expected = (
            {key.rpartition("/")[2]: stored[key] for key in stored if key.startswith(f"{name}/{part}/")}
            for part in ("given", "found")
        )
    check(name, given, expected)


@EVERY
def test_random_networks_agree_with_torch(name):
    """The same on larger networks, over more timesteps, where torch is installed."""
    pytest.importorskip("torch")
    for seed, n, m, timesteps in [(1, 16, 3, 40), (2, 1, 1, 25), (3, 7, 12, 10)]:
        network = MAKE["random_network"](name, variants=3, n=n, m=m, timesteps=timesteps, seed=seed)
        check(name, network, MAKE["measured"](name, network))


def test_every_cell_of_the_table_has_reference_values():
    """A new cell needs a line in make_reference.py."""
    assert set(CELLS) - {"elman"} <= set(MAKE["CELLS"])
