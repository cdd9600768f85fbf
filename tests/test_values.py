"""Values of which there are thousands."""

import copy
from dataclasses import fields, replace

from quizgen.numbers.printing import Number
from quizgen.values import immutable


@immutable
class Pair:
    """Two numbers."""

    left: int
    right: int = 0


def test_they_are_compared_hashed_and_copied_by_their_fields():
    """They are dataclasses like any other."""
    pair = Pair(left=1)
    assert pair == Pair(left=1, right=0) != Pair(left=2)
    assert {pair, copy.copy(pair), copy.deepcopy(pair)} == {pair}
    assert replace(pair, right=3) == Pair(left=1, right=3)
    assert [field.name for field in fields(Number)] == ["printed", "raw"]


def test_they_hold_nothing_but_their_fields():
    """They have slots, so a misspelt name is noticed, and thousands take little memory."""
    assert not hasattr(Pair(left=1), "__dict__")
