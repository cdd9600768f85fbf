"""The fixed words of the pages that more than one document uses."""

from typing import Final

# The parts of a structured answer, in the order in which an exam wants them.
ANSWER_HEADINGS: Final[dict[str, str]] = {
    "define": "Define",
    "cause": "Cause",
    "example": "Example",
    "effect": "Effect",
    "solution": "Solution",
    "why_recurrent": "Why recurrent networks",
    "conclusion": "Conclusion",
}


def count(number: float, noun: str) -> str:
    """``count(1, "point")`` is "1 point", ``count(2.5, "point")`` is "2.5 points"."""
    return f"{number:g} {noun}{'' if number == 1 else 's'}"
