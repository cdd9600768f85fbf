"""Gradient clipping on the gradients of a real Elman network (see `quizgen.experiments.gradients`).

    by norm:        all tensors · min(1, c/‖g‖), with ‖g‖ over all tensors; the direction stays
    by tensor:      each tensor on its own; together they may be up to √(number of tensors) · c long
    by value:       each entry into [-m, m]; the direction changes

Clipping only ever shortens: it does nothing for gradients that vanish.
Demonstrates S6 (excessive updates) and S7 (clipping). Source: Pascanu, Mikolov & Bengio (2013); Mikolov (2012).
"""

from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter, Plot, Quantity, Series
from quizgen.experiments.findings import Simulation
from quizgen.experiments.gradients import GradientFindings
from quizgen.experiments.networks import CELL, GAIN, HIDDEN, INIT, INPUT_STD, timesteps
from quizgen.rnn.clipping import (
    angle_degrees,
    clip_by_norm,
    clip_by_value,
    clip_each_by_norm,
    clipping_coefficient,
    flattened,
    global_norm,
    pytorch_coefficient,
    tensorflow_coefficient,
)


class ClippingFindings(GradientFindings):
    """The quantities of `CLIPPING`."""

    @cached_property
    def _clipped(self) -> list[FloatArray]:
        return clip_by_norm(self.gradients, self.number("max_norm"))

    @cached_property
    def _per_tensor(self) -> list[FloatArray]:
        return clip_each_by_norm(self.gradients, self.number("max_norm"))

    @cached_property
    def _by_value(self) -> list[FloatArray]:
        return clip_by_value(self.gradients, self.number("max_value"))

    @property
    def coefficient(self) -> FloatArray:
        """min(1, c/‖g‖)."""
        return clipping_coefficient(self.total_norm, self.number("max_norm"))

    @property
    def pytorch_coefficient(self) -> FloatArray:
        """min(1, c/(‖g‖ + 10⁻⁶))."""
        return pytorch_coefficient(self.total_norm, self.number("max_norm"))

    @property
    def tensorflow_coefficient(self) -> FloatArray:
        """c/max(‖g‖, c)."""
        return tensorflow_coefficient(self.total_norm, self.number("max_norm"))

    @property
    def is_norm_finite(self) -> FloatArray:
        """1 where ‖g‖ is a finite number."""
        return np.isfinite(self.total_norm).astype(np.float64)

    @property
    def clipped_norm_recurrent(self) -> FloatArray:
        """‖dL/dW_hh‖_F after clipping by norm."""
        return global_norm(self._clipped[:1])

    @property
    def clipped_norm_input(self) -> FloatArray:
        """‖dL/dW_xh‖_F after clipping by norm."""
        return global_norm(self._clipped[1:2])

    @property
    def clipped_norm_bias(self) -> FloatArray:
        """‖dL/db‖ after clipping by norm."""
        return global_norm(self._clipped[2:])

    @property
    def clipped_total_norm(self) -> FloatArray:
        """‖g‖ after clipping by norm."""
        return global_norm(self._clipped)

    @property
    def per_tensor_total_norm(self) -> FloatArray:
        """‖g‖ after clipping each tensor on its own."""
        return global_norm(self._per_tensor)

    @property
    def per_tensor_angle_degrees(self) -> FloatArray:
        """How far that turns the gradient."""
        return angle_degrees(self.gradients, self._per_tensor)

    @property
    def value_total_norm(self) -> FloatArray:
        """‖g‖ after clipping by value."""
        return global_norm(self._by_value)

    @property
    def value_angle_degrees(self) -> FloatArray:
        """How far clipping by value turns the gradient."""
        return angle_degrees(self.gradients, self._by_value)

    @property
    def value_clipped_entries(self) -> FloatArray:
        """How many entries clipping by value changes."""
        is_beyond = np.abs(flattened(self.gradients)) > self.number("max_value")[:, None]
        return np.asarray(is_beyond.sum(axis=1), dtype=np.float64)

    @property
    def clipped_component(self) -> Series:
        """The same after clipping by norm."""
        return self.entries(self._clipped)


