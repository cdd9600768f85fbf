"""Dataclasses that mypy freezes."""

import copy
import os
import subprocess
import sys
from dataclasses import field, fields, replace
from pathlib import Path

from quizgen.numbers.printing import Number
from quizgen.values import immutable


@immutable
class Pair:
    """Two numbers."""

    left: int
    right: int = 0


@immutable
class Lone:
    """A value, and a note that tells it from no other."""

    value: float
    note: str = field(default="", compare=False, repr=False)


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


def test_their_equality_is_that_of_dataclasses():
    """Only values of the same class are equal, fields that are not compared make no difference, and NaN is itself."""
    nan = float("nan")
    assert Lone(value=nan) == Lone(value=nan)
    assert Lone(value=1, note="a") == Lone(value=1, note="b") != Lone(value=2)
    assert hash(Lone(value=1, note="a")) == hash(Lone(value=1))
    assert Pair(left=1) != Lone(value=1)
    assert repr(Lone(value=1, note="a")) == "Lone(value=1)"


def test_places_and_identity_are_kept_where_they_are_asked_for():
    """Some values are written by place, and some are equal to nothing but themselves."""

    @immutable(kw_only=False)
    class Placed:
        left: int

    @immutable(eq=False)
    class Single:
        left: int

    match Placed(3):
        case Placed(left):
            assert left == 3
    assert Single(left=1) != Single(left=1)


def test_the_type_checker_freezes_them(tmp_path):
    """A changed field is a fault of types, in a file that mypy reads with quizgen's own settings."""
    code = tmp_path / "changed.py"
    code.write_text(
        "from quizgen.numbers.printing import Number\nnumber = Number(printed='1', raw=1.0)\nnumber.raw = 2.0\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--follow-imports=silent", str(code)]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], env=os.environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert '"raw" defined in "Number" is read-only' in done.stdout
