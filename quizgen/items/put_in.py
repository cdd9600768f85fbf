"""An expression with its values put in: ``first ** (1/10)`` as ``0.0951 ** (1/10)``."""

import ast
from collections.abc import Callable, Iterator

from quizgen.expressions import RESERVED


def put_in(source: str, value_of: Callable[[str], str]) -> str:
    """``source`` with each name and each measurement replaced by what ``value_of`` says of it.

    A negative value is put into parentheses.
    >>> put_in("a - b * run.norm[T]", {"a": "2", "b": "-0.5", "run.norm[T]": "3"}.get)
    '2 - (-0.5) * 3'
    """
    text = source.strip().replace("\n", " ")
    spans = sorted(_spans(ast.parse(text, mode="eval").body), reverse=True)
    written = text.encode()  # ast counts bytes
    for start, end in spans:
        value = value_of(written[start:end].decode())
        spelt = f"({value})" if value.startswith("-") and (start, end) != (0, len(written)) else value
        written = written[:start] + spelt.encode() + written[end:]
    return written.decode()


def _spans(node: ast.AST) -> Iterator[tuple[int, int]]:
    """Where the names and measurements of an expression stand; what is inside a measurement belongs to it."""
    is_name = isinstance(node, ast.Name) and node.id not in RESERVED
    if is_name or isinstance(node, ast.Subscript | ast.Attribute):
        assert isinstance(node, ast.expr)  # noqa: S101  (so it has a place)
        yield node.col_offset, node.end_col_offset or node.col_offset
        return
    for child in ast.iter_child_nodes(node):
        yield from _spans(child)
