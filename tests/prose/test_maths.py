"""LaTeX to MathML: the formulas of this field, the limits, and what values need in the LaTeX itself."""

import pytest

from quizgen.blocks import MathsNode
from quizgen.prose.limits import MAX_LENGTH, MAX_NESTING
from quizgen.prose.maths import MathsFault, to_maths


def tags_and_texts(node: MathsNode):
    yield node.tag, node.text
    for child in node.children:
        yield from tags_and_texts(child)


def fault_of(latex):
    with pytest.raises(MathsFault) as error:
        to_maths(latex)
    return error.value.fault


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{\partial h_t}{\partial h_{t-1}}", "mfrac ∂ ht ∂ ht−1"),
        (r"\prod_{t=1}^{T} a", "munderover ∏ t=1 T a"),
        (r"\lVert W \rVert_2", "msub ‖ W ‖ 2"),
        (r"\left\lVert W \right\rVert_2", "msub ‖ W ‖ 2"),
        (r"\sigma'(x)", "msup σ ′ ( x )"),
        (r"\tanh x", "mi tanh x"),
        (r"\mathrm{diag}(v)", "mi diag ( v )"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "mtable ( 1 2 3 4 )"),
        (r"\boldsymbol{h}", "mi 𝒉"),
        (r"a \approx b \le c", "mo a ≈ b ≤ c"),
        (r"a \odot \hat{b}", "mover a ⊙ b ˆ"),
        (r"\sqrt{x}", "msqrt x"),
        (r"\log_{10} x", "msub log 10 x"),
        (r"a \cdots b", "mo a ⋯ b"),
        (r"\rho(W) < 1", "mo ρ ( W ) < 1"),
        (r"\text{for } t", "mtext for t"),
    ],
)
def test_formulas_of_the_field(latex, expected):
    """Nothing is dropped, and the structure is the one that is meant."""
    tag, _, words = expected.partition(" ")
    nodes = list(tags_and_texts(to_maths(latex).tree))
    seen = "".join(text for _, text in nodes if text not in {"\u2061", "\u2062"})
    assert tag in {tag for tag, _ in nodes}
    assert seen.replace("\u00a0", "") == words.replace(" ", "")


def test_the_root_says_whether_the_formula_is_displayed():
    """Renderers may write the tree as it is."""
    assert to_maths("x").tree.tag == "math"
    assert to_maths("x", display=True).tree.attributes == (("display", "block"),)


def test_invisible_operators_are_characters():
    """XML knows no &ApplyFunction;."""
    assert ("mo", "\u2061") in list(tags_and_texts(to_maths(r"\tanh(x)").tree))


@pytest.mark.parametrize("latex", ["(-3)", "-x", "a = -3", r"\frac{-1}{2}", "x^{-1}", "1, -2", r"\lVert -x \rVert"])
def test_a_sign_that_begins_a_term_says_so(latex):
    """Browsers and screen readers take a minus after a parenthesis for a subtraction."""
    signs = [node for node in _all(to_maths(latex).tree) if node.text == "−"]
    assert [dict(sign.attributes).get("form") for sign in signs] == ["prefix"]


@pytest.mark.parametrize("latex", ["a - b", "(a) - b", r"\lVert x \rVert - b", "x^2 - 1"])
def test_a_subtraction_is_none(latex):
    """Between two terms a minus is an operation."""
    signs = [node for node in _all(to_maths(latex).tree) if node.text == "−"]
    assert ["form" in dict(sign.attributes) for sign in signs] == [False]


def _all(node):
    return [node, *(below for child in node.children for below in _all(child))]


@pytest.mark.parametrize(
    ("latex", "offset", "message"),
    [
        (r"a + \foo", 4, r'formula: Unknown command "\foo".'),
        (r"é + \foo", 4, r'formula: Unknown command "\foo".'),
        (r"\frac{a", 7, 'formula: Expected closing token "}", but reached end of input.'),
        ("x % y", 2, "% begins a comment: the rest would vanish"),
        (r"\newcommand{\a}{b}\a", 0, r"\newcommand defines a command"),
        (r"x \def\a{\a}", 2, r"\def defines a command"),
        ("  ", 0, "an empty formula"),
        ("x" * (MAX_LENGTH + 1), MAX_LENGTH, "a formula of 4001 characters"),
        ("{" * (MAX_NESTING + 1) + "}" * (MAX_NESTING + 1), 50, "a formula nested deeper than 50"),
        (r"\left(" * 51 + r"\right)" * 51, 300, "a formula nested deeper than 50"),
        (r"\sqrt" * 700 + " x", 0, "a formula nested too deeply"),
        ("(" * 60, 0, "more than 16 parentheses that may stay open"),
        (r"\lceil" * 60, 0, "more than 16 parentheses that may stay open"),
        ("⟨x" * 60, 0, "more than 16 parentheses that may stay open"),
        ("{[}" * 60, 0, "more than 16 parentheses that may stay open"),
        (r"(\sqrt)" * 60, 0, "more than 16 parentheses that may stay open"),
        ("(x_)" * 60, 0, "more than 16 parentheses that may stay open"),
        ("\\mathrm{ab\ue000}", 0, "a value in the middle of a formula's letters"),
    ],
)
def test_faults_say_where(latex, offset, message):
    """Nothing that the converter could trip over reaches it, and no formula is shortened silently."""
    fault = fault_of(latex)
    assert (fault.offset, fault.message) == (offset, message)


@pytest.mark.parametrize(
    "latex",
    [
        "(x)" * 200,
        "(" * 40 + "x" + ")" * 40,
        "[0, 1) " * 40,
        r"\left( \frac{(a)}{\lvert b \rvert} \right)" * 20,
        r"\leftarrow x",
        r"\left( x \right)",
        r"50\%",
        r"a \\\ b",
        r"\{x\}" * 60,
    ],
)
def test_what_only_looks_like_a_fault_is_read(latex):
    """Escaped signs neither nest nor begin a comment."""
    assert to_maths(latex).tree.children


@pytest.mark.parametrize(
    ("latex", "fillable"),
    [
        ("x_\ue000", "x_{\ue000}"),
        ("\ue000^\ue001", "\ue000^{\ue001}"),
        ("\\frac\ue000\ue001", "\\frac{\ue000}{\ue001}"),
        ("\\frac{1}\ue000", "\\frac{1}{\ue000}"),
        ("\\sqrt[3]\ue000", "\\sqrt[3]{\ue000}"),
        ("\\sqrt \ue000", "\\sqrt {\ue000}"),
        ("\\approx \ue000", "\\approx \ue000"),
        ("r = \ue000", "r = \ue000"),
        ("\\text{at \ue000 or \ue001}", "{\\text{at }{\ue000}\\text{ or }{\ue001}}"),
        ("\\textbf{\ue000}^2", "{\ue000}^2"),
    ],
)
def test_values_can_be_any_number(latex, fillable):
    """LaTeX takes one digit where a command has no braces, and no exponent inside of words."""
    assert to_maths(latex).latex == fillable
