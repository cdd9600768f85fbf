"""Every cell of the table: its step by hand, its Jacobian against differences, and what carries a gradient back."""

import numpy as np
import pytest

from quizgen.errors import ParameterError
from quizgen.rnn.activations import ACTIVATIONS
from quizgen.rnn.cells import CELLS
from quizgen.rnn.gru import Gru
from quizgen.rnn.lstm import Lstm

EVERY = pytest.mark.parametrize("name", CELLS)


def logistic(a):
    return 1 / (1 + np.exp(-a))


def states_and_inputs(cell, *, sequences=(), seed=7):
    rng = np.random.default_rng(seed)
    variants, width = len(cell.W_hh), cell.W_xh.shape[-1]
    return rng.standard_normal((variants, *sequences, cell.state_size)), rng.standard_normal(
        (variants, *sequences, width)
    )


def slopes_of(cell, state, x):
    return cell.slopes(state, *cell.step(state, x))


@EVERY
def test_jacobian_is_the_derivative_of_the_step(name, make_cell, differences):
    """The whole Jacobian, of h and c together in an LSTM, agrees with central differences."""
    cell = make_cell(name)
    state, x = states_and_inputs(cell)
    expected = differences(lambda before: cell.step(before, x)[1], state)
    np.testing.assert_allclose(cell.jacobian(slopes_of(cell, state, x)), expected, atol=1e-8)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_elman_jacobian_with_each_activation(activation, make_elman, differences):
    """diag(phi'(a)) W agrees with central differences."""
    cell = make_elman(activation)
    state, x = states_and_inputs(cell)
    expected = differences(lambda before: cell.step(before, x)[1], state)
    np.testing.assert_allclose(cell.jacobian(slopes_of(cell, state, x)), expected, atol=1e-8)


@EVERY
def test_vjp_is_the_transposed_jacobian(name, make_cell):
    """Carrying a gradient back is multiplication by Jᵀ, without forming J."""
    cell = make_cell(name)
    state, x = states_and_inputs(cell)
    delta = np.random.default_rng(8).standard_normal(state.shape)
    slopes = slopes_of(cell, state, x)
    expected = np.einsum("vij,vi->vj", cell.jacobian(slopes), delta)
    np.testing.assert_allclose(cell.vjp(slopes, delta)[0], expected, atol=1e-13)


@EVERY
def test_many_sequences_are_as_one_by_one(name, make_cell):
    """Five sequences through each network: steps, Jacobians, gradients carried back, and their sum in the weights."""
    cell = make_cell(name)
    state, x = states_and_inputs(cell, sequences=(5,))
    delta = np.random.default_rng(8).standard_normal(state.shape)
    slopes = slopes_of(cell, state, x)
    back, error = cell.vjp(slopes, delta)
    alone = [slopes_of(cell, state[:, b], x[:, b]) for b in range(5)]
    singles = [cell.vjp(at, delta[:, b]) for b, at in enumerate(alone)]
    np.testing.assert_allclose(slopes, np.stack(alone, axis=1), atol=1e-14)
    np.testing.assert_allclose(cell.jacobian(slopes), np.stack([cell.jacobian(at) for at in alone], axis=1), atol=1e-14)
    np.testing.assert_allclose(back, np.stack([one for one, _ in singles], axis=1), atol=1e-13)
    shares = [cell.recurrent_gradients(at, singles[b][1], state[:, b]) for b, at in enumerate(alone)]
    for found, parts in zip(cell.recurrent_gradients(slopes, error, state), zip(*shares, strict=True), strict=True):
        np.testing.assert_allclose(found, sum(parts), atol=1e-13)


