"""Training a recurrent network on a task, once without clipping and once with it: what the tasks' experiments share.

Both runs begin with the same weights and see the same minibatches. Recurrent weights are drawn gate by gate by the
named scheme, the others from U(−1/√n, 1/√n) as PyTorch does; biases are 0 but for the LSTM's forget gates.
"""

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import Arguments, FloatArray, IntArray, Parameter, Plot, Quantity, Series, Work
from quizgen.experiments.findings import Findings
from quizgen.experiments.lstm_paths import FORGET_BIAS
from quizgen.experiments.networks import GAIN, HIDDEN, INIT
from quizgen.experiments.randomness import generators
from quizgen.experiments.work import argument
from quizgen.rnn.activations import ACTIVATIONS
from quizgen.rnn.arrays import BoolArray
from quizgen.rnn.cells import CELLS, Cell, make_elman
from quizgen.rnn.initialisation import INITIALISATIONS
from quizgen.rnn.lstm import FORGET_GATE
from quizgen.rnn.optimisers import OPTIMISERS
from quizgen.rnn.tasks import TASKS, Task
from quizgen.rnn.training import Course, first_update, train
from quizgen.rnn.weights import Weights

TRAINED_CELLS: Final = ("elman", "lstm", "gru")
FLOAT32_ROOT: Final = float(np.sqrt(np.finfo(np.float32).max))  # 1.8e19: the square of more is infinite in float32
# What a training costs, as multiplications: each timestep, each row of weights in it, each update, each weight in it.
_TIMESTEP_WORK: Final = 4e4
_ROW_WORK: Final = 60
_UPDATE_WORK: Final = 4e5
_WEIGHT_WORK: Final = 20
LAST_SHARE: Final = 10  # final losses are means over the last tenth of the updates


