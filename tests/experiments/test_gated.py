"""Experiments on GRUs and on units with a skip connection."""

import math

import numpy as np
import pytest


def test_a_gru_without_recurrent_weights_is_its_update_gates(simulated):
    """Gain 0 and no input: z = σ(b_z) in every timestep, and the gradient is z^k."""
    z = 1 / (1 + math.exp(-2))
    found = simulated("gru_paths", gain=0.0, input_std=0.0, update_bias=2.0, hidden=3.0, timesteps=20.0)
    for series in (found.kept_path, found.kept_path_norm, found.full_norm):
        np.testing.assert_allclose(series, z ** np.arange(21), rtol=1e-12)
    assert found.mean_kept_share == pytest.approx(z)
    replaces = simulated("gru_paths", gain=0.0, input_std=0.0, update_bias=2.0, timesteps=20.0, update_gate="replaces")
    np.testing.assert_allclose(replaces.full_norm, (1 - z) ** np.arange(21), rtol=1e-12)


@pytest.mark.parametrize("reset", ["after", "before"])
@pytest.mark.parametrize("update_gate", ["keeps", "replaces"])
def test_full_gru_product_agrees_with_finite_differences(simulated, reset, update_gate):
    """‖∂h_3/∂h_0‖ of the network that plain equations give from the same weights and inputs."""
    from quizgen.experiments.randomness import generators
    from quizgen.rnn.initialisation import INITIALISATIONS

    n, T, seed = 3, 3, 17
    found = simulated(
        "gru_paths", seed=seed, hidden=float(n), timesteps=float(T), gain=1.3, input_std=0.6, reset=reset,
        update_gate=update_gate,
    )  # fmt: skip
    scheme = INITIALISATIONS["orthogonal"]
    W = [scheme.draw(generators([seed], f"weights/{g}"), fan_in=n, fan_out=n, gain=np.array([1.3]))[0] for g in "rzn"]
    (x,) = [0.6 * rng.standard_normal((T, 3, n)) for rng in generators([seed], "inputs")]

    def run(h):
        for t in range(T):
            r, z = (1 / (1 + np.exp(-(W[k] @ h + x[t, k] + k))) for k in (0, 1))  # b_r = 0, b_z = 1
            fed = r * (W[2] @ h) if reset == "after" else W[2] @ (r * h)
            new = np.tanh(x[t, 2] + fed)
            h = z * h + (1 - z) * new if update_gate == "keeps" else (1 - z) * h + z * new
        return h

    step = 6e-6
    J = np.stack([(run(step * e) - run(-step * e)) / (2 * step) for e in np.eye(n)], axis=1)
    assert found.full_norm[-1] == pytest.approx(np.linalg.norm(J, 2), rel=1e-8)


@pytest.mark.parametrize("ending", ["after_keeps", "before_keeps", "after_replaces", "before_replaces"])
def test_one_gru_unit_by_plain_equations(simulated, ending):
    """The next state and, by differences, its derivative, in all four variants."""
    p = {"reset_weight": 0.7, "update_weight": -1.1, "candidate_weight": 1.6, "reset_bias": 0.2, "update_bias": 0.5}
    p |= {"candidate_bias": -0.3, "recurrent_bias": 0.4}

    def after(h):
        r = 1 / (1 + math.exp(-p["reset_weight"] * h - p["reset_bias"]))
        z = 1 / (1 + math.exp(-p["update_weight"] * h - p["update_bias"]))
        w, b = p["candidate_weight"], p["recurrent_bias"]
        n = math.tanh(p["candidate_bias"] + (r * (w * h + b) if "after" in ending else w * r * h + b))
        return z * h + (1 - z) * n if "keeps" in ending else (1 - z) * h + z * n

    found = simulated("gru_scalar", state=0.8, **p)
    assert getattr(found, f"next_{ending}") == pytest.approx(after(0.8), rel=1e-14)
    slope = (after(0.8 + 6e-6) - after(0.8 - 6e-6)) / 1.2e-5
    assert getattr(found, f"derivative_{ending}") == pytest.approx(slope, rel=1e-9)


