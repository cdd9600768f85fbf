"""A printed number respelt for a format and its place: Unicode text, LaTeX, MathML.

The canonical spelling ("-0.031", "3.20e-12") is the truth; each spelling here shows the same decimal, figure by figure.
Parentheses appear where a reader would otherwise misread: ``(-0.5)^2``, ``a - (-0.5)``, ``1/(3.2×10⁻²)``.
"""

from typing import Final, Literal, NamedTuple

from quizgen.numbers.stand_ins import StandInPrinted

# A number's place decides its parentheses: 3.2×10⁻¹² needs them as the base of a power, −0.5 as an operand.
Context = Literal["text", "atom", "base", "operand", "divisor"]

_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS: Final = frozenset("+-")
_MINUS: Final = "\u2212"
_NEGATIVE_NEEDS: Final = frozenset({"base", "operand", "divisor"})
_PRODUCT_NEEDS: Final = frozenset({"base", "divisor"})


class _Parts(NamedTuple):
    negative: bool
    digits: str
    power: str  # "" in plain decimals


def to_unicode(printed: str, context: Context = "text") -> str:
    """``3.20e-12`` as 3.20×10⁻¹², with a true minus sign."""
    if isinstance(printed, StandInPrinted):
        return printed.spelt("unicode", context)
    if _is_plain(printed):
        return printed
    negative, digits, power = _split(printed)
    text = (_MINUS if negative else "") + digits + (f"×10{superscript(power)}" if power else "")
    return f"({text})" if _needs_parentheses(printed, context) else text


def to_latex(printed: str, context: Context = "atom") -> str:
    r"""``3.20e-12`` as ``3.20\times10^{-12}``."""
    if isinstance(printed, StandInPrinted):
        return printed.spelt("latex", context)
    negative, digits, power = _split(printed)
    text = ("-" if negative else "") + digits + (rf"\times10^{{{power}}}" if power else "")
    return f"({text})" if _needs_parentheses(printed, context) else text


def to_mathml(printed: str, context: Context = "atom") -> str:
    """One element of presentation MathML: ``mn``, or ``mrow`` where a number needs more."""
    if isinstance(printed, StandInPrinted):
        return printed.spelt("mathml", context)
    if _is_plain(printed):
        return f"<mn>{printed}</mn>"
    negative, digits, power = _split(printed)
    elements = [_SIGN if negative else "", f"<mn>{digits}</mn>"]
    if power:
        exponent = f"<mn>{power.removeprefix('-')}</mn>"
        raised = f"<mrow>{_SIGN}{exponent}</mrow>" if power.startswith("-") else exponent
        elements.append(f"<mo>×</mo><msup><mn>10</mn>{raised}</msup>")
    if _needs_parentheses(printed, context):
        elements = ['<mo stretchy="false">(</mo>', *elements, '<mo stretchy="false">)</mo>']
    markup = "".join(elements)
    return markup if markup == elements[1] else f"<mrow>{markup}</mrow>"


def superscript(whole: str) -> str:
    """A whole number ("-12") in raised characters ("⁻¹²")."""
    return whole.translate(_SUPERSCRIPTS)


_SIGN: Final = f'<mo form="prefix">{_MINUS}</mo>'


def _is_plain(printed: str) -> bool:
    """Whether a number is spelt as it is printed, wherever it stands."""
    return printed[:1] not in _SIGNS and "e" not in printed


def _split(printed: str) -> _Parts:
    mantissa, _, exponent = printed.partition("e")
    return _Parts(mantissa.startswith("-"), mantissa.lstrip("+-"), str(int(exponent)) if exponent else "")


def _needs_parentheses(printed: str, context: Context) -> bool:
    return ("e" in printed and context in _PRODUCT_NEEDS) or (printed.startswith("-") and context in _NEGATIVE_NEEDS)
