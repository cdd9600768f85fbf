"""Two tasks that need a memory: their sequences, their losses, and what a network without memory can reach.

    adding problem   add the two numbers that are marked, one in each half of T; mean squared error, 1/6 without memory
    copy memory      repeat 10 symbols of 8 after T timesteps; cross-entropy in nats, 10 ln 8/(T + 20) without memory

V networks, B sequences for each in a minibatch, T timesteps, m inputs, k outputs.
Sources: Hochreiter & Schmidhuber (1997), section 5; Arjovsky, Shah & Bengio (2016).
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from quizgen.errors import ParameterError
from quizgen.registry import Registry
from quizgen.rnn.arrays import FloatArray
from quizgen.values import immutable

COPIED, SYMBOLS = 10, 8  # how many symbols are to be copied, and how many there are
BLANK, GO = SYMBOLS, SYMBOLS + 1


@immutable
class Task:
    """One task.

    ``draw``: generator, B, T -> inputs (L, B, m) and targets (R, B, k), L = ``length(T)`` timesteps, the last R of
    which are read; ParameterError for a T or B that is too small.
    ``loss``: outputs and targets (V, R, B, k) -> mean loss (V,) and its gradient (V, R, B, k).
    ``baseline``: the best loss without memory, for T.
    """

    inputs: int
    outputs: int
    length: Callable[[int], int]
    draw: Callable[[np.random.Generator, int, int], tuple[FloatArray, FloatArray]]
    loss: Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
    baseline: Callable[[int], float]


def draw_adding(generator: np.random.Generator, sequences: int, timesteps: int) -> tuple[FloatArray, FloatArray]:
    """Numbers from U(0, 1) with a mark on one in each half, and at the end the sum of the marked two; T at least 2."""
    _check(sequences, timesteps, shortest=2)
    inputs = np.zeros((timesteps, sequences, 2))
    inputs[..., 0] = generator.random((timesteps, sequences))
    half, columns = timesteps // 2, np.arange(sequences)
    early, late = generator.integers(0, half, sequences), generator.integers(half, timesteps, sequences)
    inputs[early, columns, 1] = inputs[late, columns, 1] = 1.0
    total = inputs[early, columns, 0] + inputs[late, columns, 0]
    return inputs, total[None, :, None]


def draw_copying(generator: np.random.Generator, sequences: int, timesteps: int) -> tuple[FloatArray, FloatArray]:
    """Ten symbols, T − 1 blanks, the mark to go, ten blanks; to be answered by T + 10 blanks and the ten symbols."""
    _check(sequences, timesteps, shortest=1)
    said = np.full((timesteps + 2 * COPIED, sequences), BLANK)
    said[:COPIED] = generator.integers(0, SYMBOLS, (COPIED, sequences))
    said[COPIED + timesteps - 1] = GO
    wanted = np.full_like(said, BLANK)
    wanted[-COPIED:] = said[:COPIED]
    return np.eye(SYMBOLS + 2)[said], np.eye(SYMBOLS + 1)[wanted]


def _check(sequences: int, timesteps: int, *, shortest: int) -> None:
    for name, count, least in (("timesteps", timesteps, shortest), ("sequences", sequences, 1)):
        if count < least:
            raise ParameterError(f"{name}: {count}: expected a whole number from {least} on")


def mean_squared_error(outputs: FloatArray, targets: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The mean of (output − target)² over all but the variants, and its gradient."""
    miss = outputs - targets
    count = miss[0].size
    return np.square(miss).reshape(len(miss), -1).sum(axis=-1) / count, 2.0 * miss / count


def cross_entropy(outputs: FloatArray, targets: FloatArray) -> tuple[FloatArray, FloatArray]:
    """−ln of the softmax of the right one of k outputs, mean over timesteps and sequences, and its gradient."""
    lowered = outputs - outputs.max(axis=-1, keepdims=True)
    exponentials = np.exp(lowered)
    total = exponentials.sum(axis=-1, keepdims=True)
    count = outputs[0, ..., 0].size
    losses = np.log(total[..., 0]) - (lowered * targets).sum(axis=-1)
    return losses.reshape(len(losses), -1).sum(axis=-1) / count, (exponentials / total - targets) / count


TASKS: Final = Registry[Task](
    "task",
    {
        "adding": Task(
            inputs=2,
            outputs=1,
            length=lambda timesteps: timesteps,
            draw=draw_adding,
            loss=mean_squared_error,
            baseline=lambda timesteps: 1.0 / 6.0,
        ),
        "copying": Task(
            inputs=SYMBOLS + 2,
            outputs=SYMBOLS + 1,
            length=lambda timesteps: timesteps + 2 * COPIED,
            draw=draw_copying,
            loss=cross_entropy,
            baseline=lambda timesteps: COPIED * math.log(SYMBOLS) / (timesteps + 2 * COPIED),
        ),
    },
)
