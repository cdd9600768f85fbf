"""Formulas: whatever equals the key is right, whatever does not is wrong, and what cannot be read is neither."""

import re
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from quizgen.blocks import AnswerBox, Notice, Sentence
from quizgen.documents.questions import filler
from quizgen.items.contract import Settings
from quizgen.items.expression import CANDIDATES, LEAST, USED, Expression
from quizgen.items.expression_key import ExpressionKey
from quizgen.items.item import Part
from quizgen.items.realise import realise

POWER = """
expression:
  key: w^a * (1 - h^2)
  symbols: {w: [0.1, 2], h: [-0.9, 0.9], T: [1, 20]}
  whole: [T]
  forms: [(1 - h) * (1 + h) * w^a]
  wrong:
    - {formula: w^a, misconception: forgets-the-derivative, because: You left out the slope.}
    - {formula: (1 - h^2)^a, misconception: forgets-the-weight, because: You left out the weight.}
"""


def grade(part, response, **settings):
    """The verdict on a response."""
    return Expression().grade(part, response, Settings(**settings))


def asked(key, *, low=0.1, high=2.0, rtol=1e-9):
    """A part with the key ``key`` in x, y and z, at points of a fixed pattern."""
    span = high - low
    shares = [(i, (7 * i + 3) % USED, (5 * i + 1) % USED) for i in range(USED)]
    points = tuple(tuple(low + span * (share + 0.5) / USED for share in row) for row in shares)
    formula = ExpressionKey(formula=key, symbols=("x", "y", "z"), points=points, rtol=rtol, forms=(), wrong=())
    return Part(label="1", id="f", type="expression", points=2, ask="", key=formula)


def test_the_key_holds_the_numbers_of_the_variant(made):
    """The name ``a`` of the template has become its drawn number, and the symbols stay."""
    part = made(POWER)
    assert part.key.symbols == ("w", "h", "T")
    assert part.key.formula[:3] in {f"w^{a}" for a in range(2, 10)}
    assert grade(part, part.key.formula).status == "right"
    assert all(grade(part, form).status == "right" for form in part.key.forms)


def test_the_record_suffices_to_grade(made):
    """The key reads back from plain values, points included."""
    key = made(POWER).key
    plain = asdict(key)
    assert TypeAdapter(ExpressionKey).validate_python(plain) == key
    assert len(key.points) == USED


def test_points_lie_in_their_ranges_and_belong_to_the_variant(made):
    """Whole numbers are whole; another variant has other points, the same variant the same."""
    first, again, other = made(POWER).key, made(POWER).key, made(POWER, variant=1).key
    assert first == again
    assert first.points != other.points
    for w, h, steps in first.points:
        assert 0.1 <= w <= 2
        assert -0.9 <= h <= 0.9
        assert 1 <= steps <= 20
        assert steps == int(steps)
    assert len({point[0] for point in first.points}) == USED


@pytest.mark.parametrize(
    "response",
    ["w^3·(1-h²)", "w*w*w*(1-h*h)", "w³ - w³h²", "(1-h)(1+h)w^3", "f = w^3*(1 - |h|^2)", "exp(3*ln(w))*(1-h^2)", "w^2(w - w h²)"],
)  # fmt: skip
def test_every_equal_formula_is_right(response, made):
    """Expanded, factored, reordered, or written with other functions."""
    part = made(POWER)
    verdict = grade(replace(part, key=replace(part.key, formula="w^3·(1 − h^2)")), response)
    assert (verdict.status, verdict.fraction) == ("right", 1.0), verdict


def test_a_known_mistake_is_named(made):
    """The wrong formula in any of its forms."""
    part = made(POWER)
    verdict = grade(part, f"0 + {part.key.wrong[0].formula}")
    assert (verdict.status, verdict.diagnosis) == ("wrong", "forgets-the-derivative")
    assert verdict.feedback == "You left out the slope."


