"""Training: gradients by differences, a whole course by PyTorch, and what clipping does to networks that explode."""

import numpy as np
import pytest

from quizgen.rnn.cells import CELLS
from quizgen.rnn.optimisers import OPTIMISERS
from quizgen.rnn.tasks import TASKS
from quizgen.rnn.training import first_update, loss_gradients, train

TRAINED = pytest.mark.parametrize("cell", ["elman", "lstm", "gru"])


def drawn_weights(cell, task, rng, *, n=5, variants=1, bound=0.6):
    rows = CELLS[cell].gates * n
    shapes = {
        "W_xh": (rows, TASKS[task].inputs),
        "W_hh": (rows, n),
        "b_xh": (rows,),
        "b_hh": (rows,),
        "W_out": (TASKS[task].outputs, n),
        "b_out": (TASKS[task].outputs,),
    }
    return {name: rng.uniform(-bound, bound, (variants, *shape)) for name, shape in shapes.items()}


def minibatches(task, seed, *, sequences=4, timesteps=6):
    """The same minibatch for each call with the same update."""

    def minibatch(update):
        inputs, targets = TASKS[task].draw(np.random.default_rng([seed, update]), sequences, timesteps)
        return inputs[None], targets[None]

    return minibatch


def course(cell, task, weights, *, optimiser="sgd", learning_rate=0.1, max_norm=np.inf, updates=40, **sizes):
    return train(
        TASKS[task],
        CELLS[cell].make,
        weights,
        minibatches(task, 7, **sizes),
        optimiser=OPTIMISERS[optimiser],
        learning_rate=np.array([learning_rate]),
        max_norm=np.array([max_norm]),
        updates=updates,
        report=lambda share: None,
    )


@TRAINED
@pytest.mark.parametrize("task", TASKS)
def test_gradients_agree_with_differences(cell, task):
    """Of every kind of weight, at a few places."""
    rng = np.random.default_rng(0)
    weights, (inputs, targets) = drawn_weights(cell, task, rng), minibatches(task, 1)(1)
    _, gradients = loss_gradients(TASKS[task], CELLS[cell].make, weights, inputs, targets)
    for name, array in weights.items():
        assert gradients[name].shape == array.shape
        for place in [tuple(rng.integers(0, size) for size in array.shape) for _ in range(5)]:
            losses = []
            for step in (6e-6, -6e-6):
                moved = array.copy()
                moved[place] += step
                shifted = {**weights, name: moved}
                losses.append(loss_gradients(TASKS[task], CELLS[cell].make, shifted, inputs, targets)[0][0])
            assert gradients[name][place] == pytest.approx((losses[0] - losses[1]) / 1.2e-5, abs=1e-8)


@TRAINED
@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_a_course_is_that_of_pytorch(cell, task, optimiser):
    """Losses and gradient norms of 40 clipped updates, from the same weights and minibatches, within 1e-9."""
    torch = pytest.importorskip("torch")
    weights = drawn_weights(cell, task, np.random.default_rng(3))
    found = course(cell, task, weights, optimiser=optimiser, learning_rate=0.05, max_norm=0.1)
    network = {"elman": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell](TASKS[task].inputs, 5).double()
    readout = torch.nn.Linear(5, TASKS[task].outputs).double()
    holders = (
        network.weight_ih_l0,
        network.weight_hh_l0,
        network.bias_ih_l0,
        network.bias_hh_l0,
        *readout.parameters(),
    )
    with torch.no_grad():
        for holder, array in zip(holders, weights.values(), strict=True):
            holder.copy_(torch.tensor(array[0]))
    step = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimiser](holders, lr=0.05)
    for update, (loss, norm) in enumerate(zip(found.losses[0], found.gradient_norms[0], strict=True), start=1):
        inputs, targets = (torch.tensor(array[0]) for array in minibatches(task, 7)(update))
        outputs = readout(network(inputs)[0][-len(targets) :])
        if task == "adding":
            missed = torch.nn.functional.mse_loss(outputs, targets)
        else:
            missed = torch.nn.functional.cross_entropy(outputs.flatten(0, 1), targets.argmax(-1).flatten())
        step.zero_grad()
        missed.backward()
        length = torch.sqrt(sum((holder.grad**2).sum() for holder in holders))
        assert loss == pytest.approx(missed.item(), rel=1e-9)
        assert norm == pytest.approx(length.item(), rel=1e-9)
        for holder in holders:
            holder.grad *= min(1.0, 0.1 / length.item())
        step.step()


def exploding_weights():
    """Elman, n = 32: recurrent weights 1.5 times an orthogonal matrix, the others small."""
    rng = np.random.default_rng(11)
    weights = drawn_weights("elman", "adding", rng, n=32, bound=32**-0.5)
    return {**weights, "W_hh": 1.5 * np.linalg.qr(rng.standard_normal((32, 32)))[0][None]}


def test_without_clipping_gradients_leave_float32():
    """Within 100 updates of plain descent, T = 30: norms that float32 cannot square; float64 still holds them."""
    found = course("elman", "adding", exploding_weights(), updates=100, sequences=32, timesteps=30)
    beyond = first_update(found.gradient_norms > 1.8e19)
    assert 10 < beyond[0] < 60
    assert (found.coefficients == 1).all()


def test_clipping_keeps_training_finite_but_does_not_teach():
    """The same network clipped to 1: finite, a good part of the updates shortened, a loss around the baseline 1/6."""
    found = course("elman", "adding", exploding_weights(), max_norm=1.0, updates=150, sequences=32, timesteps=30)
    assert found.is_finite.all()
    assert 0.2 < (found.coefficients < 1).mean() < 0.9
    assert 0.12 < found.losses[0, -50:].mean() < 0.3


def test_an_overflow_is_seen_at_its_update():
    """A learning rate of 1e200 moves the weights so far that the next update has numbers float64 cannot hold."""
    weights = drawn_weights("elman", "adding", np.random.default_rng(5))
    found = course("elman", "adding", weights, learning_rate=1e200, updates=4)
    assert found.is_finite[0].tolist()[0]
    assert first_update(~found.is_finite)[0] == 2


def test_progress_reaches_one():
    """The share grows with each update and ends at 1."""
    shares = []
    weights = drawn_weights("elman", "adding", np.random.default_rng(6))
    train(
        TASKS["adding"],
        CELLS["elman"].make,
        weights,
        minibatches("adding", 0),
        optimiser=OPTIMISERS["adam"],
        learning_rate=np.array([0.01]),
        max_norm=np.array([1.0]),
        updates=4,
        report=shares.append,
    )
    assert shares == [0.25, 0.5, 0.75, 1]


def test_nothing_happened_is_zero():
    """Updates are counted from 1."""
    assert first_update(np.array([[False, True, True], [False, False, False]])).tolist() == [2, 0]
