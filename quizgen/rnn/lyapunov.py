"""Lyapunov exponents: by how much a step of the network stretches each of n directions, as mean natural logarithms.

    Q_0 = I,    J_t Q_{t-1} = Q_t R_t,    lambda_i = mean over t of ln |R_t,ii|

The orthonormal Q_t keep the small directions apart, which a plain product of Jacobians loses after a few timesteps.
As |det J_t| = ∏ |R_t,ii|, the exponents of any T timesteps add up to the mean of ln |det J_t|.
Sources: Benettin et al. (1980); for recurrent networks Vogt et al. (2022) and Engelken, Wolf & Abbott (2023).
"""

import math

import numpy as np

from quizgen.errors import ParameterError
from quizgen.rnn.arrays import FloatArray, IntArray
from quizgen.rnn.forward import running
from quizgen.rnn.jacobians import JacobianAt

_EULER_GAMMA = 0.5772156649015329


def log_stretches(jacobian: JacobianAt, lengths: IntArray, size: int) -> FloatArray:
    """Return ln |R_t,ii|: (V, T, n), 0 beyond a variant's end; −infinity where a Jacobian is singular."""
    stretches = np.zeros((len(lengths), int(lengths.max(initial=0)), size))
    Q = np.tile(np.eye(size), (len(lengths), 1, 1))
    for t in range(1, stretches.shape[1] + 1):
        active = running(lengths, t)
        Q, R = np.linalg.qr(jacobian(t, active) @ Q[:active])
        with np.errstate(divide="ignore"):
            stretches[:active, t - 1] = np.log(np.abs(np.diagonal(R, axis1=-2, axis2=-1)))
    return stretches


def exponents(stretches: FloatArray, lengths: IntArray, discarded: IntArray) -> FloatArray:
    """Return the means over timesteps discarded + 1 .. T, largest first: (V, T, n), (V,), (V,) -> (V, n).

    The first timesteps may be discarded while the state, and the directions, are still on their way.
    Raises: ParameterError unless at least one timestep remains.
    """
    if not ((discarded >= 0) & (discarded < lengths)).all():
        raise ParameterError("discarded: expected numbers of timesteps from 0 to T − 1")
    means = [
        stretches[v, first:last].sum(axis=0) / (last - first)
        for v, (first, last) in enumerate(zip(discarded.tolist(), lengths.tolist(), strict=True))
    ]
    return np.asarray(np.sort(np.stack(means), axis=-1)[:, ::-1])


def gaussian_product_exponents(size: int, std: FloatArray) -> FloatArray:
    """Return the exponents of a product of independent n × n matrices with entries from N(0, std²): (V,) -> (V, n).

    lambda_k = ½ (ln(2 std²) + digamma((n − k + 1)/2)), k = 1 .. n.  Source: Newman (1986).
    """
    digammas = np.array([_digamma_of_half(size - k + 1) for k in range(1, size + 1)])
    with np.errstate(divide="ignore"):
        return np.asarray(0.5 * (np.log(2.0 * np.square(std))[:, None] + digammas))


def _digamma_of_half(twice: int) -> float:
    """digamma(twice/2), up from digamma(1) = −γ or digamma(½) = −γ − 2 ln 2 by digamma(x + 1) = digamma(x) + 1/x."""
    start = 2 if twice % 2 == 0 else 1
    at_start = -_EULER_GAMMA - (0.0 if start == 2 else 2.0 * math.log(2.0))
    return at_start + math.fsum(2.0 / step for step in range(start, twice, 2))