@pytest.mark.parametrize(("weight", "factor"), [(1.0, 0.75), (2.0, 1.0), (3.0, 1.25)])
def test_a_gru_unit_at_rest_explodes_beyond_weight_two(simulated, weight, factor):
    """½ + w_n/4 per timestep with all biases 0, while the update gates alone keep ½^k."""
    found = simulated("gru_scalar", state=0.0, update_bias=0.0, candidate_weight=weight, timesteps=12.0)
    assert found.rest_factor == factor
    assert found.derivative_after_keeps == found.derivative_before_keeps == factor
    np.testing.assert_allclose(found.full_product, factor ** np.arange(13))
    np.testing.assert_allclose(found.update_path, 0.5 ** np.arange(13))
    assert found.time_constant == pytest.approx(1 / math.log(2))


@pytest.mark.parametrize(
    ("skip", "scale", "weight"), [(1.0, 1.0, 0.1), (1.0, 1.0, -0.5), (0.9, 0.1, 0.5), (1.0, 1.0, -3.0)]
)
def test_a_linear_unit_with_a_skip_connection_is_a_power(simulated, skip, scale, weight):
    """(s + α w)^k: 1.1, ½, 0.95, −2."""
    found = simulated(
        "residual_chain", activation="linear", weight=weight, skip=skip, scale=scale, start=0.7, timesteps=40.0
    )
    np.testing.assert_allclose(found.product, (skip + scale * weight) ** np.arange(41.0), rtol=1e-12)
    np.testing.assert_allclose(found.state, 0.7 * (skip + scale * weight) ** np.arange(41.0), rtol=1e-12)
    assert found.rate == pytest.approx(abs(skip + scale * weight))


def test_a_skip_connection_of_a_tanh_unit_by_differences(simulated):
    """dh_9/dh_0 of the leaky integrator."""

    def last(h):
        for _ in range(9):
            h = 0.8 * h + 0.2 * math.tanh(1.7 * h - 0.1 + 0.3)
        return h

    found = simulated("residual_chain", weight=1.7, bias=-0.1, input=0.3, skip=0.8, scale=0.2, start=0.4, timesteps=9.0)
    assert found.state[-1] == pytest.approx(last(0.4), rel=1e-14)
    assert found.product[-1] == pytest.approx((last(0.4 + 6e-6) - last(0.4 - 6e-6)) / 1.2e-5, rel=1e-9)


def test_without_skip_connection_the_network_is_the_plain_one(simulated):
    """S = 0 and α = 1 give the plain product, which is that of the experiment on it."""
    arguments = {"gain": 1.2, "init": "gaussian", "timesteps": 15.0, "hidden": 6.0}
    found = simulated("leaky_network", skip=0.0, scale=1.0, **arguments)
    plain = simulated("jacobian_product", **arguments)
    np.testing.assert_allclose(found.product_norm, found.plain_product_norm, rtol=1e-13)
    np.testing.assert_array_equal(found.plain_product_norm, plain.product_norm)


def test_leaky_network_agrees_with_plain_numpy(simulated):
    """Explicit J_t = s I + α diag(phi') W."""
    from quizgen.experiments.randomness import generators

    found = simulated(
        "leaky_network", seed=5, init="gaussian", gain=1.3, hidden=4.0, timesteps=10.0, skip=0.7, scale=0.4, bias=0.2
    )
    (W,) = [1.3 / 2 * rng.standard_normal((4, 4)) for rng in generators([5], "weights")]
    (x,) = [0.3 * rng.standard_normal((10, 4)) for rng in generators([5], "inputs")]
    h, product = np.zeros(4), np.eye(4)
    for t in range(10):
        new = np.tanh(W @ h + x[t] + 0.2)
        product = (0.7 * np.eye(4) + 0.4 * np.diag(1 - new**2) @ W) @ product
        h = 0.7 * h + 0.4 * new
        assert found.product_norm[t + 1] == pytest.approx(np.linalg.norm(product, 2), rel=1e-12)
        assert found.state_norm[t + 1] == pytest.approx(np.linalg.norm(h), rel=1e-12)
    assert found.rate == pytest.approx(np.linalg.norm(product, 2) ** 0.1)
