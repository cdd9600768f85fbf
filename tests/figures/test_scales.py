import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from quizgen.figures.scales import Scale, decade_ticks, extent, linear_ticks, nice_step, power_of_ten, spell, spread

FINITE = st.floats(-1e300, 1e300)
SEVERAL = st.lists(FINITE, min_size=1, max_size=20)


@given(values=SEVERAL)
def test_extent_holds_every_value_and_is_never_empty(values):
    """The least and greatest values lie inside, and the two ends differ."""
    low, high = extent(values)
    assert low <= min(values)
    assert high >= max(values)
    assert low < high


@given(values=SEVERAL, most=st.integers(2, 9))
def test_linear_ticks_cover_the_values_in_even_nice_steps(values, most):
    """They reach from the least value or below to the greatest or above, with at most two more than asked for."""
    low, high = extent(values)
    ticks = [tick.value for tick in linear_ticks(low, high, most=most)]
    step = nice_step(low, high, most=most)
    assert ticks[0] <= low + 1e-8 * step
    assert ticks[-1] >= high - 1e-8 * step
    assert 2 <= len(ticks) <= most + 2
    assert f"{step:.0e}"[0] in "125"


@given(values=SEVERAL)
def test_ticks_are_told_apart_by_their_spelling(values):
    """No two ticks of an axis read the same."""
    texts = [tick.text for tick in linear_ticks(*extent(values))]
    assert len(set(texts)) == len(texts)


@given(low=st.floats(-320, 300), length=st.floats(0, 320))
def test_decade_ticks_are_whole_decades_around_the_exponents(low, length):
    """Every tick is a whole power of ten, and the powers cover the exponents."""
    low, high = extent([low, low + length])
    ticks = [tick.value for tick in decade_ticks(low, high)]
    assert all(value == round(value) for value in ticks)
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= high - 1e-6
    assert 2 <= len(ticks) <= 8


def test_ticks_read_as_in_print():
    """A true minus sign, raised exponents, and no more decimals than the step needs."""
    assert [tick.text for tick in linear_ticks(-1.0, 1.0, most=4)] == ["−1.0", "−0.5", "0", "0.5", "1.0"]
    assert [tick.text for tick in decade_ticks(-3.0, -1.0)] == ["10⁻³", "10⁻²", "10⁻¹"]
    assert power_of_ten(-12) == "10⁻¹²"
    assert spell(2e-7, step=1e-7) == "2×10⁻⁷"
    assert spell(1.5e6, step=5e5) == "1.5×10⁶"


@given(low=FINITE, high=FINITE, share=st.floats(0, 1))
def test_a_scale_keeps_values_between_its_ends(low, high, share):
    """A value between low and high is placed between start and end."""
    low, high = extent([low, high])
    place = Scale(low=low, high=high, start=10.0, end=200.0)(low * (1 - share) + high * share)
    assert 10 - 1e-6 <= place <= 200 + 1e-6


@given(wanted=st.lists(st.floats(0, 200), max_size=11))
def test_spread_labels_keep_apart_inside_and_in_order(wanted):
    """Labels stay a gap apart, within the room, and in the order of the places that they wanted."""
    places = spread(wanted, gap=18, low=0, high=200)
    ordered = sorted(places)
    assert all(b - a >= 18 - 1e-9 for a, b in itertools.pairwise(ordered))
    assert all(-1e-9 <= place <= 200 + 1e-9 for place in places)
    by_wish = sorted(range(len(wanted)), key=lambda index: wanted[index])
    assert [places[index] for index in by_wish] == ordered


def test_labels_that_are_apart_already_stay_where_they_are():
    """Spreading moves nothing without need, and moves two that collide equally far."""
    assert spread([100.0, 10.0, 50.0], gap=18, low=0, high=200) == (100.0, 10.0, 50.0)
    assert spread([100.0, 100.0], gap=18, low=0, high=200) == (91.0, 109.0)


def test_an_axis_of_nothing_reaches_from_0_to_1():
    """No values at all still make an axis."""
    assert extent([]) == (0.0, 1.0)
    assert math.isclose(nice_step(0.0, 1.0, most=5), 0.2)
