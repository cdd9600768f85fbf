"""Going on from a student's own earlier value: what is recorded for it, and where it is refused."""

from pathlib import Path

import pytest

from quizgen.errors import FileFaults, Place, QuizgenError
from quizgen.expressions import parse
from quizgen.forms.assemble import label
from quizgen.forms.form import SCHEMA_VERSION, Form
from quizgen.grading.grade import grade
from quizgen.grading.intake.responses import Response
from quizgen.items.carrying import inputs, measurements, steps_between
from quizgen.items.contract import Settings
from quizgen.items.realise import realise

COMPUTE = {"a": parse("x * 2"), "b": parse("a + y"), "aside": parse("b * z"), "c": parse("b ** 2 + run.rate")}


def test_only_what_lies_between_is_a_step():
    """From a to c + 1 leads b; what stands aside is left out, and so is what comes before."""
    steps = steps_between(COMPUTE, "a", "c + 1")
    assert steps == (("b", "a + y"), ("c", "b ** 2 + run.rate"), ("key", "c + 1"))
    assert inputs(steps, "a") == {"y"}
    assert list(measurements(steps)) == ["run.rate"]


def _grade(template, **responses):
    item = label(realise(template, seed=3, variants=[0]).items[0], 1)
    form = Form(
        schema=SCHEMA_VERSION,
        id="TEST",
        title="T",
        blueprint="b",
        seed=3,
        minutes=5,
        instructions="",
        quizgen_version="0",
        numpy_version="0",
        items=(item,),
    )
    response = Response(form="TEST", student="s", responses=responses, place=Place(path=Path("x")))
    return grade(form, response, Settings()).parts


def test_a_number_that_only_leads_back_to_itself_is_not_carried(decay):
    """Whoever writes 1 for the rate and 1 for its power has computed nothing."""
    template = decay(("[0.05, 0.995]", "[0.05, 1.5]"))
    assert [part.score for part in _grade(template, **{"1a": "1", "1b": "1"})] == [0, 0]


def test_a_real_consequence_is_still_carried(decay):
    """0.5 is wrong for the rate, but a power of 0.5 follows from it."""
    template = decay()
    steps = int(realise(template, seed=3, variants=[0]).items[0].numbers["T"].printed)
    parts = _grade(template, **{"1a": "0.5", "1b": repr(0.5**steps)})
    assert [part.score for part in parts] == [0, 2]


@pytest.mark.parametrize("ends", ["[0.995, 0.05]", "[0.5, 0.5]"])
def test_a_range_that_holds_nothing_is_a_fault(decay, ends):
    """The ends of the range stand in order."""
    with pytest.raises(FileFaults, match="holds nothing"):
        decay(("[0.05, 0.995]", ends))


def test_a_step_that_is_measured_is_a_fault(decay):
    """Grading has no simulation to read from."""
    scale = "  scale: {experiment: time_scales, factor: 0.9, timesteps: 4}\ngiven:"
    with pytest.raises(FileFaults, match=r"from 'rate' to this key scale.half_life is read"):
        decay(("given:", scale), ("rate ** T to 3 figures", "rate ** T * scale.half_life to 3 figures"))


def test_an_infinite_number_on_the_way_turns_the_variant_down(decay):
    """What grading would have to read must be a number that a file can hold."""
    template = decay(("compute:", "compute:\n  huge: exp(1000 * T)"), ("rate ** T to 3", "min(rate ** T, huge) to 3"))
    with pytest.raises(QuizgenError, match="norm: not finite: huge"):
        realise(template, seed=1, variants=[0])
