"""Formulas for Typst: the MathML tree that HTML shows, as lists of words and lists that `maths.typ` draws.

Each node is a list that begins with its kind: ``["frac", over, under]``. No LaTeX and no Typst code is passed on, so
whatever an author wrote is drawn as characters. Spacing is left to Typst, which follows the same rules as TeX.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree as ET

from quizgen.blocks import MathsNode, Slot
from quizgen.numbers.printing import Number
from quizgen.numbers.spelling import Context, to_mathml
from quizgen.prose.contexts import is_blank

Node = list[Any]  # kind, then what that kind takes: words, nodes, lists of nodes
Printed = Mapping[str, tuple[Number, Context]]  # what stands for each slot's character

DEEPEST: Final = 24  # nodes within nodes that Typst draws; deeper formulas are told in words

_INVISIBLE: Final = frozenset("\u2061\u2062\u2063\u2064")
_VARIATION_SELECTORS: Final = str.maketrans("", "", "\ufe00\ufe01")
_FENCES: Final = frozenset("()[]{}‖|∣∥⟨⟩⌈⌉⌊⌋⟦⟧⎰⎱") | _INVISIBLE
_SIGNS: Final = frozenset("+-−±∓")
_ACCENTS: Final = {
    "ˆ": "\u0302", "^": "\u0302", "¯": "\u0304", "ˉ": "\u0304", "⃗": "\u20d7", "→": "\u20d7", "˜": "\u0303",
    "~": "\u0303", "˙": "\u0307", "¨": "\u0308", "˘": "\u0306", "ˇ": "\u030c", "´": "\u0301", "`": "\u0300",
    "˚": "\u030a", "⃛": "\u20db", "⃜": "\u20dc",
}  # fmt: skip
_LINES: Final = {"\u0332": "overline", "‾": "overline", "_": "overline", "⏞": "overbrace", "⏟": "underbrace"}
_SPACE_AROUND_NAMES: Final = "0.1667em"  # the converter's own space beside tanh; Typst has its own


def formula(tree: MathsNode, slots: Mapping[str, Slot], numbers: Mapping[str, Number]) -> Node:
    """The tree with its numbers, each spelt for its place."""
    printed = {character: (numbers[slot.name], slot.context) for character, slot in slots.items()}
    return _node(tree, printed)


def depth(node: Node) -> int:
    """How many nodes lie within each other."""
    deepest = 0
    waiting: list[tuple[Any, int]] = [(node, 1)]
    while waiting:
        inner, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in inner if isinstance(child, list)]
    return deepest


def _node(node: MathsNode, printed: Printed) -> Node:
    if node.text in printed:
        number, context = printed[node.text]
        return _node(_number(number.printed, context), {})
    draw = _BY_TAG.get(node.tag)
    if draw is not None:
        return draw(node, printed)
    return _row(node.children, printed) if node.children else ["text", node.text]


@lru_cache(maxsize=4096)
def _number(text: str, context: Context) -> MathsNode:
    """A printed number as the tree that HTML shows."""
    return _tree(ET.fromstring(to_mathml(text, context)))  # noqa: S314 - our own markup


def _tree(element: ET.Element) -> MathsNode:
    children = tuple(map(_tree, element))
    return MathsNode(element.tag, tuple(element.attrib.items()), children, element.text or "")


def _nodes(nodes: Sequence[MathsNode], printed: Printed) -> Iterator[Node]:
    """The nodes of a row that are seen."""
    for node in nodes:
        if node.text in _INVISIBLE:
            continue
        drawn = _node(node, printed)
        if drawn != ["row", []]:
            yield drawn


def _row(children: Sequence[MathsNode], printed: Printed) -> Node:
    drawn = list(_nodes(children, printed))
    if len(children) > 1 and _stretches(children[0]) and _stretches(children[-1]):
        return ["fenced", drawn]
    return drawn[0] if len(drawn) == 1 else ["row", drawn]


def _stretches(node: MathsNode) -> bool:
    r"""Whether ``node`` is a fence that grows with what it encloses: LaTeX's \left and \right."""
    sized = {"stretchy", "minsize"} & {name for name, _ in node.attributes}
    return node.tag == "mo" and node.text in _FENCES and not sized


def _operator(node: MathsNode, printed: Printed) -> Node:
    del printed
    attributes = dict(node.attributes)
    text = node.text.translate(_VARIATION_SELECTORS)
    if "minsize" in attributes and text in _FENCES:
        return ["sized", text, attributes["minsize"]]
    return ["operator", text, _class(text, attributes)] if len(text) == 1 else ["word", text, "relation"]


