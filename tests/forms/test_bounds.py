"""Blueprints with bounds: exams that keep them, and why one cannot be made."""

from dataclasses import replace

import pytest

from quizgen import api
from quizgen.bank.blueprint import Bound, Bounds, Section
from quizgen.errors import UsageError
from quizgen.forms.amounts import total
from quizgen.forms.choose import choose

SEEDS = range(25)
NAMED = ("full-exam", "oral", "practice", "quick-quiz", "warm-up")


def asked(bank, *sections, **bounds):
    """A blueprint of these sections and bounds."""
    questions = sum(section.questions for section in sections)
    return replace(
        bank.blueprints["practice"], id="mine", questions=questions, sections=sections, bounds=Bounds(**bounds)
    )


@pytest.mark.parametrize("name", NAMED)
def test_the_blueprints_of_the_bank_keep_their_bounds(bank, name):
    """Whatever the seed, there is a choice, and it has as many questions as it should."""
    blueprint = bank.blueprints[name]
    for seed in SEEDS:
        chosen = choose(bank, blueprint, seed=seed)
        sums = total(chosen)
        assert len(chosen) == blueprint.questions
        assert all(bound.accepts(sums.get(entry, 0)) for entry, bound in blueprint.bounds.by_entry().items())


def test_a_full_exam_is_on_all_topics_and_ends_in_an_open_question(bank):
    """As its file promises."""
    for seed in SEEDS:
        chosen = choose(bank, bank.blueprints["full-exam"], seed=seed)
        assert {template.topic for template in chosen} == set(bank.topics)
        assert [types(template) for template in chosen].index({"open"}) == len(chosen) - 1


def test_an_oral_preparation_is_open_throughout(bank):
    """No part that a program could grade."""
    for seed in SEEDS:
        assert all(types(template) == {"open"} for template in choose(bank, bank.blueprints["oral"], seed=seed))


def types(template):
    return {part.type for part in template.parts}


def test_a_warm_up_is_on_one_topic_whichever_it_is(bank):
    """The one that is named, else one that the seed picks; more than one is wrong usage."""
    blueprint = bank.blueprints["warm-up"]
    for topic in bank.topics:
        chosen = choose(bank, blueprint, seed=3, topics=[topic])
        assert [template.topic for template in chosen] == [topic] * blueprint.questions
    picked = [{template.topic for template in choose(bank, blueprint, seed=seed)} for seed in SEEDS]
    assert all(len(topics) == 1 for topics in picked)
    assert len(set().union(*picked)) > 4
    with pytest.raises(UsageError, match="'warm-up' is on one topic; 2 were named"):
        choose(bank, blueprint, seed=3, topics=["clipping", "bptt"])


def test_a_topic_is_picked_that_can_give_what_is_asked(bank):
    """If none can, one of them is told as an example."""
    blueprint = replace(asked(bank, Section(questions=1, types=("open",))), one_topic=True)
    able = {template.topic for template in bank.templates.values() if "open" in types(template)}
    assert {choose(bank, blueprint, seed=seed)[0].topic for seed in SEEDS} <= able
    with pytest.raises(UsageError, match=r"no topic can give this exam; \S+, for one: section 1 \(.*\) asks for 199"):
        choose(bank, replace(asked(bank, Section(questions=199)), one_topic=True), seed=1)


def test_bounds_that_the_choice_keeps_anyway_change_nothing(bank):
    """A bound that is met is no reason for another exam."""
    blueprint = bank.blueprints["practice"]
    for seed in SEEDS:
        chosen = choose(bank, blueprint, seed=seed)
        points = total(chosen)["points",]
        bounds = Bounds(points=Bound(at_least=points - 1, at_most=points + 1))
        assert choose(bank, replace(blueprint, bounds=bounds), seed=seed) == chosen


def test_a_section_may_leave_types_out(bank):
    """Without open questions, and only open ones."""
    blueprint = asked(bank, Section(questions=20, without=("open",)), Section(questions=2, only=("open",)))
    chosen = choose(bank, blueprint, seed=1)
    assert ["open" in types(template) for template in chosen] == [False] * 20 + [True] * 2