def test_slips_are_recognised():
    """The sign, the reciprocal, a constant factor; else an example shows the difference."""
    part = asked("x/(y + z)")
    assert grade(part, "-x/(y+z)").diagnosis == "sign"
    assert grade(part, "(y+z)/x").diagnosis == "reciprocal"
    doubled = grade(part, "2x/(y+z)")
    assert doubled.diagnosis == "constant-factor"
    assert re.search(r" 2(\.00)? times", doubled.feedback)
    other = grade(part, "x/(y-z)")
    assert other.diagnosis is None
    assert "For example, for x = " in other.feedback


def test_an_example_may_show_that_there_is_no_value():
    """A formula that divides by 0 everywhere."""
    assert "no finite value" in grade(asked("x"), "x/(y-y)").feedback


def test_being_equal_somewhere_is_not_enough():
    """A formula that equals the key at all points but one is wrong."""
    part = asked("x")
    zeros = "*".join(f"(x - {point[0]})" for point in part.key.points[1:6])
    assert grade(part, f"x + {zeros}").status == "wrong"


@pytest.mark.parametrize("response", ["3", "2*3.5^2", "pi", "e^2"])
def test_a_number_alone_is_unreadable(response):
    """What is asked for is a formula, so a number says nothing."""
    verdict = grade(asked("x + y"), response)
    assert (verdict.status, verdict.fraction) == ("unreadable", 0)
    assert "is a number (character 1). Write a formula in x, y and z." in verdict.feedback


def test_what_cannot_be_read_is_not_wrong():
    """The place and a hint are told."""
    verdict = grade(asked("x + y"), "1/2x")
    assert verdict.status == "unreadable"
    assert "character 4" in verdict.feedback


def test_tiny_values_are_compared_as_what_they_are():
    """At x^900 float64 knows only 0, which would make all formulas equal."""
    part = asked("x^900", low=0.01, high=0.1)
    assert grade(part, "x^900").status == "right"
    assert grade(part, "x^901").status == "wrong"
    assert grade(part, "0*x").status == "wrong"


def test_a_decimal_comma_is_read_where_the_form_has_one():
    """0,5x is half of x."""
    part = asked("x/2")
    assert grade(part, "0,5x", decimal_comma=True).status == "right"
    assert grade(part, "0,5x").status == "unreadable"


atoms = st.sampled_from(["x", "y", "z", "2", "0.5"])
terms = st.lists(atoms, min_size=1, max_size=3).map("*".join)


@given(st.lists(terms, min_size=1, max_size=3), st.lists(terms, min_size=1, max_size=3), st.randoms())
def test_products_of_sums_equal_their_expansions(first, second, random):
    """Distributing, and any order of terms and factors, changes nothing."""
    part = asked(f"({' + '.join(first)})*({' + '.join(second)})*x")
    products = [[*a.split("*"), *b.split("*"), "x"] for a in first for b in second]
    for factors in products:
        random.shuffle(factors)
    random.shuffle(products)
    assert grade(part, " + ".join("*".join(factors) for factors in products)).status == "right"


@given(st.lists(terms, min_size=1, max_size=4), st.data())
def test_a_sum_without_one_of_its_terms_is_wrong(found, data):
    """As are one with a term too many and one with a changed power."""
    part = asked(f"x + {' + '.join(found)}")
    left_out = data.draw(st.integers(0, len(found) - 1))
    rest = [term for index, term in enumerate(found) if index != left_out]
    assert grade(part, " + ".join(["x", *rest])).status == "wrong"
    assert grade(part, " + ".join(["x", *found, found[left_out]])).status == "wrong"
    assert grade(part, " + ".join(["x^2", *found])).status == "wrong"


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_graded(text):
    """And never right by chance, nor scored where it is not."""
    verdict = grade(asked("x^3 * y - ln(z)"), text)
    assert verdict.status in {"wrong", "unreadable"}
    assert verdict.fraction == 0


# -- the certificate ---------------------------------------------------------------------------------------------------


