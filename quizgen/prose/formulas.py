"""A formula as one line of Unicode that reads aloud: ``‖∂h_10/∂h_0‖₂ = 0.031``, ``r = 0.93^(1/10)``, ``σ′(x)``."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from quizgen.blocks import MathsNode
from quizgen.numbers.spelling import superscript
from quizgen.prose.contexts import SLOT, is_blank

# What the slots' characters stand for in one variant.
Spellings = Mapping[str, str]
_Children = tuple[MathsNode, ...]

_WHOLE: Final = re.compile(r"[-−]?[0-9]+")
_SIMPLE: Final = re.compile(r"[−-]?[0-9.]+|[\w.′⊤]+|\([^()]*\)")
_LOOSE_SPACE: Final = re.compile(r"(?<!\w) +| +(?!\w)")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ENDS_IN_NAME: Final = re.compile(r"(?:[^\W\d_]{2,}|[_^]\w+)$")
_SUBSCRIPTS: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SPACED: Final = frozenset("=≈<>≤≥≠≪≫≡∼≃≅∝∈+-−±×·⋅∘⊙⊗∗→⇒⇔⟹⟺↦")
_SUMS: Final = frozenset("+-−±=≈<>≤≥,")
_FENCES: Final = frozenset("([{‖|⟨⌈⌊")
_INVISIBLE: Final = re.compile("[\u2061-\u2064\ufe00]")
_SPACES: Final = re.compile("[ \u00a0]+")
_ACCENTS: Final = {"ˆ": "\u0302", "¯": "\u0304", "\u0332": "\u0304", "˜": "\u0303", "~": "\u0303", "˙": "\u0307"}


def formula_words(tree: MathsNode, spellings: Spellings) -> str:
    """One line of Unicode; ``spellings`` says what stands for each slot's character."""
    text = _INVISIBLE.sub("", _linear(tree, spellings))
    return _SPACES.sub(" ", text).replace("( ", "(").replace(" )", ")").strip()


def _linear(node: MathsNode, spellings: Spellings) -> str:
    if node.tag in _BY_TAG:
        return _BY_TAG[node.tag](node.children, spellings)
    if node.tag == "mspace":
        return " " if ("width", "1em") in node.attributes or ("width", "2em") in node.attributes else ""
    if node.children:
        return _row(node.children, spellings)
    text = unicodedata.normalize("NFKC", node.text) if node.tag == "mi" else node.text
    return SLOT.sub(lambda slot: spellings[slot[0]], text)


def _row(children: _Children, spellings: Spellings) -> str:
    line = ""
    for child in children:
        text = _linear(child, spellings)
        if child.tag == "mo" and text in _SPACED and ("form", "prefix") not in child.attributes:
            text = f" {text} "
        elif child.tag == "mo" and text == ",":
            text = ", "
        elif child.tag != "mo" and _would_run_together(line, text):
            text = f" {text}"
        line += text
    return line


def _would_run_together(line: str, text: str) -> bool:
    """Whether ``text`` set right after ``line`` would read as part of it: log x, W 0.5, h_10 x."""
    line = _INVISIBLE.sub("", line)
    if not line[-1:].isalnum() or not (text[:1].isalnum() or text[:1] == "∂"):
        return False
    return text[0].isdigit() or _WORD.match(text) is not None or _ENDS_IN_NAME.search(line) is not None


def _in_group(text: str) -> str:
    tight = _LOOSE_SPACE.sub("", text)
    return tight if _SIMPLE.fullmatch(tight) else f"({tight})"


def _base(node: MathsNode, spellings: Spellings) -> str:
    """What a script is set on, in parentheses where the script would seem to belong to its last letter only."""
    text = _linear(node, spellings)
    seen = [child for child in node.children if not is_blank(child)]
    is_fenced = bool(seen) and seen[0].text in _FENCES
    return f"({text})" if node.tag == "mfrac" or (node.tag == "mrow" and len(seen) > 1 and not is_fenced) else text


def _raised(exponent: MathsNode, spellings: Spellings) -> str:
    text = _linear(exponent, spellings)
    if _WHOLE.fullmatch(text):
        return superscript(text.replace("−", "-"))
    return text if text and text in "′″‴" else f"^{_in_group(text)}"


def _lowered(base: str, index: MathsNode, spellings: Spellings) -> str:
    text = _linear(index, spellings)
    if not base[-1:].isalnum() and _WHOLE.fullmatch(text) and text.isdigit():
        return text.translate(_SUBSCRIPTS)
    return f"_{_in_group(text)}"


def _power(children: _Children, spellings: Spellings) -> str:
    return _base(children[0], spellings) + _raised(children[1], spellings)


def _indexed(children: _Children, spellings: Spellings) -> str:
    base = _base(children[0], spellings)
    return base + _lowered(base, children[1], spellings)


def _indexed_power(children: _Children, spellings: Spellings) -> str:
    return _indexed(children[:2], spellings) + _raised(children[2], spellings)


def _under(children: _Children, spellings: Spellings) -> str:
    return f"{_linear(children[0], spellings)}_{_in_group(_linear(children[1], spellings))} "


def _under_over(children: _Children, spellings: Spellings) -> str:
    return f"{_under(children[:2], spellings).rstrip()}^{_in_group(_linear(children[2], spellings))} "


def _over(children: _Children, spellings: Spellings) -> str:
    base, above = _linear(children[0], spellings), _linear(children[1], spellings)
    if above in _ACCENTS and len(base) == 1:
        return unicodedata.normalize("NFC", base + _ACCENTS[above])
    return f"{base}^{_in_group(above)}"


def _fraction(children: _Children, spellings: Spellings) -> str:
    above, below = (_linear(child, spellings) for child in children)
    top, bottom = children
    if any(child.tag == "mo" and child.text in _SUMS for child in top.children):
        above = f"({above})"
    is_one_thing = len(bottom.children) < 2 or bottom.children[0].text == "∂"
    return f"{above}/{below if is_one_thing and '×' not in below else _in_group(below)}"


def _root(children: _Children, spellings: Spellings) -> str:
    return f"√{_in_group(_row(children, spellings))}"


def _nth_root(children: _Children, spellings: Spellings) -> str:
    return f"{_raised(children[1], spellings).removeprefix('^')}√{_in_group(_linear(children[0], spellings))}"


def _table(children: _Children, spellings: Spellings) -> str:
    rows = ([_linear(cell, spellings) for cell in row.children if not is_blank(cell)] for row in children)
    return "; ".join(", ".join(row) for row in rows)


def _nothing(children: _Children, spellings: Spellings) -> str:
    del children, spellings
    return ""


_BY_TAG: Final[Mapping[str, Callable[[_Children, Spellings], str]]] = {
    "msup": _power,
    "msub": _indexed,
    "msubsup": _indexed_power,
    "munder": _under,
    "munderover": _under_over,
    "mover": _over,
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _nth_root,
    "mtable": _table,
    "mphantom": _nothing,
}
