"""Experiments on products of Jacobians against closed forms and plain NumPy."""

import math

import numpy as np
import pytest

from quizgen.experiments.randomness import generators
from quizgen.rnn.initialisation import INITIALISATIONS


def test_linear_orthogonal_network_shrinks_by_its_gain(simulated):
    """Every product of k factors has spectral norm gain^k and Frobenius norm √n gain^k."""
    found = simulated("jacobian_product", cell="linear", gain=0.8, hidden=5.0, timesteps=40.0)
    k = np.arange(41)
    np.testing.assert_allclose(found.product_norm, 0.8**k)
    np.testing.assert_allclose(found.lag_norm, 0.8**k)
    np.testing.assert_allclose(found.frobenius_norm, math.sqrt(5) * 0.8**k)
    np.testing.assert_allclose(found.step_norm, 0.8)
    np.testing.assert_allclose(found.log10_product_norm, k * math.log10(0.8), atol=1e-12)
    assert found.rate == pytest.approx(0.8)
    assert found.mean_slope == 1


def plain_network(phi, slope, *, seed, n, T, gain, std, bias):
    """The same network in plain NumPy, one timestep after another."""
    (rng,) = [r.standard_normal((n, n)) for r in generators([seed], "weights")]
    W = gain * rng / math.sqrt(n)
    (x,) = [std * r.standard_normal((T, n)) for r in generators([seed], "inputs")]
    h, J, slopes = np.zeros(n), [], []
    for t in range(T):
        a = W @ h + x[t] + bias
        h = phi(a)
        slopes.append(slope(a))
        J.append(np.diag(slope(a)) @ W)
    return W, J, np.array(slopes), h


@pytest.mark.parametrize(
    ("cell", "phi", "slope"),
    [
        ("tanh", np.tanh, lambda a: 1 - np.tanh(a) ** 2),
        ("sigmoid", lambda a: 1 / (1 + np.exp(-a)), lambda a: np.exp(-a) / (1 + np.exp(-a)) ** 2),
        ("relu", lambda a: np.maximum(a, 0), lambda a: (a > 0) * 1.0),
    ],
)
def test_random_networks_agree_with_plain_numpy(simulated, cell, phi, slope):
    """All series of E1 and E2, with explicit diagonal matrices and singular values."""
    W, J, slopes, _ = plain_network(phi, slope, seed=11, n=6, T=9, gain=1.2, std=0.5, bias=0.1)
    arguments = {"init": "gaussian", "gain": 1.2, "hidden": 6.0, "timesteps": 9.0, "input_std": 0.5, "bias": 0.1}
    found = simulated("jacobian_product", seed=11, cell=cell, **arguments)
    bound = simulated("norm_bound", seed=11, cell=cell, **arguments)
    first, last = [np.eye(6)], [np.eye(6)]
    for t in range(9):
        first.append(J[t] @ first[-1])
        last.append(last[-1] @ J[8 - t])
    norms = [np.linalg.norm(P, 2) for P in first]
    np.testing.assert_allclose(found.product_norm, norms, rtol=1e-11)
    np.testing.assert_allclose(found.frobenius_norm, [np.linalg.norm(P) for P in first], rtol=1e-11)
    np.testing.assert_allclose(found.lag_norm, [np.linalg.norm(P, 2) for P in last], rtol=1e-11)
    step_norms = [np.linalg.norm(P, 2) for P in J]
    np.testing.assert_allclose(found.step_norm, step_norms, rtol=1e-11)
    np.testing.assert_allclose(found.step_frobenius, [np.linalg.norm(P) for P in J], rtol=1e-11)
    np.testing.assert_allclose(found.lag_frobenius, [np.linalg.norm(P) for P in last], rtol=1e-11)
    assert found.log_rate == pytest.approx(math.log(norms[-1]) / 9)
    np.testing.assert_allclose(found.step_slope, slopes.mean(axis=1), rtol=1e-11)
    assert found.mean_slope == pytest.approx(slopes.mean())
    assert found.weight_norm == pytest.approx(np.linalg.norm(W, 2))
    assert found.radius == pytest.approx(np.abs(np.linalg.eigvals(W)).max())
    np.testing.assert_allclose(bound.product_norm, norms, rtol=1e-11)
    np.testing.assert_allclose(bound.norm_product, np.cumprod([1, *step_norms]), rtol=1e-11)
    gamma = 0.25 if cell == "sigmoid" else 1.0
    np.testing.assert_allclose(bound.bound, (gamma * np.linalg.norm(W, 2)) ** np.arange(10), rtol=1e-11)
    assert bound.is_guaranteed == float(gamma * np.linalg.norm(W, 2) < 1)