class TrainingFindings(Findings):
    """The quantities of an experiment on the task that ``task_name`` names in `TASKS`."""

    task_name: str

    @property
    def _task(self) -> Task:
        return TASKS[self.task_name]

    @property
    def lengths(self) -> IntArray:
        """The number of updates of each variant."""
        return self.number("updates").astype(np.int64)

    def _cell(self, weights: Weights) -> Cell:
        if self.word("cell") == "elman":
            return make_elman(weights, ACTIVATIONS[self.word("activation")])
        return CELLS[self.word("cell")].make(weights)

    @cached_property
    def _weights(self) -> dict[str, FloatArray]:
        """The weights before the first update, by the names of `quizgen.rnn.training`."""
        n, gates, task = self.size("hidden"), CELLS[self.word("cell")].gates, self._task
        scheme = INITIALISATIONS[self.word("init")]
        recurrent = [
            scheme.draw(generators(self.seeds, f"weights/{gate}"), fan_in=n, fan_out=n, gain=self.number("gain"))
            for gate in range(gates)
        ]
        bias = np.zeros((self.variants, gates, n))
        if self.word("cell") == "lstm":
            bias[:, FORGET_GATE] = self.number("forget_bias")[:, None]
        return {
            "W_xh": self._uniform("W_xh", gates * n, task.inputs),
            "W_hh": np.concatenate(recurrent, axis=1),
            "b_xh": bias.reshape(self.variants, gates * n),
            "b_hh": np.zeros((self.variants, gates * n)),
            "W_out": self._uniform("W_out", task.outputs, n),
            "b_out": np.zeros((self.variants, task.outputs)),
        }

    def _uniform(self, purpose: str, rows: int, columns: int) -> FloatArray:
        unit = np.stack([rng.random((rows, columns)) for rng in generators(self.seeds, purpose)])
        return np.asarray((2.0 * unit - 1.0) / np.sqrt(self.size("hidden")))

    def _minibatch(self, update: int) -> tuple[FloatArray, FloatArray]:
        """Inputs (V, L, B, m) and targets (V, R, B, k), which every variant draws anew for each update."""
        sequences, timesteps = self.size("sequences"), self.size("timesteps")
        drawn = [self._task.draw(rng, sequences, timesteps) for rng in generators(self.seeds, f"minibatch/{update}")]
        inputs, targets = zip(*drawn, strict=True)
        return np.stack(inputs), np.stack(targets)

    def _trained(self, max_norm: FloatArray, *, reported_before: float) -> Course:
        return train(
            self._task,
            self._cell,
            self._weights,
            self._minibatch,
            optimiser=OPTIMISERS[self.word("optimiser")],
            learning_rate=self.number("learning_rate"),
            max_norm=max_norm,
            updates=int(self.lengths.max()),
            report=lambda share: self.progress(reported_before + share / 2.0),
        )

    @cached_property
    def _plain(self) -> Course:
        return self._trained(np.full(self.variants, np.inf), reported_before=0.0)

    @cached_property
    def _clipped(self) -> Course:
        return self._trained(self.number("max_norm"), reported_before=0.5)

    @property
    def baseline(self) -> FloatArray:
        """The best loss without memory."""
        return np.full(self.variants, self._task.baseline(self.size("timesteps")))

    @property
    def loss(self) -> Series:
        """The loss of minibatch u, without clipping."""
        return self.series(self._plain.losses, first=1)

    @property
    def clipped_loss(self) -> Series:
        """The loss of minibatch u, with clipping."""
        return self.series(self._clipped.losses, first=1)

    @property
    def gradient_norm(self) -> Series:
        """‖g‖ of minibatch u, without clipping."""
        return self.series(self._plain.gradient_norms, first=1)

    @property
    def clipped_gradient_norm(self) -> Series:
        """‖g‖ of minibatch u before it is clipped."""
        return self.series(self._clipped.gradient_norms, first=1)

    @property
    def final_loss(self) -> FloatArray:
        """The mean loss of the last tenth of the updates, without clipping."""
        return self._final(self._plain)

    @property
    def clipped_final_loss(self) -> FloatArray:
        """The same with clipping."""
        return self._final(self._clipped)

    @property
    def first_nonfinite(self) -> FloatArray:
        """The first update with a number that float64 cannot hold, without clipping."""
        return self._first(~self._plain.is_finite)

    @property
    def clipped_first_nonfinite(self) -> FloatArray:
        """The same with clipping."""
        return self._first(~self._clipped.is_finite)

    @property
    def first_beyond_float32(self) -> FloatArray:
        """The first update whose gradient float32 cannot square, without clipping."""
        return self._first(~(self._plain.gradient_norms <= FLOAT32_ROOT))

    @property
    def largest_gradient_norm(self) -> FloatArray:
        """The largest ‖g‖ without clipping, as long as it is a number."""
        return np.asarray(np.fmax.reduce(np.where(self.until_end(first=1), self._plain.gradient_norms, 0.0), axis=1))

    @property
    def clipped_share(self) -> FloatArray:
        """The share of updates that clipping shortens."""
        is_shortened = self.until_end(first=1) & (self._clipped.coefficients < 1)
        return np.asarray(is_shortened.sum(axis=1) / self.lengths)

    def _first(self, happened: BoolArray) -> FloatArray:
        return first_update(happened & self.until_end(first=1))

    def _final(self, course: Course) -> FloatArray:
        ends = self.lengths.tolist()
        return np.array([course.losses[v, end - max(end // LAST_SHARE, 1) : end].mean() for v, end in enumerate(ends)])


def _whole(name: str, symbol: str, default: int, low: int, high: int, meaning: str) -> Parameter:
    return Parameter(
        name=name, kind="integer", default=default, low=low, high=high, symbol=symbol, meaning=meaning, role="size"
    )


def _real(name: str, symbol: str, default: float, low: float, high: float, meaning: str) -> Parameter:
    return Parameter(name=name, kind="real", default=default, low=low, high=high, symbol=symbol, meaning=meaning)


def delay(meaning: str, *, low: int) -> Parameter:
    """The parameter T of a task."""
    return _whole("timesteps", "T", 10, low, 500, meaning)


PARAMETERS: Final = (
    Parameter(name="cell", kind="word", default="elman", words=TRAINED_CELLS, meaning="kind of recurrent network"),
    Parameter(
        name="activation",
        kind="word",
        default="tanh",
        words=tuple(ACTIVATIONS),
        symbol="φ",
        meaning="activation function, of an Elman network only",
    ),
    INIT,
    GAIN,
    replace(FORGET_BIAS, meaning="bias of the forget gates, of an LSTM only"),
    replace(HIDDEN, default=16, high=128),
    _whole("sequences", "B", 16, 1, 256, "sequences in a minibatch"),
    Parameter(
        name="updates",
        kind="integer",
        default=200,
        low=1,
        high=5000,
        symbol="U",
        meaning="number of updates",
        role="length",
    ),
    Parameter(name="optimiser", kind="word", default="adam", words=tuple(OPTIMISERS), meaning="how the weights move"),
    _real("learning_rate", "η", 0.01, 0.0, 100.0, "learning rate"),
    _real("max_norm", "c", 1.0, 1e-9, 1e9, "threshold for clipping by norm, of all weights' gradients together"),
)


def quantities(loss: str) -> tuple[Quantity, ...]:
    """What is measured, ``loss`` being what the task calls its loss."""
    return (
        Quantity(name="baseline", symbol="L", meaning=f"{loss} of the best network without memory"),
        _per_update("loss", "L", f"{loss} of minibatch u before update u, without clipping"),
        _per_update("clipped_loss", "L", f"{loss} of minibatch u before update u, with clipping"),
        _per_update("gradient_norm", "‖g‖", "norm of all gradients of minibatch u, without clipping"),
        _per_update("clipped_gradient_norm", "‖g‖", "norm of all gradients of minibatch u before they are clipped"),
        Quantity(name="final_loss", symbol="L", meaning=f"{loss}, mean of the last tenth, without clipping"),
        Quantity(name="clipped_final_loss", symbol="L", meaning=f"{loss}, mean of the last tenth, with clipping"),
        Quantity(
            name="first_nonfinite",
            symbol="u",
            meaning="first update with an infinite or undefined number, without clipping; 0 if never",
        ),
        Quantity(name="clipped_first_nonfinite", symbol="u", meaning="first_nonfinite with clipping; 0 if never"),
        Quantity(
            name="first_beyond_float32",
            symbol="u",
            meaning="first update with a norm that float32 cannot square (1.8e19), without clipping; 0 if never",
        ),
        Quantity(name="largest_gradient_norm", symbol="max ‖g‖", meaning="largest number among gradient_norm"),
        Quantity(name="clipped_share", symbol="%", meaning="share of the updates that clipping shortens, 0 to 1"),
    )


def _per_update(name: str, symbol: str, meaning: str) -> Quantity:
    return Quantity(name=name, symbol=symbol, meaning=meaning, index="update", first=1)


def training_work(*, more_timesteps: int) -> Work:
    """The work of both runs, of sequences that a task makes longer than the parameter T: (V,).

    Every timestep multiplies each weight once per sequence, forward and back, and every update moves each weight.
    """

    def work(arguments: Arguments, _wanted: Collection[str]) -> FloatArray:
        hidden, sequences = argument(arguments, "hidden"), argument(arguments, "sequences")
        rows = CELLS[str(arguments["cell"])].gates * hidden
        timestep = _TIMESTEP_WORK + sequences * rows * (hidden + _ROW_WORK)
        update = _UPDATE_WORK + rows * hidden * _WEIGHT_WORK
        timesteps = argument(arguments, "timesteps") + more_timesteps
        return np.asarray(2.0 * argument(arguments, "updates") * (timesteps * timestep + update))

    return work


PLOT: Final = Plot(
    kind="semilog",
    x_label="update",
    y_label="loss of the minibatch",
    curves={"without clipping": "loss", "with clipping": "clipped_loss"},
)
