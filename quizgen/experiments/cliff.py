"""The cliff in the error surface of one recurrent unit, and what a step from its edge does.

    x_t = w σ(x_{t-1}) + b,    x_0 = ½,    E = (σ(x_T) − ½ − 0.2)²,    g = (dE/dw, dE/db)

On most of the (w, b) plane g is close to 0; along a curve it is enormous, because the unit is bistable for large w and
the last state jumps from one rest to the other. A step −η g from the wall throws (w, b) far away; with g clipped to c
it stays within η c. The grid looks for the largest gradient within the rectangle.
Demonstrates S6 (excessive updates) and S7 (clipping). Source: Pascanu, Mikolov & Bengio (2013), figure 6.
"""

from collections.abc import Collection
from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import Arguments, FloatArray, IntArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Findings, Simulation
from quizgen.experiments.work import argument
from quizgen.rnn.activations import sigmoid, sigmoid_slope
from quizgen.rnn.clipping import clipping_coefficient

_TIMESTEP_WORK: Final = 1e5  # multiplications in the time of one timestep
_POINT_WORK: Final = 20  # of one point of the grid in it

START: Final = 0.5
TARGET: Final = 0.7

# loss, dE/dw, dE/db
Surface = tuple[FloatArray, FloatArray, FloatArray]


def surface(w: FloatArray, b: FloatArray, timesteps: IntArray) -> Surface:
    """The error and its gradient at each (w, b), after each point's own number of timesteps.  Shapes: all equal."""
    x = np.full_like(w, START)
    dx_dw, dx_db = np.zeros_like(w), np.zeros_like(w)
    for t in range(1, int(timesteps.max(initial=0)) + 1):
        factor = w * sigmoid_slope(x)
        is_running = t <= timesteps
        before = sigmoid(x)
        x = np.where(is_running, w * before + b, x)
        dx_dw = np.where(is_running, before + factor * dx_dw, dx_dw)
        dx_db = np.where(is_running, 1.0 + factor * dx_db, dx_db)
    miss = sigmoid(x) - TARGET
    outer = 2.0 * miss * sigmoid_slope(x)
    return np.square(miss), outer * dx_dw, outer * dx_db


class CliffFindings(Findings):
    """The quantities of `CLIFF`."""

    @property
    def _timesteps(self) -> IntArray:
        return self.number("timesteps").astype(np.int64)

    @cached_property
    def _here(self) -> Surface:
        return surface(self.number("weight"), self.number("bias"), self._timesteps)

    @property
    def loss(self) -> FloatArray:
        """E at (w, b)."""
        return self._here[0]

    @property
    def gradient_weight(self) -> FloatArray:
        """dE/dw."""
        return self._here[1]

    @property
    def gradient_bias(self) -> FloatArray:
        """dE/db."""
        return self._here[2]

    @property
    def gradient_norm(self) -> FloatArray:
        """‖g‖."""
        return np.hypot(self._here[1], self._here[2])

    @property
    def gradient(self) -> Series:
        """(dE/dw, dE/db)."""
        return self._points(np.stack(self._here[1:], axis=1))

    @property
    def clipped_gradient(self) -> Series:
        """The same after clipping by norm."""
        return self._points(np.stack(self._here[1:], axis=1) * self.coefficient[:, None])

    @property
    def value_clipped_gradient(self) -> Series:
        """The same after clipping each entry into [−c, c]."""
        limit = self.number("max_norm")[:, None]
        return self._points(np.clip(np.stack(self._here[1:], axis=1), -limit, limit))

    @property
    def step_length(self) -> FloatArray:
        """η ‖g‖."""
        return np.asarray(self.number("learning_rate") * self.gradient_norm)

    @property
    def coefficient(self) -> FloatArray:
        """min(1, c/‖g‖)."""
        return clipping_coefficient(self.gradient_norm, self.number("max_norm"))

    @property
    def clipped_step_length(self) -> FloatArray:
        """η ‖g‖ after clipping."""
        return np.asarray(self.step_length * self.coefficient)

    def _after(self, coefficient: FloatArray) -> FloatArray:
        """E after one step of the gradient times ``coefficient``."""
        shift = self.number("learning_rate") * coefficient
        w = self.number("weight") - shift * self._here[1]
        return surface(w, self.number("bias") - shift * self._here[2], self._timesteps)[0]

    @property
    def loss_after_step(self) -> FloatArray:
        """E after a step without clipping."""
        return self._after(np.ones(self.variants))

    @property
    def loss_after_clipped_step(self) -> FloatArray:
        """E after a step with clipping."""
        return self._after(self.coefficient)

    def _spread(self, name: str) -> FloatArray:
        """The values of w or b on the grid: (V, grid)."""
        low, high = self.number(f"{name}_low")[:, None], self.number(f"{name}_high")[:, None]
        return low + (high - low) * np.arange(self.size("grid")) / (self.size("grid") - 1.0)

    @cached_property
    def _grid(self) -> FloatArray:
        """The largest and the median ‖g‖ on each variant's grid, and the w and b of the largest: (V, 4)."""
        return np.array([self._searched(v) for v in range(self.variants)])

    def _searched(self, v: int) -> tuple[float, float, float, float]:
        w, b = np.meshgrid(self._spread("weight")[v], self._spread("bias")[v], indexing="ij")
        _, by_weight, by_bias = surface(w, b, np.full(w.shape, self._timesteps[v]))
        norms = np.hypot(by_weight, by_bias)
        steepest = norms.argmax()
        return norms.flat[steepest], float(np.median(norms)), w.flat[steepest], b.flat[steepest]

    @property
    def largest_gradient(self) -> FloatArray:
        """The largest ‖g‖ on the grid."""
        return self._grid[:, 0]

    @property
    def median_gradient(self) -> FloatArray:
        """The median ‖g‖ on the grid."""
        return self._grid[:, 1]

    @property
    def steepest_weight(self) -> FloatArray:
        """The w of the largest gradient."""
        return self._grid[:, 2]

    @property
    def steepest_bias(self) -> FloatArray:
        """The b of the largest gradient."""
        return self._grid[:, 3]

    @cached_property
    def _slice(self) -> Surface:
        """E and g along the grid's weights, at the bias b."""
        w = self._spread("weight")
        b = np.repeat(self.number("bias")[:, None], w.shape[1], axis=1)
        return surface(w, b, np.broadcast_to(self._timesteps[:, None], w.shape))

    @property
    def slice_weight(self) -> Series:
        """The weights of the slice."""
        return self._points(self._spread("weight"))

    @property
    def slice_loss(self) -> Series:
        """E along the slice."""
        return self._points(self._slice[0])

    @property
    def slice_gradient_norm(self) -> Series:
        """‖g‖ along the slice."""
        return self._points(np.hypot(self._slice[1], self._slice[2]))

    def _points(self, values: FloatArray) -> Series:
        return Series(values, np.full(self.variants, values.shape[1], dtype=np.int64), 1)


