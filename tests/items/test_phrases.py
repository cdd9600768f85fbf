"""Phrases compared as a kind reader compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.phrases import has_stray_star, is_literal, least_slips, slips, words

SAME = [
    ("Vanishing Gradients", "vanishing gradient"),
    ("the vanishing-gradient problem", "vanishing gradient problem"),
    ("initialization", "initialisation"),
    ("normalized", "normalised"),
    ("modeling", "modelling"),
    ("behavior", "behaviour"),
    ("centers", "centre"),
    ("analog", "analogue"),
    ("back propagation", "backpropagation"),
    ("Back-Propagation", "back propagation"),
    ("long short term memory", "long short-term memory"),
    ("biases", "bias"),
    ("losses", "loss"),
    ("matrices", "matrix"),
    ("frequencies", "frequency"),
    ("L2-norm", "L2 norm"),
    ("“forget gate”.", "forget gate"),
    ("Lyapunov's exponent", "Lyapunovs exponent"),
    ("naïve", "naive"),
    ("vanishes", "vanish*"),
    ("gradients vanished", "gradient* vanish*"),
    ("ｌｓｔｍ", "LSTM"),
]
MISSPELT = [
    ("vanishng", "vanishing"),
    ("forgget gate", "forget gate"),
    ("initilistation", "initialisation"),
    ("gradient clipxing", "gradient clipping"),
    ("backpropogation", "backpropagation"),
]
OTHER = [
    ("exploding", "vanishing"),
    ("possible", "impossible"),  # a slip in the first letter may turn a word round
    ("bounded", "unbounded"),
    ("underflow", "overflow"),
    ("tanh", "tan"),  # short words have no room for slips
    ("gate", "gain"),
    ("not vanishing", "vanishing"),
    ("forget", "forget gate"),
    ("vanish", "vanishing*"),
    ("-1", "1"),
    ("float32", "float64"),
    ("", "x"),
    ("x", "…"),
]


@pytest.mark.parametrize(("text", "phrase"), SAME)
def test_usual_variants_are_the_same(text, phrase):
    """Case, spaces, hyphens, number, spelling, endings."""
    assert slips(text, phrase) == 0


@pytest.mark.parametrize(("text", "phrase"), MISSPELT)
def test_small_slips_are_noticed(text, phrase):
    """One in words of six letters or more, two in words of ten or more."""
    assert slips(text, phrase)


@pytest.mark.parametrize(("text", "phrase"), OTHER)
def test_other_words_are_other_words(text, phrase):
    """However near they look."""
    assert slips(text, phrase) is None


@given(st.text(max_size=60))
def test_any_text_has_words(text):
    """Nothing is raised, and a text says itself, unless it has no words or a star of its own."""
    assert slips(text, text) == 0 or not words(text) or "*" in text
    assert slips(text, "vanishing gradient") in (None, 0, 1, 2)


@given(st.from_regex(r"[abcdfghkmnpt]{6,12}", fullmatch=True), st.data())
def test_one_wrong_letter_is_forgiven(word, data):
    """In any place but the first."""
    place = data.draw(st.integers(1, len(word) - 1))
    letter = data.draw(st.sampled_from("bdfgk"))
    found = slips(word[:place] + letter + word[place + 1 :], word)
    assert found in (0, 1)


def test_the_nearest_of_several_phrases_counts():
    """Fewest slips first; none where all are something else."""
    assert least_slips("vanishing gradeint", ["varnishing gradient", "vanishing gradient"]) == 1
    assert least_slips("exploding", ["vanishing", "clipping"]) is None
    assert least_slips("anything", []) is None


def test_stars_stand_for_endings():
    """A star elsewhere means nothing."""
    assert is_literal("vanish")
    assert not is_literal("vanish*")
    assert not has_stray_star("explod* gradient*")
    assert has_stray_star("*ing")
    assert has_stray_star("van*sh")