def test_bounds_hold_in_their_order(simulated):
    """‖∏J‖ ≤ ∏‖J‖ ≤ (γ‖W‖)^k."""
    found = simulated("norm_bound", init="gaussian", gain=1.5, hidden=8.0, timesteps=50.0)
    assert (found.product_norm <= found.norm_product * (1 + 1e-12)).all()
    assert (found.norm_product <= found.bound * (1 + 1e-12)).all()


def test_activations_share_weights_and_inputs(simulated):
    """Each column equals the experiment run with that activation alone."""
    arguments = {"init": "gaussian", "gain": 1.1, "hidden": 5.0, "timesteps": 12.0, "input_std": 0.8}
    together = simulated("activations", seed=3, **arguments)
    for cell in ("tanh", "sigmoid", "relu", "leaky_relu", "linear"):
        alone = simulated("jacobian_product", seed=3, cell=cell, **arguments)
        np.testing.assert_array_equal(getattr(together, f"product_norm_{cell}"), alone.product_norm)
        assert getattr(together, f"mean_slope_{cell}") == alone.mean_slope
    assert together.saturated_fraction_linear == 0
    assert together.saturated_fraction_relu == pytest.approx(1 - together.mean_slope_relu)


def test_dead_relu_network_has_a_zero_gradient(simulated):
    """Without input or start every ReLU unit is at its kink: the product is 0 and its logarithm −infinity."""
    found = simulated("jacobian_product", cell="relu", input_std=0.0, timesteps=3.0)
    assert found.product_norm.tolist() == [1, 0, 0, 0]
    assert found.log10_product_norm.tolist() == [0, -np.inf, -np.inf, -np.inf]


def test_linear_chain_is_a_power(simulated):
    """w^k, and the first steps beyond a threshold by counting."""
    found = simulated("scalar_chain", activation="linear", weight=-0.9, timesteps=200.0, threshold=1e-6)
    np.testing.assert_allclose(found.product, (-0.9) ** np.arange(201.0), rtol=1e-12)
    assert found.first_below == 132  # 0.9^131 = 1.013e-6, 0.9^132 = 9.12e-7
    assert found.rate == pytest.approx(0.9)
    grown = simulated("scalar_chain", activation="linear", weight=1.1, timesteps=200.0, threshold=1e6)
    assert grown.first_above == 145  # 13.8155/0.0953102 = 144.95
    assert grown.first_below == 1
    assert simulated("scalar_chain", activation="linear", weight=1.0, threshold=0.5).first_below == 0


def test_tanh_chain_settles_at_its_fixed_point(simulated):
    """From h* = tanh(w h*) on, each factor is w (1 − h*²)."""
    found = simulated("scalar_chain", weight=1.5, start=0.5, timesteps=300.0)
    h = found.state[-1]
    assert h == pytest.approx(math.tanh(1.5 * h), rel=1e-14)
    assert found.factor[-1] == pytest.approx(1.5 * (1 - h * h), rel=1e-12)
    a = 1.5 * 0.5
    assert found.pre_activation[0] == a
    assert found.product[1] == pytest.approx(1.5 * (1 - math.tanh(a) ** 2))


def test_centred_sigmoid_chain(simulated):
    """At rest in h = ½ with b = −w/2 the product of k factors is (w/4)^k."""
    found = simulated("scalar_chain", activation="sigmoid", weight=3.0, bias=-1.5, start=0.5, timesteps=50.0)
    np.testing.assert_allclose(found.product, 0.75 ** np.arange(51), rtol=1e-12)
    assert (found.slope == 0.25).all()


def test_a_million_timesteps_of_one_unit(simulated):
    """0.999^1,000,000 = 10^−434.5 is a number here."""
    found = simulated("scalar_chain", activation="linear", weight=0.999, timesteps=1e6)
    assert found.log10_product[-1] == pytest.approx(1e6 * math.log10(0.999), rel=1e-12)
    assert found.product[-1] == 0
    assert found.state[-1] == 0


