"""Scoring several ticks, and reading which were ticked."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import ParameterError, UnknownNameError
from quizgen.items.choice_rules import CHOICE_RULES, guessing_fault, guessing_gain, read_letters
from quizgen.numbers.reading import Unreadable

OFFERED = frozenset("ABCDE")
RIGHT = frozenset("AB")

# By hand from the formulas, with K = AB out of ABCDE: ticked -> scores in the order of the table.
BY_HAND = {
    "AB": {"all-or-nothing": 1, "net-correct": 1, "each-option": 1, "coverage": 1, "balanced": 1},
    "A": {"all-or-nothing": 0, "net-correct": 1 / 2, "each-option": 4 / 5, "coverage": 1 / 2, "balanced": 1 / 2},
    "AC": {"all-or-nothing": 0, "net-correct": 0, "each-option": 3 / 5, "coverage": 1 / 4, "balanced": 1 / 2 - 1 / 3},
    "ABC": {"all-or-nothing": 0, "net-correct": 1 / 2, "each-option": 4 / 5, "coverage": 2 / 3, "balanced": 2 / 3},
    "CDE": {"all-or-nothing": 0, "net-correct": 0, "each-option": 0, "coverage": 0, "balanced": 0},
    "ABCDE": {"all-or-nothing": 0, "net-correct": 0, "each-option": 2 / 5, "coverage": 2 / 5, "balanced": 0},
}


@pytest.mark.parametrize("ticked", BY_HAND)
@pytest.mark.parametrize("name", CHOICE_RULES)
def test_each_rule_gives_what_its_formula_says(name, ticked):
    """Scores worked out by hand for two right options out of five."""
    assert CHOICE_RULES[name](frozenset(ticked), RIGHT, OFFERED) == pytest.approx(BY_HAND[ticked][name])


subsets = st.frozensets(st.sampled_from(sorted(OFFERED)), min_size=1)


@pytest.mark.parametrize("name", CHOICE_RULES)
@given(ticked=subsets, right=subsets)
def test_every_rule_stays_between_none_and_all_and_rewards_the_key(name, ticked, right):
    """Scores lie in [0, 1]; the key earns 1."""
    assert 0 <= CHOICE_RULES[name](ticked, right, OFFERED) <= 1
    assert CHOICE_RULES[name](right, right, OFFERED) == 1


@pytest.mark.parametrize("name", CHOICE_RULES)
def test_a_rule_needs_a_right_option_and_known_letters(name):
    """No right option, or a letter that is not offered, is a mistake of the caller."""
    with pytest.raises(ParameterError, match="no option is right"):
        CHOICE_RULES[name](frozenset("A"), frozenset(), OFFERED)
    with pytest.raises(ParameterError, match="Z: not among"):
        CHOICE_RULES[name](frozenset("Z"), RIGHT, OFFERED)


def test_one_wrong_option_still_costs_only_half_by_the_balanced_rule():
    """max(|W|, 2) keeps a single distractor from taking everything."""
    assert CHOICE_RULES["balanced"](frozenset("ABC"), frozenset("AB"), frozenset("ABC")) == pytest.approx(1 / 2)


def test_guessing_gain_is_the_mean_over_all_sets_of_ticks():
    """The counting agrees with plain enumeration."""
    for name, rule in CHOICE_RULES.items():
        sets = [frozenset(s) for n in range(1, 6) for s in itertools.combinations(sorted(OFFERED), n)]
        chance = sum(rule(s, RIGHT, OFFERED) for s in sets) / len(sets)
        assert guessing_gain(rule, RIGHT, OFFERED) == pytest.approx(rule(OFFERED, RIGHT, OFFERED) - chance), name


def test_ticking_everything_is_refused_where_it_beats_chance():
    """Balanced marks resist; rules that reward coverage do not."""
    assert guessing_fault("balanced", RIGHT, OFFERED) is None
    assert guessing_fault("all-or-nothing", RIGHT, OFFERED) is None
    assert "'coverage'" in (guessing_fault("coverage", RIGHT, OFFERED) or "")
    assert "'each-option'" in (guessing_fault("each-option", frozenset("ABCD"), OFFERED) or "")
    with pytest.raises(UnknownNameError, match="did you mean 'balanced'"):
        guessing_fault("balance", RIGHT, OFFERED)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("A", "A"),
        ("a, c", "AC"),
        ("A C", "AC"),
        ("AC", "AC"),
        ("B)", "B"),
        ("(A) and (C)", "AC"),
        ("[A, C]", "AC"),
        ("A; B & D\n", "ABD"),
        ("c.", "C"),
        ("A, A", "A"),
    ],
)
def test_letters_read_in_every_usual_spelling(text, letters):
    """Case, separators and order do not matter."""
    assert read_letters(text, OFFERED) == frozenset(letters)


@pytest.mark.parametrize(
    ("text", "offset"), [("A, F", 3), ("1", 0), ("none", 0), ("", 0), (" ,", 0), ("A?", 1), ("ß", 0)]
)
def test_other_words_are_unreadable(text, offset):
    """What is not an option is said to be none, with the place and the options."""
    found = read_letters(text, OFFERED)
    assert isinstance(found, Unreadable)
    assert found.offset == offset
    assert "A, B, C, D, E" in found.hint


@given(text=st.text())
def test_any_text_gives_options_or_a_reason(text):
    """Nothing that a student writes raises."""
    found = read_letters(text, OFFERED)
    assert isinstance(found, Unreadable) or (found and found <= OFFERED)
