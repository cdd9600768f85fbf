"""What every item template of the shipped bank must satisfy."""

from quizgen import api
from quizgen.items.draws import Variant
from quizgen.items.evaluation import evaluate
from quizgen.items.planner import Planner, plan
from quizgen.items.realise import realise
from quizgen.items.work import MAX_READING, MAX_WORK
from quizgen.prose.lints import reading_work

SEEDS = 15  # `quizgen bank check` goes through 50; the rules are the same


def test_every_template_is_certified(bank):
    """Most first draws are accepted, and no variant fails."""
    checks = [api.check_template(template, seeds=SEEDS) for template in bank.templates.values()]
    assert len(checks) == len(bank.templates)
    assert [fault for check in checks for fault in check.faults] == []


def test_the_bank_is_broad(bank):
    """At least 14 templates over all topics, two open questions, two with several parts, ten with misconceptions."""
    templates = list(bank.templates.values())
    assert len(templates) >= 14
    assert {template.topic for template in templates} == set(bank.topics)
    types = [part.type for template in templates for part in template.parts]
    assert types.count("open") >= 2
    assert sum(len(template.parts) > 1 for template in templates) >= 2
    assert sum(any(part.misconceptions for part in template.parts) for template in templates) >= 10
    assert any(template.figure for template in templates)


def test_every_template_simulates_or_computes(bank):
    """Numbers come from a simulation in nearly every template, and no template is without any."""
    for template in bank.templates.values():
        assert template.simulate or template.draw, template.id
    assert sum(bool(template.simulate) for template in bank.templates.values()) >= 0.8 * len(bank.templates)


def test_every_topic_has_a_worked_example(bank):
    """The study sheet of each topic works through one of its own templates."""
    for topic in bank.topics.values():
        assert bank.templates[topic.example_template].topic == topic.id


def test_variants_differ(bank):
    """Thirty variants of a template ask with at least three different sets of numbers."""
    for template in bank.templates.values():
        items = realise(template, seed=0, variants=range(30)).items
        assert len({tuple(number.printed for number in item.numbers.values()) for item in items}) >= 3, template.id


def test_every_template_is_far_below_the_most_work_that_is_allowed(bank):
    """Authors have room for more than the shipped bank asks of a machine: limits are for attacks."""
    for template in bank.templates.values():
        variants = [Variant(seed=seed, template=template.id, variant=0) for seed in range(SEEDS)]
        assert evaluate(plan(template), variants).work.max() < 0.2 * MAX_WORK, template.id
        texts = sum(reading_work(source) for _, source, _ in Planner(template).texts())
        assert texts < 0.2 * MAX_READING, template.id