def _class(text: str, attributes: Mapping[str, str]) -> str:
    """How Typst is to space an operator; "" leaves it to the character."""
    form = attributes.get("form", "")
    if text in _SIGNS:
        return "unary" if form == "prefix" else ""
    if text in "‖|∣∥" and form:
        return "opening" if form == "prefix" else "closing"
    is_tight = attributes.get("lspace") == "0" and attributes.get("rspace") == "0"
    return "normal" if text == "/" or (is_tight and text not in _FENCES - {"|", "‖"}) else ""


def _identifier(node: MathsNode, printed: Printed) -> Node:
    del printed
    text = node.text.translate(_VARIATION_SELECTORS)
    if len(text) > 1:
        return ["name", text]
    return ["upright" if ("mathvariant", "normal") in node.attributes else "letter", text]


def _words(node: MathsNode, printed: Printed) -> Node:
    del printed
    return ["text", node.text]


def _space(node: MathsNode, printed: Printed) -> Node:
    del printed
    attributes = dict(node.attributes)
    width = attributes.get("width", attributes.get("style", "").removeprefix("margin-left:").rstrip(";"))
    if not width or width == _SPACE_AROUND_NAMES:
        return ["row", []]
    return ["space", float(width.removesuffix("em"))] if width.endswith("em") else ["row", []]


def _fraction(node: MathsNode, printed: Printed) -> Node:
    over, under = (_node(child, printed) for child in node.children)
    if ("linethickness", "0") in node.attributes:
        return ["stack", over, under]
    return ["frac", over, under, dict(node.attributes).get("displaystyle", "")]


def _root(node: MathsNode, printed: Printed) -> Node:
    if node.tag == "msqrt":
        return ["root", None, _row(node.children, printed)]
    body, index = (_node(child, printed) for child in node.children)
    return ["root", index, body]


def _scripts(node: MathsNode, printed: Printed) -> Node:
    base, *scripts = (_node(child, printed) for child in node.children)
    below = scripts[0] if node.tag != "msup" else None
    above = scripts[-1] if node.tag != "msub" else None
    return ["scripts", base, below, above]


def _limits(node: MathsNode, printed: Printed) -> Node:
    """Something below or above: a limit, an accent, a line or a brace."""
    base, *scripts = node.children
    mark = scripts[0].text
    if len(scripts) == 1 and mark in _LINES and scripts[0].tag == "mo":
        line = "underline" if node.tag == "munder" and _LINES[mark] == "overline" else _LINES[mark]
        return [line, _node(base, printed), None]
    accent = mark if len(mark) == 1 and unicodedata.combining(mark) else _ACCENTS.get(mark)
    if node.tag == "mover" and ("accent", "true") in node.attributes and accent:
        return ["accent", _node(base, printed), accent]
    drawn = _node(base, printed)
    below = _node(scripts[0], printed) if node.tag != "mover" else None
    above = _node(scripts[-1], printed) if node.tag != "munder" else None
    if drawn[0] in ("underbrace", "overbrace"):
        return [drawn[0], drawn[1], below or above]
    return ["limits", drawn, below, above]


def _table(node: MathsNode, printed: Printed) -> Node:
    """A matrix, cases or lines of an equation: rows of cells, each a node and the side that it is set to."""
    rows = [[[_row(cell.children, printed), _side(cell)] for cell in row.children] for row in node.children]
    cells = [cell for row in node.children for cell in row.children]
    is_joined = any("padding-left: 0" in dict(cell.attributes).get("style", "") for cell in cells)
    return ["lines" if is_joined else "matrix", rows]


def _side(cell: MathsNode) -> str:
    style = dict(cell.attributes).get("style", "")
    return next((side for side in ("left", "right") if f"text-align: {side}" in style), "centre")


def _enclosed(node: MathsNode, printed: Printed) -> Node:
    kind = "box" if dict(node.attributes).get("notation", "") == "box" else "cancel"
    return [kind, _row(node.children, printed)]


def _hidden(node: MathsNode, printed: Printed) -> Node:
    return ["hidden", _row(node.children, printed)]


def _empty_or_row(node: MathsNode, printed: Printed) -> Node:
    return ["row", []] if is_blank(node) and not _has_width(node) else _row(node.children, printed)


def _has_width(node: MathsNode) -> bool:
    return _space(node, {}) != ["row", []] or any(map(_has_width, node.children))


_BY_TAG: Final = {
    "math": _empty_or_row,
    "mrow": _empty_or_row,
    "mstyle": _empty_or_row,
    "mpadded": _empty_or_row,
    "mi": _identifier,
    "mn": _words,
    "mtext": _words,
    "mo": _operator,
    "mspace": _space,
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    "msub": _scripts,
    "msup": _scripts,
    "msubsup": _scripts,
    "munder": _limits,
    "mover": _limits,
    "munderover": _limits,
    "mtable": _table,
    "menclose": _enclosed,
    "mphantom": _hidden,
}
