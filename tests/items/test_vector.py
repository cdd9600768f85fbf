"""Vectors and matrices: each entry earns its share, and every rule of the certificate holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.contract import Settings
from quizgen.items.item import Part
from quizgen.items.vector import Vector
from quizgen.items.vector_key import VectorKey, WrongVector

MATRIX = """
vector:
  entries: [[y, z], [a / 4, 2]]
  wrong:
    - {misconception: forgets-the-weight, entries: [[y, z], [a / 4, 3]], because: "You took 3 for 2."}
"""


def part(values, *, columns=None, wrong=(), **changes):
    """A part with this key, printed with all its digits."""
    settings = {
        "any_order": False,
        "rtol": 0.01,
        "atol": 0.0,
        "unit": "",
        "fractions": False,
        "percent": False,
        **changes,
    }
    key = VectorKey(
        columns=columns or len(values),
        values=tuple(values),
        printed=tuple(repr(value) for value in values),
        wrong=tuple(WrongVector(misconception=name, values=found, because=f"{name}!") for name, found in wrong),
        **settings,
    )
    return Part(label="1a", id="a", type="vector", points=3, ask="", key=key)


def grade(asked, response, **settings):
    """The verdict on a response."""
    return Vector().grade(asked, response, Settings(**settings))


@pytest.mark.parametrize(
    ("response", "status", "fraction"),
    [
        ("1, 2, 3, 4", "right", 1.0),
        ("[1; 2; 3; 4]", "right", 1.0),
        ("1.01 2 3 4", "right", 1.0),
        ("1, 2, 3, 5", "partial", 0.75),
        ("0, 0, 0, 4", "partial", 0.25),
        ("9, 9, 9, 9", "wrong", 0.0),
        ("1, 2, 3", "unreadable", 0.0),
        ("[1, 2; 3, 4]", "unreadable", 0.0),
    ],
)
def test_each_entry_earns_its_share(response, status, fraction):
    """Four entries are a quarter each; a wrong shape is never scored as wrong."""
    verdict = grade(part([1.0, 2.0, 3.0, 4.0]), response)
    assert (verdict.status, verdict.fraction) == (status, fraction)


def test_a_declared_decimal_comma_is_read():
    """The form says how its students write."""
    assert grade(part([1.5, 2.5]), "1,5; 2,5", decimal_comma=True).status == "right"
    assert grade(part([1.5, 2.5]), "1,5; 2,5").status == "unreadable"


@pytest.mark.parametrize(
    ("response", "diagnosis", "feedback"),
    [
        ("[1, 3; 2, 4]", "transposed", "transposed matrix"),
        ("[4, 2; 3, 1]", "other-places", "not all of them stand in their places"),
        ("[-1, -2; -3, -4]", "sign", "In every entry the same."),
        ("[1, 2; 3, 8]", None, "Not right: row 2, column 2."),
        ("[7, 2; 3, 4]", "doubles", "doubles!"),
        ("[9, 2; 9, 4]", "one or other", "One of these two leads to your answer."),
    ],
)
def test_a_wrong_matrix_is_explained(response, diagnosis, feedback):
    """By a mistake of the part first, then by what can happen to any matrix, else by its places."""
    wrong = [("doubles", (7.0, 2.0, 3.0, 4.0)), ("one", (9.0, 2.0, 9.0, 4.0)), ("other", (9.0, 2.0, 9.01, 4.0))]
    verdict = grade(part([1.0, 2.0, 3.0, 4.0], columns=2, wrong=wrong), response)
    assert verdict.diagnosis == diagnosis
    assert feedback in verdict.feedback


def test_entries_in_any_order_count_once_each():
    """A number that is right twice earns one share."""
    eigenvalues = part([0.9, -0.5], any_order=True)
    assert grade(eigenvalues, "-0.5, 0.9").status == "right"
    assert grade(eigenvalues, "0.9, 0.9").fraction == 0.5


@given(values=st.lists(st.floats(-1e6, 1e6).filter(bool), min_size=2, max_size=6), columns=st.integers(1, 3))
def test_the_key_is_right_and_any_share_is_between_0_and_1(values, columns):
    """Whatever the numbers: full points for the key, and for anything else a share."""
    asked = part(values, columns=columns if len(values) % columns == 0 else len(values))
    assert grade(asked, Vector().key_response(asked)).fraction == 1.0
    shifted = ", ".join(repr(value + 1) for value in values)
    assert 0 <= grade(asked, shifted).fraction <= 1


@given(st.permutations([0.5, -1.25, 3.0, 40.0]))
def test_order_counts_unless_the_part_says_otherwise(order):
    """As a vector the places decide; as a set they do not."""
    response = ", ".join(map(str, order))
    values = [0.5, -1.25, 3.0, 40.0]
    in_place = sum(a == b for a, b in zip(order, values, strict=True)) / 4
    assert grade(part(values), response).fraction == in_place
    assert grade(part(values, any_order=True), response).fraction == 1.0


def test_the_key_follows_from_the_printed_numbers(made):
    """Entries are evaluated from what the page prints, and printed with their own figures."""
    asked = made(MATRIX)
    assert asked.key.shape == (2, 2)
    assert grade(asked, Vector().key_response(asked)).status == "right"
    assert (
        Vector().key_response(asked)
        == f"[{'; '.join(', '.join(r) for r in (asked.key.printed[:2], asked.key.printed[2:]))}]"
    )
    assert Vector().how_to_answer(asked) == "a matrix of 2 × 2 numbers, written like [1, 2; 3, 4]"


@pytest.mark.parametrize(
    ("spec", "changes", "rule"),
    [
        ("vector: {entries: [y, y / (a - a)]}", [], "key is not finite"),
        ("vector: {entries: [y, z]}", [("9] to 4", "9] to 1")], "raw value drifts from the key"),
        ("vector: {entries: [y, z]}", [("x * a to 4", "x * a to 1")], "1 figures are too few for a tolerance of 0.01"),
        ("vector: {entries: [a, w]}", [], "the page prints all the entries"),
        ("vector: {entries: [y, z], atol: 50}", [], "atol 50 is larger than rtol times the largest entry"),
        ("vector: {entries: [y, y * 1.01], any_order: true}", [], "two entries are too close"),
        (
            "vector: {entries: [y, z], wrong: [{misconception: m, entries: [y, z * 1.01], because: No.}]}",
            [],
            "misconception m is too close to the key",
        ),
        (
            "vector: {entries: [y, z], wrong: [{misconception: m, entries: [y / (a - a), z], because: No.}]}",
            [],
            "misconception m is not finite",
        ),
    ],
)
def test_every_rule_of_the_certificate_turns_a_variant_down(broken_rule, spec, changes, rule):
    """Each rule is broken on purpose, and says so by name."""
    assert f"only: {rule}" in broken_rule(spec, *changes)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("vector: {entries: [y]}", "expected two or more entries"),
        ("vector: {entries: [[y, z], [a]]}", "in rows of one length"),
        ("vector: {entries: [[y, z], [a, w]], any_order: true}", "the entries of a matrix have their places"),
        ("vector: {entries: [y, z], rtol: 0.7}", "expected a tolerance from 0 to less than 0.5"),
        ("vector: {entries: [y, z], atol: -1}", "expected a tolerance of at least 0"),
        ("vector: {entries: [y, z], figures: 0}", "expected 1 to 12"),
        (
            "vector: {entries: [y, z], wrong: [{misconception: m, entries: [y], because: No.}]}",
            "expected the shape of the right entries",
        ),
    ],
)
def test_a_spec_that_makes_no_sense_is_refused(refusal, spec, message):
    """Before any number is drawn, at its place in the file."""
    assert message in refusal(spec)


def test_an_entry_of_0_is_met_by_0_only():
    """A relative tolerance of 0 is 0; the other entries keep theirs."""
    assert grade(part([0.0, 2.0]), "0, 2.01").status == "right"
    assert grade(part([0.0, 2.0]), "1e-9, 2").fraction == 0.5


def test_pages_say_how_to_write_it_and_what_the_mistakes_are(made):
    """The student's page shows no entry; the model answer shows all, and each mistake with its own."""
    asked = made(MATRIX)
    request, box = Vector().quiz_blocks(asked, fill=str)
    assert "semicolons between the rows" in request.text
    assert box.label == asked.label
    answer, mistake = Vector().answer_blocks(asked, fill=str)
    assert answer.text.startswith("Answer: [")
    assert answer.text.endswith("(each accepted within 1 %)")
    assert mistake.title.endswith("forgets the weight")
