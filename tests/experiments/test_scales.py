"""Experiments on initialisation, floating point and time scales."""

import math

import numpy as np
import pytest


def test_xavier_by_hand(simulated):
    """fan_in 100, fan_out 300: variance 2/400, bound √(6/400), gain squared in the variance."""
    found = simulated("initialisation", scheme="xavier_uniform", fan_in=100.0, fan_out=300.0, gain=2.0)
    assert found.variance == pytest.approx(4 * 2 / 400)
    assert found.std == pytest.approx(2 * math.sqrt(2 / 400))
    assert found.bound == pytest.approx(2 * math.sqrt(6 / 400))
    assert found.signal_ratio == pytest.approx(100 * 4 * 2 / 400)
    assert found.gradient_ratio == pytest.approx(300 * 4 * 2 / 400)
    assert found.sampled_std == pytest.approx(found.std, rel=0.02)
    assert found.sampled_signal_ratio == pytest.approx(found.signal_ratio, rel=0.3)
    assert np.isnan(found.radius)


def test_he_corrects_for_the_slope(simulated):
    """Variance 2/((1 + a²) n)."""
    found = simulated("initialisation", scheme="he_normal", fan_in=50.0, fan_out=50.0, slope=0.5)
    assert found.variance == pytest.approx(2 / (1.25 * 50))
    assert found.bound == np.inf


def test_orthogonal_draw_has_radius_and_norm_one(simulated):
    """All singular values and all eigenvalues have size 1."""
    found = simulated("initialisation", scheme="orthogonal", fan_in=40.0, fan_out=40.0)
    assert found.weight_norm == pytest.approx(1)
    assert found.radius == pytest.approx(1)
    assert found.frobenius == pytest.approx(math.sqrt(40))
    assert found.sampled_signal_ratio == pytest.approx(found.signal_ratio)


def test_float32_loses_nine_tenths(simulated):
    """0.9^829 is the first below the smallest normal float32; 0 is never reached, 4 units remain."""
    found = simulated("floating_point", factor=0.9, dtype="float32")
    assert found.first_subnormal == 829 == math.floor(math.log(2**-126) / math.log(0.9)) + 1
    assert (found.first_zero, found.never_zero, found.stall_units) == (0, 1, 4)
    assert found.first_infinite == 0
    assert found.rounded_factor == float(np.float32(0.9))


def test_doubling_overflows(simulated):
    """2^128 is beyond float32 and bfloat16, 2^16 beyond float16, 2^1024 beyond float64."""
    steps = [
        simulated("floating_point", factor=2.0, dtype=dtype).first_infinite
        for dtype in ("float16", "bfloat16", "float32", "float64")
    ]
    assert steps == [16, 128, 128, 1024]


def test_time_scales_of_nine_tenths(simulated):
    """τ = 9.4912, half-life 6.5788, and 0.9^132 is the first power below 1e-6."""
    found = simulated("time_scales", factor=0.9, eps=1e-6)
    assert found.time_constant == pytest.approx(9.4912, abs=5e-5)
    assert found.half_life == pytest.approx(6.5788, abs=5e-5)
    assert found.approximate_time_constant == pytest.approx(10)
    assert found.steps_to == 132
    assert found.doubling == np.inf


def test_an_exact_hit_is_not_below(simulated):
    """0.5^10 = 2^-10 is not below 2^-10, so 11 steps are needed."""
    assert simulated("time_scales", factor=0.5, eps=2.0**-10).steps_to == 11


def test_growth_has_a_doubling_time(simulated):
    """1.1 doubles in 7.2725 timesteps, exceeds 1e6 at step 145 and never halves."""
    found = simulated("time_scales", factor=1.1, eps=1e6)
    assert found.doubling == pytest.approx(7.2725, abs=5e-5)
    assert found.steps_to == 145
    assert found.half_life == np.inf
    assert simulated("time_scales", factor=1.1, eps=0.5).steps_to == np.inf


@pytest.mark.parametrize(("fan_in", "fan_out"), [(16.0, 16.0), (8.0, 16.0), (16.0, 8.0)])
def test_the_norm_of_an_orthogonal_matrix_is_its_gain(simulated, fan_in, fan_out):
    """Exactly, not the limit for independent entries, which would be twice as large."""
    found = simulated("initialisation", scheme="orthogonal", gain=1.0, fan_in=fan_in, fan_out=fan_out)
    assert found.expected_norm == pytest.approx(1)
    assert found.weight_norm == pytest.approx(1)
