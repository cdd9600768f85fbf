"""Experiments on updates that go wrong: the cliff of one unit, and whole trainings."""

import cmath
import math

import numpy as np
import pytest


def error(w, b, timesteps=50):
    """The error of the unit in plain Python; complex w and b give its derivatives by the complex step."""
    x = 0.5
    for _ in range(timesteps):
        x = w / (1 + cmath.exp(-x)) + b
    return (1 / (1 + cmath.exp(-x)) - 0.7) ** 2


@pytest.mark.parametrize(("w", "b", "T"), [(4.98, -2.6, 50), (3.0, -1.0, 10), (-2.0, 0.5, 7), (6.0, -3.0, 50)])
def test_the_gradient_on_the_cliff_by_the_complex_step(simulated, w, b, T):
    """Error and both derivatives, where they are steep and where not."""
    found = simulated("cliff", weight=w, bias=b, timesteps=float(T), grid=3.0)
    assert found.loss == pytest.approx(error(w, b, T).real, rel=1e-9)
    assert found.gradient_weight == pytest.approx(error(w + 1e-30j, b, T).imag / 1e-30, rel=1e-9)
    assert found.gradient_bias == pytest.approx(error(w, b + 1e-30j, T).imag / 1e-30, rel=1e-9)
    assert found.gradient_norm == pytest.approx(math.hypot(found.gradient_weight, found.gradient_bias))


def test_a_step_from_the_cliff_with_and_without_clipping(simulated):
    """Without, η‖g‖ = 23 away; with, η c = 0.1, and the error after it is that of the moved point."""
    found = simulated("cliff", learning_rate=0.1, max_norm=1.0)
    assert found.gradient_norm == pytest.approx(231.97, abs=0.01)
    assert found.step_length == pytest.approx(0.1 * found.gradient_norm)
    assert found.clipped_step_length == pytest.approx(0.1)
    moved = [4.98 - 0.1 * found.gradient_weight, -2.6 - 0.1 * found.gradient_bias]
    assert found.loss_after_step == pytest.approx(error(*moved).real, rel=1e-9)
    c = found.coefficient
    moved = [4.98 - 0.1 * c * found.gradient_weight, -2.6 - 0.1 * c * found.gradient_bias]
    assert found.loss_after_clipped_step == pytest.approx(error(*moved).real, rel=1e-9)


def test_the_grid_finds_its_steepest_point(simulated):
    """The largest and the median gradient norm of the grid's points, and the line at b among them."""
    found = simulated("cliff", grid=11.0, bias=-3.2)
    w, b = np.linspace(4, 6, 11), np.linspace(-3.2, -2, 11)
    norms = np.array([[simulated("cliff", weight=x, bias=y, grid=2.0).gradient_norm for y in b] for x in w])
    assert found.largest_gradient == pytest.approx(norms.max(), rel=1e-6)
    assert found.median_gradient == pytest.approx(np.median(norms), rel=1e-9)
    place = np.unravel_index(norms.argmax(), norms.shape)
    assert (found.steepest_weight, found.steepest_bias) == (pytest.approx(w[place[0]]), pytest.approx(b[place[1]]))
    np.testing.assert_allclose(found.slice_weight, w)
    np.testing.assert_allclose(found.slice_gradient_norm, norms[:, 0], rtol=1e-9)
    assert found.slice_loss[3] == pytest.approx(error(w[3], -3.2).real)


def test_both_runs_begin_alike(simulated):
    """The same weights and minibatches: update 1 has one loss and one gradient norm in both."""
    found = simulated("adding_problem", updates=20.0)
    assert found.loss[0] == found.clipped_loss[0]
    assert found.gradient_norm[0] == found.clipped_gradient_norm[0]
    assert found.baseline == 1 / 6


def test_scalars_of_a_training_follow_from_its_curves(simulated):
    """Final losses, shares and first updates, from the series."""
    found = simulated("adding_problem", optimiser="sgd", learning_rate=0.1, gain=1.5, timesteps=30.0, updates=80.0)
    assert found.final_loss == pytest.approx(found.loss[-8:].mean())
    assert found.clipped_final_loss == pytest.approx(found.clipped_loss[-8:].mean())
    assert found.clipped_share == (found.clipped_gradient_norm > 1).mean()
    assert found.largest_gradient_norm == found.gradient_norm.max()
    assert found.first_beyond_float32 == np.argmax(found.gradient_norm > 1.8446743e19) + 1
    assert 10 < found.first_beyond_float32 < 80
    assert (found.first_nonfinite, found.clipped_first_nonfinite) == (0, 0)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_gated_cells_learn_the_adding_problem(simulated, cell):
    """T = 6, 400 updates of Adam: the loss falls below half the baseline."""
    found = simulated("adding_problem", cell=cell, timesteps=6.0, updates=400.0, learning_rate=0.02, max_norm=1.0)
    assert found.clipped_final_loss < found.baseline / 2


def test_copying_begins_near_a_uniform_guess(simulated):
    """Nine answers, nearly alike: about ln 9 nats; soon the blanks are known, and the baseline is near."""
    found = simulated("copy_memory", timesteps=5.0, updates=150.0)
    assert found.loss[0] == pytest.approx(math.log(9), abs=0.3)
    assert found.baseline == pytest.approx(10 * math.log(8) / 25)
    assert found.final_loss == pytest.approx(found.baseline, rel=0.1)


def test_an_overflow_is_reported_at_its_update(simulated):
    """A linear network with a large learning rate leaves float64; clipped, it does not within the same updates."""
    found = simulated(
        "adding_problem", activation="linear", optimiser="sgd", learning_rate=1.0, gain=2.0, timesteps=30.0,
        updates=60.0, max_norm=0.01,
    )  # fmt: skip
    assert 1 < found.first_nonfinite < 60
    assert found.largest_gradient_norm == np.nanmax(found.gradient_norm) > 1e15
    assert np.isfinite(found.loss[: int(found.first_nonfinite) - 1]).all()
    assert found.clipped_first_nonfinite == 0


def test_progress_is_reported(make_seeds):
    """From both runs and all batches, growing to 1."""
    from quizgen.experiments.run import run

    shares = []
    wanted = {"final_loss": None, "clipped_final_loss": None}
    arguments = {"updates": 3.0, "hidden": np.array([2.0, 3.0])}
    run("adding_problem", arguments, seeds=make_seeds(2), wanted=wanted, progress=shares.append)
    assert shares == sorted(shares)
    assert (len(shares), shares[-1]) == (12, 1)


def test_without_clipping_an_infinite_gradient_is_applied_as_it_is(simulated):
    """The weight goes to −infinity where the gradient is infinite: no coefficient makes it undefined."""
    found = simulated("gradient_descent", weight=1.5, timesteps=100.0, updates=3.0)
    assert np.isfinite(found.weight[1])
    assert math.isinf(found.gradient[1])
    assert math.isinf(found.weight[2])
    assert found.first_infinite == 1
