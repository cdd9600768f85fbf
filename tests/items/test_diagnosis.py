"""Naming the mistake behind a wrong number."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.diagnosis import diagnose
from quizgen.items.item import Misconception

FIRST = Misconception(id="arithmetic-mean", value=0.0312, because="You divided by << n >>; take the root.\n")
TWIN = Misconception(id="one-step-short", value=0.0313, because="You left out a timestep.")
KEY = 0.707


def test_a_named_misconception_comes_first_and_says_why():
    """One match: its id and the author's own sentence, marks kept."""
    found = diagnose(Decimal("0.0312"), KEY, [FIRST], 0.01)
    assert (found.kind, found.ids) == ("named", ("arithmetic-mean",))
    assert found.sentence == "You divided by << n >>; take the root."


def test_two_that_coincide_are_both_named():
    """Where two mistakes lead to the number, neither is claimed alone."""
    found = diagnose(Decimal("0.03125"), KEY, [FIRST, TWIN], 0.01)
    assert found.ids == ("arithmetic-mean", "one-step-short")
    assert found.sentence.startswith("One of these two leads to your number.")


@pytest.mark.parametrize(
    ("value", "slip"),
    [
        (-KEY, "sign"),
        (1 / KEY, "reciprocal"),
        (KEY * math.log(10), "natural-for-base-10"),
        (KEY / math.log(10), "natural-for-base-10"),
        (KEY * 100, "percent"),
        (KEY / 100, "percent"),
        (KEY * 10, "power-of-ten"),
        (KEY * 1e-7, "power-of-ten"),
        (KEY**2, "square"),
        (math.sqrt(KEY), "square-root"),
    ],
)
def test_slips_that_any_number_can_suffer_are_recognised(value, slip):
    """Each generic mistake, computed here by floats, is found within the tolerance."""
    found = diagnose(Decimal(f"{value:.4g}"), KEY, [], 0.01)
    assert (found.kind, found.ids) == ("slip", (slip,))
    assert found.sentence.startswith("Compared with the right value, ")


def test_a_number_that_fits_two_slips_is_said_to_be_one_of_them():
    """With a key of 10, 100 is its square and a power of ten off."""
    found = diagnose(Decimal(100), 10.0, [], 0.01)
    assert found.ids == ("power-of-ten", "square")
    assert " or " in found.sentence


def test_a_slip_on_top_of_a_misconception_is_called_a_guess():
    """Pairs are tried last, and said to be a guess."""
    found = diagnose(Decimal("-0.0312"), KEY, [FIRST], 0.01)
    assert (found.kind, found.ids) == ("guess", ("arithmetic-mean", "sign"))
    assert "guess" in found.sentence


def test_nothing_is_claimed_without_evidence():
    """A number that nothing leads to gets no diagnosis."""
    found = diagnose(Decimal("0.55"), KEY, [FIRST], 0.01)
    assert (found.kind, found.ids, found.sentence) == ("none", (), "")


def test_tiny_and_huge_values_are_diagnosed_as_any_others():
    """Neither under- nor overflow stands in the way."""
    assert diagnose(Decimal("-3e-12"), 3e-12, [], 0.01).ids == ("sign",)
    assert diagnose(Decimal("1e-400"), 1e-200, [], 0.01).ids == ("power-of-ten", "square")
    assert diagnose(Decimal("1e308"), 1e-308, [], 0.01).ids[0] == "reciprocal"
    assert diagnose(Decimal(0), 1.0, [], 0.01).kind == "none"
    assert diagnose(Decimal(5), 0.0, [], 0.01).kind == "none"


def test_a_part_without_tolerance_still_finds_endless_decimals():
    """Whole-number parts have misconceptions such as 10/3, which nobody writes out."""
    third = Misconception(id="thirds", value=10 / 3, because="You divided by 3.")
    assert diagnose(Decimal("3.3333333"), 17.0, [third], 0.0).ids == ("thirds",)


@given(
    value=st.decimals(allow_nan=False, allow_infinity=False),
    key=st.floats(allow_nan=False, allow_infinity=False),
    rtol=st.floats(0, 0.1),
)
def test_diagnosis_never_raises_and_says_something_where_it_names_something(value, key, rtol):
    """Whatever number was read, the outcome is a diagnosis."""
    found = diagnose(value, key, [FIRST, TWIN], rtol)
    assert bool(found.ids) == bool(found.sentence) == (found.kind != "none")
