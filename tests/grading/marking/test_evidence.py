"""Finding evidence for a rubric in an open answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.grading.marking.evidence import find_evidence, says, split_sentences
from quizgen.items.open import Criterion, OpenKey


def key(*evidence: tuple[str, ...], against: tuple[str, ...] = ()) -> OpenKey:
    line = Criterion(criterion="c", points=1, evidence=evidence, contradicted_by=against)
    return OpenKey(criteria=(line,), lines=5)


@pytest.mark.parametrize(
    ("sentence", "phrase", "found"),
    [
        ("The gradients vanish.", "gradient", True),
        ("The gradient vanishes.", "vanish", True),
        ("Many memories fade.", "memory", True),
        ("LONG-TERM dependencies", "long term dependency", True),
        ("It is unstable", "stable", False),
        ("a product of the Jacobians", "product of Jacobians", False),
        ("if σ < 1 it shrinks", "σ < 1", True),
        ("if σ > 1 it shrinks", "σ < 1", False),
        ("The loss", "los", False),
        ("", "loss", False),
        ("anything", "", False),
    ],
)
def test_phrases_match_whole_words_in_any_case_and_number(sentence, phrase, found):
    """Words stand side by side, whole, singular or plural."""
    assert says(sentence, phrase) is found


def test_sentences_end_at_stops_paragraphs_and_bullets():
    """A line break alone does not end a sentence."""
    text = "It vanishes over\nmany steps. So what?\n\nNew one\n- first\n- second"
    assert split_sentences(text) == ("It vanishes over many steps.", "So what?", "New one", "- first", "- second")


def test_all_groups_and_any_phrase_of_each_make_evidence():
    """Every group must be met, each by any of its phrases, wherever they stand."""
    rubric = key(("product", "multiplied"), ("Jacobian",))
    (found,) = find_evidence(rubric, "The Jacobians are many. They are multiplied. The end.")
    assert found.finding == "evidence found"
    assert found.sentences == ("The Jacobians are many.", "They are multiplied.")
    (part,) = find_evidence(rubric, "The Jacobians are many.")
    assert (part.finding, part.missing) == ("part of the evidence found", (("product", "multiplied"),))


def test_a_contradiction_outweighs_evidence_but_both_are_shown():
    """The person sees the sentences on both sides."""
    (found,) = find_evidence(key(("vanish",), against=("gradient grows",)), "It vanishes. The gradient grows.")
    assert found.finding == "contradiction found"
    assert (found.sentences, found.against) == (("It vanishes.",), ("The gradient grows.",))


def test_nothing_found_is_said_so():
    """What was looked for is not there."""
    assert find_evidence(key(("vanish",)), "I do not know.")[0].finding == "nothing found"


def test_a_criterion_without_evidence_is_not_searched_for():
    """Nothing to look for is not the same as nothing found; a contradiction is found all the same."""
    assert find_evidence(key(), "It vanishes.")[0].finding == "no automatic search"
    assert find_evidence(key(against=("grows",)), "It vanishes.")[0].finding == "no automatic search"
    assert find_evidence(key(against=("grows",)), "It grows.")[0].finding == "contradiction found"


@given(text=st.text())
def test_any_text_can_be_searched(text):
    """Open answers are any text."""
    assert len(find_evidence(key(("vanish", "σ < 1"), against=("grows",)), text)) == 1


@pytest.mark.parametrize(
    ("sentence", "phrase", "found"),
    [
        ("The factors are multiplied.", "multipl*", True),
        ("A repeated multiplication of slopes.", "multipl*", True),
        ("The ripple grew.", "multipl*", False),
        ("It vanishes exponentially fast.", "vanish* exponential*", True),
        ("exponentially vanishing", "vanish* exponential*", False),
    ],
)
def test_a_star_stands_for_any_ending(sentence, phrase, found):
    """One phrase covers multiply, multiplied and multiplication."""
    assert says(sentence, phrase) is found
