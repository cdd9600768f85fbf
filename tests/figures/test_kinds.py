"""Bars, vectors, heat maps, marks, and the tables behind all kinds of figure."""

import itertools
import math
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import figures
from quizgen.figures import FIGURES, bar, chart, heat, vectors
from quizgen.figures.figure import Curve, FigureData, Mark
from quizgen.figures.scales import decade_ticks
from quizgen.figures.table import MOST_ROWS, plain, spelt

SVG = "{http://www.w3.org/2000/svg}"
VALUES = st.one_of(st.floats(-1e12, 1e12), st.sampled_from([0.0, math.inf, math.nan, 1e-300]))
AXES = ("x", "y", "radius", "level")


def curve(label, *y, x=None):
    return Curve(label=label, x=tuple(map(float, x or range(len(y)))), y=tuple(map(float, y)))


def data(kind, *curves, marks=()):
    return FigureData(
        kind=kind, title="A title", description="Told.", x_label="across", y_label="up", curves=curves, marks=marks
    )


def exponent(values):
    return np.array([math.log10(value) if 0 < value < math.inf else math.nan for value in values])


def texts(svg):
    return [node.text for node in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own drawing


# -- marks -------------------------------------------------------------------------------------------------------------


def test_a_limit_is_drawn_and_named_even_where_no_point_comes_near():
    """The y axis reaches down to the smallest number of float32, and the line bears its name."""
    limit = Mark(axis="y", value=1.18e-38, label="float32")
    shown = data("semilog", curve("norm", 1, 0.5, 0.25), marks=(limit,))
    placed = chart.lay_out(shown, height_of=exponent, ticks=decade_ticks, description="")
    (level,) = placed.levels
    assert placed.top <= level.at <= placed.bottom
    assert level.at > max(y for line in placed.lines for run in line.runs for _, y in run)
    assert "float32" in texts(figures.draw(shown))


def test_a_marked_update_stands_where_it_happened_and_rings_its_points():
    """A vertical line at the update, a ring around each curve's point there, none where a value is not finite."""
    marks = (Mark(axis="x", value=2.0, label="the jump"),)
    shown = data("semilog", curve("loss", 1, 2, 300, math.inf), curve("norm", 1, 3, math.inf, math.nan), marks=marks)
    (post,) = chart.lay_out(shown, height_of=exponent, ticks=decade_ticks, description="").posts
    assert len(post.rings) == 1
    assert figures.draw(shown).count("<circle") == 1


@pytest.mark.parametrize("value", [0.0, 5.0])
def test_a_mark_outside_the_points_is_left_out(value):
    """An update that never came, numbered 0, is not drawn at the edge."""
    shown = data("line", curve("loss", 1, 2, x=(1, 2)), marks=(Mark(axis="x", value=value, label="never"),))
    assert "never" not in texts(figures.draw(shown))


def test_labels_of_limits_and_curves_keep_apart():
    """A limit that lies on the end of a curve has its label below or above the curve's."""
    shown = data("line", curve("curve", 0, 1), curve("other", 0, 0), marks=(Mark(axis="y", value=1.0, label="limit"),))
    placed = chart.lay_out(shown, height_of=lambda y: y, ticks=chart.linear_ticks, description="")
    labels = sorted([line.label_y for line in placed.lines] + [level.label_y for level in placed.levels])
    assert all(b - a >= chart.LABEL_GAP - 1e-6 for a, b in itertools.pairwise(labels))


@pytest.mark.parametrize("kind", FIGURES)
@given(series=st.lists(st.lists(VALUES, min_size=1, max_size=6), min_size=1, max_size=4), value=st.floats(-1e9, 1e9))
def test_any_mark_on_any_figure_draws(kind, series, value):
    """Whatever is marked, the drawing is well formed and no place in it is infinite; unknown marks do no harm."""
    marks = tuple(Mark(axis=axis, value=value, label=f"mark <{axis}>") for axis in AXES)
    svg = figures.draw(data(kind, *(curve(f"c{i}", *ys) for i, ys in enumerate(series)), marks=marks))
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    places = " ".join(
        v for node in root.iter() for n, v in node.attrib.items() if n in {"d", "x", "y", "r", "cx", "cy"}
    )
    assert not re.search("nan|inf", places)


def test_a_mark_rings_points_that_a_printer_cannot_tell_apart():
    """Of a long straight line few points are kept; the marked one is ringed all the same."""
    shown = data("line", curve("norm", *range(1000)), marks=(Mark(axis="x", value=333.0, label="here"),))
    placed = chart.lay_out(shown, height_of=lambda y: y, ticks=chart.linear_ticks, description="")
    assert len(placed.lines[0].runs[0]) < 200
    assert placed.posts[0].rings == pytest.approx([placed.bottom - 0.333 * (placed.bottom - placed.top)])


# -- bars --------------------------------------------------------------------------------------------------------------


def test_bars_stand_on_one_scale_in_panels_of_their_own():
    """Equal values are equally tall in every panel, twice the value is twice as tall, and panels do not touch."""
    placed = bar.lay_out(data("bar", curve("a", 1, 2), curve("b", 2, 0.5)))
    first, second = placed.panels
    assert first.bars[1].height == pytest.approx(2 * first.bars[0].height)
    assert second.bars[0].height == pytest.approx(first.bars[1].height)
    assert second.top > first.base
    assert [panel.label for panel in placed.panels] == ["a", "b"]


def test_a_value_that_is_no_number_has_no_bar_and_is_told():
    """As for lines."""
    shown = data("bar", curve("share", 0.5, math.nan, 0.5))
    assert len(bar.lay_out(shown).panels[0].bars) == 2
    assert figures.describe(shown) == "Told. At 1 the value of share is not a number and cannot be drawn."


# -- vectors -----------------------------------------------------------------------------------------------------------


def test_vectors_keep_their_lengths_angles_and_order():
    """Units are equal on both axes; the tip of (3, 4) is five times as far as that of (0.6, 0.8), the same way."""
    shown = data("vectors", curve("clipped", 0.6, 0.8), curve("gradient", 3, 4))
    placed = vectors.lay_out(shown)
    long, short = placed.arrows
    (ox, oy) = placed.origin
    assert (long.label, short.label) == ("gradient", "clipped")
    assert long.tip[0] - ox == pytest.approx(5 * (short.tip[0] - ox))
    assert oy - long.tip[1] == pytest.approx(5 * (oy - short.tip[1]))
    assert (oy - long.tip[1]) / (long.tip[0] - ox) == pytest.approx(4 / 3)
    assert long.width < short.width


def test_the_threshold_is_a_circle_through_the_tips_of_what_was_clipped_to_it():
    """A vector of length 1 ends on the circle of radius 1."""
    shown = data("vectors", curve("clipped", 0.6, 0.8), marks=(Mark(axis="radius", value=1.0, label="c"),))
    placed = vectors.lay_out(shown)
    tip, (ox, oy) = placed.arrows[0].tip, placed.origin
    assert math.hypot(tip[0] - ox, tip[1] - oy) == pytest.approx(placed.circles[0].radius)


def test_a_vector_without_length_is_told():
    """A gradient of 0 has no direction."""
    shown = data("vectors", curve("zero", 0, 0), curve("one", 1, 0))
    assert [arrow.label for arrow in vectors.lay_out(shown).arrows] == ["one"]
    assert figures.describe(shown) == "Told. zero is not drawn: it has no length or no end."
    two = data("vectors", curve("zero", 0, 0), curve("endless", math.inf, 0))
    assert figures.describe(two) == "Told. zero and endless are not drawn: they have no length or no end."


# -- heat maps ---------------------------------------------------------------------------------------------------------


def test_cells_grow_darker_with_their_values_and_say_them():
    """The first curve is the lowest row; each cell bears its number."""
    placed = heat.lay_out(data("heat", curve("low", 0, 1), curve("high", 2, 3)))
    assert [row.text for row in placed.rows] == ["high", "low"]
    assert [cell.text for cell in placed.cells] == ["2", "3", "0", "1"]
    shade = [sum(int(cell.fill[i : i + 2], 16) for i in (1, 3, 5)) for cell in placed.cells]
    assert sorted(shade, reverse=True) == [shade[i] for i in (2, 3, 0, 1)]


def test_a_border_runs_where_cells_cross_the_level():
    """Between 1 and 2 to the right, and below what stands above it; nowhere where all are on one side."""
    levels = (Mark(axis="level", value=1.5, label="in"), Mark(axis="level", value=9.0, label="out"))
    placed = heat.lay_out(data("heat", curve("low", 1, 2), curve("high", 1, 1), marks=levels))
    inside, outside = placed.borders
    assert inside.path.count("M") == 2
    assert outside.path == ""


def test_contrast_of_numbers_on_their_cells():
    """Every number stands out from its cell by at least 4.5 to 1, as accessible text must."""
    placed = heat.lay_out(data("heat", curve("row", *range(101))))
    assert all(contrast(cell.ink, cell.fill) >= 4.5 for cell in placed.cells)


def contrast(one, other):
    """The ratio of the luminances of two colours, as WCAG 2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- tables ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FIGURES)
def test_every_figure_has_a_table_without_empty_cells(kind):
    """A row is as long as the header, and an empty cell would ask to be filled in."""
    table = figures.tabulate(data(kind, curve("a", 1, math.inf, 0), curve("b", 1, math.nan)))
    assert table.rows
    assert all(len(row) == len(table.header) == len(table.align) for row in table.rows)
    assert all(cell for row in table.rows for cell in row)


def test_long_series_are_thinned_but_marked_points_stay():
    """The first, the last and the marked update are among few rows."""
    shown = data(
        "semilog", curve("norm", *range(1, 201), x=range(200)), marks=(Mark(axis="x", value=57, label="here"),)
    )
    table = figures.tabulate(shown)
    places = [row[0] for row in table.rows]
    assert {"0", "57", "199"} <= set(places)
    assert len(places) <= MOST_ROWS + 2
    assert table.caption == "A title (here: 57)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0312, "0.031"), (1.234e-8, "1.2×10⁻⁸"), (12345.0, "12000"), (7.0, "7"), (-0.5, "−0.50"), (99.6, "100"),
        (math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "not a number"), (0.0, "0"), (3.4e38, "3.4×10³⁸"),
    ],
)  # fmt: skip
def test_measured_numbers_have_two_figures(value, text):
    """As exactly as a drawing can be read."""
    assert spelt(value) == text


def test_chosen_numbers_are_as_they_were_chosen():
    """A gain of 0.95 is 0.95."""
    assert [plain(value) for value in (0.95, 20.0, 1.18e-38)] == ["0.95", "20", "1.18×10⁻³⁸"]
