"""Ordering: scored by the edit distance, decided by measured numbers where the author says so."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.contract import Settings
from quizgen.items.item import Part
from quizgen.items.ordering import Ordering
from quizgen.items.ordering_key import OrderedEntry, OrderingKey, WrongOrder, edit_distance
from quizgen.items.realise import realise

WRITTEN = """
ordering:
  entries:
    - {text: forward pass, because: It comes first.}
    - {text: loss}
    - {text: backward pass}
    - {text: update}
  wrong:
    - {misconception: updates-first, by: [2, 3, 4, 1], because: The update needs the gradient.}
"""
MEASURED = """
ordering:
  direction: descending
  entries:
    - {text: one, by: x}
    - {text: two, by: y}
    - {text: three, by: a * y}
"""

BETWEEN = """
ordering:
  gap: 0
  entries:
    - {text: one, by: x}
    - {text: two, by: "run.product[9] * 1.0001"}
    - {text: three, by: "run.product[9] * 0.9999"}
"""


def part(letters, *, by=None, wrong=()):
    """A part whose right order is ``letters``."""
    key = OrderingKey(
        entries=tuple(
            OrderedEntry(letter=letter, text=f"entry {letter}", because=f"Why {letter}.") for letter in letters
        ),
        by=by,
        wrong=tuple(WrongOrder(misconception=name, letters=order, because=f"{name}!") for name, order in wrong),
    )
    return Part(label="1a", id="a", type="ordering", points=2, ask="", key=key)


def grade(asked, response):
    """The verdict on a response."""
    return Ordering().grade(asked, response, Settings())


@pytest.mark.parametrize(
    "response",
    ["C A D B", "CADB", "cadb", "C, A, D, B", "C > A > D > B", "C → A → D → B", "C->A->D->B", "C - A - D - B", "C\nA\nD\nB\n",
     "C then A then D and B", "C;A;D;B."],
)  # fmt: skip
def test_an_order_is_read_however_it_is_marked(response):
    """Letters with whatever usually stands between them."""
    verdict = grade(part("CADB"), response)
    assert (verdict.status, verdict.read_as) == ("right", "C A D B")


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ("", "A, B, C, D missing."),
        ("C A D", "B missing."),
        ("C A D B B", "B stands there twice."),
        ("C A D E", "There is no entry 'E'."),
        ("C > A < D > B", "> contradicts the order asked for."),
    ],
)
def test_letters_that_are_left_out_or_repeated_are_unreadable(response, reason):
    """With a hint at how to write it; never scored as wrong."""
    verdict = grade(part("CADB"), response)
    assert verdict.status == "unreadable"
    assert verdict.feedback.startswith(reason)
    assert "such as A B C D" in verdict.feedback


def test_a_sign_must_not_contradict_the_direction():
    """With the smallest first, C > A would say the opposite; the arrow says nothing of size."""
    ascending, descending = part("CADB", by="ascending"), part("CADB", by="descending")
    assert grade(ascending, "C < A < D < B").status == grade(descending, "C > A > D > B").status == "right"
    assert grade(ascending, "C > A > D > B").status == grade(descending, "C < A < D < B").status == "unreadable"
    assert grade(ascending, "C → A → D → B").status == "right"
    assert "the smallest comes first" in grade(ascending, "C > A > D > B").feedback


@pytest.mark.parametrize(
    ("response", "fraction"), [("CADB", 1.0), ("ACDB", 0.5), ("ADBC", 0.5), ("BCAD", 0.5), ("BDAC", 0.0), ("CABD", 0.5)]
)
def test_points_fall_with_the_edit_distance(response, fraction):
    """1 − d/n: one letter out of its place costs two edits, wherever it went."""
    assert grade(part("CADB"), response).fraction == fraction


def recursive_distance(first, second):
    """The definition of the edit distance, word for word."""
    if not first or not second:
        return len(first) + len(second)
    return min(
        recursive_distance(first[1:], second) + 1,
        recursive_distance(first, second[1:]) + 1,
        recursive_distance(first[1:], second[1:]) + (first[0] != second[0]),
    )


def test_the_edit_distance_is_that_of_its_definition():
    """Every order of four letters against one, and the example of the textbooks."""
    for order in permutations("ABCD"):
        assert edit_distance("".join(order), "ABCD") == recursive_distance("".join(order), "ABCD")
    assert edit_distance("kitten", "sitting") == 3


@pytest.mark.parametrize(
    ("response", "diagnosis", "feedback"),
    [
        ("DACB", "swaps", "swaps!"),
        ("BDAC", "reversed", "the right order the other way round"),
        ("ACDB", None, "C is first. Why C."),
        ("CDAB", None, "A is number 2. Why A."),
    ],
)
def test_a_wrong_order_is_explained(response, diagnosis, feedback):
    """By a mistake of the part, as reversed, or by the first letter out of its place."""
    verdict = grade(part("CADB", wrong=[("swaps", "DACB")]), response)
    assert verdict.diagnosis == diagnosis
    assert feedback in verdict.feedback


@given(key=st.permutations("ABCDEF"), response=st.permutations("ABCDEF"))
def test_only_the_right_order_earns_full_points(key, response):
    """And every order earns a share."""
    fraction = grade(part(key), "".join(response)).fraction
    assert 0 <= fraction <= 1
    assert (fraction == 1) == (key == response)


@given(text=st.text(max_size=40) | st.text(alphabet="ABCD <>→,-", max_size=30))
def test_any_text_is_a_response(text):
    """Whatever a student writes."""
    assert 0 <= grade(part("CADB"), text).fraction <= 1


def test_measured_numbers_decide_the_order(one_part):
    """The largest first, whatever was drawn."""
    for item in realise(one_part(MEASURED), seed=1, variants=range(20)).items:
        x, a = item.numbers["x"].value, item.numbers["a"].value
        expected = sorted({"one": x, "two": x * a, "three": x * a * a}.items(), key=lambda entry: -entry[1])
        assert [entry.text for entry in item.parts[0].key.entries] == [text for text, _ in expected]


def test_the_page_does_not_show_the_order_as_written(one_part):
    """Letters are dealt out anew in each variant; all orders of four occur about equally often."""
    items = realise(one_part(WRITTEN), seed=1, variants=range(240)).items
    orders = [item.parts[0].key.letters for item in items]
    assert len(set(orders)) == 24
    assert max(orders.count(order) for order in orders) < 30


def test_pages_show_letters_in_alphabetical_order(made):
    """The student's page lists A to D; the model answer lists the right order with its reasons and mistakes."""
    asked = made(WRITTEN)
    request, entries, box = Ordering().quiz_blocks(asked, fill=str)
    assert request.text == "Write all 4 letters in order, from the first to the last."
    assert [letter for letter, _ in entries.rows] == list("ABCD")
    assert box.label == asked.label
    answer, order, mistake = Ordering().answer_blocks(asked, fill=str)
    assert answer.text == f"Answer: {Ordering().key_response(asked)} (from the first to the last)"
    assert [text for _, text, _ in order.rows] == ["forward pass", "loss", "backward pass", "update"]
    assert mistake.title.endswith("updates first")
    assert asked.key.wrong[0].letters == asked.key.letters[3] + asked.key.letters[:3]


