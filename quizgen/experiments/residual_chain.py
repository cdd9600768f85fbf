"""One recurrent unit with a skip connection, by hand: what is added to the factor of each timestep.

    h_t = s h_{t-1} + α phi(w h_{t-1} + b + x),    dh_k/dh_0 = product of (s + α w phi'(a_t))

s = α = 1 is the residual form, s = 1 − α the leaky integrator. In a linear unit the factor is s + α w: a residual unit
explodes for every w > 0 and vanishes for −2 < w < 0, so a skip connection preserves gradients only where α w is small.
Demonstrates S8 (paths that keep gradients) and S5. Source: Jaeger et al. (2007); He et al. (2016).
"""

from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from quizgen.experiments.contract import FloatArray, Parameter
from quizgen.experiments.scalar_chain import SCALAR_CHAIN, ScalarChainFindings

SKIP: Final = Parameter(
    name="skip",
    kind="real",
    default=1.0,
    low=-10.0,
    high=10.0,
    symbol="s",
    meaning="share of the old hidden state that is carried over",
)
SCALE: Final = Parameter(
    name="scale",
    kind="real",
    default=1.0,
    low=-10.0,
    high=10.0,
    symbol="α",
    meaning="factor on the activation that is added to it",
)


class ResidualChainFindings(ScalarChainFindings):
    """The quantities of `RESIDUAL_CHAIN`: those of one unit, with another factor."""

    def _after(self, before: FloatArray, a: FloatArray) -> FloatArray:
        count = len(before)
        skip, scale = self.number("skip")[:count], self.number("scale")[:count]
        return np.asarray(skip * before + scale * self._activation.function(a))

    @cached_property
    def _factors(self) -> FloatArray:
        weight, skip, scale = (self.number(name)[:, None] for name in ("weight", "skip", "scale"))
        return np.asarray(skip + scale * weight * self._slopes)


RESIDUAL_CHAIN: Final = replace(
    SCALAR_CHAIN,
    name="residual_chain",
    title="One recurrent unit with a skip connection",
    claims=("S5", "S8"),
    parameters=(*SCALAR_CHAIN.parameters, SKIP, SCALE),
    quantities=tuple(
        replace(quantity, symbol="s + α w φ'(a_t)") if quantity.name == "factor" else quantity
        for quantity in SCALAR_CHAIN.quantities
    ),
    findings=ResidualChainFindings,
)
