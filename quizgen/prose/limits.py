"""What a formula must not hold, checked before the converter sees it: some input makes it run for ever or crash.

Measured with math-core 0.9: very deep nesting overflows its stack, and each opening fence that is never closed doubles
its time (22 take 0.1 s, 50 never end).
"""

import re
import unicodedata
from typing import Final

from quizgen.texts import TextFault

MAX_LENGTH: Final = 4_000
MAX_NESTING: Final = 50
MAX_UNCLOSED: Final = 16

_DEFINITION: Final = re.compile(r"\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|DeclareMathOperator)(?![A-Za-z])")
_MARK: Final = re.compile(
    r"\\(?P<group>left|right|begin|end)(?![A-Za-z])(?:\s*(?:\\[A-Za-z]+|\\.|[^{\s]))?"
    r"|\\[A-Za-z]+|\\.|\S",
    re.DOTALL,
)
_OPENS_FENCE: Final = re.compile(
    r"[(\[]|\\(?:\{|ulcorner|l(?:[vV]ert|[bB]race|brack|ceil|floor|l?angle|Angle|group|moustache|l?paren|lparenthesis"
    r"|lbracket|lcorner))"
)
_CLOSES_FENCE: Final = re.compile(
    r"[)\]]|\\(?:\}|[ul]rcorner|r(?:[vV]ert|[bB]race|brack|ceil|floor|r?angle|Angle|group|moustache|r?paren"
    r"|rparenthesis|rbracket))"
)


def refusal(latex: str) -> TextFault | None:
    """Why the LaTeX of a formula is refused, with the offset in it; None if it may be converted."""
    if not latex.strip():
        return TextFault(0, "an empty formula", "delete the dollar signs, or escape them: \\$")
    if len(latex) > MAX_LENGTH:
        return TextFault(MAX_LENGTH, f"a formula of {len(latex)} characters", f"at most {MAX_LENGTH}: split it")
    if definition := _DEFINITION.search(latex):
        return TextFault(definition.start(), f"{definition[0]} defines a command", "write the formula out")
    return _bad_structure(latex)


def _bad_structure(latex: str) -> TextFault | None:
    """A comment, too deep a nesting, or too many fences that may stay open."""
    groups = [0]  # fences that are open in each group
    unclosed = 0
    previous = ""
    for match in _MARK.finditer(latex):
        mark, group = match[0], match["group"]
        if mark == "%":
            return TextFault(match.start(), "% begins a comment: the rest would vanish", "write \\%")
        if mark == "{" or group in {"left", "begin"}:
            groups.append(0)
        elif (mark == "}" or group in {"right", "end"}) and len(groups) > 1:
            unclosed += groups.pop()
        elif _opens_fence(mark):
            groups[-1] += 1
        elif _closes_fence(mark) and groups[-1]:
            groups[-1] -= 1
            # A command before it may take it as an argument: then the fence stays open.
            unclosed += previous in {"_", "^"} or previous[1:].isalpha()
        if len(groups) - 1 > MAX_NESTING:
            return TextFault(match.start(), f"a formula nested deeper than {MAX_NESTING}", "split it")
        previous = mark
    if unclosed + sum(groups) > MAX_UNCLOSED:
        message = f"more than {MAX_UNCLOSED} parentheses that may stay open"
        return TextFault(0, message, "close them, or split the formula")
    return None


def _opens_fence(mark: str) -> bool:
    return _is_sign(mark, "Ps") or mark in {"⌜", "⌞", "⎰"} or _OPENS_FENCE.fullmatch(mark) is not None


def _closes_fence(mark: str) -> bool:
    return _is_sign(mark, "Pe") or _CLOSES_FENCE.fullmatch(mark) is not None


def _is_sign(mark: str, category: str) -> bool:
    return len(mark) == 1 and not mark.isascii() and unicodedata.category(mark) == category
