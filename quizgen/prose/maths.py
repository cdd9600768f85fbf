"""LaTeX formulas to trees of presentation MathML: the only module that knows the converter and its limits."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import XMLParser

from math_core import LatexError, LatexToMathML

from quizgen.blocks import Maths, MathsNode
from quizgen.prose.contexts import CLOSING, SLOT
from quizgen.prose.limits import refusal
from quizgen.texts import TextFault

MAX_TREE_DEPTH: Final = 250

_CONVERTER: Final = LatexToMathML(fancy_error=False, unicode_substitution="conventional")
_ENTITY: Final = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)[A-Za-z]+;")
_TEXT: Final = re.compile(r"(?P<command>\\text(?:rm|it|bf|sf|tt|normal)?)\{(?P<words>[^{}]*)\}")
_SLOT: Final = SLOT.pattern
_RANGE: Final = _SLOT.strip("[]")
# A value right after one of these is taken as an argument, of which LaTeX would see only the first digit.
_BARE_ARGUMENT: Final = re.compile(rf"(?:(?<=[_^}}\]{_RANGE}])\s*|(?P<command>\\[A-Za-z]+\s*))(?P<value>{_SLOT})")
_SIGNS: Final = frozenset("+-−±∓")
_TAKES_NONE: Final = re.compile(
    r"\\(?:approx|simeq|sim|cong|equiv|ne|neq|le|leq|ge|geq|lt|gt|ll|gg|propto|in|to|mapsto|rightarrow|"
    r"Rightarrow|implies|iff|times|cdot|div|pm|mp|odot|ast|circ|quad|qquad|left|right|big|Big|bigl|bigr|"
    r"Bigl|Bigr|mid|lvert|rvert|lVert|rVert|lbrace|rbrace|langle|rangle|cdots|ldots|dots|partial|nabla|"
    r"infty|sum|prod|log|ln|exp|tanh|sin|cos|min|max)\s*"
)


class MathsFault(ValueError):
    """A formula that cannot be converted; ``fault.offset`` counts from the formula's first character."""

    def __init__(self, fault: TextFault) -> None:
        self.fault = fault
        super().__init__(fault.message)


@lru_cache(maxsize=4096)
def to_maths(latex: str, *, display: bool = False) -> Maths:
    r"""Convert the LaTeX between dollar signs; ``display`` is for a formula on a line of its own.

    The tree's root is ``math``. In the LaTeX of the result values stand outside ``\text{}``, and in braces where a
    command takes them as its argument, so that any spelling of a number can be put in their place.

    Raises: MathsFault with the offset in ``latex``.
    """
    if fault := refusal(latex):
        raise MathsFault(fault)
    _to_mathml(latex, display=display)  # what is wrong is reported at its place in what the author wrote
    fillable = _make_fillable(latex)
    tree = _read_tree(_to_mathml(fillable, display=display))
    for node in _nodes(tree):
        if SLOT.search(node.text) and len(node.text) > 1:
            hint = "write the value outside the command that sets letters upright or bold"
            raise MathsFault(TextFault(0, "a value in the middle of a formula's letters", hint))
    return Maths(fillable, tree)


def _to_mathml(latex: str, *, display: bool) -> str:
    try:
        return _CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        offset, _, message = str(error).partition(": ")
        hint = "is it misspelt? LaTeX's own mathematics is known, but no packages" if "Unknown" in message else ""
        raise MathsFault(TextFault(int(offset), f"formula: {message}", hint)) from None


def _make_fillable(latex: str) -> str:
    r"""The same formula with its values outside ``\text{}``, and in braces where a command takes them."""
    return _BARE_ARGUMENT.sub(_in_braces, _TEXT.sub(_step_out, latex))


def _step_out(text: re.Match[str]) -> str:
    if not SLOT.search(text["words"]):
        return text[0]
    pieces = re.split(f"({_SLOT})", text["words"])
    return "{" + "".join(p if SLOT.match(p) else f"{text['command']}{{{p}}}" for p in pieces if p) + "}"


def _in_braces(argument: re.Match[str]) -> str:
    if argument["command"] and _TAKES_NONE.fullmatch(argument["command"]):
        return argument[0]
    return f"{argument['command'] or ''}{{{argument['value']}}}"


def _read_tree(markup: str) -> MathsNode:
    """The converter's markup as a tree. Built without recursion, since depth is what it guards against."""
    builder = _TreeBuilder()
    parser = XMLParser(target=builder)  # noqa: S314 - markup that our own converter wrote
    parser.feed(_ENTITY.sub(lambda entity: html.unescape(entity[0]), markup))
    parser.close()
    return builder.tree


class _TreeBuilder:
    """Collects the events of an XML parser into nodes."""

    def __init__(self) -> None:
        self._open: list[tuple[str, tuple[tuple[str, str], ...], list[MathsNode], list[str]]] = [("", (), [], [])]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) > MAX_TREE_DEPTH:
            raise MathsFault(TextFault(0, "a formula nested too deeply", "split it"))
        self._open.append((tag, tuple(attributes.items()), [], []))

    def data(self, text: str) -> None:
        self._open[-1][3].append(text)

    def end(self, _tag: str) -> None:
        tag, attributes, children, text = self._open.pop()
        self._open[-1][2].append(MathsNode(tag, attributes, _mark_signs(children), "".join(text)))

    @property
    def tree(self) -> MathsNode:
        """The root."""
        return self._open[0][2][0]


def _mark_signs(children: Sequence[MathsNode]) -> tuple[MathsNode, ...]:
    """Say of each sign that begins a term that it does; else a minus after a parenthesis is set as an operation."""
    return tuple(
        replace(child, attributes=(("form", "prefix"), *child.attributes))
        if child.tag == "mo" and child.text in _SIGNS and (i == 0 or _opens(children[i - 1]))
        else child
        for i, child in enumerate(children)
    )


def _opens(before: MathsNode) -> bool:
    return before.tag == "mo" and before.text not in CLOSING and ("form", "postfix") not in before.attributes


def _nodes(tree: MathsNode) -> Iterator[MathsNode]:
    yield tree
    for child in tree.children:
        yield from _nodes(child)
