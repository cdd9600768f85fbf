"""Matching: the share of right pairs, decided by the simulation where the author says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.contract import Settings
from quizgen.items.item import Part
from quizgen.items.matching import Matching
from quizgen.items.matching_key import LeftEntry, MatchingKey, WrongPair
from quizgen.items.realise import realise

FIXED = """
matching:
  pairs:
    - {left: sigmoid, right: one quarter, because: Its slope is s(1 - s).}
    - {left: tanh, right: one}
    - {left: ReLU, right: one or zero}
  extra: [one half]
  wrong:
    - {left: sigmoid, right: one half, misconception: sigmoid-slope-of-one-half, because: That is its value.}
"""
DRAWN = """
matching:
  pairs:
    - {left: curve P, right: the slow one, when: a > 5}
    - {left: curve P, right: the fast one, when: a <= 5}
    - {left: curve Q, right: the slow one, when: a <= 5}
    - {left: curve Q, right: the fast one, when: a > 5}
"""


def part(letters, *, right=4, repeats=False, wrong=()):
    """A part whose numbers have these letters."""
    key = MatchingKey(
        left=tuple(LeftEntry(text=f"left {letter}", letter=letter, because=f"Why {letter}.") for letter in letters),
        right=tuple(f"right {number}" for number in range(right)),
        repeats=repeats,
        wrong=tuple(WrongPair(number=n, letter=c, misconception=name, because=f"{name}!") for n, c, name in wrong),
    )
    return Part(label="1a", id="a", type="matching", points=3, ask="", key=key)


def grade(asked, response):
    """The verdict on a response."""
    return Matching().grade(asked, response, Settings())


@pytest.mark.parametrize(
    "response",
    ["1C 2A 3B", "1-C, 2-A, 3-B", "3b;1c;2a", "1: C\n2: A\n3: B\n", "1→C 2→A 3→B", "1=C and 2=A and 3=B", "C1 A2 B3", "C A B",
     "CAB", "c, a, b", "(1, C) (2, A) (3, B)", "1C2A3B"],
)  # fmt: skip
def test_pairs_are_read_however_they_are_marked(response):
    """Number and letter, letter and number, or all letters in order."""
    verdict = grade(part("CAB"), response)
    assert (verdict.status, verdict.read_as) == ("right", "1C 2A 3B")


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ("", "Numbers and letters do not make pairs."),
        ("C A", "Numbers and letters do not make pairs."),
        ("1C 2A B", "Numbers and letters do not make pairs."),
        ("1C A2 3B", "Numbers and letters do not make pairs."),
        ("1E 2A", "There is no entry 'E'."),
        ("4A", "There is no entry '4'."),
        ("1C 1A", "1 stands there twice."),
        ("1C 2C", "C stands there twice. Use each letter at most once."),
        ("C C A", "C stands there twice. Use each letter at most once."),
    ],
)
def test_what_does_not_pair_is_unreadable(response, reason):
    """With a hint at how to write it; never scored as wrong."""
    verdict = grade(part("CAB"), response)
    assert verdict.status == "unreadable"
    assert verdict.feedback.startswith(reason)


def test_a_letter_may_stand_twice_where_the_part_says_so():
    """Two entries on the left, one on the right."""
    assert grade(part("CCB", repeats=True), "1C 2C 3B").status == "right"


@pytest.mark.parametrize(
    ("response", "fraction"),
    [("1C 2A 3B", 1.0), ("1C 2A", 2 / 3), ("1C 2B 3A", 1 / 3), ("1A 2B 3C", 0.0), ("3B", 1 / 3)],
)
def test_the_share_of_right_pairs_is_earned(response, fraction):
    """What is left out earns nothing, and costs nothing else."""
    assert grade(part("CAB"), response).fraction == pytest.approx(fraction)


def test_each_wrong_pair_is_explained():
    """By the mistake that leads to it, else by what belongs together; the first mistake is the diagnosis."""
    verdict = grade(part("CAB", wrong=[(1, "D", "mixes-up")]), "1D 2B")
    assert verdict.diagnosis == "mixes-up"
    assert verdict.feedback.split("\n\n") == [
        "You matched 1 with D; C belongs to it. mixes-up!",
        "You matched 2 with B; A belongs to it. Why A.",
        "You left out 3; B belongs to it. Why B.",
    ]


@given(st.permutations("ABCDE"), st.permutations(range(5)))
def test_the_key_is_right_in_whatever_order_its_pairs_stand(letters, order):
    """Order within the response does not matter, and every response earns a share."""
    asked = part(letters, right=5)
    pairs = Matching().key_response(asked).split()
    assert grade(asked, " ".join(pairs[place] for place in order)).fraction == 1.0
    assert 0 <= grade(asked, "ABCDE").fraction <= 1


@given(text=st.text(max_size=40) | st.text(alphabet="1234ABCDE -,:→\n", max_size=30))
def test_any_text_is_a_response(text):
    """Whatever a student writes."""
    assert 0 <= grade(part("CAB"), text).fraction <= 1


def test_drawn_numbers_decide_the_pairs(one_part):
    """Of the candidates of each entry the one that holds is the key."""
    for item in realise(one_part(DRAWN), seed=1, variants=range(20)).items:
        [asked] = item.parts
        texts = dict(zip(asked.key.letters, asked.key.right, strict=True))
        slow = "curve P" if item.numbers["a"].value > 5 else "curve Q"
        assert {entry.text for entry in asked.key.left if texts[entry.letter] == "the slow one"} == {slow}


def test_the_right_column_is_shuffled(one_part):
    """Every letter is right for the first entry in some variant."""
    items = realise(one_part(FIXED), seed=1, variants=range(60)).items
    letters = [item.parts[0].key.left[0].letter for item in items]
    assert {letter: letters.count(letter) > 5 for letter in "ABCD"} == dict.fromkeys("ABCD", True)


def test_pages_have_a_box_for_each_letter(made):
    """The student's page has both columns and no key; the model answer pairs them."""
    asked = made(FIXED)
    request, left, right = Matching().quiz_blocks(asked, fill=str)
    assert request.text.endswith("Use each letter at most once. Some letters may be left over.")
    assert left.rows == (("1", "sigmoid", ""), ("2", "tanh", ""), ("3", "ReLU", ""))
    assert sorted(text for _, text in right.rows) == ["one", "one half", "one or zero", "one quarter"]
    answer, pairs = Matching().answer_blocks(asked, fill=str)
    assert answer.text == f"Answer: {Matching().key_response(asked)}"
    assert pairs.rows[0][1:] == ("sigmoid", "one quarter", "Its slope is s(1 - s).")
    assert "written like 1D 2C 3B" in Matching().how_to_answer(asked)


