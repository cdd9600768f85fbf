"""What surrounds a value of a formula."""

import pytest

from quizgen.prose import to_pattern


@pytest.mark.parametrize(
    ("formula", "contexts"),
    [
        ("<< a >>", "atom"),
        ("r = << a >>", "atom"),
        (r"r \approx << a >>", "atom"),
        ("(<< a >>, << b >>)", "atom atom"),
        ("<< a >>^{10}", "base"),
        ("{<< a >>}^{1/<< b >>}", "base divisor"),
        ("<< a >>_1^2", "base"),
        ("<< a >>^{}", "atom"),
        ("e^{<< a >>}", "atom"),
        ("x_{<< a >>}", "atom"),
        ("b - << a >>", "operand"),
        ("b + << a >>", "operand"),
        (r"b \cdot << a >>", "operand"),
        (r"b \times << a >> \odot << c >>", "operand operand"),
        ("-<< a >>", "operand"),
        ("10^{-<< a >>}", "operand"),
        ("x << a >>", "operand"),
        ("(x) << a >>", "operand"),
        (r"\lVert x \rVert << a >>", "operand"),
        (r"\sum_{k=1}^{<< a >>} << b >>", "atom operand"),
        ("b - {<< a >> + 1}", "operand"),
        (r"b - \hat{<< a >>}", "operand"),
        ("1/<< a >>", "divisor"),
        (r"1 \div << a >>", "divisor"),
        (r"\tanh << a >>", "divisor"),
        (r"\tanh(<< a >>)", "atom"),
        (r"\frac{<< a >>}{<< b >>}", "atom atom"),
        (r"\frac{1 - << a >>}{2}", "operand"),
        (r"\sqrt{<< a >>} + \sqrt[<< b >>]{2}", "atom atom"),
        (r"\begin{pmatrix} << a >> & -<< b >> \\ 0 & << c >> \end{pmatrix}", "atom operand atom"),
        (r"x = 1, \quad y = 2, \quad << a >>", "atom"),
        (r"\text{at norm << a >> or } << b >>", "atom atom"),
        (r"\left( << a >> \right)", "atom"),
        (r"\left| << a >> - << b >> \right|", "atom operand"),
    ],
)
def test_context_in_a_formula(formula, contexts):
    """The tree says which numbers need parentheses when they are negative or a product with a power of ten."""
    assert " ".join(slot.context for slot in to_pattern(f"${formula}$").slots) == contexts


def test_values_outside_formulas_stand_among_words():
    """Words, code, links and cells of tables need no parentheses."""
    source = (
        "<< a >> **<< b >>** `<< c >>` [<< d >>](#x)\n\n```\n<< e >>\n```\n\n| a |\n|---|\n| << f >> |\n\n- << g >>\n"
    )
    slots = to_pattern(source).slots
    assert [slot.name for slot in slots] == list("abcdefg")
    assert {slot.context for slot in slots} == {"text"}


def test_a_display_formula_has_contexts_too():
    """A formula on its own line is read as one in a line of words."""
    assert [slot.context for slot in to_pattern("norm:\n$$\nr = << a >>^2\n$$").slots] == ["base"]
