"""What the tests of all experiments use."""

import random

import numpy as np
import pytest

from quizgen.experiments import EXPERIMENTS
from quizgen.experiments.run import everything, run


def seeds_of(count, start=0):
    """128-bit seeds, one for each variant."""
    return [random.Random(f"{start}/{v}").getrandbits(128) for v in range(count)]  # noqa: S311


class Found:
    """The measurements of one run, by attribute; series of the first variant without what lies beyond their end."""

    def __init__(self, name, measured):
        self.quantities = {quantity.name: quantity for quantity in EXPERIMENTS[name].quantities}
        self.measured = measured

    def __getattr__(self, name):
        found = self.measured[name]
        if self.quantities[name].index:
            return found.values[0, : found.last[0] + 1 - found.first]
        return float(found[0])


@pytest.fixture
def simulated():
    """Run an experiment once, with everything measured."""

    def simulate(name, seed=1, **arguments):
        return Found(name, run(name, arguments, seeds=[seed], wanted=everything(EXPERIMENTS[name])))

    return simulate


@pytest.fixture
def make_seeds():
    """Draw seeds."""
    return seeds_of


@pytest.fixture
def varied():
    """Arguments that differ from variant to variant, sizes and lengths included."""

    def arguments(experiment, count):
        rng = np.random.default_rng(3)
        found = {}
        for parameter in experiment.parameters:
            if parameter.role == "size":
                found[parameter.name] = np.maximum(rng.choice([1.0, 2.0, 5.0], count), parameter.low)
            elif parameter.role == "length":
                found[parameter.name] = rng.integers(3, 25, count).astype(float)
            elif parameter.name in {"gain", "input_std", "factor", "weight"}:
                found[parameter.name] = rng.uniform(0.3, 1.4, count)
        return found

    return arguments
