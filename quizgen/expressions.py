"""The arithmetic that item templates may use: parsed once, then evaluated for all variants at once.

An expression is read with `ast`; every node is on a white list and becomes a closure over float64 arrays. Nothing of
Python is reachable: no strings, no attributes but measurements (``run.product_norm[T]``), no comprehension, no call but
of `FUNCTIONS`. What overflows is infinite and what is undefined is NaN, without a warning; whoever asks decides what to
do about it.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from quizgen.errors import did_you_mean
from quizgen.values import immutable

Array = NDArray[Any]
Kind = Literal["number", "truth"]
MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 40


class ExpressionFault(ValueError):
    """An expression that cannot be read: ``offset`` counts characters into its source."""

    def __init__(self, message: str, *, offset: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.offset, self.hint = message, offset, hint


class IndexedSeries(Protocol):
    """Anything whose entries can be read for all variants at once."""

    def at(self, index: NDArray[np.float64]) -> NDArray[np.float64]:
        """Entry ``index[v]`` of each variant v."""
        ...


# What an expression is evaluated over: numbers and truths as arrays over variants, runs as tables of measurements.
Environment = Mapping[str, Any]
_Closure = Callable[[Environment], Any]


@immutable
class Reference:
    """A measurement that an expression reads: ``run.quantity`` or ``run.quantity[index]``."""

    run: str
    quantity: str
    index: "Expression | None"
    offset: int


@immutable
class Expression:
    """A readable, checkable, callable formula; ``operations`` counts what a person would have to compute."""

    source: str
    kind: Kind
    names: Mapping[str, int]  # each name that is read, with the offset where it first stands
    references: tuple[Reference, ...]
    operations: int
    _closure: _Closure

    def __call__(self, environment: Environment) -> Array:
        """Evaluate over arrays; numbers come out as float64, truths as booleans.

        Raises: IndexError where an index is not whole or lies outside its series.
        """
        with np.errstate(all="ignore"):
            dtype = np.float64 if self.kind == "number" else np.bool_
            return np.asarray(self._closure(environment), dtype=dtype)


def _sigmoid(x: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-x))


# name -> (how many arguments, function)
FUNCTIONS: Final[Mapping[str, tuple[int, Callable[..., Array]]]] = {
    "abs": (1, np.abs),
    "sqrt": (1, np.sqrt),
    "exp": (1, np.exp),
    "ln": (1, np.log),
    "log10": (1, np.log10),
    "log2": (1, np.log2),
    "floor": (1, np.floor),
    "ceil": (1, np.ceil),
    "tanh": (1, np.tanh),
    "sigmoid": (1, _sigmoid),
    "arccos_degrees": (1, lambda x: np.degrees(np.arccos(x))),
    "arctan_degrees": (1, lambda x: np.degrees(np.arctan(x))),
    "min": (2, np.minimum),
    "max": (2, np.maximum),
    "hypot": (2, np.hypot),
}

_BINARY: Final[Mapping[type[ast.operator], Callable[..., Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.divide,
    ast.Pow: np.power,
    ast.Mod: np.mod,
    ast.FloorDiv: np.floor_divide,
}
_COMPARE: Final[Mapping[type[ast.cmpop], Callable[..., Any]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_CONSTANTS: Final[Mapping[str, float]] = {"pi": np.pi, "e": np.e}
RESERVED: Final = frozenset({*FUNCTIONS, *_CONSTANTS, "and", "or", "not", "if", "else", "to", "True", "False", "None"})


@lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """Read an expression; names are collected here and checked by whoever knows them.

    Raises: ExpressionFault at the first thing that is not on the white list.
    """
    if len(source) > MAX_LENGTH:
        raise ExpressionFault(
            f"{len(source)} characters", hint=f"an expression has at most {MAX_LENGTH}; name its parts"
        )
    text = source.strip()
    if not text:
        raise ExpressionFault("expected an expression, found nothing")
    try:
        tree = ast.parse(text.replace("\n", " "), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        offset = max((getattr(error, "offset", 1) or 1) - 1, 0)
        raise ExpressionFault(
            f"{text!r} is not an expression", offset=offset, hint="write it as in Python: 2 * x ** (1/10)"
        ) from None
    reader = _Reader(text)
    closure, kind = reader.read(tree, 0)
    return Expression(
        source=text,
        kind=kind,
        names=reader.names,
        references=tuple(reader.references),
        operations=reader.operations,
        _closure=closure,
    )


class _Reader:
    """Turns a syntax tree into closures, node by node, and notes what it reads."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.names: dict[str, int] = {}
        self.references: list[Reference] = []
        self.operations = 0

    def read(self, node: ast.expr, depth: int) -> tuple[_Closure, Kind]:
        if depth > MAX_DEPTH:
            raise self._fault(node, "nested too deeply", f"at most {MAX_DEPTH} levels; name its parts")
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self._constant(node, value), "number"
            case ast.Name(id=name):
                return self._name(node, name), "number"
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
                inner = self._number(operand, depth)
                return (lambda env: -inner(env)) if isinstance(sign, ast.USub) else inner, "number"
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                return self._binary(left, _BINARY[type(op)], right, depth), "number"
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._call(node, name, arguments, depth), "number"
            case ast.Attribute() | ast.Subscript():
                return self._measurement(node, depth), "number"
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._choice(test, body, orelse, depth), "number"
            case ast.Compare(left=left, ops=ops, comparators=comparators) if all(type(op) in _COMPARE for op in ops):
                return self._comparison([left, *comparators], [_COMPARE[type(op)] for op in ops], depth), "truth"
            case ast.BoolOp(op=op, values=values):
                combine = np.logical_and if isinstance(op, ast.And) else np.logical_or
                return self._combination(combine, values, depth), "truth"
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                truth = self._truth(operand, depth)
                return (lambda env: np.logical_not(truth(env))), "truth"
        raise self._fault(
            node,
            f"{ast.unparse(node)!r} is not allowed in an expression",
            "numbers, names, run.quantity[k], + - * / ** % //, comparisons, and/or/not, a if c else b, "
            f"and {', '.join(FUNCTIONS)}",
        )

    def _number(self, node: ast.expr, depth: int) -> _Closure:
        closure, kind = self.read(node, depth + 1)
        if kind != "number":
            raise self._fault(node, f"expected a number, found {ast.unparse(node)!r}", "use `a if condition else b`")
        return closure

    def _truth(self, node: ast.expr, depth: int) -> _Closure:
        if isinstance(node, ast.Name):  # a boolean computed earlier
            return self._name(node, node.id)
        closure, kind = self.read(node, depth + 1)
        if kind != "truth":
            raise self._fault(node, f"expected a condition, found {ast.unparse(node)!r}", "compare it: x > 0")
        return closure

    def _constant(self, node: ast.expr, value: float) -> _Closure:
        try:
            constant = np.float64(value)
        except OverflowError:
            raise self._fault(node, "this number is beyond 1.8e308") from None
        return lambda env: constant

    def _name(self, node: ast.expr, name: str) -> _Closure:
        if name in _CONSTANTS:
            constant = np.float64(_CONSTANTS[name])
            return lambda env: constant
        self.names.setdefault(name, node.col_offset)
        return lambda env: env[name]

    def _binary(self, left: ast.expr, op: Callable[..., Any], right: ast.expr, depth: int) -> _Closure:
        self.operations += 1
        first, second = self._number(left, depth), self._number(right, depth)
        return lambda env: op(first(env), second(env))

    def _call(self, node: ast.expr, name: str, arguments: list[ast.expr], depth: int) -> _Closure:
        if name not in FUNCTIONS:
            raise self._fault(node, f"no function named {name!r}", did_you_mean(name, FUNCTIONS))
        count, function = FUNCTIONS[name]
        if len(arguments) != count:
            raise self._fault(node, f"{name} takes {count} argument{'s'[: count - 1]}, found {len(arguments)}")
        self.operations += 1
        closures = [self._number(argument, depth) for argument in arguments]
        return lambda env: function(*(closure(env) for closure in closures))

    def _measurement(self, node: ast.expr, depth: int) -> _Closure:
        match node:
            case ast.Attribute(value=ast.Name(id=run), attr=quantity):
                index = None
            case ast.Subscript(value=ast.Attribute(value=ast.Name(id=run), attr=quantity), slice=position):
                index = self._index(position, depth)
            case _:
                raise self._fault(
                    node, f"{ast.unparse(node)!r} is not a measurement", "write run.quantity or run.quantity[k]"
                )
        self.references.append(Reference(run=run, quantity=quantity, index=index, offset=node.col_offset))
        if index is None:
            return lambda env: env[run][quantity]
        return lambda env: env[run][quantity].at(np.asarray(index(env), dtype=np.float64))

    def _index(self, node: ast.expr, depth: int) -> Expression:
        inner = _Reader(self.source)
        closure = inner._number(node, depth)
        for name, offset in inner.names.items():
            self.names.setdefault(name, offset)
        if inner.references:
            raise self._fault(node, "an index cannot be a measurement", "name it under compute first")
        return Expression(
            source=ast.unparse(node),
            kind="number",
            names=inner.names,
            references=(),
            operations=inner.operations,
            _closure=closure,
        )

    def _choice(self, test: ast.expr, body: ast.expr, orelse: ast.expr, depth: int) -> _Closure:
        condition = self._truth(test, depth)
        first, second = self._number(body, depth), self._number(orelse, depth)
        return lambda env: np.where(condition(env), first(env), second(env))

    def _comparison(self, operands: list[ast.expr], ops: list[Callable[..., Any]], depth: int) -> _Closure:
        closures = [self._number(operand, depth) for operand in operands]

        def compare(env: Environment) -> Array:
            values = [closure(env) for closure in closures]
            pairs = zip(ops, values[:-1], values[1:], strict=True)
            return np.asarray(np.logical_and.reduce(np.broadcast_arrays(*(op(a, b) for op, a, b in pairs))))

        return compare

    def _combination(self, combine: Callable[..., Any], values: list[ast.expr], depth: int) -> _Closure:
        closures = [self._truth(value, depth) for value in values]

        def decide(env: Environment) -> Array:
            decided = closures[0](env)
            for closure in closures[1:]:
                decided = combine(decided, closure(env))
            return np.asarray(decided)

        return decide

    def _fault(self, node: ast.expr, message: str, hint: str = "") -> ExpressionFault:
        return ExpressionFault(message, offset=node.col_offset, hint=hint)
