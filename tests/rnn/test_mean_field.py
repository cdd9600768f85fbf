"""Mean-field quantities against closed forms, published numbers and wide random networks."""

import math

import numpy as np
import pytest

from quizgen.errors import ParameterError
from quizgen.rnn.activations import ACTIVATIONS
from quizgen.rnn.mean_field import depth_scale, fixed_point, gradient_factor

NODES, WEIGHTS = np.polynomial.legendre.leggauss(600)


def settled(activation, weight_variance, bias_variance):
    """q* and χ₁ of one network."""
    w, b = np.array([weight_variance]), np.array([bias_variance])
    q = fixed_point(ACTIVATIONS[activation], w, b)
    return float(q[0]), float(gradient_factor(ACTIVATIONS[activation], w, q)[0])


def test_tanh_in_both_phases():
    """(0.8, 0.1): q* 0.2311, χ₁ 0.5844; (1.5, 0): q* 0.287, ½ ln χ₁ 0.020."""
    q, chi = settled("tanh", 0.8, 0.1)
    assert (q, chi) == (pytest.approx(0.2311, abs=5e-5), pytest.approx(0.5844, abs=5e-5))
    q, chi = settled("tanh", 1.5, 0.0)
    assert (q, 0.5 * math.log(chi)) == (pytest.approx(0.287, abs=5e-4), pytest.approx(0.020, abs=5e-4))


@pytest.mark.parametrize("weight_variance", [0.0, 0.5, 1.0])
def test_tanh_without_bias_rests_at_zero_up_to_the_edge(weight_variance):
    """There χ₁ = σ_w², critical at 1."""
    assert settled("tanh", weight_variance, 0.0) == (0.0, weight_variance)


def test_relu_in_closed_form():
    """q* = σ_b²/(1 − σ_w²/2) and χ₁ = σ_w²/2, so He's initialisation is critical; beyond it q grows for ever."""
    assert settled("relu", 1.0, 0.3) == (pytest.approx(0.6), 0.5)
    assert settled("relu", 2.0, 0.0) == (0.0, 1.0)
    assert settled("relu", 2.0, 0.1) == (math.inf, 1.0)
    assert settled("linear", 0.5, 0.1) == (pytest.approx(0.2), 0.5)
    assert settled("leaky_relu", 1.0, 0.0)[1] == pytest.approx((1 + 1e-4) / 2)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize(("w", "b"), [(0.3, 0.0), (2.0, 0.05), (9.0, 1.0), (16.0, 16.0)])
def test_fixed_points_are_fixed(activation, w, b):
    """By Gauss–Legendre quadrature over ±10 standard deviations; below q* the map lies above, beyond it below."""
    z, weights = 10 * NODES, 10 * WEIGHTS * np.exp(-50 * NODES**2) / math.sqrt(2 * math.pi)
    phi = ACTIVATIONS[activation]

    def mapped(q):
        return w * (weights * phi.function(math.sqrt(q) * z) ** 2).sum() + b

    q, chi = settled(activation, w, b)
    assert mapped(q) == pytest.approx(q, rel=1e-12)
    assert chi == pytest.approx(w * (weights * phi.derivative(math.sqrt(q) * z) ** 2).sum(), rel=1e-9)
    for factor in (0.05, 0.3, 0.7, 0.95):
        assert mapped(q * factor) >= q * factor
        assert mapped(q / factor) <= q / factor


def test_a_wide_network_with_fresh_weights_follows():
    """N = 800, 60 layers of tanh with (1.6, 0.1): mean square pre-activation and growth of a gradient within 3 %."""
    rng, n = np.random.default_rng(0), 800
    h, delta, squares, growth = rng.standard_normal(n), rng.standard_normal(n), [], []
    for _ in range(60):
        W = rng.standard_normal((n, n)) * math.sqrt(1.6 / n)
        a = W @ h + math.sqrt(0.1) * rng.standard_normal(n)
        h = np.tanh(a)
        moved = (1 - h**2) * (W @ delta)
        squares.append(np.mean(a**2))
        growth.append(math.log(np.linalg.norm(moved) / np.linalg.norm(delta)))
        delta = moved / np.linalg.norm(moved)
    q, chi = settled("tanh", 1.6, 0.1)
    assert np.mean(squares[20:]) == pytest.approx(q, rel=0.03)
    assert np.mean(growth[20:]) == pytest.approx(0.5 * math.log(chi), abs=0.01)


def test_depth_scale_diverges_at_the_edge():
    """1/|ln χ₁|: 10 steps for χ₁ = e^(−0.1), infinite for 1, without a warning."""
    np.testing.assert_allclose(depth_scale(np.array([math.exp(-0.1), 1.0, 0.0])), [10.0, math.inf, 0.0])


@pytest.mark.parametrize("wrong", [-0.1, np.nan])
def test_negative_variances_are_refused(wrong):
    """And those that are not numbers; the message names which."""
    with pytest.raises(ParameterError, match=r"bias_variance: .* expected a number from 0 on"):
        settled("tanh", 1.0, wrong)
