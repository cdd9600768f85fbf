"""The arithmetic of templates: what it computes, and what it refuses."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.experiments.contract import Series
from quizgen.expressions import FUNCTIONS, ExpressionFault, parse


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2 + 3 * 4", 14.0),
        ("2 ** 3 ** 2", 512.0),
        ("-2 ** 2", -4.0),
        ("7 // 2 + 7 % 2", 4.0),
        ("sqrt(16) + abs(-1)", 5.0),
        ("ln(e ** 2)", 2.0),
        ("log10(1000)", 3.0),
        ("1 if 2 < 3 <= 3 else 0", 1.0),
        ("1 if not (1 > 2) and (1 == 1 or 1 != 1) else 0", 1.0),
        ("sigmoid(0) + tanh(0)", 0.5),
        ("arccos_degrees(0)", 90.0),
        ("hypot(3, 4) + max(1, 2) - min(1, 2)", 6.0),
        ("1e-3 * 2_0", 0.02),
    ],
)
def test_arithmetic_is_pythons(source, expected):
    """Expressions mean what Python means by them, in float64."""
    assert parse(source)({}) == pytest.approx(expected, rel=1e-15)


@given(a=st.floats(-1e6, 1e6), b=st.floats(0.001, 1e6), c=st.integers(1, 9))
def test_names_are_read_from_the_environment(a, b, c):
    """A formula over names agrees with Python's own evaluation of it."""
    got = parse("(a - b) / b + c ** 2")({"a": np.array([a]), "b": np.array([b]), "c": np.array([float(c)])})
    assert got[0] == (a - b) / b + float(c) ** 2


def test_all_variants_are_computed_at_once():
    """Arrays over variants go in, and one value for each comes out."""
    expression = parse("a if a > 1 else b")
    np.testing.assert_array_equal(expression({"a": np.array([0.0, 2.0]), "b": np.array([5.0, 6.0])}), [5.0, 2.0])


def test_a_series_is_indexed_for_each_variant():
    """``run.series[k]`` reads entry k[v] of variant v."""
    series = Series(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([2, 2]))
    value = parse("run.norm[k + 1]")({"run": {"norm": series}, "k": np.array([0.0, 1.0])})
    np.testing.assert_array_equal(value, [2.0, 6.0])


@pytest.mark.parametrize("index", ["1.5", "3", "-1"])
def test_an_index_must_be_whole_and_in_range(index):
    """Reading beside a series is an error, never another number."""
    series = Series(np.zeros((1, 3)), np.array([2]))
    with pytest.raises(IndexError, match="between 0 and 2"):
        parse(f"run.norm[{index}]")({"run": {"norm": series}})


@pytest.mark.parametrize(("source", "value"), [("1 / 0", math.inf), ("-1 / 0", -math.inf), ("2.0 ** 5000", math.inf)])
def test_what_overflows_is_infinite_without_a_warning(source, value):
    """Overflow and division by zero are values for the certificate to turn down."""
    assert parse(source)({}) == value


def test_a_huge_power_ends_at_once():
    """``9 ** 9 ** 9`` is infinite, and not a minute's work."""
    start = time.perf_counter()
    assert parse("9 ** 9 ** 9")({}) == math.inf
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(
    "source",
    [
        "'a'", "[1, 2]", "{1: 2}", "lambda x: x", "[x for x in y]", "x.__class__.__mro__", "().__class__", "a.b.c",
        "__import__('os')", "open('x')", "x := 3", "f'{x}'", "1 if 2 else", "x[0]", "run.norm[0][1]", "run.norm[run.k]",
        "True", "None", "...", "1j", "max(1)", "max(1, 2, 3)", "max(*x)", "abs(x=1)", "a @ b", "~a", "a << 500", "a in b",
        "", " ", "(" * 300, "-" * 200 + "1", "1 + (2 < 3)", "1 if 5 else 2", "9" * 400,
    ],
)  # fmt: skip
def test_everything_else_is_refused(source):
    """What is not on the white list cannot be read, whatever Python would make of it."""
    with pytest.raises(ExpressionFault):
        parse(source)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    """No text makes the reader fail otherwise than by saying what is wrong."""
    try:
        parse(text)
    except ExpressionFault as fault:
        assert fault.message


def test_a_misspelt_function_is_explained():
    """The fault says where it stands and what was meant."""
    with pytest.raises(ExpressionFault) as caught:
        parse("2 * sqr(4)")
    assert caught.value.offset == 4
    assert "'sqrt'" in caught.value.hint


def test_what_is_read_is_known():
    """Names, measurements and the number of operations can be seen without running anything."""
    expression = parse("a * run.norm[k] + sqrt(b)")
    assert set(expression.names) == {"a", "k", "b"}
    assert [(r.run, r.quantity) for r in expression.references] == [("run", "norm")]
    assert expression.operations == 3


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_takes_arrays(name):
    """Each listed function works on all variants at once."""
    count, _ = FUNCTIONS[name]
    names = "xy"[:count]
    value = parse(f"{name}({', '.join(names)})")({n: np.array([0.25, 0.5]) for n in names})
    assert value.shape == (2,)
    assert np.isfinite(value).all()