@EVERY
@pytest.mark.parametrize("lead", [(3,), (3, 40)])
def test_jacobians_can_go_into_a_given_array(name, lead, make_cell):
    """Of one timestep and of many, the same bits, whatever was there before, and also into a part of a larger array."""
    cell = make_cell(name)
    rng = np.random.default_rng(9)
    state, x = rng.standard_normal((*lead, cell.state_size)), rng.standard_normal((*lead, cell.W_xh.shape[-1]))
    slopes = slopes_of(cell, state, x)
    larger = np.full((*lead, cell.state_size + 2, cell.state_size + 1), np.nan)
    out = larger[..., 1:-1, 1:]
    assert cell.jacobian(slopes, out=out) is out
    np.testing.assert_array_equal(out, cell.jacobian(slopes))
    assert np.isnan(larger).sum() == larger.size - out.size


@EVERY
def test_an_array_that_does_not_fit_is_refused(name, make_cell):
    """Another shape, another type, or one that cannot be written to: what was seen, and what was expected."""
    cell = make_cell(name)
    slopes = slopes_of(cell, *states_and_inputs(cell))
    n = cell.state_size
    with pytest.raises(ParameterError, match=rf"shape \(3, {n}, 1\): expected float64 of shape \(3, {n}, {n}\)"):
        cell.jacobian(slopes, out=np.empty((3, n, 1)))
    with pytest.raises(ParameterError, match="out: float32"):
        cell.jacobian(slopes, out=np.empty((3, n, n), dtype=np.float32))
    fixed = np.empty((3, n, n))
    fixed.flags.writeable = False
    with pytest.raises(ParameterError, match="read-only"):
        cell.jacobian(slopes, out=fixed)


@EVERY
def test_the_batch_does_not_change_a_bit(name, make_cell):
    """Each of fifty networks steps, and carries back, as it does alone."""
    cell = make_cell(name, variants=50)
    state, x = states_and_inputs(cell)
    slopes = slopes_of(cell, state, x)
    back, _ = cell.vjp(slopes, state)
    first = cell.first(1)
    alone = slopes_of(first, state[:1], x[:1])
    np.testing.assert_array_equal(alone[0], slopes[0])
    np.testing.assert_array_equal(first.jacobian(alone)[0], cell.jacobian(slopes)[0])
    np.testing.assert_array_equal(first.vjp(alone, state[:1])[0][0], back[0])


def test_lstm_step_follows_its_equations():
    """One unit by hand, gates in the order i, f, g, o."""
    cell = Lstm(
        W_hh=np.array([[[0.1], [0.2], [0.3], [0.4]]]),
        W_xh=np.array([[[1.0], [-1.0], [0.5], [2.0]]]),
        b=np.array([[0.0, 1.0, 0.0, -0.5]]),
    )
    _, state = cell.step(np.array([[0.5, 0.8]]), np.array([[0.3]]))
    i, f = logistic(0.05 + 0.3), logistic(0.1 - 0.3 + 1.0)
    g, o = np.tanh(0.15 + 0.15), logistic(0.2 + 0.6 - 0.5)
    c = f * 0.8 + i * g
    np.testing.assert_allclose(state, [[o * np.tanh(c), c]])


def test_lstm_at_rest_has_the_published_rank_one_jacobian():
    """With h = c = x = 0 and no biases, J = [½, 1]ᵀ [½ W_g, ½]."""
    cell = Lstm(W_hh=np.array([[[9.0], [9.0], [3.0], [9.0]]]), W_xh=np.zeros((1, 4, 1)), b=np.zeros((1, 4)))
    jacobian = cell.jacobian(slopes_of(cell, np.zeros((1, 2)), np.zeros((1, 1))))
    np.testing.assert_allclose(jacobian[0], [[0.75, 0.25], [1.5, 0.5]])