def _number(name: str, symbol: str, default: float, meaning: str, low: float, high: float) -> Parameter:
    return Parameter(name=name, kind="real", default=default, low=low, high=high, symbol=symbol, meaning=meaning)


def _point(name: str, symbol: str, meaning: str) -> Quantity:
    return Quantity(name=name, symbol=symbol, meaning=meaning, index="point", first=1)


def _entry(name: str, symbol: str, meaning: str) -> Quantity:
    return Quantity(name=name, symbol=symbol, meaning=meaning, index="component", first=1)


def _work(arguments: Arguments, _wanted: Collection[str]) -> FloatArray:
    """The work of running every point of the grid through all timesteps: (V,)."""
    points = argument(arguments, "grid") ** 2
    return argument(arguments, "timesteps") * (_TIMESTEP_WORK + _POINT_WORK * points)


CLIFF: Final = Simulation(
    name="cliff",
    title="The cliff of one recurrent unit",
    claims=("S6", "S7"),
    parameters=(
        _number("weight", "w", 4.98, "weight of the unit", -100.0, 100.0),
        _number("bias", "b", -2.6, "bias of the unit", -100.0, 100.0),
        Parameter(
            name="timesteps", kind="integer", default=50, low=1, high=1000, symbol="T", meaning="number of timesteps"
        ),
        _number("learning_rate", "η", 0.1, "learning rate of the step", 0.0, 100.0),
        _number("max_norm", "c", 1.0, "threshold for clipping by norm", 1e-9, 1e9),
        _number("weight_low", "w_1", 4.0, "first weight of the grid", -100.0, 100.0),
        _number("weight_high", "w_2", 6.0, "last weight of the grid", -100.0, 100.0),
        _number("bias_low", "b_1", -3.2, "first bias of the grid", -100.0, 100.0),
        _number("bias_high", "b_2", -2.0, "last bias of the grid", -100.0, 100.0),
        Parameter(
            name="grid", kind="integer", default=81, low=2, high=401, meaning="points along w and b", role="size"
        ),
    ),
    quantities=(
        Quantity(name="loss", symbol="E", meaning="error at (w, b)"),
        Quantity(name="gradient_weight", symbol="∂E/∂w", meaning="derivative at (w, b)"),
        Quantity(name="gradient_bias", symbol="∂E/∂b", meaning="derivative at (w, b)"),
        Quantity(name="gradient_norm", symbol="‖g‖", meaning="norm of the two derivatives at (w, b)"),
        _entry("gradient", "g", "derivative by w, derivative by b"),
        _entry("clipped_gradient", "g", "gradient after clipping by norm"),
        _entry("value_clipped_gradient", "g", "gradient after clipping each entry into [−c, c]"),
        Quantity(name="step_length", symbol="η‖g‖", meaning="how far one step without clipping goes"),
        Quantity(name="coefficient", symbol="min(1, c/‖g‖)", meaning="what clipping by norm multiplies with"),
        Quantity(name="clipped_step_length", symbol="η min(‖g‖, c)", meaning="how far one step with clipping goes"),
        Quantity(name="loss_after_step", symbol="E", meaning="error after one step without clipping"),
        Quantity(name="loss_after_clipped_step", symbol="E", meaning="error after one step with clipping"),
        Quantity(name="largest_gradient", symbol="max ‖g‖", meaning="largest gradient norm on the grid"),
        Quantity(name="median_gradient", symbol="median ‖g‖", meaning="median gradient norm on the grid"),
        Quantity(name="steepest_weight", symbol="w", meaning="weight of the grid's largest gradient"),
        Quantity(name="steepest_bias", symbol="b", meaning="bias of the grid's largest gradient"),
        _point("slice_weight", "w", "weight of a point of the grid's line at the bias b"),
        _point("slice_loss", "E", "error along that line"),
        _point("slice_gradient_norm", "‖g‖", "gradient norm along that line"),
    ),
    plot=Plot(
        kind="semilog",
        x="slice_weight",
        x_label="weight w, at the bias b",
        y_label="error, gradient norm",
        curves={"E": "slice_loss", "‖g‖": "slice_gradient_norm"},
    ),
    determined=True,
    findings=CliffFindings,
    work=_work,
)
