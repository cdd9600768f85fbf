"""Experiments on gradients: shares of the timesteps, clipping, LSTM paths."""

import math

import numpy as np
import pytest


def test_every_term_of_a_linear_unit_is_the_same(simulated):
    """h_T = w^T h_0: each of the T terms is |w^(T-1) h_0|, so the first half has half of them."""
    found = simulated(
        "bptt_terms", cell="linear", init="identity", gain=0.9, hidden=1.0, timesteps=10.0, input_std=0.0, start_std=1.0
    )
    assert found.total_norm == pytest.approx(10 * 0.9**9 * found.state_norm[0])
    np.testing.assert_allclose(found.term_norm, 0.9**9 * found.state_norm[0])
    np.testing.assert_allclose(found.delta_norm, 0.9 ** np.arange(10, -1, -1))
    assert found.share_first_half == pytest.approx(0.5)
    assert found.share_last == pytest.approx(0.5)


def test_early_timesteps_contribute_little_when_gradients_vanish(simulated):
    """With gain ½ the first half's share is below 1 %, and the last 15 of 30 timesteps have the rest."""
    found = simulated("bptt_terms", gain=0.5, timesteps=30.0, last=15.0)
    assert found.share_first_half < 0.01
    assert found.share_first_half + found.share_last == pytest.approx(1)
    assert found.sum_of_norms == pytest.approx(found.term_norm.sum())
    assert found.total_norm <= found.sum_of_norms


def test_clipping_follows_from_its_components(simulated):
    """Norms, coefficient, angle and clipped entries by plain NumPy from the entries of the gradient."""
    found = simulated("clipping", hidden=3.0, inputs=2.0, max_norm=0.7, max_value=0.2, gain=1.4)
    g = found.component
    assert g.shape == (9 + 6 + 3,)
    recurrent, inputs, bias = g[:9], g[9:15], g[15:]
    assert found.norm_recurrent == pytest.approx(np.linalg.norm(recurrent))
    assert found.norm_input == pytest.approx(np.linalg.norm(inputs))
    assert found.norm_bias == pytest.approx(np.linalg.norm(bias))
    total = np.linalg.norm(g)
    assert found.total_norm == pytest.approx(total)
    assert found.coefficient == pytest.approx(min(1, 0.7 / total))
    assert found.clipped_total_norm == pytest.approx(0.7)
    np.testing.assert_allclose(found.clipped_component, g * 0.7 / total)
    parts = [part * min(1, 0.7 / np.linalg.norm(part)) for part in (recurrent, inputs, bias)]
    assert found.per_tensor_total_norm == pytest.approx(np.linalg.norm(np.concatenate(parts)))
    clamped = np.clip(g, -0.2, 0.2)
    cosine = g @ clamped / np.linalg.norm(clamped) / total
    assert found.value_angle_degrees == pytest.approx(math.degrees(math.acos(cosine)))
    assert found.value_clipped_entries == (np.abs(g) > 0.2).sum()
    assert found.largest_component == np.abs(g).max()


def test_clipping_does_nothing_for_small_gradients(simulated):
    """Coefficient 1 and angle 0 below both thresholds."""
    found = simulated("clipping", gain=0.2, max_norm=1e6, max_value=1e6)
    assert found.coefficient == 1
    assert found.clipped_total_norm == found.total_norm
    assert found.value_angle_degrees == pytest.approx(0, abs=1e-9)


def test_linear_loss_has_a_gradient_of_norm_one_at_the_end(simulated):
    """With one timestep and a linear unit dL/db is v itself."""
    found = simulated("clipping", loss="linear", cell="linear", timesteps=1.0, hidden=4.0)
    assert found.norm_bias == pytest.approx(1)
    assert found.norm_recurrent == 0


def test_lstm_without_recurrent_weights_is_its_forget_gates(simulated):
    """With gain 0 nothing feeds back through h: the cell gradient is ∏ f, and b_f alone sets f without input."""
    found = simulated("lstm_paths", gain=0.0, input_std=0.0, forget_bias=2.0, hidden=3.0, timesteps=25.0)
    f = 1 / (1 + math.exp(-2))
    np.testing.assert_allclose(found.forget_gate, f)
    for series in (found.forget_path, found.forget_path_norm, found.cell_norm):
        np.testing.assert_allclose(series, f ** np.arange(26), rtol=1e-12)
    assert found.mean_forget_gate == pytest.approx(f)