@pytest.mark.parametrize(
    ("reset", "z_keeps", "expected"),
    [
        ("after", True, lambda r, z, h: z * h + (1 - z) * np.tanh(0.15 + 0.2 + r * (0.8 * h + 0.3))),
        ("before", True, lambda r, z, h: z * h + (1 - z) * np.tanh(0.15 + 0.2 + 0.8 * (r * h) + 0.3)),
        ("after", False, lambda r, z, h: (1 - z) * h + z * np.tanh(0.15 + 0.2 + r * (0.8 * h + 0.3))),
        ("before", False, lambda r, z, h: (1 - z) * h + z * np.tanh(0.15 + 0.2 + 0.8 * (r * h) + 0.3)),
    ],
)
def test_gru_steps_follow_their_equations(reset, z_keeps, expected):
    """One unit by hand, gates in the order r, z, n, in both variants and orientations."""
    cell = Gru(
        W_hh=np.array([[[0.5], [-0.4], [0.8]]]),
        W_xh=np.array([[[1.0], [2.0], [0.5]]]),
        b=np.array([[0.1, -0.1, 0.2]]),
        b_hh=np.array([[0.0, 0.4, 0.3]]),
        reset=reset,
        z_keeps=z_keeps,
    )
    h, x = 0.6, 0.3
    r, z = logistic(0.5 * h + 0.3 + 0.1), logistic(-0.4 * h + 0.6 - 0.1 + 0.4)
    np.testing.assert_allclose(cell.step(np.array([[h]]), np.array([[x]]))[1], [[expected(r, z, h)]])


@pytest.mark.parametrize("name", [name for name in CELLS if name.startswith("gru")])
def test_gru_at_rest_explodes_beyond_two(name):
    """At the origin without biases J = ½ + W_n/4 in every variant, so W_n = 2 is where it begins to grow."""
    for candidate, expected in [(2.0, 1.0), (6.0, 2.0), (0.0, 0.5)]:
        cell = Gru(
            W_hh=np.array([[[9.0], [9.0], [candidate]]]),
            W_xh=np.zeros((1, 3, 1)),
            b=np.zeros((1, 3)),
            b_hh=np.zeros((1, 3)),
            reset="before" if "before" in name else "after",
            z_keeps="replaces" not in name,
        )
        rest = np.zeros((1, 1))
        np.testing.assert_allclose(cell.jacobian(slopes_of(cell, rest, rest)), [[[expected]]])


def test_saturated_update_gate_keeps_its_digits(make_cell):
    """Where the update gate is all but closed, 1 − k = exp(−40) still scales the candidate's way back."""
    cell = make_cell("gru", variants=1, n=1, m=1)
    cell = Gru(
        W_hh=np.array([[[0.0], [0.0], [1.0]]]), W_xh=cell.W_xh * 0, b=np.array([[0.0, 40.0, 0.0]]), b_hh=cell.b * 0
    )
    slopes = slopes_of(cell, np.zeros((1, 1)), np.zeros((1, 1)))
    np.testing.assert_allclose(slopes[0, 2], np.exp(-40.0), rtol=1e-12)


def test_leaky_unit_has_the_closed_form(make_cell):
    """(s + α w)^T for a linear unit: a skip connection with w > 0 explodes, with w < 0 it can vanish."""
    from quizgen.rnn.activations import LINEAR
    from quizgen.rnn.elman import Elman
    from quizgen.rnn.forward import forward
    from quizgen.rnn.leaky import Leaky

    w, T = np.array([0.1, -0.9, 0.5]), 20
    skip, scale = np.array([1.0, 1.0, 0.7]), np.array([1.0, 1.0, 0.3])
    inner = Elman(activation=LINEAR, W_hh=w[:, None, None], W_xh=np.zeros((3, 1, 1)), b=np.zeros((3, 1)))
    cell = Leaky(inner=inner, skip=skip, scale=scale)
    trajectory = forward(cell, np.zeros((3, T, 1)), np.ones((3, 1)))
    np.testing.assert_allclose(trajectory.last_states[:, 0], (skip + scale * w) ** T, rtol=1e-13)
    product = cell.jacobian(trajectory.slopes(cell))[..., 0, 0].prod(axis=1)
    np.testing.assert_allclose(product, (skip + scale * w) ** T, rtol=1e-13)
