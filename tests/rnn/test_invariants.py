"""What must hold for every cell, whatever its weights: batches, truncation, sequences, similarity, scaling, zeros."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.errors import ParameterError
from quizgen.rnn.activations import ACTIVATIONS
from quizgen.rnn.bptt import backward, timestep_gradients
from quizgen.rnn.cells import CELLS
from quizgen.rnn.elman import Elman
from quizgen.rnn.forward import forward
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.truncation import split_by_chunks
from quizgen.rnn.weights import Weights

EVERY = pytest.mark.parametrize("name", CELLS)
T = 9


def drawn(cell, *shape, seed=1):
    return np.random.default_rng(seed).standard_normal((len(cell.W_hh), *shape))


def run(cell, **truncation):
    """Forward and backward, with a loss in every timestep unless the window slides."""
    trajectory = forward(cell, drawn(cell, T, 2), drawn(cell, cell.state_size, seed=2))
    along = None if "window" in truncation else drawn(cell, T, cell.state_size, seed=3)
    return trajectory, backward(cell, trajectory, drawn(cell, cell.state_size, seed=4), along=along, **truncation)


def same_bits(left, right):
    for name in ("deltas", "errors", "W_hh", "W_xh", "b", "b_hh"):
        np.testing.assert_array_equal(getattr(left, name), getattr(right, name))


@EVERY
def test_truncation_at_the_full_length_cuts_nothing(name, make_cell):
    """A window or a chunk of T timesteps or more gives the full gradient, bit for bit."""
    cell = make_cell(name)
    _, in_chunks = run(cell)
    trajectory, full = run(cell, window=T)
    same_bits(full, backward(cell, trajectory, drawn(cell, cell.state_size, seed=4)))
    for beyond in (T, T + 5):
        same_bits(in_chunks, run(cell, chunk=beyond)[1])


@EVERY
def test_a_window_keeps_the_last_terms(name, make_cell):
    """The truncated gradient is the sum of the last k timesteps' contributions to the full one."""
    cell = make_cell(name)
    trajectory, full = run(cell, window=T)
    terms = timestep_gradients(cell, trajectory, full)
    for window in (1, 4):
        for key, total in run(cell, window=window)[1].named().items():
            np.testing.assert_allclose(total, terms[key][:, T - window :].sum(axis=1), atol=1e-13)


@EVERY
def test_chunks_are_networks_of_their_own(name, make_cell):
    """Cutting after every 4 timesteps is running 4, 4 and 1, each from the state where the last one ended."""
    cell = make_cell(name)
    trajectory, cut = run(cell, chunk=4)
    along, end = drawn(cell, T, cell.state_size, seed=3), drawn(cell, cell.state_size, seed=4)
    parts = []
    for first in (0, 4, 8):
        stop = min(first + 4, T)
        part = forward(cell, trajectory.inputs[:, first:stop], trajectory.states[:, first])
        parts.append(backward(cell, part, end if stop == T else 0 * end, along=along[:, first:stop]).named())
    for key, total in cut.named().items():
        np.testing.assert_allclose(total, sum(part[key] for part in parts), atol=1e-13)


def test_chunks_agree_with_the_sweep_over_all_windows(make_elman):
    """The other implementation, which finds every chunk length at once for one network."""
    cell = make_elman(variants=1)
    _, full = run(cell)
    for chunk in (1, 3, T):
        trajectory, cut = run(cell, chunk=chunk)
        losses = drawn(cell, T, cell.state_size, seed=3)[0]
        losses[-1] += drawn(cell, cell.state_size, seed=4)[0]
        slopes = trajectory.slopes(cell)[0, :, 0]
        left_out = split_by_chunks(cell.W_hh[0], slopes, trajectory.states[0, :-1], losses)[1][chunk - 1]
        np.testing.assert_allclose(cut.W_hh[0] + left_out, full.W_hh[0], atol=1e-13)


@EVERY
def test_unequal_lengths_are_as_if_run_alone(name, make_cell):
    """Each network of a batch with lengths 9, 5, 1 has the bits that it has alone, in every cell."""
    cell, lengths = make_cell(name), np.array([9, 5, 1])
    x, start, end = drawn(cell, T, 2), drawn(cell, cell.state_size, seed=2), drawn(cell, cell.state_size, seed=4)
    together = forward(cell, x, start, lengths)
    gradients = backward(cell, together, end, window=3)
    for v, length in enumerate(lengths):
        single = CELLS[name].make(_chosen(cell, v))
        alone = forward(single, x[v : v + 1, :length], start[v : v + 1])
        back = backward(single, alone, end[v : v + 1], window=3)
        np.testing.assert_array_equal(alone.states[0], together.states[v, : length + 1])
        np.testing.assert_array_equal(back.deltas[0], gradients.deltas[v, : length + 1])
        for key, total in back.named().items():
            np.testing.assert_array_equal(total[0], gradients.named()[key][v])


def _chosen(cell, v):
    """The weights of one of the networks."""
    only = slice(v, v + 1)
    b_hh = getattr(cell, "b_hh", np.zeros_like(cell.b))
    return Weights(W_xh=cell.W_xh[only], W_hh=cell.W_hh[only], b_xh=cell.b[only], b_hh=b_hh[only])


