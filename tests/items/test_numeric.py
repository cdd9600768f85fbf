"""A number to compute: the rules by which it is close enough, and what may be asked of its spelling."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import FileFaults
from quizgen.items import number_key
from quizgen.items.contract import Settings
from quizgen.items.item import Misconception
from quizgen.items.number_key import NumericKey
from quizgen.items.realise import realise

KEY = NumericKey(value=12.345, printed="12.3", rtol=0.01, atol=0.0, unit="", fractions=False, percent=False)
KEY_PART = "numeric: {key: rate, rtol: 0.005}"


def graded(key: NumericKey, response: str):
    return number_key.grade(key, response, (), Settings())


@pytest.mark.parametrize(
    ("rule", "response", "status"),
    [
        ({"to_figures": 3}, "12.3", "right"),
        ({"to_figures": 3}, "12.34", "right"),
        ({"to_figures": 3}, "12.4", "wrong"),
        ({"to_decimals": 1}, "12.3", "right"),
        ({"to_decimals": 1}, "12.4", "wrong"),
        ({"to_decimals": 0}, "12", "right"),
        ({"rtol": 0.0}, "12.345", "right"),
        ({"rtol": 0.0}, "12.3", "wrong"),
        ({"rtol": 0.0, "atol": 0.1}, "12.3", "right"),
    ],
)
def test_the_rule_of_the_key_decides(rule, response, status):
    """Figures, decimals, relative, absolute, exact."""
    assert graded(replace(KEY, **rule), response).status == status


def test_a_unit_earns_points_only_where_the_part_says_so():
    """Elsewhere it may be written or left out."""
    plain = replace(KEY, unit="steps")
    asked = replace(plain, unit_share=0.25)
    assert graded(plain, "12.3").fraction == graded(plain, "12.3 steps").fraction == 1
    verdict = graded(asked, "12.3")
    assert (verdict.status, verdict.fraction) == ("partial", 0.75)
    assert verdict.feedback == "The number is right; its unit, steps, is missing."
    assert graded(asked, "12.3 steps").status == "right"
    assert graded(asked, "99 steps").fraction == 0
    assert graded(asked, "12.3 frogs").status == "unreadable"


def test_written_figures_are_remarked_on_and_cost_only_where_the_part_says_so():
    """Zeros at the end count, since the string is graded."""
    asked = replace(KEY, value=12.3, written=3)
    assert graded(asked, "12.3").feedback == ""
    verdict = graded(asked, "12.30")
    assert (verdict.status, verdict.fraction) == ("right", 1.0)
    assert verdict.feedback == "The number is right; 3 significant figures were asked for, and you wrote 4."
    assert graded(replace(asked, written_share=0.2), "12.30").fraction == pytest.approx(0.8)
    assert graded(replace(asked, value=100.0, printed="1.00e2", written_share=0.2), "1.00e2").fraction == 1


def test_the_response_of_the_key_earns_full_points_whatever_is_asked():
    """It carries its unit where that counts."""
    asked = replace(KEY, unit="steps", unit_share=0.25, written=3, written_share=0.25)
    assert graded(asked, number_key.response(asked)).fraction == 1


@given(value=st.floats(1e-9, 1e9), figures=st.integers(1, 6))
def test_what_rounds_to_the_same_figures_is_right(value, figures):
    """However it is spelt."""
    key = replace(KEY, value=value, to_figures=figures)
    assert graded(key, f"{value:.{figures}g}").status == "right"
    assert graded(key, f"{value:.{figures - 1}e}").status == "right"


def test_a_wrong_number_is_still_explained():
    """The rule of rounding leaves diagnosis as it is."""
    key = replace(KEY, to_figures=3)
    mistakes = (Misconception(id="doubles", value=24.69, because="You doubled it."),)
    assert number_key.grade(key, "24.7", mistakes, Settings()).diagnosis == "doubles"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("to_figures: 3, to_decimals: 2", "one rule decides"),
        ("to_figures: 0", "figures is 0"),
        ("unit_share: 0.2", "there is no unit"),
        ("unit: steps, unit_share: 1.0", "expected a share"),
        ("unit: steps, unit_share: 0.5, written: 3, written_share: 0.5", "nothing is left"),
        ("written_share: 0.2", "how many figures"),
        ("written: 0", "written: 0"),
    ],
)
def test_an_author_hears_what_makes_no_sense(decay, fields, told):
    """At the field."""
    with pytest.raises(FileFaults, match=told):
        decay((KEY_PART, f"numeric: {{key: rate, {fields}}}"))


def test_a_template_may_ask_for_rounding(decay):
    """The variants are certified against that rule, and the key is printed by it."""
    template = decay((KEY_PART, "numeric: {key: rate, to_figures: 3}"))
    for item in realise(template, seed=4, variants=range(5)).items:
        part = item.parts[0]
        assert len(part.key.printed.replace(".", "").lstrip("0")) == 3
        assert number_key.grade(part.key, part.key.printed, (), Settings()).status == "right"