def test_a_key_needs_points_at_which_it_is_finite(broken_rule):
    """The logarithm of h has none where h is negative."""
    said = broken_rule("expression: {key: ln(h), symbols: {h: [-1, 0.1]}}")
    assert f"of {CANDIDATES} points" in said
    assert "widen or move the ranges" in said


def test_points_at_which_the_key_has_no_value_are_left_out(made):
    """Three quarters of them are left."""
    key = made("expression: {key: ln(h), symbols: {h: [-1, 3]}}").key
    assert LEAST <= len(key.points) <= USED
    assert all(h > 0 for (h,) in key.points)


def test_a_wrong_formula_must_differ_from_the_key(broken_rule):
    """One that is the key in another form would call right answers wrong."""
    said = broken_rule(
        "expression: {key: h*h, symbols: {h: [0, 1]}, wrong: [{formula: h^2, misconception: squares-the-norm}]}"
    )
    assert "wrong formula h^2 is too close to the key" in said


def test_other_forms_must_equal_the_key(broken_rule):
    """They are shown as equal."""
    said = broken_rule("expression: {key: h*h, symbols: {h: [0, 1]}, forms: [2*h]}")
    assert "2·h is not the key" in said


def test_numbers_must_be_finite(broken_rule):
    """A name whose value is infinite cannot stand in a formula."""
    said = broken_rule("expression: {key: h*y, symbols: {h: [0, 1]}}", ("y: x * a to 4 figures", "y: x / (a - a)"))
    assert "not finite: y" in said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{key: 'h*(1', symbols: {h: [0, 1]}}", "never closed (character 3)"),
        ("{key: 1/2h, symbols: {h: [0, 1]}}", "fraction line"),
        ("{key: h, symbols: {h: [1, 1]}}", "a range from 1 to 1 holds nothing"),
        ("{key: h*q, symbols: {h: [0, 1]}}", "nothing before this is named 'q'"),
        (
            "{key: h*w, symbols: {h: [0, 1]}, wrong: [{formula: h*q, misconception: x}]}",
            "nothing before this is named 'q'",
        ),
        ("{key: 2*a, symbols: {h: [0, 1]}}", "the key has none of the symbols"),
        ("{key: h, symbols: {h: [0, 1]}, whole: [T]}", "no symbol is named 'T'"),
        ("{key: h, symbols: {h: [0, 1]}, rtol: 0.2}", "expected a tolerance"),
        ("{key: h_1, symbols: {h_1: [0, 1], h1: [0, 1]}}", "'h1' reads like 'h_1'"),
        ("{key: h*z, symbols: {h: [0, 1]}}", None),
    ],
)
def test_what_makes_no_sense_is_told_to_the_author(written, said, refusal, one_part):
    """Whatever the numbers; a computed name may stand in a key, if the page prints where it comes from."""
    if said is None:
        one_part(f"expression: {written}")
    else:
        assert said in refusal(f"expression: {written}")


def test_a_key_reads_only_what_the_page_prints(refusal):
    """Else nobody could write it."""
    said = refusal("expression: {key: h*w, symbols: {h: [0, 1]}}", ("<< a >>, << w >> and", "<< a >> and"))
    assert "the key needs 'w', which the page does not print" in said


# -- pages -------------------------------------------------------------------------------------------------------------


def test_the_page_asks_and_the_model_answer_tells(one_part):
    """The quiz names the symbols and nothing of the key; the model answer shows key, forms and mistakes."""
    item = realise(one_part(POWER), seed=1, variants=[0]).items[0]
    part, fill = item.parts[0], filler(item)
    request, box = Expression().quiz_blocks(part, fill)
    assert request == Sentence(text="Write one formula in w, h and T.")
    assert isinstance(box, AnswerBox)
    key, forms, *mistakes = Expression().answer_blocks(part, fill)
    assert key.text.startswith(f"Answer: {part.key.formula}")
    assert forms.text == f"The same: {part.key.forms[0]}"
    assert [type(block) for block in mistakes] == [Notice, Notice]
    assert "a formula in w, h, T" in Expression().how_to_answer(part)