@EVERY
def test_sequences_through_one_network_add_up(name, make_cell):
    """Four sequences through each network: the states of each, and the sum of their gradients, truncated or not."""
    cell = make_cell(name)
    s = cell.state_size
    x, start, end, along = (
        drawn(cell, T, 4, 2),
        drawn(cell, 4, s),
        drawn(cell, 4, s, seed=5),
        drawn(cell, T, 4, s, seed=6),
    )
    trajectory = forward(cell, x, start)
    gradients = backward(cell, trajectory, end, along=along, chunk=4)
    singles = [forward(cell, x[:, :, b], start[:, b]) for b in range(4)]
    np.testing.assert_allclose(trajectory.states, np.stack([one.states for one in singles], axis=2), atol=1e-14)
    parts = [backward(cell, singles[b], end[:, b], along=along[:, :, b], chunk=4) for b in range(4)]
    np.testing.assert_allclose(gradients.deltas, np.stack([one.deltas for one in parts], axis=2), atol=1e-13)
    for key, total in gradients.named().items():
        np.testing.assert_allclose(total, sum(one.named()[key] for one in parts), atol=1e-12)


def linear(W):
    n = W.shape[-1]
    return Elman(activation=ACTIVATIONS["linear"], W_hh=W, W_xh=np.zeros((len(W), n, 1)), b=np.zeros((len(W), n)))


def log10_norms(W, timesteps):
    asked = np.ones((len(W), timesteps + 1), dtype=np.bool_)
    cell = linear(W)
    jacobian = cell.jacobian(np.ones((len(W), 1, W.shape[-1])))
    lengths = np.full(len(W), timesteps)
    probe = Probe(norm=spectral_norm, asked=asked)
    return product_norms(lambda _t, active: jacobian[:active], lengths, W.shape[-1], [probe], order="forward")[0].log10


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), n=st.integers(2, 6), factor=st.floats(1e-3, 1e3))
def test_similarity_and_scaling(seed, n, factor):
    """Turning the axes changes no norm of a linear network's products; scaling W by c multiplies the k-th by c^k."""
    rng = np.random.default_rng(seed)
    W = rng.standard_normal((1, n, n))
    Q = np.linalg.qr(rng.standard_normal((n, n)))[0]
    expected = log10_norms(W, 30)
    np.testing.assert_allclose(log10_norms(Q @ W @ Q.T, 30), expected, atol=1e-9)
    np.testing.assert_allclose(log10_norms(factor * W, 30), expected + np.arange(31) * np.log10(factor), atol=1e-10)


def test_dead_units_give_zeros_and_no_nan(make_elman):
    """All units of a ReLU network far below 0: no gradient gets through, and nothing is undefined."""
    cell = make_elman("relu")
    cell = Elman(activation=cell.activation, W_hh=cell.W_hh, W_xh=cell.W_xh, b=cell.b - 1e6)
    trajectory, gradients = run(cell)
    assert not trajectory.slopes(cell).any()
    assert not gradients.W_hh.any()
    np.testing.assert_array_equal(gradients.deltas[:, 0], 0.0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"inputs": np.zeros((3, 5, 7))}, r"inputs: shape \(3, 5, 7\): expected \(3, T, 2\)"),
        ({"inputs": np.zeros((3, 0, 2))}, "inputs: 0 timesteps: expected at least 1"),
        ({"inputs": np.zeros((3, 2))}, r"inputs: shape \(3, 2\)"),
        ({"start": np.zeros((3, 3))}, r"start: shape \(3, 3\): expected \(3, 4\)"),
        ({"start": np.zeros(4)}, r"start: shape \(4,\)"),
        ({"lengths": np.array([1, 2, 3])}, "lengths: expected 3 whole numbers from 5 down"),
        ({"lengths": np.array([9, 2, 1])}, "lengths: expected 3 whole numbers from 5 down"),
        ({"lengths": np.array([5, 0, 0])}, "lengths: expected 3 whole numbers from 5 down to 1"),
    ],
)
def test_forward_refuses_what_does_not_fit(change, said, make_elman):
    """One error that names the argument, its shape and what was expected."""
    arguments = {"inputs": np.zeros((3, 5, 2)), "start": np.zeros((3, 4)), "lengths": None} | change
    with pytest.raises(ParameterError, match=said):
        forward(make_elman(), arguments["inputs"], arguments["start"], arguments["lengths"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"loss_gradient": np.zeros((3, 5))}, r"loss_gradient: shape \(3, 5\): expected \(3, 4\)"),
        ({"along": np.zeros((3, 8, 4))}, r"along: shape \(3, 8, 4\): expected \(3, 9, 4\)"),
        ({"chunk": 0}, "chunk: 0: expected a whole number of timesteps, at least 1"),
        ({"window": -1}, "window: -1: expected a whole number of timesteps, at least 1"),
        ({"window": 2, "along": np.zeros((3, 9, 4))}, "window: expected one loss at the end"),
    ],
)
def test_backward_refuses_what_does_not_fit(change, said, make_elman):
    """One error that names the argument and its range."""
    cell = make_elman()
    trajectory, _ = run(cell)
    arguments = {"loss_gradient": np.zeros((3, 4))} | change
    with pytest.raises(ParameterError, match=said):
        backward(cell, trajectory, arguments.pop("loss_gradient"), **arguments)
