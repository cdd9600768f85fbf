"""What a study sheet is made of: items of every topic, and a self-test that is chosen by a rule."""

from dataclasses import replace

import pytest

from quizgen.forms.study import SELF_TEST, Missed, gather, self_test, short_items
from quizgen.items.demonstration import as_template
from quizgen.items.realise import realise

SEEDS = 5


def test_every_topic_has_its_demonstration_and_its_self_test(bank):
    """And a conclusion: nothing that study sheets promise is missing in the bank that comes with quizgen."""
    for topic in bank.topics.values():
        assert topic.demonstration
        assert topic.conclusion.strip()
        assert topic.formulas
        assert len(self_test(bank, topic)) == SELF_TEST


@pytest.mark.parametrize("seed", range(SEEDS))
def test_demonstrations_hold_for_any_seed(bank, seed):
    """What their texts claim stands under require, and is met without drawing again and again."""
    for topic in bank.topics.values():
        template = as_template(topic.demonstration, topic=topic.id)
        made = realise(template, seed=seed, variants=[0])
        assert made.items[0].figure.curves
        assert sum(made.rejections.values()) < 20, topic.id


def test_a_self_test_is_short_and_varied(bank):
    """One part each, no open question, not the worked example, and of different types where there are any."""
    for topic in bank.topics.values():
        chosen = [bank.templates[name] for name in self_test(bank, topic)]
        assert all(template.topic == topic.id for template in chosen)
        if topic.self_test or any(len(template.parts) > 1 for template in chosen):
            continue
        types = [template.parts[0].type for template in chosen]
        known = {
            one.parts[0].type
            for one in bank.templates.values()
            if one.topic == topic.id and len(one.parts) == 1 and one.id != topic.example_template
        } - {"open"}
        assert "open" not in types
        assert len(set(types)) == min(SELF_TEST, len(known))
        assert topic.example_template not in self_test(bank, topic)


def test_a_topic_may_name_its_self_test(bank):
    """In its own order."""
    topic = replace(bank.topics["vanishing"], self_test=("remedies", "leaky-integrator"))
    assert self_test(bank, topic) == ("remedies", "leaky-integrator")


def test_what_was_missed_is_asked_first(bank):
    """The first question examines a claim that cost points."""
    topic = bank.topics["gated-cells"]
    claims = {claim for item in short_items(bank, topic, seed=1) for claim in item.claims}
    assert len(claims) > 1
    for claim in claims:
        assert claim in bank.templates[self_test(bank, topic, {claim})[0]].claims


def test_questions_are_numbered_through_and_examples_apart(bank):
    """1, 2, 3, 4, … over all topics; E1, E2 for what is worked through."""
    studies = gather(bank, list(bank.topics.values())[:2], seed=4)
    labels = [item.parts[0].label for study in studies for item in study.self_test]
    assert [label.rstrip("a") for label in labels] == ["1", "2", "3", "4", "5", "6"]
    assert [study.example.parts[0].label[:2] for study in studies] == ["E1", "E2"]


def test_what_was_missed_goes_to_its_topic(bank):
    """Each topic knows its own parts."""
    missed = Missed(label="3a", question="?", topic="clipping", score=0.0, points=2.0)
    studies = gather(bank, [bank.topics["vanishing"], bank.topics["clipping"]], seed=4, missed=[missed])
    assert [study.missed for study in studies] == [(), (missed,)]


def test_short_items_come_quickest_first(bank):
    """Each of one part that a program can grade."""
    items = list(short_items(bank, bank.topics["clipping"], seed=1))
    minutes = [item.minutes for item in items]
    assert minutes == sorted(minutes)
    assert all(len(item.parts) == 1 and item.parts[0].type != "open" for item in items)
