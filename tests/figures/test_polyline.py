"""A line of fewer points that looks the same: measured against the line of all points."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizgen.figures.chart import PLOT_WIDTH
from quizgen.figures.polyline import COLUMN, TOLERANCE, shorten

HEIGHTS = arrays(float, st.integers(2, 700), elements=st.floats(0, 220))


def line(heights, width=PLOT_WIDTH):
    """Points at equal distances across a plot."""
    return np.stack([np.linspace(54, 54 + width, len(heights)), np.asarray(heights, dtype=float)], axis=1)


def furthest(points, kept):
    """How far ``kept`` is above or below ``points`` at most; both are straight between the x of all of them."""
    return np.abs(np.interp(points[:, 0], *kept.T) - points[:, 1]).max()


@given(heights=HEIGHTS)
def test_the_shorter_line_is_within_the_tolerance(heights):
    """Whatever the heights; a line is 2 wide, so a quarter of a unit is not seen."""
    points = line(heights)
    kept = shorten(points)
    assert furthest(points, kept) <= TOLERANCE + 1e-9
    assert (kept[[0, -1]] == points[[0, -1]]).all()
    assert {tuple(point) for point in kept} <= {tuple(point) for point in points}


@pytest.mark.parametrize("width", [0.3, 10.0, PLOT_WIDTH])
def test_a_smooth_line_needs_few_points(width):
    """A decay that wavers: a quarter of 501 points draw it; a straight one needs no more than are drawn anyway."""
    k = np.arange(501)
    assert len(shorten(line(100 + 60 * np.sin(k / 40), width))) <= 130
    assert len(shorten(line(0.4 * k, width))) <= 100


@given(seed=st.integers(0, 50))
def test_columns_of_many_points_keep_their_heights(seed):
    """Of 20000 points of noise some hundreds stay: between any two columns the line fills the same heights."""
    points = line(np.random.default_rng(seed).normal(110, 30, 20000).clip(0, 220))
    kept = shorten(points)
    assert len(kept) <= 4 * (math.ceil(PLOT_WIDTH / COLUMN) + 1)
    for start in np.arange(54, 54 + PLOT_WIDTH, 7 * COLUMN):
        before, after = (one[(one[:, 0] >= start) & (one[:, 0] < start + COLUMN), 1] for one in (points, kept))
        assert after.min() == pytest.approx(before.min(), abs=TOLERANCE)
        assert after.max() == pytest.approx(before.max(), abs=TOLERANCE)


def test_spikes_stay():
    """The highest and the lowest of thousands of points are points of the shorter line."""
    heights = np.arange(5000) % 7 * 1.0
    heights[[1234, 4321]] = 100.0, -100.0
    kept = shorten(line(heights))
    assert kept[:, 1].max() == 100.0
    assert kept[:, 1].min() == -100.0
    assert all(a < b for a, b in itertools.pairwise(kept[:, 0]))


def test_a_line_that_turns_back_is_left_alone():
    """What is no function of x is drawn point for point."""
    turn = np.linspace(0, 2 * math.pi, 400)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    assert shorten(circle) is circle
