"""Formulas worked out and spelt: against floating-point arithmetic where that is good enough, and beyond it."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.numbers.formula_reading import read_formula
from quizgen.numbers.formulas import (
    CONSTANTS,
    FUNCTIONS,
    Call,
    Constant,
    Negative,
    Operation,
    Symbol,
    names,
    put_in,
    spelt,
    value,
)

SYMBOLS = ("w", "h_1", "T")
FLOATS = {
    "exp": math.exp,
    "ln": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "sqrt": math.sqrt,
    "abs": abs,
    "tanh": math.tanh,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "sech": lambda x: 1 / math.cosh(x),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
}

leaves = st.sampled_from(["0.5", "2", "3e-2", "7."]).map(Constant) | st.sampled_from([*SYMBOLS, "pi", "e"]).map(Symbol)
formulas = st.recursive(
    leaves,
    lambda inner: (
        inner.map(Negative)
        | st.builds(Operation, st.sampled_from("+-*/^"), inner, inner)
        | st.builds(lambda name, x: Call(name, (x,)), st.sampled_from(["tanh", "exp", "abs", "sqrt"]), inner)
        | st.builds(lambda name, x, y: Call(name, (x, y)), st.sampled_from(["min", "max"]), inner, inner)
    ),
    max_leaves=8,
)


@given(formulas)
def test_what_is_spelt_reads_back_as_the_same_formula(formula):
    """Parentheses stand wherever they are needed."""
    assert read_formula(spelt(formula), SYMBOLS) == formula


def test_spellings_have_no_needless_parentheses():
    """As a person writes it."""
    for text in ("w^T·(1 − h_1^2)", "−w·T + h_1/T/w", "w^(−T)", "max(w, T − 1)", "2·3e−12·w", "(w·T)^2", "w − (T − 1)"):
        formula = read_formula(text, SYMBOLS)
        assert not hasattr(formula, "reason"), formula
        assert spelt(formula) == text


@pytest.mark.parametrize("name", FLOATS)
@given(x=st.floats(0.01, 20))
def test_functions_agree_with_floating_point(name, x):
    """To 15 figures, where the number that is put in is the same."""
    found = value(Call(name, (Symbol("x"),)), {"x": Decimal(repr(x))})
    assert float(found) == pytest.approx(FLOATS[name](x), rel=1e-12, abs=1e-13)


def test_every_function_was_compared():
    """But for min and max, which need two arguments."""
    assert set(FUNCTIONS) == {*FLOATS, "min", "max"}
    assert float(CONSTANTS["e"]) == math.e
    assert float(CONSTANTS["pi"]) == math.pi


def test_odd_functions_are_odd():
    """The hyperbolic tangent is computed from |x|."""
    for name in ("tanh", "sinh"):
        one, other = (value(Call(name, (Constant("0.7"),)), {}), value(Call(name, (Negative(Constant("0.7")),)), {}))
        assert other == one.copy_negate()


def test_what_floating_point_loses_is_kept():
    """0.1^400 is not 0, and 1 − tanh²(20) is sech²(20), although tanh(20) is 1 in float64."""
    point = {"w": Decimal("0.1"), "T": Decimal(400), "h_1": Decimal(20)}
    assert value(read_formula("w^T", SYMBOLS), point) == Decimal("1e-400")
    one = value(read_formula("1 - tanh(h_1)^2", SYMBOLS), point)
    other = value(read_formula("sech(h_1)^2", SYMBOLS), point)
    assert abs(one - other) <= Decimal("1e-30") * other
    assert math.tanh(20) == 1


@pytest.mark.parametrize("text", ["1/0", "ln(0 - w)", "sqrt(0 - w)", "0/0", "(0 - w)^0.5", "exp(exp(exp(99)))"])
def test_what_has_no_value_is_not_finite(text):
    """And nothing is raised."""
    assert not value(read_formula(text, SYMBOLS), {"w": Decimal(2)}).is_finite()


def test_what_is_not_finite_stays_so():
    """What is computed from nothing is nothing, in either order."""
    for text in ("min(w, 0/0)", "max(0/0, w)", "max(w, w, 0/0)"):
        assert value(read_formula(text, SYMBOLS), {"w": Decimal(2)}).is_nan()
    assert value(read_formula("0^0 + max(1, w, 3) + min(2, w)", SYMBOLS), {"w": Decimal(2)}) == 6


def test_high_powers_cost_nothing():
    """A tower of powers ends at once, in infinity or in 0."""
    assert not value(read_formula("9^(9^(9^(9^9)))", SYMBOLS), {}).is_finite()
    assert value(read_formula("9^(-(9^(9^(9^9))))", SYMBOLS), {}) == 0


def test_symbols_are_told_and_replaced():
    """A negative number keeps its sign outside, so that it can be spelt."""
    formula = read_formula("w^T + tanh(h_1) - e*w", SYMBOLS)
    assert names(formula) == {"w", "T", "h_1", "e"}
    assert spelt(put_in(formula, {"w": "-0.5", "T": "1e-05"})) == "(−0.5)^(1e−05) + tanh(h_1) − e·(−0.5)"
