"""How a page can check an answer by itself: a closed set of plain checks, which item types make and renderers write.

They hold keys, so they stand only in pages for practice. A check says less than grading does: what it cannot judge
is left to the model answer.
"""

from quizgen.values import immutable


@immutable
class NumberCheck:
    """Right is a number from ``low`` to ``high``, which are exact decimals or None where there is no end.

    ``thousands``: whether the mark that a form declares between thousands is read.
    ``figures``: how many significant figures are to be written, if the part says so; ``needs_unit``: whether the unit.
    """

    low: str | None
    high: str | None
    includes_low: bool = True
    includes_high: bool = True
    unit: str = ""
    fractions: bool = False
    percent: bool = False
    thousands: bool = True
    figures: int | None = None
    needs_unit: bool = False


@immutable
class AnyOrderCheck:
    """Right are numbers that pass ``checks``, one each, whichever stands where."""

    checks: tuple[NumberCheck, ...]


@immutable
class LettersCheck:
    """Right is this set of letters, or this word, ticked or picked."""

    right: tuple[str, ...]


@immutable
class HasLetterCheck:
    """Met by every set of letters with this one in it."""

    letter: str


@immutable
class LeavesOutCheck:
    """Met by every set of letters without this one in it."""

    letter: str


@immutable
class OrderCheck:
    """Right are these letters in this order."""

    letters: str


@immutable
class PhraseCheck:
    """Right is one of ``right`` but for capitals and spaces, wrong one of ``wrong``; all else is left to a person."""

    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()


@immutable
class EachCheck:
    """One check for each input of the part; None where it is left to the others."""

    checks: tuple["Check | None", ...]


@immutable
class NoCheck:
    """Only a person, or grading, can judge."""


Check = (
    NumberCheck
    | AnyOrderCheck
    | LettersCheck
    | HasLetterCheck
    | LeavesOutCheck
    | OrderCheck
    | PhraseCheck
    | EachCheck
    | NoCheck
)


@immutable
class SelfCheck:
    """The check of a part, and what to say where another check is met by an answer that is not right."""

    check: Check = NoCheck()
    hints: tuple[tuple[Check, str], ...] = ()
