"""What a formula is made of: numbers, symbols, functions and signs, told apart in what a person wrote.

One character stands for one throughout, so that a place in the tokens is the place in the response.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from quizgen.errors import nearest
from quizgen.numbers.formulas import CONSTANTS, FUNCTIONS
from quizgen.numbers.reading import Unreadable, short
from quizgen.values import immutable
from quizgen.words import Value, joined, listed, say

MAX_DIGITS: Final = 30  # characters of one number


@immutable(kw_only=False)
class Token:
    """``kind``: number, symbol, function, raised, end, or the sign itself; ``text`` as the formula spells it."""

    kind: str
    text: str
    offset: int


class Refused(Exception):
    """What was written cannot be read as a formula."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.reason)
        self.why = why


def refused(reason: str, offset: int, hint: str, **told: Value) -> Refused:
    """What to raise: the names of the words that say why, with the character counted from 1, and what to write."""
    why = say("unread.at_character", reason=say(f"unread.{reason}", **told), character=str(offset + 1))
    return Refused(Unreadable(reason=why, offset=offset, hint=say(f"write.{hint}", **told)))


def tokens(text: str, symbols: Collection[str], *, decimal_comma: bool) -> Iterator[Token]:
    """The tokens of ``text``, but for spaces.  Raises: Refused at what is none, or could be two things."""
    spelt = text.translate(_SAME_AS)
    names = _Names(symbols)
    start = _start(spelt)
    for match in _TOKEN.finditer(_DECIMAL_COMMA.sub(".", spelt) if decimal_comma else spelt, start):
        offset, found = match.start(), match[0]
        match match.lastgroup:
            case "number":
                yield _number(found, names, offset)
            case "name":
                yield from _named(found, names, offset)
            case "raised":
                yield Token("raised", found.translate(_RAISED), offset)
            case "sign":
                yield Token("^" if found == "**" else found, found, offset)
            case "other":
                raise refused("not_of_a_formula", offset, _hint_for(found), found=short(found))