CLIPPING: Final = Simulation(
    name="clipping",
    title="Gradient clipping",
    claims=("S6", "S7"),
    parameters=(
        CELL,
        INIT,
        GAIN,
        HIDDEN,
        Parameter(
            name="inputs",
            kind="integer",
            default=2,
            low=1,
            high=64,
            symbol="m",
            meaning="number of inputs",
            role="size",
        ),
        timesteps(high=500, default=20),
        INPUT_STD,
        Parameter(
            name="loss",
            kind="word",
            default="squared",
            words=("squared", "linear"),
            symbol="L",
            meaning="squared: ½‖h_T − y‖² with y from N(0, 1); linear: vᵀh_T with ‖v‖ = 1",
        ),
        Parameter(
            name="max_norm",
            kind="real",
            default=1.0,
            low=1e-9,
            high=1e9,
            symbol="c",
            meaning="threshold for clipping by norm",
        ),
        Parameter(
            name="max_value",
            kind="real",
            default=0.1,
            low=1e-9,
            high=1e9,
            symbol="m",
            meaning="threshold for clipping by value",
        ),
    ),
    quantities=(
        Quantity(name="loss", symbol="L", meaning="loss at the last timestep"),
        Quantity(name="norm_recurrent", symbol="‖∂L/∂W_hh‖", meaning="Frobenius norm, recurrent weights"),
        Quantity(name="norm_input", symbol="‖∂L/∂W_xh‖", meaning="Frobenius norm, input weights"),
        Quantity(name="norm_bias", symbol="‖∂L/∂b‖", meaning="norm, biases"),
        Quantity(name="total_norm", symbol="‖g‖", meaning="norm of all gradients together"),
        Quantity(name="coefficient", symbol="min(1, c/‖g‖)", meaning="what clipping by norm multiplies with"),
        Quantity(name="pytorch_coefficient", symbol="min(1, c/(‖g‖ + 10⁻⁶))", meaning="the same in PyTorch"),
        Quantity(
            name="tensorflow_coefficient",
            symbol="c/max(‖g‖, c)",
            meaning="the same in TensorFlow; undefined for an infinite norm",
        ),
        Quantity(name="is_norm_finite", symbol="‖g‖ < ∞", meaning="1 if the norm is a finite number, else 0"),
        Quantity(name="clipped_norm_recurrent", symbol="‖∂L/∂W_hh‖", meaning="norm_recurrent after clipping by norm"),
        Quantity(name="clipped_norm_input", symbol="‖∂L/∂W_xh‖", meaning="norm_input after clipping by norm"),
        Quantity(name="clipped_norm_bias", symbol="‖∂L/∂b‖", meaning="norm_bias after clipping by norm"),
        Quantity(name="clipped_total_norm", symbol="‖g‖", meaning="total_norm after clipping by norm"),
        Quantity(name="per_tensor_total_norm", symbol="‖g‖", meaning="total_norm after clipping each tensor alone"),
        Quantity(
            name="per_tensor_angle_degrees",
            symbol="∠",
            unit="°",
            meaning="angle between the gradient before and after clipping each tensor alone; 0 for a gradient of 0",
        ),
        Quantity(name="value_total_norm", symbol="‖g‖", meaning="total_norm after clipping by value"),
        Quantity(
            name="value_angle_degrees",
            symbol="∠",
            unit="°",
            meaning="angle between the gradient before and after clipping by value; 0 for a gradient of 0",
        ),
        Quantity(name="value_clipped_entries", symbol="#", meaning="number of entries that clipping by value changes"),
        Quantity(name="largest_component", symbol="max |g_i|", meaning="largest entry of the gradient in size"),
        Quantity(
            name="component",
            symbol="g_i",
            meaning="entry of the gradient: ∂L/∂W_hh row by row, ∂L/∂W_xh row by row, ∂L/∂b",
            index="component",
            first=1,
        ),
        Quantity(
            name="clipped_component",
            symbol="g_i",
            meaning="entry of the gradient after clipping by norm",
            index="component",
            first=1,
        ),
    ),
    plot=Plot(
        kind="line",
        x_label="entry i",
        y_label="entry g_i",
        curves={
            "before clipping": "component",
            "after clipping by norm": "clipped_component",
        },
    ),
    determined=False,
    findings=ClippingFindings,
)
