"""Where a part is answered on a screen: the places to type, tick or pick, and how they make up one response.

A response is one line of text, as in a response file. What is entered in several places is put together in their
order, each with the words that stand before it: "true" and "B" make "true B".
"""

from typing import Literal

from quizgen.values import immutable


@immutable
class Input:
    """One place to answer.

    ``words``: a line to type in; ``lines``: room for so many ``lines`` of text; ``ticks``: one or ``several`` of the
    letters of the part's next options; ``pick``: one of ``choices``, in the next empty cell of the part's tables.
    ``id`` is its own in the whole page, and ``name`` tells it from the others
    (``short``: from those of its part); ``how`` says what may be written; ``before`` goes before it in the
    response.
    """

    kind: Literal["words", "lines", "ticks", "pick"]
    id: str = ""
    name: str = ""
    short: str = ""
    how: str = ""
    unit: str = ""
    before: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False
    lines: int = 1


@immutable
class Inputs:
    """All places of one part, and what stands between those of them that were filled in; in ``columns`` if not 0."""

    inputs: tuple[Input, ...]
    between: str = " "
    columns: int = 0
