"""What a plain YAML scalar means: the core schema of YAML 1.2, minus the numbers that no template can use.

PyYAML resolves by YAML 1.1, where ``no`` is false, ``010`` is 8, ``1:30`` is 90 and ``1e-3`` is text. Here they are the
text "no", the number 10, the text "1:30" and the number 0.001; dates are text.
"""

import math
import re
from typing import Final

Scalar = str | int | float | bool | None

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+")
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LARGEST_WHOLE: Final = 2**53  # beyond it, float64 skips whole numbers


class ScalarFault(ValueError):
    """A scalar that looks like a number but cannot be used as one."""


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar.

    Raises: ScalarFault for an infinity, a NaN, and a number that float64 cannot hold.

    >>> [resolve(text) for text in ("1e-3", "010", "no", "1:30", "~", "true")]
    [0.001, 10, 'no', '1:30', None, True]
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _DECIMAL.fullmatch(text):
        return _whole(text, 10)
    if _BASED.fullmatch(text):
        return _whole(text, 0)
    if _FLOAT.fullmatch(text):
        return _finite(float(text), text)
    if _NOT_FINITE.fullmatch(text):
        raise ScalarFault(f"{text} is not a number that a template can use")
    return text


def _whole(text: str, base: int) -> int:
    if len(text) > len(str(_LARGEST_WHOLE)) + 4 or abs(int(text, base)) > _LARGEST_WHOLE:
        raise ScalarFault(f"a whole number of {len(text)} characters is beyond 2**53, where float64 becomes inexact")
    return int(text, base)


def _finite(value: float, text: str) -> float:
    if math.isinf(value):
        raise ScalarFault(f"{text} is beyond 1.8e308, the largest number of float64")
    return value
