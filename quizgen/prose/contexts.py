"""What surrounds each value of a formula, read from its MathML tree: this decides the value's parentheses."""

import re
from collections.abc import Iterator
from typing import Final

from quizgen.blocks import MathsNode
from quizgen.numbers.spelling import Context
from quizgen.texts import FIRST_SLOT, LAST_SLOT

SLOT: Final = re.compile(f"[{chr(FIRST_SLOT)}-{chr(LAST_SLOT)}]")

ROWS: Final = frozenset({"math", "mrow", "mstyle", "msqrt", "mtd", "menclose", "mpadded", "mphantom"})
_POWERS: Final = frozenset({"msup", "msubsup"})
_DECORATED: Final = frozenset({"msub", "munder", "mover", "munderover"})
_APPLY_FUNCTION: Final = "\u2061"
_DIVISIONS: Final = frozenset("/÷∕") | {_APPLY_FUNCTION}  # tanh 3×10⁻² needs parentheses just as 1/3×10⁻² does
_OPERATIONS: Final = frozenset("+-−±∓×·⋅∗*∘⊙⊗⊕\u2062")
CLOSING: Final = frozenset(")]}⟩⌉⌋")


def slot_contexts(tree: MathsNode) -> dict[str, Context]:
    """The context of each slot's character in a formula."""
    return dict(_contexts(tree, "atom"))


def is_blank(node: MathsNode) -> bool:
    """Whether nothing of ``node`` is seen: a space, or a row of nothing else."""
    if node.tag in ROWS:
        return all(is_blank(child) for child in node.children)
    return node.tag == "mspace" or (node.tag == "mo" and node.text == "\u2063")


def _contexts(node: MathsNode, context: Context) -> Iterator[tuple[str, Context]]:
    """``context`` is what the surroundings of ``node`` ask of a value that begins it."""
    if SLOT.fullmatch(node.text):
        yield node.text, context
    elif node.tag in ROWS:
        yield from _in_row(node.children, context if node.tag == "mrow" else "atom")
    elif node.tag in _POWERS or node.tag in _DECORATED:
        raised = node.tag in _POWERS and not is_blank(node.children[-1])
        yield from _contexts(node.children[0], "base" if raised else context)
        for script in node.children[1:]:
            yield from _contexts(script, "atom")
    else:
        for child in node.children:
            yield from _contexts(child, "atom")


def _in_row(children: tuple[MathsNode, ...], context: Context) -> Iterator[tuple[str, Context]]:
    for child in children:
        yield from _contexts(child, context)
        if not is_blank(child):
            context = _context_after(child)


def _context_after(node: MathsNode) -> Context:
    if node.tag == "mtext":
        return "atom"
    if node.tag == "mrow" and node.children:
        return _context_after(node.children[-1])
    if node.tag != "mo":
        return "operand"  # a product without a sign: x (−0.5)
    if node.text in _DIVISIONS:
        return "divisor"
    closes = node.text in CLOSING or ("form", "postfix") in node.attributes
    return "operand" if closes or node.text in _OPERATIONS else "atom"
