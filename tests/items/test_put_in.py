"""Expressions with their values put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.expressions import parse
from quizgen.items.put_in import put_in

VALUES = {"a": "2", "b": "-0.5", "T": "17", "run.norm[T - 1]": "3.2e-12", "run.rate": "0.9"}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a ** T", "2 ** 17"),
        ("a - b", "2 - (-0.5)"),
        ("b", "-0.5"),
        ("run.norm[T - 1] * run.rate", "3.2e-12 * 0.9"),
        ("ln(a) / -ln(b)", "ln(2) / -ln((-0.5))"),
        ("pi * a if a > b else e", "pi * 2 if 2 > (-0.5) else e"),
        (" a\n+ a ", "2 + 2"),
    ],
)
def test_names_and_measurements_become_values(source, shown):
    """What is inside an index belongs to the measurement; functions and constants stay."""
    assert put_in(source, VALUES.__getitem__) == shown


@given(st.lists(st.tuples(st.sampled_from("+-*"), st.sampled_from(["x", "y", "long_name"])), min_size=1, max_size=8))
def test_what_is_shown_has_the_same_value(steps):
    """Putting values in changes no value, whatever their signs."""
    values = {"x": -2.5, "y": 4.0, "long_name": -0.125}
    source = "x" + "".join(f" {sign} {name}" for sign, name in steps)
    shown = put_in(source, lambda name: repr(values[name]))
    assert float(parse(shown)({})) == float(parse(source)(values))
