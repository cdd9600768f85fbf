"""A formula as a tree: worked out at a point in decimals of 50 figures, and spelt on one line.

Decimals, since w^T at T = 400 must not become 0, and 1 − tanh(a)² must keep its figures where tanh(a) is almost 1.
Nothing here executes text, and nothing grows: a number has 50 figures however high the power.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from types import MappingProxyType
from typing import Final, Literal

from quizgen.values import immutable

FIGURES: Final = 50
_LIMIT: Final = 10**12  # an exponent beyond it counts as infinite, or as 0
EXACT: Final = Context(prec=FIGURES, Emax=_LIMIT, Emin=-_LIMIT, traps=[])

Sign = Literal["+", "-", "*", "/", "^"]


@immutable(kw_only=False)
class Constant:
    """A number as it is spelt with a decimal point: 0.5, 3e-12."""

    text: str


@immutable(kw_only=False)
class Symbol:
    """A letter that stands for a number; ``pi`` and ``e`` where no point gives them another value."""

    name: str


@immutable(kw_only=False)
class Negative:
    """The negative of something."""

    of: "Formula"


@immutable(kw_only=False)
class Operation:
    """Two things with a sign between them."""

    sign: Sign
    left: "Formula"
    right: "Formula"


@immutable(kw_only=False)
class Call:
    """A function of `FUNCTIONS` with its arguments."""

    function: str
    arguments: tuple["Formula", ...]


Formula = Constant | Symbol | Negative | Operation | Call

# -- worked out ------------------------------------------------------------------------------------------------------

CONSTANTS: Final[Mapping[str, Decimal]] = MappingProxyType(
    {
        "e": EXACT.exp(Decimal(1)),
        "pi": Decimal("3.1415926535897932384626433832795028841971693993751"),
    }
)


def value(formula: Formula, point: Mapping[str, Decimal]) -> Decimal:
    """The value of ``formula`` where its symbols have the values of ``point``; infinite or NaN where it has none.

    Raises: KeyError for a symbol that ``point`` does not know.
    """
    match formula:
        case Constant(text):
            return EXACT.create_decimal(text)
        case Symbol(name):
            return point[name] if name in point else CONSTANTS[name]
        case Negative(of):
            return value(of, point).copy_negate()
        case Operation(sign, left, right):
            return _OPERATIONS[sign](value(left, point), value(right, point))
        case Call(function, arguments):
            return FUNCTIONS[function].of(*(value(argument, point) for argument in arguments))


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    return Decimal(1) if exponent == 0 and base.is_finite() else EXACT.power(base, exponent)


def _exp(x: Decimal) -> Decimal:
    return EXACT.exp(x)


def _tanh(x: Decimal) -> Decimal:
    """(1 − q) / (1 + q) with q = e^(−2|x|), in which nothing overflows."""
    q = _exp(EXACT.multiply(Decimal(-2), x.copy_abs()))
    return EXACT.divide(EXACT.subtract(Decimal(1), q), EXACT.add(Decimal(1), q)).copy_sign(x)


def _cosh(x: Decimal) -> Decimal:
    return EXACT.divide(EXACT.add(_exp(x), _exp(x.copy_negate())), Decimal(2))


def _sinh(x: Decimal) -> Decimal:
    return EXACT.divide(EXACT.subtract(_exp(x), _exp(x.copy_negate())), Decimal(2))


def _sigmoid(x: Decimal) -> Decimal:
    return EXACT.divide(Decimal(1), EXACT.add(Decimal(1), _exp(x.copy_negate())))


def _log2(x: Decimal) -> Decimal:
    return EXACT.divide(EXACT.ln(x), EXACT.ln(Decimal(2)))


@immutable(kw_only=False)
class Function:
    """A function that formulas may use: what it does, and how many arguments it takes."""

    of: Callable[..., Decimal]
    least: int = 1
    most: int = 1


FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        "exp": Function(_exp),
        "ln": Function(EXACT.ln),
        "log10": Function(EXACT.log10),
        "log2": Function(_log2),
        "sqrt": Function(EXACT.sqrt),
        "abs": Function(EXACT.abs),
        "tanh": Function(_tanh),
        "sinh": Function(_sinh),
        "cosh": Function(_cosh),
        "sech": Function(lambda x: EXACT.divide(Decimal(1), _cosh(x))),
        "sigmoid": Function(_sigmoid),
        "min": Function(lambda *x: _first_of(x, lambda a, b: a < b), 2, 9),
        "max": Function(lambda *x: _first_of(x, lambda a, b: a > b), 2, 9),
    }
)
_OPERATIONS: Final[Mapping[Sign, Callable[[Decimal, Decimal], Decimal]]] = MappingProxyType(
    {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide, "^": _power}
)


def _first_of(values: Sequence[Decimal], comes_before: Callable[[Decimal, Decimal], bool]) -> Decimal:
    """The value that comes before all others; NaN where one of them is."""
    if nan := next((value for value in values if value.is_nan()), None):
        return nan
    found = values[0]
    for other in values[1:]:
        found = other if comes_before(other, found) else found
    return found


# -- spelt -----------------------------------------------------------------------------------------------------------

_RANKS: Final[Mapping[Sign, int]] = MappingProxyType({"+": 1, "-": 1, "*": 2, "/": 2, "^": 4})
_ATOM: Final = 5
_SPELT: Final[Mapping[Sign, str]] = MappingProxyType({"+": " + ", "-": " − ", "*": "·", "/": "/", "^": "^"})


def spelt(formula: Formula) -> str:
    """One line that reads back as the same formula: ``w^T·(1 − h^2)``."""
    match formula:
        case Constant(text):
            return text.replace("-", "−")
        case Symbol(name):
            return name
        case Negative(of):
            return f"−{_within(of, 2)}"
        case Operation(sign, left, right):
            rank = _RANKS[sign]
            first, second = (rank + 1, rank + 1) if sign == "^" else (rank, rank + 1)
            return f"{_within(left, first)}{_SPELT[sign]}{_within(right, second)}"
        case Call(function, arguments):
            return f"{function}({', '.join(map(spelt, arguments))})"


def _within(formula: Formula, least: int) -> str:
    """``formula`` as part of another, in parentheses where it binds less than ``least``."""
    return spelt(formula) if _rank(formula) >= least else f"({spelt(formula)})"


def _rank(formula: Formula) -> int:
    match formula:
        case Operation(sign):
            return _RANKS[sign]
        case Negative():
            return 1
        case Constant(text) if "e" in text:
            return 3
    return _ATOM


# -- taken apart -----------------------------------------------------------------------------------------------------


def names(formula: Formula) -> frozenset[str]:
    """The symbols of ``formula``."""
    return frozenset(_names(formula))


def _names(formula: Formula) -> Iterator[str]:
    match formula:
        case Symbol(name):
            yield name
        case Negative(of):
            yield from _names(of)
        case Operation(_, left, right):
            yield from _names(left)
            yield from _names(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from _names(argument)


def put_in(formula: Formula, numbers: Mapping[str, str]) -> Formula:
    """``formula`` with the symbols of ``numbers`` replaced by what they are; a negative number keeps its sign apart."""
    match formula:
        case Symbol(name) if name in numbers:
            text = numbers[name]
            return Negative(Constant(text.removeprefix("-"))) if text.startswith("-") else Constant(text)
        case Negative(of):
            return Negative(put_in(of, numbers))
        case Operation(sign, left, right):
            return Operation(sign, put_in(left, numbers), put_in(right, numbers))
        case Call(function, arguments):
            return Call(function, tuple(put_in(argument, numbers) for argument in arguments))
    return formula