def test_a_wrong_pair_that_holds_is_no_mistake(made):
    """A mistake that leads to what is right in this variant is passed over, and so is one whose condition fails."""
    wrong = '    - {left: curve P, right: the slow one, misconception: m, because: "No."}\n'
    condition = wrong.replace("because", "when: a > 100, because")
    asked = made(f"{DRAWN}  wrong:\n{wrong}{condition}")
    slow = next(
        letter for letter, text in zip(asked.key.letters, asked.key.right, strict=True) if text == "the slow one"
    )
    assert len(asked.key.wrong) == (asked.key.left[0].letter != slow)


@pytest.mark.parametrize(
    ("spec", "rule"),
    [
        (
            DRAWN.replace("when: a <= 5", "when: a > 0").replace("a > 5", "a > 0"),
            "2 pairs hold for 'curve P'",
        ),
        (DRAWN.replace("when: a <= 5", "when: a < 0").replace("a > 5", "a < 0"), "0 pairs hold for 'curve P'"),
        (FIXED.replace("right: one}", "right: one quarter}"), "two left entries belong to the same right entry"),
        (FIXED.replace("right: one}", "right: ONE or zero}"), "two right entries read the same"),
        (
            DRAWN.replace("a > 5", "'x == run.product[9]'").replace("a <= 5", "'x != run.product[9]'"),
            "rounding decides",
        ),
    ],
)
def test_every_rule_of_the_certificate_turns_a_variant_down(broken_rule, spec, rule):
    """Each rule is broken on purpose, and says so by name."""
    assert rule in broken_rule(spec)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("matching: {pairs: [{left: a, right: b}]}", "1 different left entries; expected 2 to 10"),
        (FIXED.replace("left: sigmoid, right: one half", "left: ELU, right: one half"), "no left entry reads 'ELU'"),
        (FIXED.replace("left: sigmoid, right: one half", "left: sigmoid, right: two"), "no right entry reads 'two'"),
    ],
)
def test_a_spec_that_makes_no_sense_is_refused(refusal, spec, message):
    """Before any number is drawn, at its place in the file."""
    assert message in refusal(spec)
