"""Experiments on Lyapunov exponents, mean field, conditioning and powers of matrices."""

import math

import numpy as np
import pytest

from quizgen.errors import ParameterError


@pytest.mark.parametrize("burn_in", [0.0, 50.0])
@pytest.mark.parametrize("cell", ["tanh", "sigmoid", "leaky_relu"])
def test_exponents_add_up_to_the_mean_log_determinant(simulated, cell, burn_in):
    """The exact identity, from two independent computations."""
    found = simulated("lyapunov", cell=cell, init="gaussian", gain=1.4, timesteps=150.0, burn_in=burn_in)
    assert found.sum_of_exponents == pytest.approx(found.mean_log_determinant, rel=1e-11)
    assert found.sum_of_exponents == pytest.approx(found.exponent.sum())
    assert (np.diff(found.exponent) <= 0).all()
    assert (found.largest, found.smallest) == (found.exponent[0], found.exponent[-1])


def test_a_linear_orthogonal_network_has_one_exponent(simulated):
    """Ln gain, n times."""
    found = simulated("lyapunov", cell="linear", gain=0.8, hidden=5.0, timesteps=60.0)
    np.testing.assert_allclose(found.exponent, math.log(0.8), rtol=1e-12)
    np.testing.assert_allclose(found.running_exponent, math.log(0.8), rtol=1e-12)
    assert found.growing_directions == 0


def test_the_largest_exponent_is_the_rate_of_the_product(simulated):
    """Ln of the geometric mean factor of the same network, up to a constant over T."""
    arguments = {"init": "gaussian", "gain": 1.2, "timesteps": 2000.0, "input_std": 0.4}
    spectrum, product = simulated("lyapunov", **arguments), simulated("jacobian_product", **arguments)
    assert spectrum.largest == pytest.approx(math.log(product.rate), abs=3 / 2000)


def test_mean_field_of_published_networks(simulated):
    """Tanh (0.8, 0.1) and the edge of chaos (1, 0); ReLU at He's variance."""
    found = simulated("mean_field", weight_variance=0.8, bias_variance=0.1, timesteps=20.0)
    assert found.q_star == pytest.approx(0.2311, abs=5e-5)
    assert found.chi == pytest.approx(0.5844, abs=5e-5)
    assert found.log_rate == pytest.approx(-0.2686, abs=5e-5)
    assert found.depth_scale == pytest.approx(-1 / math.log(found.chi))
    np.testing.assert_allclose(found.gradient_norm, found.chi ** (np.arange(21) / 2))
    assert found.is_ordered == 1
    edge = simulated("mean_field", weight_variance=1.0, bias_variance=0.0)
    assert (edge.q_star, edge.depth_scale) == (0, math.inf)
    he = simulated("mean_field", cell="relu", weight_variance=2.0, bias_variance=0.0)
    assert (he.chi, he.depth_scale, he.is_ordered) == (1, math.inf, 0)


def test_mean_field_tells_the_rate_of_a_driven_recurrent_network(simulated):
    """One W again and again, n = 64, inputs of variance 0.1: ‖δ‖ over 20 timesteps, mean of ten networks, within 0.03."""
    network = {
        "init": "gaussian",
        "gain": math.sqrt(0.8),
        "hidden": 64.0,
        "timesteps": 40.0,
        "input_std": math.sqrt(0.1),
    }
    norms = [simulated("bptt_terms", seed=seed, **network).delta_norm for seed in range(10)]
    rates = [math.log(norm[20] / norm[40]) / 20 for norm in norms]
    closed = simulated("mean_field", weight_variance=0.8, bias_variance=0.1)
    assert np.mean(rates) == pytest.approx(closed.log_rate, abs=0.03)


