"""From a template to items whose keys follow from what is printed."""

from collections import Counter
from decimal import Decimal

import pytest

from quizgen.errors import QuizgenError
from quizgen.items.draws import Variant
from quizgen.items.realise import MAX_ATTEMPTS, attempt, realise, turned_down


def test_the_key_follows_from_the_printed_numbers(decay):
    """A reader with a calculator and nothing but the page gets the key, in every variant."""
    for item in realise(decay(), seed=3, variants=range(40)).items:
        first = float(item.numbers["first"].printed)
        steps = int(item.numbers["T"].printed)
        rate, norm = item.parts
        assert rate.key.value == pytest.approx(first**0.1, rel=1e-12)
        assert norm.key.value == pytest.approx(first ** (steps / 10), rel=1e-12)
        by_hand = float(rate.key.printed) ** steps
        assert by_hand == pytest.approx(norm.key.value, rel=0.025)


def test_one_variant_is_the_same_alone_or_in_a_batch(decay):
    """Variant 17 does not know who else is drawn."""
    alone = realise(decay(), seed=3, variants=[17]).items[0]
    among = realise(decay(), seed=3, variants=range(30)).items[17]
    assert alone == among


def test_another_parameter_changes_no_number(decay):
    """Adding a parameter leaves all numbers of a seed as they were."""
    before = realise(decay(), seed=3, variants=range(5)).items
    after = realise(decay(("draw:\n", "draw:\n  extra: {integer: [1, 9]}\n")), seed=3, variants=range(5)).items
    assert [{n: i.numbers[n] for n in ("rho", "T", "first")} for i in before] == [
        {n: i.numbers[n] for n in ("rho", "T", "first")} for i in after
    ]


def test_a_requirement_that_no_draw_meets_names_itself(decay):
    """An author is told which rule turned down every draw, and for which seed."""
    template = decay(("rate < 0.9", "rate > 2"))
    with pytest.raises(QuizgenError, match=r"200 draws in a row.*seed 5") as caught:
        realise(template, seed=5, variants=[0])
    assert "require: rate > 2" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("value: first / 10", "value: rate * 1.001", "rate: misconception adds-instead-of-multiplies is too close to the key"),
        ("value: first / 10", "value: first / 0", "rate: misconception adds-instead-of-multiplies is not finite"),
        ("key: rate, rtol: 0.005", "key: first, rtol: 0.005", "rate: the page prints the key as first"),
        ("rate ** T to 3 figures", "rate ** T to 1 figures", "norm: 1 figures are too few for a tolerance of 0.05"),
        ("first ** (1/10) to 4 figures", "first ** (1/10) to 2 figures", "rate: 2 figures are too few for a tolerance of 0.005"),
        ("rate ** T to 3 figures", "first / (rate - rate) to 3 figures", "not finite: predicted"),
        ("key: predicted, rtol: 0.05", "key: first - first, rtol: 0.05", "norm: the key is 0, where a relative tolerance accepts 0 only"),
    ],
)  # fmt: skip
def test_every_rule_of_the_certificate_turns_a_variant_down(decay, old, new, rule):
    """Each rule is broken on purpose, and says so by name."""
    with pytest.raises(QuizgenError) as caught:
        realise(decay((old, new)), seed=1, variants=[0])
    assert rule in str(caught.value)


def test_a_step_printed_too_coarsely_is_noticed(decay):
    """A rate printed to 2 figures does not lead to the key of its 40th power: the hand value drifts."""
    template = decay(
        ("key: rate, rtol: 0.005", "key: rate, rtol: 0.4"), ("to 4 figures\n  predicted", "to 2 figures\n  predicted")
    )
    made = realise(template, seed=1, variants=range(30))
    assert made.rejections["norm: hand value drifts from the key"] > 15


def test_what_grading_needs_to_carry_an_error_is_recorded(decay):
    """A part that follows another keeps the later steps as text, with the numbers that they read."""
    item = realise(decay(), seed=3, variants=[0]).items[0]
    follows = item.parts[1].follows
    assert (follows.part, follows.name, follows.low, follows.high) == ("rate", "rate", 0.05, 0.995)
    assert follows.steps == (("predicted", "rate ** T"), ("key", "predicted"))
    assert follows.values == {"T": float(item.numbers["T"].printed)}


def test_every_misconception_is_recomputed_for_every_variant(decay):
    """The wrong number belongs to the variant's own numbers."""
    for item in realise(decay(), seed=3, variants=range(10)).items:
        wrong = item.parts[0].misconceptions[0]
        assert wrong.value == float(item.numbers["first"].printed) / 10
        assert abs(Decimal(wrong.value) / Decimal(item.parts[0].key.value) - 1) > Decimal("0.01")


@pytest.mark.parametrize("index", ["T + 5", "floor(rho * 1000)", "T / 3"])
def test_an_index_beyond_a_series_names_the_expression_and_the_seed(decay, index):
    """An author is told which template, which expression and which seed."""
    template = decay(("  small: ", f"  beyond: run.product_norm[{index}]\n  small: "))
    with pytest.raises(QuizgenError, match=r"^decay: 'run\.product_norm\[.*\]' cannot be read \(seed 3\): index must"):
        realise(template, seed=3, variants=range(5))


def test_seeds_may_share_a_batch(decay):
    """What is tried together for many seeds is what each of them makes alone, attempts included."""
    template = decay(("rate < 0.9", "rate < 0.75"))
    variants = [Variant(seed=seed, template="decay", variant=seed % 3) for seed in range(25)]
    for variant, outcome in zip(variants, attempt(template, variants), strict=True):
        alone = realise(template, seed=variant.seed, variants=[variant.variant])
        assert (outcome.item,) == alone.items
        assert Counter(outcome.broken) == alone.rejections


def test_a_variant_without_an_item_tells_its_rules(decay):
    """A hopeless variant ends with as many broken rules as attempts."""
    (outcome,) = attempt(decay(("rate < 0.9", "rate > 2")), [Variant(seed=1, template="decay", variant=0)])
    assert outcome.item is None
    assert outcome.broken == ("require: rate > 2",) * MAX_ATTEMPTS


def test_work_ends_the_draws_of_a_variant_whatever_is_in_the_batch(decay, monkeypatch):
    """Each variant has its own count of work, so that it is given up after the same draws alone and beside others."""
    monkeypatch.setattr("quizgen.items.realise.MAX_WORK_IN_ALL", 4e7)  # a draw is 3 to 5 million timesteps' work
    template = decay(("rate < 0.9", "rate < 0.65"))
    variants = [Variant(seed=seed, template="decay", variant=0) for seed in range(12)]
    together = attempt(template, variants)
    assert {outcome.item is None for outcome in together} == {True, False}
    for variant, outcome in zip(variants, together, strict=True):
        (alone,) = attempt(template, [variant])
        assert (outcome.item, outcome.broken) == (alone.item, alone.broken)
    given_up = next(outcome for outcome in together if outcome.item is None)
    assert 5 < len(given_up.broken) < 15
    assert f"{len(given_up.broken)} draws in a row were turned down, and more would be too much work" in str(
        turned_down(variants[0], given_up)
    )
