"""The way to a key: what a student computes, and which printed numbers go into it."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from quizgen.expressions import RESERVED, Expression
from quizgen.values import immutable


@immutable
class Way:
    """How many operations lead to the keys of a part, and from which names that are not computed themselves."""

    operations: int
    sources: frozenset[str]


@immutable
class Steps:
    """What names are computed from, which arguments runs have, and how a condition of this variant turns out."""

    computed: Mapping[str, Expression]
    arguments: Mapping[str, tuple[Expression, ...]]
    decide: Callable[[str], bool]


def way_to(keys: Iterable[str], steps: Steps) -> Way:
    """Follow the expressions ``keys`` back to what the page prints.

    An operation is a sign of arithmetic or a function; each named step counts once, and of ``a if c else b`` only the
    branch that is taken. A measurement that a student works out counts as one, and its run's arguments are on the way.
    """
    operations = 0
    sources: set[str] = set()
    seen: set[str] = set()
    waiting = list(keys)
    while waiting:
        for node in _taken(_tree(waiting.pop()), steps.decide):
            operations += isinstance(node, ast.BinOp | ast.Call | ast.Attribute)
            if not isinstance(node, ast.Name) or node.id in seen or node.id in RESERVED:
                continue
            seen.add(node.id)
            if node.id in steps.computed:
                waiting.append(steps.computed[node.id].source)
            elif node.id in steps.arguments:
                waiting += [argument.source for argument in steps.arguments[node.id]]
            else:
                sources.add(node.id)
    return Way(operations=operations, sources=frozenset(sources))


def _taken(node: ast.AST, decide: Callable[[str], bool]) -> Iterator[ast.AST]:
    """The nodes of an expression, without the branches that are not taken; of an index only its names."""
    if isinstance(node, ast.IfExp):
        yield from _taken(node.body if decide(ast.unparse(node.test)) else node.orelse, decide)
        return
    if isinstance(node, ast.Subscript):
        yield from (inner for inner in ast.walk(node.slice) if isinstance(inner, ast.Name))
        yield from _taken(node.value, decide)
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _taken(child, decide)


@lru_cache(maxsize=4096)
def _tree(source: str) -> ast.AST:
    return ast.parse(source.strip().replace("\n", " "), mode="eval").body
