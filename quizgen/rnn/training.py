"""Training of small recurrent networks on a task, V of them side by side, in NumPy alone.

    y_t = W_out h_t + b_out in the timesteps that are read; each update draws a minibatch, goes back through all its
    timesteps, shortens the gradient of all weights together to norm c if it is longer, and takes one step.

Sources: Werbos (1990); Pascanu, Mikolov & Bengio (2013), Algorithm 1 for the clipping.
"""

from collections.abc import Callable

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray
from quizgen.rnn.bptt import backward
from quizgen.rnn.cells import Cell
from quizgen.rnn.clipping import clipping_coefficient, global_norm
from quizgen.rnn.forward import forward
from quizgen.rnn.linear import pull, push, shifted
from quizgen.rnn.optimisers import Arrays, Optimiser, no_memory
from quizgen.rnn.tasks import Task
from quizgen.rnn.weights import Weights
from quizgen.values import immutable

# update (from 1 on) -> inputs (V, L, B, m) and targets (V, R, B, k) of its minibatch
Minibatches = Callable[[int], tuple[FloatArray, FloatArray]]


@immutable
class Course:
    """How V trainings went, update by update: (V, U) each.

    ``losses`` and ``gradient_norms`` are those of the minibatch before the update, ``coefficients`` what clipping
    multiplied with, and ``is_finite`` whether loss, norm and the new weights were all finite.
    """

    losses: FloatArray
    gradient_norms: FloatArray
    coefficients: FloatArray
    is_finite: BoolArray


def train(
    task: Task,
    make_cell: Callable[[Weights], Cell],
    weights: Arrays,
    minibatches: Minibatches,
    *,
    optimiser: Optimiser,
    learning_rate: FloatArray,
    max_norm: FloatArray,
    updates: int,
    report: Callable[[float], None],
) -> Course:
    """Train for ``updates`` updates.

    Shapes: ``weights`` by name, W_xh, W_hh, b_xh, b_hh as in `Weights`, W_out (V, k, n) and b_out (V, k);
    learning_rate and max_norm (V,), infinite for no clipping. ``report`` is told the share that is done.
    """
    memory = no_memory(weights)
    shape = (len(weights["b_out"]), updates)
    course = Course(
        losses=np.zeros(shape),
        gradient_norms=np.zeros(shape),
        coefficients=np.zeros(shape),
        is_finite=np.zeros(shape, dtype=np.bool_),
    )
    with np.errstate(all="ignore"):  # networks that explode are what is to be seen
        for update in range(updates):
            inputs, targets = minibatches(update + 1)
            loss, gradients = loss_gradients(task, make_cell, weights, inputs, targets)
            norm = global_norm(list(gradients.values()))
            coefficient = clipping_coefficient(norm, max_norm)
            clipped = {name: _scaled(gradient, coefficient) for name, gradient in gradients.items()}
            weights, memory = optimiser(weights, clipped, memory, learning_rate)
            course.losses[:, update], course.gradient_norms[:, update] = loss, norm
            course.coefficients[:, update] = coefficient
            course.is_finite[:, update] = np.isfinite(loss) & np.isfinite(norm) & _are_finite(weights)
            report((update + 1) / updates)
    return course


def loss_gradients(
    task: Task, make_cell: Callable[[Weights], Cell], weights: Arrays, inputs: FloatArray, targets: FloatArray
) -> tuple[FloatArray, dict[str, FloatArray]]:
    """The mean loss of a minibatch (V,), and its gradients by the names of the weights."""
    cell = make_cell(Weights(W_xh=weights["W_xh"], W_hh=weights["W_hh"], b_xh=weights["b_xh"], b_hh=weights["b_hh"]))
    W_out, b_out = weights["W_out"], weights["b_out"]
    variants, _, sequences, _ = inputs.shape
    trajectory = forward(cell, inputs, np.zeros((variants, sequences, cell.state_size)))
    read, hidden = targets.shape[1], W_out.shape[-1]
    h = trajectory.states[:, -read:, :, :hidden].reshape(variants, read * sequences, hidden)
    outputs = shifted(push(W_out, h), b_out).reshape(targets.shape)
    loss, at_outputs = task.loss(outputs, targets)
    at_outputs = at_outputs.reshape(variants, read * sequences, -1)
    along = np.zeros((variants, inputs.shape[1], sequences, cell.state_size))
    along[:, -read:, :, :hidden] = pull(W_out, at_outputs).reshape(variants, read, sequences, hidden)
    back = backward(cell, trajectory, np.zeros((variants, sequences, cell.state_size)), along=along)
    return loss, {
        "W_xh": back.W_xh,
        "W_hh": back.W_hh,
        "b_xh": back.b,
        "b_hh": back.b_hh,
        "W_out": at_outputs.swapaxes(-1, -2) @ h,
        "b_out": at_outputs.sum(axis=1),
    }


def first_update(happened: BoolArray) -> FloatArray:
    """The first update, counted from 1, at which something happened; 0 if it never did: (V, U) -> (V,)."""
    return np.where(happened.any(axis=1), happened.argmax(axis=1) + 1.0, 0.0)


def _scaled(gradient: FloatArray, coefficient: FloatArray) -> FloatArray:
    return gradient * coefficient.reshape(-1, *(1,) * (gradient.ndim - 1))


def _are_finite(weights: Arrays) -> BoolArray:
    parts = [np.isfinite(w).reshape(len(w), -1).all(axis=1) for w in weights.values()]
    return np.asarray(np.stack(parts).all(axis=0))