def test_full_lstm_product_agrees_with_finite_differences(simulated):
    """‖∂(h,c)_3/∂(h,c)_0‖ of the network that plain equations give from the same weights and inputs."""
    from quizgen.experiments.randomness import generators
    from quizgen.rnn.initialisation import INITIALISATIONS

    n, T, seed = 2, 3, 17
    found = simulated("lstm_paths", seed=seed, hidden=float(n), timesteps=float(T), gain=1.3, input_std=0.6)
    scheme = INITIALISATIONS["orthogonal"]
    W = [scheme.draw(generators([seed], f"weights/{g}"), fan_in=n, fan_out=n, gain=np.array([1.3]))[0] for g in "ifgo"]
    (x,) = [0.6 * rng.standard_normal((T, 4, n)) for rng in generators([seed], "inputs")]

    def run(state):
        h, c = state[:n], state[n:]
        for t in range(T):
            i, f, g, o = (w @ h + x[t, k] + (1.0 if k == 1 else 0.0) for k, w in enumerate(W))
            i, f, o = (1 / (1 + np.exp(-a)) for a in (i, f, o))
            c = f * c + i * np.tanh(g)
            h = o * np.tanh(c)
        return np.concatenate([h, c])

    step = 6e-6
    J = np.stack([(run(step * e) - run(-step * e)) / (2 * step) for e in np.eye(2 * n)], axis=1)
    assert found.full_norm[-1] == pytest.approx(np.linalg.norm(J, 2), rel=1e-8)
    assert found.cell_norm[-1] == pytest.approx(np.linalg.norm(J[n:, n:], 2), rel=1e-8)
    assert found.hidden_norm[-1] == pytest.approx(np.linalg.norm(J[:n, :n], 2), rel=1e-8)


def test_an_lstm_can_explode(simulated):
    """The forget gates alone always shrink; the full product of a network with large weights grows."""
    found = simulated("lstm_paths", gain=6.0, input_std=0.0, hidden=8.0, timesteps=100.0)
    assert found.forget_path_norm[-1] < 1e-6
    assert found.log10_full_norm[-1] > 3


@pytest.mark.parametrize("cell_weight", [1.0, 2.0, 3.0])
def test_an_lstm_unit_at_rest_explodes_beyond_weight_two(simulated, cell_weight):
    """With all biases 0 the loop factor is ½ + W_g/4, and J^k by plain matrix powers."""
    found = simulated("lstm_scalar", forget_bias=0.0, cell_weight=cell_weight, timesteps=30.0)
    assert found.loop_factor == 0.5 + cell_weight / 4
    J = np.outer([0.5, 1.0], [0.5 * cell_weight, 0.5])
    assert found.jacobian_norm == pytest.approx(np.linalg.norm(J, 2))
    powers = [np.linalg.matrix_power(J, k) for k in range(31)]
    np.testing.assert_allclose(found.full_product, [np.linalg.norm(P, 2) for P in powers], rtol=1e-11)
    np.testing.assert_allclose(found.cell_product[1:], [P[1, 1] for P in powers[1:]], rtol=1e-11)
    np.testing.assert_allclose(found.forget_path, 0.5 ** np.arange(31))


def test_forget_gates_of_common_biases(simulated):
    """σ(1) = 0.731059, σ(5) = 0.993307, and the time constants that follow."""
    one, five = simulated("lstm_scalar", forget_bias=1.0), simulated("lstm_scalar", forget_bias=5.0)
    assert one.forget_gate == pytest.approx(0.731059, abs=5e-7)
    assert five.forget_gate == pytest.approx(0.993307, abs=5e-7)
    assert five.time_constant == pytest.approx(-1 / math.log(five.forget_gate))
    assert five.half_life == pytest.approx(math.log(2) * five.time_constant)


def test_scalar_terms_of_a_linear_unit(simulated):
    """Every term is w^(T-1) h_0, so truncation to 4 of 10 timesteps leaves 40 %."""
    found = simulated("scalar_bptt", activation="linear", weight=0.9, start=2.0, timesteps=10.0, last=4.0)
    np.testing.assert_allclose(found.term, 2 * 0.9**9)
    assert found.gradient == pytest.approx(10 * 2 * 0.9**9)
    assert found.truncated_fraction == pytest.approx(0.4)
    assert found.fraction_first_half == pytest.approx(0.5)
    np.testing.assert_allclose(found.delta, 0.9 ** np.arange(10, -1, -1))


def test_scalar_gradient_agrees_with_finite_differences(simulated):
    """dh_T/dw of a tanh unit with bias and input."""

    def last_state(w):
        h = 0.4
        for _ in range(12):
            h = math.tanh(w * h + 0.2 - 0.3)
        return h

    found = simulated("scalar_bptt", weight=1.3, start=0.4, bias=0.2, input=-0.3, timesteps=12.0)
    assert found.gradient == pytest.approx((last_state(1.3 + 6e-6) - last_state(1.3 - 6e-6)) / 1.2e-5, rel=1e-7)
    assert found.gradient == pytest.approx(found.term.sum())
    assert found.truncated_gradient == pytest.approx(found.term[-5:].sum())


