"""Which series a line of a figure shows."""

import pytest

from quizgen.errors import FileFaults
from quizgen.items.figure_lines import all_series, branches
from quizgen.items.realise import realise

FIGURE = """figure:
  kind: semilog
  title: Norms
  x: lag
  y: norm
  lines:
    A: run.product_norm if T % 2 == 0 else run.lag_norm
    B: run.lag_norm if T % 2 == 0 else run.product_norm
  alt: |
    Two curves.
stem: |"""


def test_branches_are_read_in_order():
    """A chain of conditions ends in the series that needs none."""
    source = "a.norm if first == 1 else b.norm if first == 2 else c.norm"
    assert branches(source) == (("first == 1", "a.norm"), ("first == 2", "b.norm"), ("", "c.norm"))
    assert all_series(source) == {"a.norm", "b.norm", "c.norm"}
    assert branches(" a.norm ") == (("", "a.norm"),)


def test_a_drawn_number_decides_which_curve_is_which(decay):
    """In some variants A is the one series, in others the other."""
    template = decay(("stem: |", FIGURE.replace("T % 2 == 0", "T < 40")))
    seen = set()
    for item in realise(template, seed=2, variants=range(8)).items:
        a, b = item.figure.curves
        early = float(item.numbers["T"].printed) < 40
        seen.add(early)
        product, lag = (a, b) if early else (b, a)
        assert product.y[0] == lag.y[0] == 1
        assert product.y[-1] == lag.y[-1]  # over all timesteps they are the same product
        assert product.y[5] != lag.y[5]
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("run.product_norm if rate else run.lag_norm", "expected a condition"),
        ("run.product_norm if T < 40 else run.lag_nrom", "lag_norm"),
        ("run.product_norm if U < 40 else run.lag_norm", "nothing before this is named 'U'"),
    ],
)
def test_faults_of_a_line_are_told(decay, line, told):
    """Every branch and every condition is checked."""
    figure = FIGURE.replace("run.product_norm if T % 2 == 0 else run.lag_norm", line).replace(
        "run.lag_norm if T % 2 == 0 else run.product_norm", "run.lag_norm"
    )
    with pytest.raises(FileFaults, match=told):
        decay(("stem: |", figure))
