"""The adding problem and copy memory: their sequences by rule, their losses by hand, their baselines by sampling."""

import math

import numpy as np
import pytest

from quizgen.errors import ParameterError
from quizgen.rnn.tasks import BLANK, COPIED, GO, SYMBOLS, TASKS


@pytest.mark.parametrize("timesteps", [2, 3, 10, 51])
def test_adding_marks_one_number_in_each_half(timesteps):
    """The target is the sum of the two numbers that are marked."""
    inputs, targets = TASKS["adding"].draw(np.random.default_rng(0), 200, timesteps)
    assert inputs.shape == (TASKS["adding"].length(timesteps), 200, 2)
    assert targets.shape == (1, 200, 1)
    numbers, marks = inputs[..., 0], inputs[..., 1]
    assert ((numbers >= 0) & (numbers < 1)).all()
    half = timesteps // 2
    assert (marks[:half].sum(axis=0) == 1).all()
    assert (marks[half:].sum(axis=0) == 1).all()
    np.testing.assert_allclose(targets[0, :, 0], (numbers * marks).sum(axis=0))


def test_the_adding_baseline_is_the_variance_of_the_sum():
    """Answering 1 costs 1/6 (standard error of this sample: 0.0005), and 1/6 exactly in theory: twice 1/12."""
    task = TASKS["adding"]
    _, targets = task.draw(np.random.default_rng(1), 100_000, 10)
    loss, _ = task.loss(np.ones((1, 1, 100_000, 1)), targets[None])
    assert loss[0] == pytest.approx(task.baseline(10), abs=0.002)
    assert task.baseline(10) == 1 / 12 + 1 / 12


@pytest.mark.parametrize("timesteps", [1, 7])
def test_copying_repeats_ten_symbols_after_the_mark(timesteps):
    """Ten symbols, T − 1 blanks, the mark, ten blanks; answered by blanks and the same ten symbols."""
    inputs, targets = TASKS["copying"].draw(np.random.default_rng(2), 50, timesteps)
    said, wanted = inputs.argmax(axis=-1), targets.argmax(axis=-1)
    assert len(said) == len(wanted) == TASKS["copying"].length(timesteps) == timesteps + 20
    assert (inputs.sum(axis=-1) == 1).all()
    assert (targets.sum(axis=-1) == 1).all()
    assert set(np.unique(said[:COPIED])) == set(range(SYMBOLS))
    assert (said[COPIED : COPIED + timesteps - 1] == BLANK).all()
    assert (said[COPIED + timesteps - 1] == GO).all()
    assert (said[-COPIED:] == BLANK).all()
    assert (wanted[:-COPIED] == BLANK).all()
    np.testing.assert_array_equal(wanted[-COPIED:], said[:COPIED])


def test_the_copying_baseline_is_that_of_guessing_the_symbols():
    """Blanks for certain, then all eight symbols alike: 10 ln 8/(T + 20) nats, whatever the symbols are."""
    task = TASKS["copying"]
    _, targets = task.draw(np.random.default_rng(3), 4, 30)
    outputs = np.full(targets.shape, -1e3)
    outputs[:-COPIED, :, BLANK] = 0.0
    outputs[-COPIED:, :, :SYMBOLS] = 0.0
    loss, _ = task.loss(outputs[None], targets[None])
    assert loss[0] == pytest.approx(task.baseline(30), rel=1e-12)
    assert task.baseline(30) == pytest.approx(10 * math.log(8) / 50)


@pytest.mark.parametrize("name", TASKS)
def test_gradients_of_the_losses_agree_with_differences(name):
    """Central differences of the mean loss by each output."""
    task, rng = TASKS[name], np.random.default_rng(4)
    _, targets = task.draw(rng, 2, 3)
    outputs = rng.standard_normal((1, *targets.shape))
    _, gradient = task.loss(outputs, targets[None])
    for place in [tuple(rng.integers(0, size) for size in outputs.shape) for _ in range(20)]:
        shift = np.zeros_like(outputs)
        shift[place] = 6e-6
        slope = (task.loss(outputs + shift, targets[None])[0] - task.loss(outputs - shift, targets[None])[0]) / 1.2e-5
        assert gradient[place] == pytest.approx(slope[0], abs=1e-9)


def test_cross_entropy_does_not_overflow():
    """Outputs of 1000 nats apart cost 1000."""
    outputs, targets = np.array([[[[1000.0, 0.0]]]]), np.array([[[[0.0, 1.0]]]])
    loss, gradient = TASKS["copying"].loss(outputs, targets)
    assert (loss.tolist(), gradient.ravel().tolist()) == ([1000.0], [1.0, -1.0])


@pytest.mark.parametrize(
    ("name", "sequences", "timesteps", "message"),
    [
        ("adding", 3, 1, "timesteps: 1: expected a whole number from 2 on"),
        ("copying", 3, 0, "timesteps: 0: expected a whole number from 1 on"),
        ("copying", 0, 5, "sequences: 0: expected a whole number from 1 on"),
    ],
)
def test_too_short_sequences_are_refused(name, sequences, timesteps, message):
    """The parameter, what it is, and its range."""
    with pytest.raises(ParameterError, match=message):
        TASKS[name].draw(np.random.default_rng(0), sequences, timesteps)
