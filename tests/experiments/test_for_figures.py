"""The experiments and quantities that figures of study sheets show."""

import numpy as np
import pytest

from quizgen.errors import ParameterError
from quizgen.experiments.run import run


def test_singular_values_of_an_orthogonal_linear_network_stay_together(simulated):
    """All of them are gain^k, whatever their rank."""
    found = simulated("singular_spectrum", cell="linear", gain=0.9, hidden=7, timesteps=12)
    powers = 0.9 ** np.arange(13)
    for name in ("largest", "upper_quartile", "median", "lower_quartile", "smallest"):
        np.testing.assert_allclose(getattr(found, name), powers, rtol=1e-12)


def test_singular_values_are_those_of_the_product(simulated):
    """With linear units the product is a power of W, whose spectrum another experiment bounds: their product is |det|."""
    found = simulated("singular_spectrum", cell="linear", init="gaussian", hidden=3, timesteps=6, gain=0.8)
    determinant = np.prod(found.weight_spectrum)
    products = found.largest * found.median * found.smallest  # of three, the median is the second
    np.testing.assert_allclose(products, determinant ** np.arange(7), rtol=1e-9)
    assert found.upper_quartile == pytest.approx(found.largest)
    assert found.lower_quartile == pytest.approx(found.median)


def test_singular_values_that_rounding_hides_are_0(simulated):
    """The middle of the spectrum is not noise once it has sunk below the last digit of the largest value."""
    found = simulated("singular_spectrum", cell="linear", init="gaussian", hidden=16, timesteps=200)
    told = found.median[found.median > 0]
    assert found.median[-1] == 0
    assert (told > 1e-16 * found.largest[: len(told)]).all()
    assert found.smallest[-1] > 0


def test_the_scan_is_the_norm_bound_at_each_gain():
    """Each point is what `norm_bound` measures with that gain, the same weights and the same inputs."""
    gains = [0.8, 1.1, 1.4]
    scan = run(
        "gain_scan",
        {"gain_low": 0.8, "gain_high": 1.4, "points": 3, "input_std": 0.5},
        seeds=[9],
        wanted={"gain": None, "log10_product_norm": None, "log10_bound": None},
    )
    np.testing.assert_allclose(scan["gain"].values[0], gains)
    for place, gain in enumerate(gains):
        alone = run(
            "norm_bound",
            {"gain": gain, "input_std": 0.5},
            seeds=[9],
            wanted={"log10_product_norm": None, "log10_bound": None},
        )
        assert scan["log10_product_norm"].values[0, place] == pytest.approx(alone["log10_product_norm"].values[0, -1])
        assert scan["log10_bound"].values[0, place] == pytest.approx(alone["log10_bound"].values[0, -1])


def test_the_critical_gain_of_an_orthogonal_matrix_is_one_over_the_largest_slope(simulated):
    """The bound is 1 at 1 for tanh, at 4 for the sigmoid."""
    assert simulated("gain_scan", cell="tanh").critical_gain == pytest.approx(1.0)
    assert simulated("gain_scan", cell="sigmoid").critical_gain == pytest.approx(4.0)


def test_the_truth_never_exceeds_the_bound(simulated):
    """At any gain and any strength of the inputs."""
    for strength in (0.0, 0.5, 1.5):
        found = simulated("gain_scan", input_std=strength, init="xavier_normal")
        assert (found.log10_product_norm <= found.log10_bound + 1e-9).all()


def test_a_scan_of_one_point_is_refused():
    """There is no step between the first gain and the last."""
    with pytest.raises(ParameterError, match=r"gain_scan\.points: 1: expected a whole number from 2"):
        run("gain_scan", {"points": 1.0}, seeds=[1], wanted={"gain": None})


def test_shares_of_slopes_are_a_histogram(simulated):
    """They add up to 1; their first bin is what counts as saturated; a ReLU is 0 or 1, a sigmoid at most a quarter."""
    found = simulated("activations", input_std=2.0, gain=1.3)
    for name in ("tanh", "sigmoid", "relu", "leaky_relu", "linear"):
        assert getattr(found, f"slope_share_{name}").sum() == pytest.approx(1.0)
    assert found.slope_share_tanh[0] == pytest.approx(found.saturated_fraction_tanh)
    assert found.slope_share_relu[1:-1].sum() == 0
    assert found.slope_share_linear[-1] == 1
    assert found.slope_share_sigmoid[found.slope > 0.3].sum() == 0
    np.testing.assert_allclose(np.diff(found.slope), 1 / len(found.slope))


def test_the_gradients_of_the_cliff_as_vectors(simulated):
    """Clipped by norm it is c long and points the same way; clipped by value no entry exceeds c."""
    found = simulated("cliff", timesteps=8, weight=5.2, bias=-2.8, max_norm=1)
    assert np.hypot(*found.gradient) == pytest.approx(found.gradient_norm)
    assert np.hypot(*found.clipped_gradient) == pytest.approx(1.0)
    np.testing.assert_allclose(found.clipped_gradient, found.gradient / found.gradient_norm)
    np.testing.assert_allclose(found.value_clipped_gradient, np.clip(found.gradient, -1, 1))