def test_one_step_of_descent_explodes_and_clipping_saves_it(simulated):
    """With w = 1.5, T = 100, η = 0.01: the gradient is 1.1019e37, the next loss infinite; clipped to 1 the weight is 1.49."""
    found = simulated("gradient_descent", weight=1.5, timesteps=100.0, updates=3.0)
    assert found.gradient[0] == pytest.approx(1.1019e37, rel=5e-5)
    assert found.loss[0] == pytest.approx(0.5 * 1.5**200)
    assert found.weight[1] == pytest.approx(1.5 - 0.01 * found.gradient[0])
    assert found.first_infinite == 1
    np.testing.assert_allclose(found.clipped_weight, [1.5, 1.49, 1.48, 1.47])


def test_clipping_does_not_help_a_weight_that_gets_no_gradient(simulated):
    """With w = ½ and T = 100 the gradient is below 1e-28 with clipping or without."""
    found = simulated("gradient_descent", weight=0.5, timesteps=100.0, target=1.0)
    assert abs(found.gradient[0]) == pytest.approx(100 * 0.5**99)
    np.testing.assert_array_equal(found.weight, found.clipped_weight)
    assert found.first_infinite == 0


def test_the_last_terms_keep_their_digits_beside_a_huge_gradient(simulated):
    """A linear unit at rest in 1 has the terms w^(T-t); the last five of them are exact at 1e16 times their size."""
    found = simulated(
        "scalar_bptt", activation="linear", weight=1.5, bias=-0.5, start=1.0, timesteps=90.0, last=5.0
    )  # fmt: skip
    assert found.truncated_gradient == 13.1875
    assert found.gradient == pytest.approx(2 * (1.5**90 - 1))
    assert found.truncated_fraction == pytest.approx(13.1875 / found.gradient)


def test_shares_of_nothing_are_nothing(simulated):
    """A unit whose state stays 0 has no gradient: every fraction is 0, not undefined."""
    found = simulated("scalar_bptt", start=0.0)
    assert (found.gradient, found.truncated_fraction, found.fraction_first_half) == (0, 0, 0)


def test_contributions_of_nothing_are_shared_out(simulated):
    """One timestep from h_0 = 0: its contribution is 0, the early half has none of it, the last 5 timesteps all."""
    found = simulated("bptt_terms", timesteps=1.0)
    assert (found.sum_of_norms, found.share_first_half, found.share_last) == (0, 0, 1)
    nothing = simulated("bptt_terms", input_std=0.0, last=5.0)
    assert (nothing.sum_of_norms, nothing.share_first_half, nothing.share_last) == (0, 0, 0)


def test_the_norm_penalty_is_right_where_the_gradient_underflows(simulated):
    """At rest every timestep multiplies with w/4, 500 times: Ω = 500 (1 − w/4)², though delta_0 is 0 in float64."""
    found = simulated(
        "bptt_terms", cell="sigmoid", init="identity", gain=0.1, hidden=1.0, timesteps=500.0, input_std=0.0, bias=-0.05,
        start_std=0.0,
    )  # fmt: skip
    slopes = found.state_norm[1:] * (1 - found.state_norm[1:])
    assert found.delta_norm[0] == 0
    assert found.norm_penalty == pytest.approx(np.square(0.1 * slopes - 1).sum(), rel=1e-13)


def test_the_norm_penalty_follows_from_the_norms_where_they_are_numbers(simulated):
    """The definition, on gradients that neither underflow nor overflow."""
    found = simulated("bptt_terms", gain=1.2, timesteps=12.0)
    ratios = found.delta_norm[:-1] / found.delta_norm[1:]
    assert found.norm_penalty == pytest.approx(np.square(ratios - 1).sum(), rel=1e-12)


def test_a_gradient_of_nothing_has_no_angle(simulated):
    """Weights of 0 and one timestep without input: every entry is 0, and clipping turns nothing."""
    found = simulated("clipping", cell="relu", gain=0.0, input_std=0.0)
    assert found.total_norm == 0
    assert (found.per_tensor_angle_degrees, found.value_angle_degrees) == (0, 0)


def test_long_time_constants_keep_their_digits(simulated):
    """At b = 20 the gate is 1 − 2·10⁻⁹: τ = 1/ln(1 + e^-20), to the last digits."""
    tau = 1 / math.log1p(math.exp(-20))
    found = simulated("lstm_scalar", forget_bias=20.0)
    assert found.time_constant == pytest.approx(tau, rel=1e-14)
    assert found.half_life == pytest.approx(tau * math.log(2), rel=1e-14)
    assert simulated("gru_scalar", update_bias=20.0).time_constant == pytest.approx(tau, rel=1e-14)