@pytest.mark.parametrize(
    ("spec", "changes", "rule"),
    [
        (MEASURED.replace("a * y", "y / (a - a)"), [], "a number that decides the order is not finite"),
        (MEASURED.replace("a * y", "1.01 * y"), [], "two entries differ by less than 0.05 of the larger (key values)"),
        (BETWEEN, [("9] to 4", "9] to 1")], "the order is another one with the raw values"),
        (WRITTEN.replace("text: loss", "text: Update"), [], "two entries read the same"),
        (WRITTEN.replace("[2, 3, 4, 1]", "[2, 3, 4, 5]"), [], "misconception updates-first leads to the right order"),
    ],
)
def test_every_rule_of_the_certificate_turns_a_variant_down(broken_rule, spec, changes, rule):
    """Each rule is broken on purpose, and says so by name."""
    assert rule in broken_rule(spec, *changes)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("ordering: {entries: [{text: a}, {text: b}]}", "2 entries; expected 3 to 10"),
        (MEASURED.replace("one, by: x", "one"), "some have none"),
        (MEASURED + "  gap: 1\n", "expected a share from 0 to less than 1"),
        (WRITTEN.replace("[2, 3, 4, 1]", "[2, 3]"), "2 numbers for 4 entries"),
    ],
)
def test_a_spec_that_makes_no_sense_is_refused(refusal, spec, message):
    """Before any number is drawn, at its place in the file."""
    assert message in refusal(spec)