def unmet(bank, blueprint, **narrowed):
    with pytest.raises(UsageError) as caught:
        choose(bank, blueprint, seed=1, **narrowed)
    return str(caught.value)


def test_a_bound_beyond_the_bank_is_named_with_what_the_bank_can_give(bank):
    """Each such bound, and no other."""
    most = sum(sorted((template.minutes for template in bank.templates.values()), reverse=True)[:3])
    asked_for = {"points": Bound(at_least=3), "minutes": Bound(at_least=most + 1)}
    blueprint = asked(bank, Section(questions=3), **asked_for, levels={"analyse": Bound(at_least=4)})
    assert unmet(bank, blueprint) == (
        "blueprint 'mine': these bounds cannot be kept with 3 questions:\n"
        f"  minutes: at least {most + 1:g}; the nearest found is {most:g}\n"
        "  levels.analyse: at least 4; the nearest found is 3\n"
        "  hint: let the blueprint ask for less or for more questions, or add templates; see `quizgen bank list`"
    )


def test_bounds_that_clash_are_named_and_no_others(bank):
    """All questions apply, and one explains: the third bound has no part in it."""
    blueprint = asked(
        bank,
        Section(questions=4),
        points=Bound(at_most=30),
        levels={"apply": Bound(at_least=4), "explain": Bound(at_least=1)},
    )
    told = unmet(bank, blueprint)
    assert told.split("\n")[:-1] == [
        "blueprint 'mine': these bounds cannot be kept together with 4 questions:",
        "  levels.apply: at least 4; the nearest found is 3 with the others kept",
        "  levels.explain: at least 1; the nearest found is 0 with the others kept",
    ]


def test_an_amount_that_is_jumped_over_has_two_neighbours(bank):
    """Neither of the two is kept from who asked for what lies between."""
    whole = [t for t in bank.templates.values() if sum(part.points for part in t.parts) in (2, 3)]
    assert len(whole) > 10
    told = unmet(bank, asked(bank, Section(questions=1), points=Bound(at_least=2.1, at_most=2.9)))
    assert "points: 2.1 to 2.9; the nearest found is 2 or 3" in told


def test_bounds_hold_for_a_narrowed_exam_too(bank):
    """--questions and --topic leave them as they are; the message says how many questions there were."""
    full = bank.blueprints["full-exam"]
    assert "cannot be kept with 1 question:\n  points: 36 to 44; the nearest found is " in unmet(
        bank, full, questions=1
    )
    assert "types.open: at least 1; the nearest found is 0" in unmet(bank, full, questions=2)
    assert "section 1 (topics clipping; only open) asks for 3; item templates that fit: 0" in unmet(
        bank, bank.blueprints["oral"], topics=["clipping"]
    )


def test_the_time_of_another_number_of_questions_is_their_own(bank):
    """The first page does not announce 30 minutes for two questions."""
    quiz = replace(bank.blueprints["quick-quiz"], bounds=Bounds())
    assert api.make_form(bank, quiz, seed=1).minutes == 30
    form = api.make_form(bank, quiz, seed=1, questions=2)
    assert sum(item.minutes for item in form.items) <= form.minutes < 30


def test_what_an_exam_came_to_is_told_beside_its_bounds(bank):
    """Points and minutes, levels in their order, a bounded claim, and the bounds where there are any."""
    blueprint = asked(
        bank,
        Section(questions=4, topics=("bptt",), without=("open",)),
        points=Bound(at_most=30),
        levels={"recall": Bound(at_most=1)},
        claims={"S99": Bound(at_most=0)},
    )
    form = api.make_form(bank, blueprint, seed=1)
    told = {(met.kind, met.name): (met.amount, met.bound and str(met.bound)) for met in api.how_met(form, blueprint)}
    assert told["points", ""] == (form.points, "at most 30")
    assert told["minutes", ""] == (sum(item.minutes for item in form.items), None)
    assert told["topics", "bptt"] == (4, None)
    assert told["claims", "S99"] == (0, "at most 0")
    levels = [name for kind, name in told if kind == "levels"]
    assert levels == [level for level in ("recall", "explain", "apply", "analyse") if level in levels]
    assert levels[0] == "recall"
