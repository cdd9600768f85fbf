"""The smallest singular value of a long product of Jacobians, which the product itself has lost.

    F_k = J_k … J_1,    J_t = diag(s_t) W,    sigma_min(F_k) = 1/‖F_k⁻ᵀ‖₂,    F_k⁻ᵀ = J_k⁻ᵀ … J_1⁻ᵀ

After some 36/(lambda_1 − lambda_n) timesteps float64 holds nothing but the largest direction of F_k. Of the product of
the inverses it holds the direction that is wanted, and J_t⁻ᵀ = diag(1/s_t) W⁻ᵀ costs one inversion of W in all. The
relative error is about k κ(W) times that of a product of matrices.
"""

import numpy as np

from quizgen.rnn.arrays import BoolArray, FloatArray, IntArray
from quizgen.rnn.jacobians import Probe, product_norms
from quizgen.rnn.norms import spectral_norm
from quizgen.rnn.scaled import Scaled


def smallest_singular_values(W: FloatArray, slopes: FloatArray, lengths: IntArray, asked: BoolArray) -> Scaled:
    """Return sigma_min of the products of 0 .. T Jacobians diag(s_t) W, where it is asked: (V, T + 1).

    Shapes: W (V, n, n), slopes s_t (V, T, n), lengths (V,) longest first, asked (V, T + 1); NaN where not asked.
    It is 0 from the first slope of 0 on, and for a W that is singular to the precision of float64.
    """
    is_singular = _is_singular(W)
    is_lost = np.zeros(asked.shape, dtype=np.bool_)
    is_lost[:, 1:] = is_singular[:, None] | np.logical_or.accumulate((slopes == 0).any(axis=-1), axis=1)
    size = W.shape[-1]
    W_inverse = np.linalg.inv(np.where(is_singular[:, None, None], np.eye(size), W)).swapaxes(-1, -2)
    widened = 1.0 / np.where(slopes == 0, 1.0, slopes)
    inverse_norms = product_norms(
        lambda t, active: np.asarray(widened[:active, t - 1, :, None] * W_inverse[:active]),
        lengths,
        size,
        [Probe(norm=spectral_norm, asked=asked)],
        order="forward",
    )[0]
    return Scaled(np.where(is_lost & asked, 0.0, 1.0 / inverse_norms.mantissa), -inverse_norms.exponent)


def _is_singular(W: FloatArray) -> BoolArray:
    """Whether each W has a singular value that cannot be told from 0: below n · 2⁻⁵² of the largest."""
    values = np.linalg.svd(W, compute_uv=False)
    smallest_told = W.shape[-1] * np.finfo(np.float64).eps * values[:, 0]
    return np.asarray(values[:, -1] <= smallest_told)
