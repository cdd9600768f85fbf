"""How a printed number is respelt for its format and place."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.numbers.printing import Precision
from quizgen.numbers.spelling import superscript, to_latex, to_mathml, to_unicode

CONTEXTS = ["text", "atom", "base", "operand", "divisor"]
PLAIN = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")
FINITE = st.floats(-1e300, 1e300)
PRECISIONS = st.one_of(
    st.builds(Precision, kind=st.just("figures"), count=st.integers(1, 12)),
    st.builds(Precision, kind=st.just("decimals"), count=st.integers(0, 6)),
    st.just(Precision(kind="exact")),
)


def printed_numbers():
    return st.builds(lambda precision, value: precision.spell(value), PRECISIONS, FINITE)


@pytest.mark.parametrize(
    ("printed", "context", "expected"),
    [
        ("-0.031", "text", "−0.031"),
        ("3.20e-12", "text", "3.20×10⁻¹²"),
        ("17", "text", "17"),
        ("1.23e5", "atom", "1.23×10⁵"),
        ("3.2e-12", "base", "(3.2×10⁻¹²)"),
        ("-0.5", "operand", "(−0.5)"),
        ("3e-2", "operand", "3×10⁻²"),
        ("3e-2", "divisor", "(3×10⁻²)"),
        ("-1.5e-07", "divisor", "(−1.5×10⁻⁷)"),
        ("0.5", "base", "0.5"),
    ],
)
def test_unicode(printed, context, expected):
    """A true minus, raised exponents, and parentheses only where a reader would go wrong without."""
    assert to_unicode(printed, context) == expected


@pytest.mark.parametrize(
    ("printed", "context", "expected"),
    [
        ("3.20e-12", "atom", r"3.20\times10^{-12}"),
        ("-0.5", "operand", "(-0.5)"),
        ("1e+16", "base", r"(1\times10^{16})"),
    ],
)
def test_latex(printed, context, expected):
    """LaTeX sets the same number."""
    assert to_latex(printed, context) == expected


@pytest.mark.parametrize(
    ("printed", "context", "expected"),
    [
        ("17", "base", "<mn>17</mn>"),
        ("-0.5", "atom", '<mrow><mo form="prefix">−</mo><mn>0.5</mn></mrow>'),
        (
            "3e-2",
            "divisor",
            '<mrow><mo stretchy="false">(</mo><mn>3</mn><mo>×</mo><msup><mn>10</mn><mrow><mo form="prefix">−</mo>'
            '<mn>2</mn></mrow></msup><mo stretchy="false">)</mo></mrow>',
        ),
    ],
)
def test_mathml(printed, context, expected):
    """One element, so that a number can be the base of a power or a part of a fraction."""
    assert to_mathml(printed, context) == expected


def test_superscript():
    """Exponents in plain text are raised."""
    assert superscript("-12") == "⁻¹²"


@given(printed_numbers(), st.sampled_from(CONTEXTS))
def test_every_spelling_shows_the_same_decimal(printed, context):
    """What a student reads off the page is the number that the key follows from, digit by digit."""
    mathml = ET.fromstring(to_mathml(printed, context))  # noqa: S314 - our own markup
    power = mathml.find(".//msup")
    exponent = "".join(power[1].itertext()) if power is not None else "0"
    mantissa = "".join(mathml.itertext()).partition("×")[0]
    spellings = [
        to_unicode(printed, context).translate(PLAIN).replace("×10", "e"),
        to_latex(printed, context).replace(r"\times10^{", "e").replace("}", ""),
        f"{mantissa}e{exponent}".translate(PLAIN),
    ]
    for spelling in spellings:
        bare = re.sub(r"[()]", "", spelling)
        assert Decimal(bare) == Decimal(printed)
        assert re.sub(r"e.*|-", "", bare) == re.sub(r"e.*|-", "", printed)


@given(printed_numbers())
def test_parentheses_are_never_needed_alone(printed):
    """Among words and beside an equals sign a number stands bare."""
    assert "(" not in to_unicode(printed, "text") + to_latex(printed, "atom") + to_mathml(printed, "atom")
