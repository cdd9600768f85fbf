"""Where each number of an item came from."""

import pytest

from quizgen.errors import QuizgenError
from quizgen.items.explanation import explain
from quizgen.items.realise import realise


def test_every_number_of_the_item_is_explained(decay):
    """What is printed stands in the explanation, as it is printed."""
    item = realise(decay(), seed=3, variants=[0]).items[0]
    found = explain(decay(), seed=3)
    shown = {one.name: one.printed for one in (*found.drawn, *found.given, *found.computed) if one.printed}
    assert shown == {name: number.printed for name, number in item.numbers.items()}
    assert found.attempt == item.provenance.attempt


def test_the_flow_is_told_with_its_values(decay):
    """A rule, a run, a rounding, an expression with its values, and the values of each evaluation."""
    found = explain(decay(), seed=3)
    drawn = {one.name: one for one in found.drawn}
    assert drawn["rho"].rule == "from 0.6 to 0.86, 2 decimals"
    assert drawn["T"].rule == "a whole number from 30 to 50"
    (run,) = found.ran
    assert (run.name, run.experiment) == ("run", "jacobian_product")
    assert run.arguments["gain"] == float(drawn["rho"].printed)
    (first,) = found.given
    assert (first.expression, first.rounding) == ("run.product_norm[10]", "to 4 figures")
    assert first.raw == pytest.approx(float(first.printed), rel=5e-4)
    rate = next(one for one in found.computed if one.name == "rate")
    assert rate.with_values == f"{first.printed} ** (1/10)"
    assert rate.key == float(first.printed) ** 0.1
    assert rate.raw == first.raw**0.1
    small = next(one for one in found.computed if one.name == "small")
    assert small.key is (float(next(o for o in found.computed if o.name == "predicted").key) < 0.001)


def test_keys_and_mistakes_are_told(decay):
    """Each part names its answer, and each mistake the number that it leads to."""
    rate, norm = explain(decay(), seed=3).asked
    item = realise(decay(), seed=3, variants=[0]).items[0]
    assert rate.answer == f"Answer: {item.parts[0].key.printed} (accepted within 0.5 %)"
    assert rate.sources[0].key == item.parts[0].key.value
    (mistake,) = rate.misconceptions
    assert mistake.key == item.parts[0].misconceptions[0].value
    assert norm.misconceptions == ()


def test_draws_that_were_turned_down_are_told(decay):
    """In order, as many as the attempt says, each with the rule it broke."""
    template = decay(("rate < 0.9", "rate < 0.7"))
    seed = next(s for s in range(50) if realise(template, seed=s, variants=[0]).items[0].provenance.attempt > 1)
    found = explain(template, seed=seed)
    assert len(found.turned_down) == found.attempt > 1
    assert set(found.turned_down) == {"require: rate < 0.7"}


def test_what_can_never_be_drawn_cannot_be_explained(decay):
    """The error names the rule."""
    with pytest.raises(QuizgenError, match="200 draws in a row"):
        explain(decay(("rate < 0.9", "rate > 2")), seed=1)