def test_powers_of_a_jordan_block(simulated):
    """Transient growth to 3.9126 at t = 9 although the radius is 0.9 (Trefethen & Embree's kind of example)."""
    found = simulated("matrix_powers", a=0.9, b=1.0, c=0.0, d=0.9, timesteps=80.0)
    assert (found.radius, found.determinant, found.trace) == (0.9, pytest.approx(0.81), 1.8)
    assert found.peak_step == 9
    assert found.peak_norm == pytest.approx(3.912567, abs=5e-7)
    norms = [np.linalg.norm(np.linalg.matrix_power(np.array([[0.9, 1], [0, 0.9]]), t), 2) for t in range(81)]
    np.testing.assert_allclose(found.power_norm, norms, rtol=1e-12)
    assert found.first_below == next(t for t in range(9, 81) if norms[t] < 1)
    assert found.frobenius == pytest.approx(math.sqrt(2.62))


@pytest.mark.parametrize("entries", [(1.0, 2.0, 3.0, 4.0), (0.6, -0.8, 0.8, 0.6), (0.0, 1.0, 0.0, 0.0)])
def test_matrix_powers_agree_with_numpy(simulated, entries):
    """Real, complex and defective eigenvalues."""
    W = np.array(entries).reshape(2, 2)
    found = simulated("matrix_powers", timesteps=6.0, **dict(zip("abcd", entries, strict=True)))
    assert found.radius == pytest.approx(np.abs(np.linalg.eigvals(W)).max(), abs=1e-12)
    assert found.weight_norm == pytest.approx(np.linalg.norm(W, 2))
    for t in range(7):
        assert found.power_norm[t] == pytest.approx(np.linalg.norm(np.linalg.matrix_power(W, t), 2), rel=1e-12)


def test_a_million_powers(simulated):
    """An orthogonal matrix times 0.999 has norm 0.999^T."""
    turn = {"a": 0.0, "b": -0.999, "c": 0.999, "d": 0.0}
    found = simulated("matrix_powers", timesteps=1e6, **turn)
    assert found.log10_power_norm[-1] == pytest.approx(1e6 * math.log10(0.999), rel=1e-9)
    assert found.peak_step == 0


def test_initialisation_scheme_of_the_network_is_the_one_named(simulated):
    """The weights are those that the scheme draws from the variant's own stream."""
    found = simulated("jacobian_product", seed=21, init="he_uniform", gain=0.7, hidden=9.0)
    scheme = INITIALISATIONS["he_uniform"]
    W = scheme.draw(generators([21], "weights"), fan_in=9, fan_out=9, gain=np.array([0.7]))[0]
    assert found.weight_norm == pytest.approx(np.linalg.norm(W, 2))


def test_tied_products_are_powers_of_the_drawn_matrix(simulated):
    """‖W^k‖ by plain powers, and the rate near the radius after many timesteps."""
    found = simulated("tied_untied", seed=9, gain=0.9, hidden=4.0, timesteps=400.0)
    (W,) = [0.9 / 2 * rng.standard_normal((4, 4)) for rng in generators([9], "weights")]
    norms = [np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(30)]
    np.testing.assert_allclose(found.tied_norm[:30], norms, rtol=1e-9)
    assert found.tied_rate == pytest.approx(np.abs(np.linalg.eigvals(W)).max(), rel=0.01)


def test_untied_products_grow_at_newmans_rate(simulated):
    """The largest Lyapunov exponent of Gaussian matrices is ½ (ln(2 gain²/n) + digamma(n/2)): n = 2, −γ/2."""
    rates = [
        simulated("tied_untied", seed=seed, gain=1.0, hidden=2.0, timesteps=500.0).untied_rate for seed in range(6)
    ]
    assert np.log(rates).mean() == pytest.approx(-0.5772156649 / 2, abs=0.06)


def test_nothing_is_said_of_norms_that_are_undefined(simulated):
    """A ReLU network whose state overflows has no Jacobians at its end: "never below" would be a claim about them."""
    found = simulated("jacobian_product", cell="relu", gain=10.0, timesteps=600.0)
    assert not np.isfinite(found.lag_norm[-1])
    assert np.isnan(found.first_below)
