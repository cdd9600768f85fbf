"""Gradient clipping: what shortens, what turns, and what overflows."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizgen.rnn.clipping import (
    angle_degrees,
    clip_by_norm,
    clip_by_value,
    clip_each_by_norm,
    clipping_coefficient,
    global_norm,
    pytorch_coefficient,
    tensorflow_coefficient,
)

GRADIENTS = arrays(np.float64, (2, 5), elements=st.floats(-1e6, 1e6, allow_subnormal=False))


@given(GRADIENTS, st.floats(1e-3, 1e3))
def test_clipping_by_norm_shortens_but_never_turns(gradient, max_norm):
    """A clipped gradient is at most max_norm long and still points the same way."""
    clipped = clip_by_norm([gradient], np.full(2, max_norm))
    assert (global_norm(clipped) <= max_norm * (1 + 1e-12)).all()
    angle = angle_degrees([gradient], clipped)
    assert (angle < 1e-5).all()


def test_a_known_gradient():
    """(3, 4) and (12): norm 13; clipped to 6.5 the coefficient is ½; each alone clipped to 5 the norm is √50."""
    tensors, limit = [np.array([[3.0, 4.0]]), np.array([[[12.0]]])], np.array([6.5])
    assert global_norm(tensors)[0] == 13
    assert clipping_coefficient(global_norm(tensors), limit)[0] == 0.5
    assert [part.ravel().tolist() for part in clip_by_norm(tensors, limit)] == [[1.5, 2.0], [6.0]]
    assert global_norm(clip_each_by_norm(tensors, np.array([5.0])))[0] == pytest.approx(math.sqrt(50))
    assert [part.ravel().tolist() for part in clip_by_value(tensors, np.array([3.5]))] == [[3.0, 3.5], [3.5]]


def test_small_gradients_are_left_alone():
    """Clipping does nothing for gradients that vanish, not even for 0."""
    for size in (1e-300, 0.0):
        assert clip_by_norm([np.array([[size]])], np.ones(1))[0][0, 0] == size


def test_clipping_by_value_turns():
    """(1, 10) clamped to (1, 1) turns from 84.29° to 45°."""
    gradient = [np.array([[1.0, 10.0]])]
    turned = math.degrees(math.atan(10)) - 45
    assert angle_degrees(gradient, clip_by_value(gradient, np.ones(1)))[0] == pytest.approx(turned, rel=1e-12)


def test_norms_do_not_overflow_and_infinity_is_reported():
    """Entries of 1e200 have a finite norm; an infinite entry gives an infinite one and coefficient 0."""
    assert global_norm([np.array([[3e200, 4e200]])])[0] == pytest.approx(5e200)
    norm = global_norm([np.array([[1.0, np.inf]])])
    assert norm[0] == np.inf
    assert clipping_coefficient(norm, np.ones(1))[0] == 0


def test_pytorch_adds_a_little_to_the_norm():
    """Gradient (3, 4) clipped to 1: 1/(5 + 1e-6); a norm of just 1 is shortened too."""
    found = pytorch_coefficient(np.array([5.0, 1.0, 0.1]), np.ones(3))
    assert found.tolist() == [1 / 5.000001, 1 / 1.000001, 1]


def test_tensorflow_shows_an_infinite_norm():
    """c/max(‖g‖, c), and NaN, which nobody overlooks, where PyTorch's coefficient is 0."""
    norms, one = np.array([5.0, 0.1, np.inf, np.nan]), np.ones(4)
    np.testing.assert_array_equal(tensorflow_coefficient(norms, one), [0.2, 1, np.nan, np.nan])
    np.testing.assert_array_equal(pytorch_coefficient(norms, one)[2:], [0, np.nan])
