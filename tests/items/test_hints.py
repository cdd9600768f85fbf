"""The examples in the hints that say how to write an answer: never the answer."""

import re

import pytest

from quizgen import expressions
from quizgen.items import ITEM_TYPES, magnitude, number_key
from quizgen.items.interval import IntervalSpec
from quizgen.items.magnitude import MagnitudeSpec
from quizgen.items.numeric import NumericSpec
from quizgen.words import languages, words_in

NUMBER = re.compile(r"\d+\.?\d*(?:e-?\d+|\^-?\d+|/\d+|%)?")


class Values:
    """What an item type reads of a variant in which only x is known, and nothing is printed or rounded."""

    def __init__(self, x):
        self.x, self.quiz_numbers = x, {}

    def key(self, expression):
        """The value of an expression over x."""
        return float(expressions.parse(expression)({"x": self.x}))

    raw = hand = key

    def printed(self, expression, precision):
        """The same as it is printed."""
        return precision.spell(self.key(expression))

    def precision(self, expression):
        """No name has figures of its own."""
        return


def value(written):
    """What a number in a hint says."""
    base, power, exponent = written.partition("^")
    if power:
        return float(base) ** float(exponent)
    above, fraction, below = written.partition("/")
    if fraction:
        return float(above) / float(below)
    return float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (("number", "number_in", "one_of_several", "one_of_several_in"), {number_key.EXAMPLE}),
        (("or_fraction",), {number_key.FRACTION}),
        (("or_percentage",), {number_key.SHARE}),
        (("magnitude", "magnitude_in"), {float(example) for example in magnitude.EXAMPLES}),
    ],
)
def test_every_example_in_a_hint_is_one_that_is_known(language, names, numbers):
    """What a language's hints show as examples is what no key may be."""
    for name in names:
        said = words_in(language)["how"][name]
        assert sorted({value(written) for written in NUMBER.findall(said)}) == pytest.approx(sorted(numbers)), said


@pytest.mark.parametrize(
    ("spec", "key"),
    [
        (NumericSpec(key="x"), 0.01229),
        (NumericSpec(key="x", fractions=True), 22 / 7),
        (NumericSpec(key="x", percent=True), 0.07),
        (NumericSpec(key="x", to_figures=2), 0.0121),
        (MagnitudeSpec(key="x"), 2e-99),
        (IntervalSpec(low="x / 2", high="x * 2", example="x"), 0.01),
    ],
    ids=str,
)
def test_a_key_that_is_the_example_is_turned_down(spec, key):
    """A student who copies the hint earns nothing."""
    kind = next(kind for kind in ITEM_TYPES.values() if kind.spec is type(spec))
    values = Values(key)
    faults = list(kind.faults(spec, kind.make(spec, values, ()), values, ()))
    assert any("the hint's example" in fault for fault in faults), faults
    others = Values(key * 7)
    assert not any("hint" in fault for fault in kind.faults(spec, kind.make(spec, others, ()), others, ()))
