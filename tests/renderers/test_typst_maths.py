"""Formulas as nodes for Typst: what each element of MathML becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.blocks import MathsNode, Slot
from quizgen.numbers.printing import Number
from quizgen.prose.maths import to_maths
from quizgen.renderers.typst_maths import depth, formula


def nodes(latex, *, display=False):
    return formula(to_maths(latex, display=display).tree, {}, {})


CASES = {
    r"x": ["letter", "x"],
    r"10": ["text", "10"],
    r"\tanh": ["name", "tanh"],
    r"\mathrm{d}": ["upright", "d"],
    r"x_t": ["scripts", ["letter", "x"], ["letter", "t"], None],
    r"x^2": ["scripts", ["letter", "x"], None, ["text", "2"]],
    r"x_t^2": ["scripts", ["letter", "x"], ["letter", "t"], ["text", "2"]],
    r"\frac{a}{b}": ["frac", ["letter", "a"], ["letter", "b"], ""],
    r"\sqrt{x}": ["root", None, ["letter", "x"]],
    r"\sqrt[3]{x}": ["root", ["text", "3"], ["letter", "x"]],
    r"\hat x": ["accent", ["letter", "x"], "\u0302"],
    r"\bar x": ["accent", ["letter", "x"], "\u0304"],
    r"\widehat{ab}": ["accent", ["row", [["letter", "a"], ["letter", "b"]]], "\u0302"],
    r"\overline{x}": ["overline", ["letter", "x"], None],
    r"\underbrace{x}_{n}": ["underbrace", ["letter", "x"], ["letter", "n"]],
    r"\left( x \right)": ["fenced", [["operator", "(", ""], ["letter", "x"], ["operator", ")", ""]]],
    r"\text{in}": ["text", "in"],
    r"\boxed{x}": ["box", ["letter", "x"]],
    r"\phantom{x}": ["hidden", ["letter", "x"]],
    r"\quad": ["space", 1.0],
    r"a/b": ["row", [["letter", "a"], ["operator", "/", "normal"], ["letter", "b"]]],
}


@pytest.mark.parametrize("latex", CASES)
def test_each_element_has_its_node(latex):
    """The node says what is drawn, in the words of the page template."""
    assert nodes(latex) == CASES[latex]


def test_fences_that_grow_are_told_from_those_that_do_not():
    r"""\left‖ … \right‖ grows with its fraction; ‖x‖ is as high as a letter."""
    grown = nodes(r"\left\lVert \frac{a}{b} \right\rVert")
    assert grown[0] == "fenced"
    assert nodes(r"\lVert x \rVert")[1][0] == ["operator", "‖", "opening"]


def test_a_minus_that_begins_a_term_is_a_sign():
    """In −x and in a(−x) the minus is no operation between two things."""
    assert nodes("-x")[1][0] == ["operator", "−", "unary"]
    assert nodes("a-x")[1][1] == ["operator", "−", ""]


def test_cases_and_matrices_are_rows_of_cells_with_their_sides():
    """A matrix is centred, cases stand at the left, lines of an equation meet at their mark."""
    assert nodes(r"\begin{pmatrix}1&2\end{pmatrix}")[1][1] == [
        "matrix",
        [[[["text", "1"], "centre"], [["text", "2"], "centre"]]],
    ]
    assert nodes(r"\begin{cases}1&x\end{cases}")[1][1][1][0][0] == [["text", "1"], "left"]
    kind, rows = nodes(r"\begin{aligned}a&=b\\&=c\end{aligned}", display=True)
    assert (kind, len(rows)) == ("lines", 2)


def test_a_number_is_spelt_for_its_place():
    """A negative number raised to a power stands in parentheses, and ten to a power is a power."""
    slot = Slot("\ue000", "rate", "base")
    tree = MathsNode("msup", (), (MathsNode("mi", (), (), "\ue000"), MathsNode("mn", (), (), "2")))
    base = formula(tree, {"\ue000": slot}, {"rate": Number(printed="-3.2e-12", raw=-3.2e-12)})[1]
    assert base == [
        "row",
        [
            ["operator", "(", ""],
            ["operator", "−", "unary"],
            ["text", "3.2"],
            ["operator", "×", ""],
            ["scripts", ["text", "10"], None, ["row", [["operator", "−", "unary"], ["text", "12"]]]],
            ["operator", ")", ""],
        ],
    ]


def test_an_unknown_element_is_drawn_as_what_it_holds():
    """A new version of the converter may write elements that nobody listed."""
    assert formula(MathsNode("mnew", (), (MathsNode("mi", (), (), "x"),)), {}, {}) == ["letter", "x"]
    assert formula(MathsNode("mnew", (), (), "x"), {}, {}) == ["text", "x"]


@given(levels=st.integers(1, 60))
def test_depth_counts_nodes_within_nodes(levels):
    """As many roots within each other are one node deeper with what they hold."""
    tree = MathsNode("mi", (), (), "x")
    for _ in range(levels):
        tree = MathsNode("msqrt", (), (tree,))
    assert depth(formula(tree, {}, {})) == levels + 1
