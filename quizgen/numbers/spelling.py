"""A printed number respelt for a format and its place: Unicode text, LaTeX, MathML.

The canonical spelling ("-0.031", "3.20e-12") is the truth; each spelling here shows the same decimal, figure by figure.
Parentheses appear where a reader would otherwise misread: ``(-0.5)^2``, ``a - (-0.5)``, ``1/(3.2×10⁻²)``.
"""

from functools import lru_cache
from typing import Final, Literal

from quizgen.numbers.stand_ins import StandInPrinted

# A number's place decides its parentheses: 3.2×10⁻¹² needs them as the base of a power, −0.5 as an operand.
Context = Literal["text", "atom", "base", "operand", "divisor"]

_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS: Final = frozenset("+-")
_MINUS: Final = "\u2212"
_NEGATIVE_NEEDS: Final = frozenset({"base", "operand", "divisor"})
_PRODUCT_NEEDS: Final = frozenset({"base", "divisor"})


def to_unicode(printed: str, context: Context = "text") -> str:
    """``3.20e-12`` as 3.20×10⁻¹², with a true minus sign."""
    if isinstance(printed, StandInPrinted):
        return printed.spelt("unicode", context)
    if _is_plain(printed):
        return printed
    negative, digits, exponent = _split(printed)
    text = (_MINUS if negative else "") + digits + (_raised(exponent) if exponent else "")
    return f"({text})" if _needs_parentheses(printed, context) else text


def to_latex(printed: str, context: Context = "atom") -> str:
    r"""``3.20e-12`` as ``3.20\times10^{-12}``."""
    if isinstance(printed, StandInPrinted):
        return printed.spelt("latex", context)
    negative, digits, exponent = _split(printed)
    text = ("-" if negative else "") + digits + (rf"\times10^{{{int(exponent)}}}" if exponent else "")
    return f"({text})" if _needs_parentheses(printed, context) else text


def to_mathml(printed: str, context: Context = "atom") -> str:
    """One element of presentation MathML: ``mn``, or ``mrow`` where a number needs more."""
    if isinstance(printed, StandInPrinted):
        return printed.spelt("mathml", context)
    if _is_plain(printed):
        return f"<mn>{printed}</mn>"
    negative, digits, exponent = _split(printed)
    elements = [_SIGN if negative else "", f"<mn>{digits}</mn>", _raised_element(exponent) if exponent else ""]
    if _needs_parentheses(printed, context):
        elements = ['<mo stretchy="false">(</mo>', *elements, '<mo stretchy="false">)</mo>']
    markup = "".join(elements)
    return markup if markup == elements[1] else f"<mrow>{markup}</mrow>"


def superscript(whole: str) -> str:
    """A whole number ("-12") in raised characters ("⁻¹²")."""
    return whole.translate(_SUPERSCRIPTS)


@lru_cache(maxsize=1024)
def _raised(exponent: str) -> str:
    """``-12`` as ×10⁻¹²; there are a few hundred exponents at the most."""
    return f"×10{superscript(str(int(exponent)))}"


@lru_cache(maxsize=1024)
def _raised_element(exponent: str) -> str:
    """The same as elements of MathML."""
    size = f"<mn>{abs(int(exponent))}</mn>"
    raised = f"<mrow>{_SIGN}{size}</mrow>" if int(exponent) < 0 else size
    return f"<mo>×</mo><msup><mn>10</mn>{raised}</msup>"


_SIGN: Final = f'<mo form="prefix">{_MINUS}</mo>'


def _is_plain(printed: str) -> bool:
    """Whether a number is spelt as it is printed, wherever it stands."""
    return printed[:1] not in _SIGNS and "e" not in printed


def _split(printed: str) -> tuple[bool, str, str]:
    """Whether it is negative, its digits, and its exponent as it is written: "" in plain decimals."""
    mantissa, _, exponent = printed.partition("e")
    return mantissa.startswith("-"), mantissa.lstrip("+-"), exponent


def _needs_parentheses(printed: str, context: Context) -> bool:
    return ("e" in printed and context in _PRODUCT_NEEDS) or (printed.startswith("-") and context in _NEGATIVE_NEEDS)
