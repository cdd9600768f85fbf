"""Formulas as people write them: read in one way, or not at all, with the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.numbers.formula_reading import MAX_DEPTH, MAX_LENGTH, read_formula
from quizgen.numbers.formula_tokens import symbol_faults
from quizgen.numbers.formulas import spelt
from quizgen.numbers.reading import Unreadable

SYMBOLS = ("w", "T", "h", "a", "lambda", "h_1")

READ = {
    "w^T*(1-h^2)": "w^T·(1 − h^2)",
    "w**T × (1−h²)": "w^T·(1 − h^2)",
    "w^T(1-h²)": "w^T·(1 − h^2)",
    "f = w^T": "w^T",
    "∂h/∂a = w": "w",
    "2w(1-h)": "2·w·(1 − h)",
    "wT": "w·T",
    "w T": "w·T",
    "2λw": "2·lambda·w",
    "lam·w ÷ h": "lambda·w/h",
    "h₁ + h_{1} + h1": "h_1 + h_1 + h_1",
    "h²w": "h^2·w",
    "w²³": "w^23",
    "w⁻¹": "w^(−1)",
    "w^-T": "w^(−T)",
    "-w^2": "−w^2",
    "2*-w": "2·(−w)",
    "|w||h|": "abs(w)·abs(h)",
    "|w·|h| - 1|": "abs(w·abs(h) − 1)",
    "√h + √(1-h)": "sqrt(h) + sqrt(1 − h)",
    "√2*w": "sqrt(2)·w",
    "tanh²(a)": "tanh(a)^2",
    "1-tanh^2 a": "1 − tanh(a)^2",
    "TANH(a)": "tanh(a)",
    "σ(a)(1-σ(a))": "sigmoid(a)·(1 − sigmoid(a))",
    "logistic(a)": "sigmoid(a)",
    "ln h/ln w": "ln(h)/ln(w)",
    "log₁₀(w) + log_2(h)": "log10(w) + log2(h)",
    "min(w, h; 1)": "min(w, h, 1)",
    "e^(-a) + π": "e^(−a) + pi",
    "3E−2w": "3e−2·w",
    "[w + {h}]": "w + h",
    "a/w/h*T": "a/w/h·T",
    "(w^2)^3": "(w^2)^3",
    "w\n*\th": "w·h",
    ".5w": ".5·w",
}

REFUSED = {
    "": (0, "no formula"),
    "  ": (0, "no formula"),
    "w=": (2, "no formula"),
    "1/2w": (3, "fraction line"),
    "1/w h": (4, "fraction line"),
    "w^2T": (3, "power before it"),
    "w^Th": (3, "power before it"),
    "w^2^3": (3, "power of what"),
    "tanh a h": (7, "function before it"),
    "tanh a*h": (6, "argument"),
    "ln w/2": (4, "argument"),
    "tanh a^2": (6, "power of what"),
    "√2w": (2, "root before it"),
    "√w²": (2, "power of what"),
    "tanh⁻¹(a)": (4, "inverse"),
    "tanh^h(a)": (4, "power of what"),
    "tanh": (0, "of what"),
    "min": (0, "of what"),
    "min(w)": (0, "1 arguments"),
    "w 2": (2, "without a sign"),
    "(1-h)2": (5, "without a sign"),
    "w2": (0, "no symbol 'w2'"),
    "q*w": (0, "no symbol 'q'"),
    "W": (0, "no symbol 'W'"),
    "htanh(a)": (0, "no symbol 'htanh'"),
    "log(w)": (0, "base"),
    "(w*(1-h": (3, "never closed"),
    "|w": (0, "never closed"),
    "(w]": (2, "']' where ')'"),
    "w)*2": (1, "closes nothing"),
    "w*": (2, "breaks off"),
    "*w": (0, "'*' where"),
    "--w": (1, "'-' where"),
    "w==2": (1, "equals sign"),
    "w;h": (1, "outside a function"),
    "0,5w": (1, "outside a function"),
    "\\frac{w}{2}": (0, "not part of a formula"),
    "h'": (1, "not part of a formula"),
    "½w": (0, "not part of a formula"),
    "w.__class__": (1, "not part of a formula"),
    f"{'9' * 31}w": (0, "30 characters"),
    "(" * (MAX_DEPTH + 1) + "w": (MAX_DEPTH + 1, "nested"),
    "w" * (MAX_LENGTH + 1): (MAX_LENGTH, "longer"),
}


@pytest.mark.parametrize("text", READ)
def test_usual_spellings_are_read(text):
    """Each as the formula that its writer means."""
    found = read_formula(text, SYMBOLS)
    assert not isinstance(found, Unreadable), found
    assert spelt(found) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_doubtful_or_wrong_is_refused_at_its_place(text):
    """With a reason that says where, and a hint."""
    offset, reason = REFUSED[text]
    found = read_formula(text, SYMBOLS)
    assert isinstance(found, Unreadable), found
    assert found.offset == offset, found
    assert reason in found.reason
    assert f"(character {offset + 1})" in found.reason
    assert found.hint


def test_a_hint_names_what_may_have_been_meant():
    """Another case, a name nearby, a missing sign."""
    assert "'w'" in read_formula("W", SYMBOLS).hint
    assert "'lambda'" in read_formula("lamda*w", SYMBOLS).hint
    assert "h*tanh" in read_formula("htanh(a)", SYMBOLS).hint


def test_symbols_may_stand_side_by_side_only_where_there_is_one_way_to_tell_them_apart():
    """Here abc is a·bc or ab·c."""
    assert spelt(read_formula("abc", ["a", "b", "c"])) == "a·b·c"
    assert "two ways" in read_formula("abc", ["a", "bc", "ab", "c"]).reason


def test_declared_symbols_come_before_constants_and_functions():
    """The letters e and sigma are what the author says they are."""
    assert spelt(read_formula("σ(a)", ["sigma", "a"])) == "sigma·a"
    assert "power of ten or the symbol e" in read_formula("2e3", ["e"]).reason
    assert spelt(read_formula("2e", ["e"])) == "2·e"


def test_a_decimal_comma_is_read_where_it_is_declared():
    """Arguments are then told apart by a semicolon, or by a comma and a space."""
    assert spelt(read_formula("0,5*w", SYMBOLS, decimal_comma=True)) == "0.5·w"
    assert spelt(read_formula("max(0,5; w, 1,5)", SYMBOLS, decimal_comma=True)) == "max(0.5, w, 1.5)"


@given(st.text(max_size=40) | st.text("wTha0123.()+-*/^|√²⁻ exptanhlnσλ,;=[]{}", max_size=40))
def test_any_text_is_read_or_refused(text):
    """Nothing is raised, and what is read spells something that reads the same."""
    for comma in (False, True):
        found = read_formula(text, SYMBOLS, decimal_comma=comma)
        if isinstance(found, Unreadable):
            assert 0 <= found.offset <= len(text)
            assert str(found)
        elif len(spelt(found)) <= MAX_LENGTH:
            assert read_formula(spelt(found), SYMBOLS) == found


def test_symbols_that_could_be_mixed_up_are_faults():
    """Two spellings of one, a function's name, no name at all."""
    assert not list(symbol_faults(["w", "W", "h_1", "h_2", "lambda", "epsilon", "e"]))
    assert [name for name, _ in symbol_faults(["h_1", "h1", "tanh", "log", "2w", "", "lam", "lambda"])] == [
        "h1",
        "tanh",
        "log",
        "2w",
        "",
        "lambda",
    ]
