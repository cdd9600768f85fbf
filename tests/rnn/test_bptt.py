"""The forward pass and backpropagation through time: closed forms, finite differences, batches."""

import numpy as np
import pytest

from quizgen.rnn.bptt import backward, squared_loss, timestep_gradients
from quizgen.rnn.elman import Elman
from quizgen.rnn.forward import forward


def inputs_of(variants, timesteps, m=2, seed=3):
    return np.random.default_rng(seed).standard_normal((variants, timesteps, m))


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "leaky_relu", "linear"])
def test_gradients_agree_with_finite_differences(activation, make_elman):
    """dL/dW_hh, dL/dW_xh, dL/db and dL/dh_0 of a squared loss at the end."""
    cell, x = make_elman(activation), inputs_of(3, 6)
    start, target = 0.3 * np.ones((3, 4)), np.ones((3, 4))

    def loss(**changed):
        weights = {"W_hh": cell.W_hh, "W_xh": cell.W_xh, "b": cell.b, "start": start} | changed
        begin = weights.pop("start")
        run = forward(Elman(activation=cell.activation, **weights), x, begin)
        return squared_loss(run.last_states, target)[0]

    trajectory = forward(cell, x, start)
    gradients = backward(cell, trajectory, squared_loss(trajectory.last_states, target)[1])
    found = {"W_hh": gradients.W_hh, "W_xh": gradients.W_xh, "b": gradients.b, "start": gradients.deltas[:, 0]}
    values = {"W_hh": cell.W_hh, "W_xh": cell.W_xh, "b": cell.b, "start": start}
    step = 6e-6
    for name, value in values.items():
        for place in np.ndindex(*value.shape[1:]):
            shift = np.zeros_like(value)
            shift[(slice(None), *place)] = step
            slope = (loss(**{name: value + shift}) - loss(**{name: value - shift})) / (2 * step)
            np.testing.assert_allclose(found[name][(slice(None), *place)], slope, atol=3e-8, rtol=1e-7)


def test_terms_of_the_timesteps_add_up(make_elman):
    """Each gradient is the sum of the timesteps' contributions to it."""
    cell, x = make_elman(), inputs_of(3, 7)
    trajectory = forward(cell, x, np.zeros((3, 4)))
    gradients = backward(cell, trajectory, np.ones((3, 4)))
    terms = timestep_gradients(cell, trajectory, gradients)
    for name, total in gradients.named().items():
        np.testing.assert_allclose(terms[name].sum(axis=1), total, atol=1e-14)


def test_linear_unit_has_the_closed_form(make_elman):
    """h_T = w^T h_0, so every term is w^(T-1) h_0 and dL/dw = T w^(T-1) h_0."""
    w, h_0, T = 0.9, 2.0, 12
    cell = make_elman("linear", variants=1, n=1, m=1)
    cell = Elman(activation=cell.activation, W_hh=np.full((1, 1, 1), w), W_xh=np.zeros((1, 1, 1)), b=np.zeros((1, 1)))
    trajectory = forward(cell, np.zeros((1, T, 1)), np.full((1, 1), h_0))
    gradients = backward(cell, trajectory, np.ones((1, 1)))
    assert trajectory.last_states[0, 0] == pytest.approx(w**T * h_0)
    assert gradients.W_hh[0, 0, 0] == pytest.approx(T * w ** (T - 1) * h_0)
    terms = timestep_gradients(cell, trajectory, gradients)["weight_hh_l0"]
    np.testing.assert_allclose(terms[0, :, 0, 0], w ** (T - 1) * h_0)


def test_unequal_lengths_are_as_if_run_alone(make_elman):
    """Each variant of a batch with lengths 9, 5, 1 has the bits that it has alone."""
    cell, x, lengths = make_elman(variants=3), inputs_of(3, 9), np.array([9, 5, 1])
    together = forward(cell, x, np.zeros((3, 4)), lengths)
    gradients = backward(cell, together, np.ones((3, 4)))
    for v, length in enumerate(lengths):
        single = Elman(
            activation=cell.activation, W_hh=cell.W_hh[v : v + 1], W_xh=cell.W_xh[v : v + 1], b=cell.b[v : v + 1]
        )
        alone = forward(single, x[v : v + 1, :length], np.zeros((1, 4)))
        np.testing.assert_array_equal(alone.states[0], together.states[v, : length + 1])
        np.testing.assert_array_equal(alone.last_states[0], together.last_states[v])
        back = backward(single, alone, np.ones((1, 4)))
        np.testing.assert_array_equal(back.deltas[0], gradients.deltas[v, : length + 1])
        for name in ("W_hh", "W_xh", "b"):
            np.testing.assert_array_equal(getattr(back, name)[0], getattr(gradients, name)[v])


def test_batches_of_one_and_fifty_have_the_same_bits(make_elman):
    """The batch around a variant does not change its last digit."""
    cell, x = make_elman(variants=50, n=7), inputs_of(50, 20)
    together = forward(cell, x, np.zeros((50, 7)))
    for v in (0, 23, 49):
        single = Elman(
            activation=cell.activation, W_hh=cell.W_hh[v : v + 1], W_xh=cell.W_xh[v : v + 1], b=cell.b[v : v + 1]
        )
        np.testing.assert_array_equal(forward(single, x[v : v + 1], np.zeros((1, 7))).states[0], together.states[v])