def test_smallest_singular_value_and_condition(simulated):
    """By SVD of the product in plain NumPy, for as long as float64 has it; κ is their ratio."""
    from quizgen.experiments.randomness import generators
    from quizgen.rnn.initialisation import INITIALISATIONS

    found = simulated("jacobian_product", seed=6, init="gaussian", hidden=4.0, timesteps=5.0, input_std=0.0, bias=0.4)
    W = INITIALISATIONS["gaussian"].draw(generators([6], "weights"), fan_in=4, fan_out=4, gain=np.ones(1))[0]
    h, product = np.zeros(4), np.eye(4)
    for k in range(1, 6):
        h = np.tanh(W @ h + 0.4)
        product = np.diag(1 - h**2) @ W @ product
        values = np.linalg.svd(product, compute_uv=False)
        assert found.smallest_singular[k] == pytest.approx(values[-1], rel=1e-7)
        assert found.condition[k] == pytest.approx(values[0] / values[-1], rel=1e-7)
        assert found.log10_condition[k] == pytest.approx(math.log10(values[0] / values[-1]), rel=1e-7)
    assert found.smallest_singular[0] == found.condition[0] == 1


def test_a_dead_product_has_an_infinite_condition(simulated):
    """σ_min 0 from the first dead unit on."""
    found = simulated("jacobian_product", cell="relu", input_std=0.0, timesteps=2.0)
    assert found.smallest_singular.tolist() == [1, 0, 0]
    assert found.log10_condition.tolist() == [0, math.inf, math.inf]


def test_steps_until_the_gradient_is_below_a_threshold(simulated):
    """0.9^k < 1e-3 from k = 66 on; never within 50 timesteps."""
    network = {"cell": "linear", "gain": 0.9, "hidden": 3.0, "threshold": 1e-3}
    assert simulated("jacobian_product", timesteps=100.0, **network).first_below == 66
    assert simulated("jacobian_product", timesteps=50.0, **network).first_below == 0


def test_untied_products_have_newmans_limit(simulated):
    """N = 2, gain 1: e^(−γ/2) in closed form; n = 16: the drawn rate within 2 %."""
    assert simulated("tied_untied", hidden=2.0).expected_untied_rate == pytest.approx(math.exp(-0.5772156649 / 2))
    drawn = simulated("tied_untied", hidden=16.0, gain=0.9, timesteps=500.0)
    assert drawn.untied_rate == pytest.approx(drawn.expected_untied_rate, rel=0.02)


@pytest.mark.parametrize("entries", [(0.9, 1.0, 0.0, 0.9), (0.3, -0.8, 0.5, 0.2), (0.5, 0.2, 0.2, 0.4)])
def test_henricis_departure_by_eigenvalues(simulated, entries):
    """√(‖W‖_F² − Σ|λ|²), with real, complex and orthogonal eigenvectors (0 then, where the difference has no digits)."""
    W = np.array(entries).reshape(2, 2)
    found = simulated("matrix_powers", **dict(zip("abcd", entries, strict=True)))
    square = (W**2).sum() - (np.abs(np.linalg.eigvals(W)) ** 2).sum()
    assert found.departure == pytest.approx(math.sqrt(max(square, 0)), abs=3e-8)


def test_transient_growth_of_a_jordan_block(simulated):
    """λ = 0.9, k = 1: the norm peaks at t = 9 with 3.912567, and the resolvent promises at least 1.9 of it."""
    found = simulated("matrix_powers", timesteps=200.0)
    assert (found.peak_step, found.peak_norm) == (9, pytest.approx(3.912567, abs=5e-7))
    by_search = max(
        r * np.linalg.norm(np.linalg.inv((1 + r) * np.eye(2) - np.array([[0.9, 1.0], [0.0, 0.9]])), 2)
        for r in np.geomspace(1e-3, 10, 4001)
    )
    assert found.kreiss_bound == pytest.approx(by_search, rel=1e-3)
    assert found.kreiss_bound <= found.peak_norm


def test_the_resolvent_of_normal_and_growing_matrices(simulated):
    """1 for a matrix that only shrinks, infinite beyond radius 1."""
    assert simulated("matrix_powers", b=0.0).kreiss_bound == 1
    assert simulated("matrix_powers", a=1.1).kreiss_bound == math.inf


def test_a_burn_in_as_long_as_the_run_is_refused(simulated):
    """With both numbers, rather than cut to what there is."""
    with pytest.raises(ParameterError, match=r"lyapunov.burn_in: 20: expected less than timesteps, 20"):
        simulated("lyapunov", timesteps=20.0, burn_in=20.0)
