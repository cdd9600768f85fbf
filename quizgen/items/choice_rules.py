"""How ticking several options is scored, by named rules, and how the letters of the ticked options are read.

In the formulas K are the right options, W the wrong ones, S the ticked ones and n is how many are offered. Every rule
gives 1 for S = K and stays between 0 and 1. Nothing ticked is not answered, and never comes here as a score.
"""

import re
from collections.abc import Callable, Collection
from math import comb
from typing import Final

from quizgen.errors import ParameterError
from quizgen.numbers.reading import Unreadable
from quizgen.registry import Registry
from quizgen.words import say

Letters = frozenset[str]
ChoiceRule = Callable[[Letters, Letters, Letters], float]


def all_or_nothing(ticked: Letters, right: Letters, offered: Letters) -> float:
    """1 if S = K, else 0."""
    _check(ticked, right, offered)
    return float(ticked == right)


def net_correct(ticked: Letters, right: Letters, offered: Letters) -> float:
    """max(0, (|S∩K| − |S∖K|) / |K|): a wrong tick cancels a right one."""
    _check(ticked, right, offered)
    return max(0.0, (len(ticked & right) - len(ticked - right)) / len(right))


def each_option(ticked: Letters, right: Letters, offered: Letters) -> float:
    """1 − |S △ K| / n: every option is a true-or-false question of its own."""
    _check(ticked, right, offered)
    return 1 - len(ticked ^ right) / len(offered)


def coverage(ticked: Letters, right: Letters, offered: Letters) -> float:
    """(|S∩K| / |K|) · (|S∩K| / |S|): the share that was found, times the share of ticks that are right."""
    _check(ticked, right, offered)
    found = len(ticked & right)
    return (found / len(right)) * (found / len(ticked)) if ticked else 0.0


def balanced(ticked: Letters, right: Letters, offered: Letters) -> float:
    """max(0, |S∩K| / |K| − |S∖K| / max(|W|, 2)): right ticks earn and wrong ticks cost in equal measure."""
    _check(ticked, right, offered)
    wrong = len(offered) - len(right)
    return max(0.0, len(ticked & right) / len(right) - len(ticked - right) / max(wrong, 2))


CHOICE_RULES: Final = Registry[ChoiceRule](
    "choice rule",
    {
        "all-or-nothing": all_or_nothing,
        "net-correct": net_correct,
        "each-option": each_option,
        "coverage": coverage,
        "balanced": balanced,
    },
)


def _check(ticked: Letters, right: Letters, offered: Letters) -> None:
    if not right:
        raise ParameterError("no option is right: expected at least one")
    if stray := (ticked | right) - offered:
        raise ParameterError(f"{', '.join(sorted(stray))}: not among the options {', '.join(sorted(offered))}")


# -- guessing ----------------------------------------------------------------------------------------------------------


def guessing_gain(rule: ChoiceRule, right: Letters, offered: Letters) -> float:
    """What ticking everything earns beyond chance, which is the mean over all sets of one or more ticks.

    A rule sees an option only as right or wrong, so sets are counted by how many of each they hold.
    """
    rights, wrongs = sorted(right), sorted(offered - right)
    total = sum(
        comb(len(rights), i) * comb(len(wrongs), j) * rule(frozenset(rights[:i] + wrongs[:j]), right, offered)
        for i in range(len(rights) + 1)
        for j in range(len(wrongs) + 1)
        if i + j > 0
    )
    return rule(offered, right, offered) - total / ((1 << len(offered)) - 1)


def guessing_fault(name: str, right: Letters, offered: Letters) -> str | None:
    """The complaint about a rule under which ticking everything beats chance; None where it does not.

    Raises: UnknownNameError for a rule that no table knows.
    """
    gain = guessing_gain(CHOICE_RULES[name], right, offered)
    if gain <= 1e-12:
        return None
    return (
        f"under {name!r} ticking all {len(offered)} options, {len(right)} of them right, "
        f"earns {gain:.2f} of the points more than chance"
    )


# -- reading -----------------------------------------------------------------------------------------------------------

_SEPARATORS: Final = re.compile(r"[\s,;.:()\[\]/&+]+|\band\b", re.IGNORECASE)


def read_letters(text: str, offered: Collection[str]) -> Letters | Unreadable:
    """The options named in ``text``, written as "A", "a, c", "A C", "AC", "B)", "(A) and (C)".

    ``offered``: the options' letters, capitals. Every character must be one of them or a separator.
    """
    letters = _SEPARATORS.sub(lambda match: " " * len(match[0]), text).upper()
    known = ", ".join(sorted(offered))
    for offset, letter in enumerate(letters):
        if letter != " " and letter not in offered:
            reason, hint = say("unread.no_option", found=repr(letter)), say("write.options", letters=known)
            return Unreadable(reason=reason, offset=offset, hint=hint)
    ticked = frozenset(letters) - {" "}
    return ticked or Unreadable(
        reason=say("unread.no_option_named"), offset=0, hint=say("write.some_of", letters=known)
    )
