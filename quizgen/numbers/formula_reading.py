"""What a person wrote, read as a formula in named symbols; or the reason why it cannot be read, with place and hint.

Read are ``^`` and ``**``, · × ∗, − and –, superscripts, √, |x|, Greek letters or their names (λ, lambda), functions
with or without parentheses (tanh²(a), tanh a), products without a sign (2w, w(1-h)), and the right of one ``=``.
What could mean two formulas (1/2w, w^2T, tanh a b) is unreadable, which is never scored as wrong.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from quizgen.numbers.formula_tokens import Refused, Token, refused, tokens
from quizgen.numbers.formulas import FUNCTIONS, Call, Constant, Formula, Negative, Operation, Sign, Symbol
from quizgen.numbers.reading import Unreadable, short

MAX_LENGTH: Final = 300  # characters
MAX_DEPTH: Final = 30  # parentheses, signs and powers inside one another
_CLOSES: Final = {"(": ")", "[": "]", "{": "}"}
_DOUBTS: Final = {"power": "behind_power", "root": "behind_root", "function": "behind_function"}


def read_formula(text: str, symbols: Collection[str], *, decimal_comma: bool = False) -> Formula | Unreadable:
    """Read a formula in ``symbols``, e and pi, whatever the text; nothing is raised.

    ``decimal_comma``: 0,5 is one half; arguments are then separated by ``;`` or by a comma and a space.
    """
    try:
        if len(text) > MAX_LENGTH:
            raise refused("too_long", MAX_LENGTH, "one_formula", most=MAX_LENGTH)
        found = list(tokens(text, symbols, decimal_comma=decimal_comma))
        return _Reader(found, end=len(text.rstrip())).formula()
    except Refused as error:
        return error.why


class _Reader:
    """Descends through sums, products, powers and atoms; ``depth`` counts what stands inside one another."""

    def __init__(self, tokens: Sequence[Token], *, end: int) -> None:
        self.tokens = [*tokens, Token("end", "", end)]
        self.place = 0
        self.depth = 0
        self.pipes = 0  # open | that may be closed here
        self.open_end = ""  # why a factor that follows without a sign could belong to what was just read

    def formula(self) -> Formula:
        if self.next.kind == "end":
            raise refused("no_formula", self.next.offset, "formula_such_as")
        found = self._sum()
        token = self.next
        if token.kind in (")", "]", "}"):
            raise refused("closes_nothing", token.offset, "open_it_before", found=repr(token.text))
        if token.kind == "=":
            raise refused("two_equals_signs", token.offset, "one_formula")
        if token.kind in (",", ";"):
            raise refused("outside_a_function", token.offset, "point_in_formula", found=repr(token.text))
        if token.kind != "end":
            raise refused("unexpected", token.offset, "sign_before_it", found=repr(token.text))
        return found

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def _take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise refused("nested", self.next.offset, "levels", most=MAX_DEPTH)

    def _sum(self) -> Formula:
        found = self._signed(self._product)
        while self.next.kind in ("+", "-"):
            sign: Sign = "+" if self._take().kind == "+" else "-"
            found = Operation(sign, found, self._product())
        return found

    def _signed(self, read: Callable[[], Formula]) -> Formula:
        """What ``read`` reads, with at most one sign before it."""
        if self.next.kind not in ("+", "-"):
            return read()
        sign = self._take()
        return Negative(read()) if sign.kind == "-" else read()

    def _product(self) -> Formula:
        found = self._power()
        divided = False
        while True:
            if self.next.kind in ("*", "/"):
                self._check_argument_ends()
                divided = self.next.kind == "/"
                sign: Sign = "/" if self._take().kind == "/" else "*"
                found = Operation(sign, found, self._signed(self._power))
            elif self._begins_factor():
                self._check_no_doubt(divided=divided)
                found = Operation("*", found, self._power())
            else:
                return found

    def _begins_factor(self) -> bool:
        is_pipe = self.next.kind == "|" and not self.pipes
        return is_pipe or self.next.kind in ("number", "symbol", "function", "√", *_CLOSES)

    def _check_argument_ends(self) -> None:
        """Whether ln a/b is (ln a)/b or ln(a/b) cannot be told; ln a/ln b is clear."""
        if self.open_end == "function" and self.tokens[self.place + 1].kind != "function":
            raise refused("end_of_argument", self.next.offset, "argument_of_ln", sign=self.next.text)

    def _check_no_doubt(self, *, divided: bool) -> None:
        """A factor without a sign before it must have one meaning."""
        token = self.next
        what = short(token.text)
        if token.kind == "number":
            raise refused("without_sign", token.offset, "product_or_power", found=what)
        if divided:
            raise refused("below_the_line", token.offset, "below_the_line", found=what)
        if self.open_end and not (self.open_end == "power" and token.kind == "("):
            doubt = _DOUBTS[self.open_end]
            raise refused(doubt, token.offset, doubt, found=what)

    def _power(self) -> Formula:
        base = self._atom()
        if self.next.kind not in ("^", "raised"):
            return base
        if self.open_end:
            raise refused("power_of_what", self.next.offset, "power_of_function")
        if self.next.kind == "raised":
            found = Operation("^", base, self._raised())
        else:
            self._take()
            found = Operation("^", base, self._signed(self._atom))
            is_closed = self.tokens[self.place - 1].kind in _CLOSES.values()
            self.open_end = "" if is_closed else "power"
        if self.next.kind in ("^", "raised"):
            raise refused("power_of_what", self.next.offset, "power_of_power")
        return found

    def _raised(self) -> Formula:
        digits = self._take().text
        number = Constant(digits.lstrip("+-"))
        return Negative(number) if digits.startswith("-") else number

    def _atom(self) -> Formula:
        token = self._take()
        self.open_end = ""
        match token.kind:
            case "number":
                return Constant(token.text.lower())
            case "symbol":
                return Symbol(token.text)
            case "(" | "[" | "{":
                return self._inside(token, _CLOSES[token.kind])
            case "|":
                return self._between_pipes(token)
            case "√":
                return Call("sqrt", (self._bare(token),))
            case "function":
                return self._call(token)
            case "end":
                raise refused("breaks_off", token.offset, "finish")
            case _:
                raise refused("no_factor", token.offset, "factor_before_it", found=repr(token.text))

    def _inside(self, opening: Token, closing: str) -> Formula:
        self._deeper()
        pipes, self.pipes = self.pipes, 0
        found = self._sum()
        self._close(opening, closing)
        self.pipes = pipes
        return found

    def _between_pipes(self, opening: Token) -> Formula:
        self._deeper()
        self.pipes += 1
        found = self._sum()
        self.pipes -= 1
        self._close(opening, "|")
        return Call("abs", (found,))

    def _close(self, opening: Token, closing: str) -> None:
        if self.next.kind == "end":
            raise refused("never_closed", opening.offset, "where_it_ends", found=repr(opening.text), mark=closing)
        if self.next.kind != closing:
            found, mark = short(self.next.text), repr(closing)
            raise refused("expected_mark", self.next.offset, "close_first", found=found, mark=mark)
        self._take()
        self.depth -= 1
        self.open_end = ""

    def _bare(self, function: Token) -> Formula:
        """The one thing that a function without parentheses stands before: tanh a, √2."""
        token = self.next
        if token.kind in _CLOSES:
            return self._inside(self._take(), _CLOSES[token.kind])
        if token.kind not in ("number", "symbol"):
            raise _of_what(function, "(…)")
        found = self._atom()
        self.open_end = "root" if function.kind == "√" else "function"
        return found

    def _call(self, function: Token) -> Formula:
        if FUNCTIONS[function.text].most > 1:
            return self._call_of_several(function)
        exponent = self._exponent_of_function(function)
        argument = self._bare(function)
        found: Formula = Call(function.text, (argument,))
        return Operation("^", found, exponent) if exponent else found

    def _exponent_of_function(self, function: Token) -> Formula | None:
        """The power of a function that is written before its argument: tanh²(a), tanh^2(a)."""
        if self.next.kind == "^":
            if self.tokens[self.place + 1].kind != "number":
                raise refused("power_of_what", self.next.offset, "this", formula=f"{function.text}(…)^2")
            self._take()
            return Constant(self._take().text.lower())
        if self.next.kind != "raised":
            return None
        if self.next.text.startswith("-"):
            raise refused("inverse_of_two_kinds", self.next.offset, "this", formula=f"1/{function.text}(…)")
        return self._raised()

    def _call_of_several(self, function: Token) -> Formula:
        if self.next.kind != "(":
            raise _of_what(function, "(…, …)")
        opening = self._take()
        self._deeper()
        pipes, self.pipes = self.pipes, 0
        arguments = [self._sum()]
        while self.next.kind in (",", ";"):
            self._take()
            arguments.append(self._sum())
        self._close(opening, ")")
        self.pipes = pipes
        taken = FUNCTIONS[function.text]
        if not taken.least <= len(arguments) <= taken.most:
            told = {"count": str(len(arguments)), "least": str(taken.least), "most": str(taken.most)}
            raise refused("arguments", function.offset, "arguments", function=function.text, **told)
        return Call(function.text, tuple(arguments))


def _of_what(function: Token, arguments: str) -> Refused:
    written = function.text + arguments
    return refused("of_what", function.offset, "this", found=repr(function.text), formula=written)
