"""Choosing within bounds: against trying everything, and what adding a template may change."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank.blueprint import Bound
from quizgen.forms.amounts import amounts, total
from quizgen.forms.search import GaveUp, first_within
from quizgen.forms.slots import Slots
from quizgen.items.template import ItemTemplate, PartSpec

LEVELS = ("recall", "explain", "apply", "analyse")


def template(number, points, minutes, level="apply"):
    """A template as the search sees it."""
    part = PartSpec(id="a", points=points, ask="", type="numeric", spec=None)
    return ItemTemplate(
        id=f"t{number}", title="", topic="x", level=level, minutes=minutes, objective="", stem="", parts=(part,)
    )


halves = st.integers(0, 12).map(lambda number: number / 2)
POOL = st.lists(
    st.tuples(halves, st.sampled_from([1.0, 2.25, 3.1, 4.0]), st.sampled_from(LEVELS)), min_size=1, max_size=7
)


def ends(least, most):
    return st.builds(
        lambda a, b: Bound(at_least=min(a, b), at_most=max(a, b)), st.floats(least, most), st.floats(least, most)
    ) | st.builds(lambda a: Bound(at_least=a), st.floats(least, most))


BOUNDS = st.fixed_dictionaries(
    {},
    optional={
        ("points",): ends(0, 30),
        ("minutes",): ends(0, 15),
        ("levels", "apply"): st.integers(0, 4).map(lambda n: Bound(at_most=n)),
        ("levels", "recall"): st.integers(0, 3).map(lambda n: Bound(at_least=n)),
    },
)


@st.composite
def problems(draw):
    """Up to three sections over one pool, each with some of its templates in an order of its own."""
    pool = [template(number, *entry) for number, entry in enumerate(draw(POOL))]
    candidates = draw(st.lists(st.lists(st.sampled_from(pool), unique_by=lambda t: t.id), min_size=1, max_size=3))
    counts = [draw(st.integers(0, min(3, len(own)))) for own in candidates]
    return Slots(counts=tuple(counts), candidates=tuple(map(tuple, candidates)))


def every_choice(slots):
    """All choices without a repeated template, best liked first: the definition, by trying everything."""
    ways = [combinations(own, count) for own, count in zip(slots.candidates, slots.counts, strict=True)]
    for choice in product(*map(list, ways)):
        chosen = [one.id for own in choice for one in own]
        if len(set(chosen)) == len(chosen):
            yield choice


def keeps(choice, bounds):
    sums = total(one for own in choice for one in own)
    return all(bound.accepts(sums.get(entry, 0)) for entry, bound in bounds.items())


@given(problems(), BOUNDS)
def test_the_first_choice_within_the_bounds_is_found_or_there_is_none(slots, bounds):
    """Exactly what trying every choice in order finds first."""
    bounds = {
        entry: Bound(at_least=in_hundredths(b.at_least), at_most=in_hundredths(b.at_most))
        for entry, b in bounds.items()
    }
    expected = next((choice for choice in every_choice(slots) if keeps(choice, bounds)), None)
    found = first_within(slots, bounds)
    assert (found and tuple(map(tuple, found))) == expected


def in_hundredths(number):
    return None if number is None else round(number, 2)


@given(problems(), BOUNDS, st.integers(0, 20), halves)
def test_a_template_that_is_added_changes_a_choice_only_by_standing_in_it(slots, bounds, place, points):
    """Wherever it comes in a section's order: the others stay, or it is among them."""
    new = template("new", points, 2.0)
    before = first_within(slots, bounds)
    first = slots.candidates[0]
    more = Slots(counts=slots.counts, candidates=((*first[:place], new, *first[place:]), *slots.candidates[1:]))
    after = first_within(more, bounds)
    assert after == before or new in after[0]


def test_a_search_without_end_gives_up():
    """Where the tables cannot tell, the search ends after so many failures, and says so."""
    pool = tuple(template(number, 1, 1, "recall") for number in range(14))
    same = Slots(counts=(5, 5, 5), candidates=(pool, pool[::-1], pool))
    with pytest.raises(GaveUp):
        first_within(same, {("points",): Bound(at_least=15)}, failures=100)
    with pytest.raises(GaveUp):
        first_within(Slots(counts=(501,), candidates=(pool,)), {})


def test_amounts_that_fit_no_table_are_still_kept_exactly():
    """Points of a million and a hundredth make tables too large; the bound holds all the same."""
    pool = tuple(template(number, 1e6 * number + 0.01, 1) for number in range(1, 9))
    slots = Slots(counts=(3,), candidates=(pool,))
    found = first_within(slots, {("points",): Bound(at_least=15e6, at_most=15.5e6)})
    assert [one.id for one in found[0]] == ["t1", "t6", "t8"]
    assert first_within(slots, {("points",): Bound(at_least=15.1e6, at_most=15.5e6)}) is None


def test_what_one_question_adds():
    """Points of its parts, its minutes, and one of its level and topic."""
    assert amounts(template(1, 2.5, 4.0)) == {
        ("points",): 2.5, ("minutes",): 4.0, ("levels", "apply"): 1, ("topics", "x"): 1, ("types", "numeric"): 1,
    }  # fmt: skip
