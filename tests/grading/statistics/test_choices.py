"""Which options were chosen, by letter and by what they say."""

from dataclasses import replace

import pytest

from quizgen.grading.grade import grade
from quizgen.grading.statistics.choices import chosen, count_choices, offered
from quizgen.items.choice import ChoiceKey
from quizgen.items.contract import Settings
from quizgen.items.matching_key import LeftEntry, MatchingKey, WrongPair
from quizgen.items.offers import KeyOption
from quizgen.items.true_false import TrueFalseKey


def with_key(item, key, type_name):
    return replace(item, parts=(replace(item.parts[0], type=type_name, key=key),))


@pytest.fixture
def shuffled(form):
    """The form again, with the options of question 2 the other way round."""
    cure = form.items[1]
    options = tuple(
        replace(option, letter=letter)
        for letter, option in zip("ABCD", reversed(cure.parts[0].key.options), strict=True)
    )
    turned = with_key(cure, ChoiceKey(options=options, several=True, score="balanced"), "choice")
    return replace(form, id="f-2", items=(form.items[0], turned, form.items[2]))


def graded(form, respond, ticks):
    return [
        grade(form, replace(respond(f"{form.id} {n}", _2=text), form=form.id), Settings())
        for n, text in enumerate(ticks)
    ]


def test_an_option_is_known_by_what_it_says_not_by_its_letter(form, shuffled, respond):
    """A in one form is D in the other; both are counted together, with their letters beside them."""
    reports = [*graded(form, respond, ["A", "A B", "C", "", "Z"]), *graded(shuffled, respond, ["D", "A"])]
    (count,) = count_choices(reports, [form, shuffled])
    assert (count.label, count.title, count.answers) == ("2", "Cure", 5)
    found = {option.text: (option.chosen, dict(option.marks)) for option in count.options}
    assert found == {
        "Option A": (3, {"A": 2, "D": 1}),
        "Option B": (1, {"B": 1}),
        "Option C": (1, {"C": 1}),
        "Option D": (1, {"A": 1}),
    }
    assert [option.misconception for option in count.options if option.misconception] == ["clipping-cures-vanishing"]
    assert [option.right for option in count.options] == [True, True, False, False]


def test_forms_that_are_not_given_are_left_out(form, shuffled, respond):
    """Nothing can be said of their options."""
    reports = [*graded(form, respond, ["A"]), *graded(shuffled, respond, ["A"])]
    (count,) = count_choices(reports, [form])
    assert count.answers == 1
    assert count_choices(reports, []) == ()


def test_the_best_and_the_weakest_are_told_apart(form, respond):
    """The best 27 % ticked what is right; the weakest, what is not."""
    reports = graded(form, respond, ["A B"] * 5 + ["A"] * 8 + ["C"] * 5)
    (count,) = count_choices(reports, [form])
    shares = {option.text: (option.upper, option.lower) for option in count.options}
    assert shares == {"Option A": (1, 0), "Option B": (1, 0), "Option C": (0, 1), "Option D": (0, 0)}


def test_other_types_name_their_choices_by_their_own_marks(form):
    """True or false with its reason; numbers with letters."""
    item = form.items[1]
    reasons = (KeyOption(letter="A", text="Reason", right=True),)
    judged = with_key(item, TrueFalseKey(right=False, reasons=reasons), "true_false")
    assert [(one.mark, one.right) for one in offered(judged, judged.parts[0])] == [
        ("true", False),
        ("false", True),
        ("A", True),
    ]
    key = MatchingKey(
        left=(LeftEntry(text="one", letter="B", because=""), LeftEntry(text="two", letter="A", because="")),
        right=("zwei", "eins"),
        repeats=False,
        wrong=(WrongPair(number=1, letter="A", misconception="mixed-up", because=""),),
    )
    matched = with_key(item, key, "matching")
    pairs = {one.mark: (one.text, one.right, one.misconception) for one in offered(matched, matched.parts[0])}
    assert pairs["1B"] == ("one → eins", True, "")
    assert pairs["1A"] == ("one → zwei", False, "mixed-up")
    assert chosen("1B 2A") <= pairs.keys()
    assert offered(form.items[0], form.items[0].parts[0]) == ()
