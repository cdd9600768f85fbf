import itertools
import math
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import figures
from quizgen.errors import UnknownNameError
from quizgen.figures import FIGURES
from quizgen.figures.chart import LABEL_GAP, lay_out
from quizgen.figures.figure import Curve, FigureData, FloatArray
from quizgen.figures.scales import decade_ticks, linear_ticks

SVG = "{http://www.w3.org/2000/svg}"
NORMS = st.one_of(st.floats(0, 1e300), st.sampled_from([0.0, math.inf, math.nan, 1e-300]))
KINDS = pytest.mark.parametrize("kind", FIGURES)


def figure(*series: tuple[float, ...], kind: str = "semilog", labels: tuple[str, ...] = ()) -> FigureData:
    names = labels or tuple(f"curve {index}" for index in range(len(series)))
    curves = (
        Curve(label=name, x=tuple(map(float, range(len(y)))), y=tuple(y)) for name, y in zip(names, series, strict=True)
    )
    return FigureData(
        kind=kind,
        title="Fading <gradients>",
        description="Norm & lag.",
        x_label="lag k",
        y_label="norm",
        curves=tuple(curves),
    )


def parse(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def exponent(values: FloatArray) -> FloatArray:
    return np.array([math.log10(value) if 0 < value < math.inf else math.nan for value in values])


def finite(values: FloatArray) -> FloatArray:
    return np.array([value if math.isfinite(value) else math.nan for value in values])


@KINDS
@given(series=st.lists(st.lists(NORMS, min_size=1, max_size=12), min_size=1, max_size=7))
def test_every_kind_draws_well_formed_svg_of_whatever_was_measured(kind, series):
    """Zeros, infinities and missing numbers never break the drawing, and no place in it is one of them."""
    svg = figures.draw(figure(*map(tuple, series), kind=kind))
    root = parse(svg)
    assert root.tag == f"{SVG}svg"
    places = " ".join(value for node in root.iter() for name, value in node.attrib.items() if name in {"d", "x", "y"})
    assert not re.search("nan|inf", places)


@pytest.mark.parametrize(("height_of", "ticks"), [(exponent, decade_ticks), (finite, linear_ticks)])
@given(series=st.lists(st.lists(NORMS, min_size=1, max_size=12), min_size=1, max_size=20))
def test_points_lie_inside_the_frame_and_labels_never_overlap(height_of, ticks, series):
    """However many curves end wherever they like."""
    chart = lay_out(figure(*map(tuple, series)), height_of=height_of, ticks=ticks, description="")
    for x, y in (point for line in chart.lines for run in line.runs for point in run):
        assert chart.left - 1e-6 <= x <= chart.right + 1e-6
        assert chart.top - 1e-6 <= y <= chart.bottom + 1e-6
    labels = sorted(line.label_y for line in chart.lines)
    assert all(below - above >= LABEL_GAP - 1e-6 for above, below in itertools.pairwise(labels))
    assert all(chart.top - 1e-6 <= y <= chart.bottom + 1e-6 for y in labels)
    assert all(chart.left - 1e-6 <= tick.at <= chart.right + 1e-6 for tick in chart.x_ticks)


def test_the_same_factor_at_every_lag_is_a_straight_line():
    """On a semilog figure equal ratios are equal heights."""
    chart = lay_out(figure(tuple(0.5**k for k in range(30))), height_of=exponent, ticks=decade_ticks, description="")
    heights = [y for _, y in chart.lines[0].runs[0]]
    steps = [b - a for a, b in itertools.pairwise(heights)]
    assert steps == pytest.approx([steps[0]] * len(steps))


@KINDS
def test_equal_data_give_equal_bytes_and_other_data_other_ids(kind):
    """Nothing but the data goes into a drawing."""
    data = figure((1.0, 0.5), kind=kind)
    assert figures.draw(data) == figures.draw(replace(data))
    ids = [re.findall(r'id="([^"]+)"', figures.draw(figure(y, kind=kind))) for y in [(1.0, 0.5), (1.0, 0.25)]]
    assert len(set(itertools.chain(*ids))) == 4


@KINDS
def test_title_and_description_are_inside_for_screen_readers(kind):
    """The drawing is one image with a name and a description, both escaped."""
    root = parse(figures.draw(figure((1.0, 0.5), kind=kind)))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.attrib["role"] == "img"
    assert title is not None
    assert description is not None
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert title.text == "Fading <gradients>"
    assert description.text == "Norm & lag."


def test_what_a_log_axis_has_no_place_for_is_said():
    """A curve that reaches zero stops there, and the description says from where on."""
    data = figure((1.0, 1e-9, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0), labels=("tanh", "linear"))
    assert figures.describe(data) == (
        "Norm & lag. From 2 on, 2 values of tanh are 0 and cannot be drawn. linear is not drawn: its values are 0."
    )
    root = parse(figures.draw(data))
    assert root.findtext(f"{SVG}desc") == figures.describe(data)
    assert "linear" not in [node.text for node in root.iter(f"{SVG}text")]


def test_curves_that_lack_the_same_share_a_sentence():
    """Two curves that end in 0 at the same lag are told together, and so are those that are not drawn at all."""
    data = figure((1.0, 0.0), (2.0, 0.0), (0.0, 0.0), (0.0, 0.0), (1.0, math.inf), labels=("a", "b", "c", "d", "e"))
    assert figures.describe(data) == (
        "Norm & lag. At 1 the values of a and b are 0 and cannot be drawn. c and d are not drawn: their values are 0. "
        "At 1 the value of e is infinite and cannot be drawn."
    )
    longer = figure((1.0, 0.0, 0.0), (2.0, 0.0, 0.0), (3.0, 0.0, 0.0), labels=("a", "b", "c"))
    assert figures.describe(longer).endswith("From 1 on, 2 values each of a, b and c are 0 and cannot be drawn.")


def test_a_line_is_broken_where_a_value_is_missing():
    """Points on both sides of a gap are not joined, and a lone point is a dot."""
    chart = lay_out(figure((1.0, math.nan, 2.0, 3.0)), height_of=finite, ticks=linear_ticks, description="")
    assert [len(run) for run in chart.lines[0].runs] == [1, 2]
    assert chart.lines[0].path.count("M") == 2


def test_a_line_is_drawn_where_its_points_are():
    """Its path is in tenths of the drawing's unit, rounded, and its width and dashes are scaled as it is."""
    data = figure((1.0, 2.0, 4.0), (1.0, 1.0, 1.0), kind="line")
    chart = lay_out(data, height_of=finite, ticks=linear_ticks, description="")
    paths = [node for node in parse(figures.draw(data)).iter(f"{SVG}path") if "transform" in node.attrib]
    assert {node.attrib["transform"] for node in paths} == {"scale(0.1)"}
    for node, line in zip(paths, chart.lines, strict=True):
        drawn = [float(number) / 10 for number in re.findall(r"\d+", node.attrib["d"])]
        assert drawn == pytest.approx(line.runs[0].ravel().tolist(), abs=0.051)
        assert node.attrib["stroke-width"] == "20"
        scaled = [float(dash) / 10 for dash in node.get("stroke-dasharray", "").split()]
        assert scaled == [float(dash) for dash in line.dash.split()]


def test_curves_differ_without_colour():
    """Neighbouring curves have different dashes, and each carries its own label."""
    chart = lay_out(figure(*[(1.0, 2.0)] * 7), height_of=finite, ticks=linear_ticks, description="")
    assert len({line.dash for line in chart.lines}) == 7


def test_an_unknown_kind_is_explained():
    """A misspelt kind gets help."""
    with pytest.raises(UnknownNameError, match="did you mean 'semilog'"):
        figures.draw(figure((1.0,), kind="semilogy"))