def symbol_faults(symbols: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each of ``symbols`` that could not be told from something else, with the reason."""
    seen: dict[str, str] = {}
    for symbol in symbols:
        plain = _plain(symbol)
        if not re.fullmatch(_NAME, symbol) or not symbol.isascii():
            yield symbol, f"{symbol!r} is no symbol; write a letter or the name of a Greek one: w, h_1, lambda"
        elif plain.lower() in {*FUNCTIONS, "log"}:
            yield symbol, f"{symbol!r} is the name of a function"
        elif plain in seen:
            yield symbol, f"{symbol!r} reads like {seen[plain]!r}"
        seen[plain] = symbol


# -- names -----------------------------------------------------------------------------------------------------------

_GREEK_NAMES: Final = (
    "α alpha, β beta, γ gamma, δ delta, ε epsilon, ϵ epsilon, ζ zeta, η eta, θ theta, ϑ theta, κ kappa, λ lambda, "
    "μ mu, ν nu, ξ xi, π pi, ρ rho, σ sigma, τ tau, φ phi, ϕ phi, χ chi, ψ psi, ω omega, Δ Delta, Σ Sigma, Ω Omega"
)
_GREEK: Final = {letter: name for letter, _, name in (pair.partition(" ") for pair in _GREEK_NAMES.split(", "))}
_SHORT: Final = {"lam": "lambda", "eps": "epsilon"}
_OTHER_NAMES: Final = {"sigma": "sigmoid", "logistic": "sigmoid", "logsig": "sigmoid"}
_SUBSCRIPTS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_LETTER: Final = f"[A-Za-z{''.join(_GREEK)}]"
_NAME: Final = rf"{_LETTER}+[0-9₀-₉]*(?:_(?:\{{[A-Za-z0-9]+\}}|[A-Za-z0-9]+))?"


def _plain(name: str) -> str:
    """A name without the ways in which it can be spelt: h₁, h_1, h_{1} and h1 are one, and so are λ, lam and lambda."""
    letters = "".join(_GREEK.get(sign, sign) for sign in name.translate(_SUBSCRIPTS) if sign not in "_{}")
    return _SHORT.get(letters, letters)


class _Names:
    """The symbols that a formula may use, by their plain spelling."""

    def __init__(self, symbols: Collection[str]) -> None:
        self.symbols: Mapping[str, str] = {_plain(symbol): symbol for symbol in symbols}

    def find(self, written: str) -> str | None:
        """The symbol, or else e or pi, that is written so."""
        plain = _plain(written)
        return self.symbols.get(plain) or (plain if plain in CONSTANTS else None)

    def split(self, written: str) -> list[tuple[str, ...]]:
        """The ways in which letters set side by side are symbols: wT as w, T; two ways are enough to know."""
        ways: list[list[tuple[str, ...]]] = [[()]]
        for end in range(1, len(written) + 1):
            found = [
                (*way, written[start:end])
                for start in range(end)
                if _plain(written[start:end]) in self.symbols
                for way in ways[start]
            ]
            ways.append(found[:2])
        return ways[-1]

    def unknown(self, written: str, offset: int) -> Refused:
        """Why no symbol is written so, with what may have been meant."""
        if written == "log":
            return refused("log_without_base", offset, "ln_or_log10")
        for function in sorted(FUNCTIONS, key=len, reverse=True):
            before = written.removesuffix(function)
            if before != written and self.split(before):
                product = f"{before}*{function}(…)"
                return refused("no_symbol", offset, "sign_before_function", found=short(written), product=product)
        twin = next((symbol for plain, symbol in self.symbols.items() if plain.lower() == _plain(written).lower()), "")
        if twin:
            return refused("no_symbol", offset, "other_case", found=short(written), symbol=repr(twin))
        known = [*self.symbols.values(), *(FUNCTIONS if len(written) > 2 else ())]
        near, names = listed(map(repr, nearest(written, known)), last="list.or"), ", ".join(known)
        hint = "did_you_mean" if near else "known"
        return refused("no_symbol", offset, hint, found=short(written), near=near, known=names)


# -- spellings -------------------------------------------------------------------------------------------------------

_SPACES = [*map(chr, range(0x2000, 0x200C)), *"\t\r\n\u00a0\u200e\u202f\u205f\u2060\u3000\ufeff"]
_SAME_AS: Final = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys("−–‐‑﹣－", "-"),
        **dict.fromkeys("·×⋅∙•∗✕⨯＊", "*"),
        **dict.fromkeys("÷∕⁄／", "/"),
        **dict.fromkeys("∣｜", "|"),
        **dict(zip("＾＋（）＝，µ", "^+()=,μ", strict=True)),
    }
)  # one character to one, so that an offset is the same before and after
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_TOKEN: Final = re.compile(
    rf"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>{_NAME})|(?P<raised>[⁻⁺]?[⁰¹²³⁴-⁹]+)"
    r"|(?P<sign>\*\*|[-+*/^()\[\]{}|√,;=])|(?P<space> +)|(?P<other>.)",
    re.DOTALL,
)
_DECIMAL_COMMA: Final = re.compile(r"(?<=[0-9]),(?=[0-9])")


def _start(text: str) -> int:
    """Where the formula begins: behind one equals sign, as in ``f = w^T``."""
    return text.index("=") + 1 if text.count("=") == 1 else 0


def _hint_for(sign: str) -> str:
    if sign == "\\":
        return "without_latex"
    return "derivative" if sign in "'′’∂" else "signs"


def _number(written: str, names: _Names, offset: int) -> Token:
    if len(written) > MAX_DIGITS:
        raise refused("long_number", offset, "fewer_digits", most=MAX_DIGITS)
    if "e" in written.lower() and "e" in names.symbols:
        raise refused("e_of_two_kinds", offset, "e_or_power", found=repr(written))
    return Token("number", written, offset)


def _named(written: str, names: _Names, offset: int) -> Iterator[Token]:
    """A symbol or a function; or several symbols set side by side, if there is just one way to tell them apart."""
    if found := names.find(written):
        yield Token("symbol", found, offset)
    elif function := _function(written):
        yield Token("function", function, offset)
    elif ways := names.split(written):
        if len(ways) > 1:
            meant = joined("list.or", map("*".join, ways))
            raise refused("two_ways", offset, "either", found=short(written), ways=meant)
        for piece in ways[0]:
            yield Token("symbol", names.symbols[_plain(piece)], offset)
            offset += len(piece)
    else:
        raise names.unknown(written, offset)


def _function(written: str) -> str | None:
    """The function that is called so: log₁₀, Tanh; σ is the logistic function where it is no symbol."""
    name = _plain(written)
    found = _OTHER_NAMES.get(name, name.lower())
    return found if found in FUNCTIONS else None
