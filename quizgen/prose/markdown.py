"""The Markdown of authors' texts: CommonMark with tables and dollar maths, and no HTML."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar


def read_markdown(text: str) -> SyntaxTreeNode:
    """The tree of ``text``; each formula is a node ``math_inline``, ``math_inline_double`` or ``math_block``."""
    return SyntaxTreeNode(_PARSER.parse(text))


class _AnyLink(MarkdownIt):
    """Reads a link to anywhere as a link, so that one which is not allowed can be named as a fault."""

    def validateLink(self, url: str) -> bool:
        del url
        return True


def _make_parser() -> MarkdownIt:
    parser = _AnyLink("commonmark", {"html": False}).enable("table")
    parser.use(dollarmath_plugin, allow_labels=False, allow_digits=False, allow_blank_lines=False, double_inline=True)
    parser.block.ruler.at("math_block", _display_maths, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.before("inline", "end_in_space", _end_in_space)
    return parser


def _display_maths(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """The plug-in's rule, made able to follow a line of words: when asked whether it applies, it only answers."""
    if silent:
        return state.src.startswith("$$", state.bMarks[start] + state.tShift[start])
    return _DISPLAY_MATHS(state, start, end, silent)


def _end_in_space(state: StateCore) -> None:
    """Keep the plug-in from taking a text's last character for the one before its first, as in ``$x$ in 2020``."""
    for token in state.tokens:
        if token.type == "inline":
            token.content += " "


_DISPLAY_MATHS: Final = math_block_dollar(allow_labels=False, allow_blank_lines=False)
_PARSER: Final = _make_parser()
