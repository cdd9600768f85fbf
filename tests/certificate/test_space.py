"""How many different variants there are."""

import pytest

from quizgen.certificate.space import draws, space
from quizgen.items.draws import Variant, draw_numbers
from quizgen.items.template import Draw


@pytest.mark.parametrize(
    "draw",
    [
        Draw(choice=(8, 16, 32)),
        Draw(integer=(3, 9)),
        Draw(uniform=(0.6, 0.75), decimals=2),
        Draw(uniform=(-0.3, 0.3), decimals=1),
        Draw(log_uniform=(0.02, 3.0), figures=1),
        Draw(log_uniform=(80.0, 120.0), figures=2),
    ],
    ids=str,
)
def test_the_count_is_how_many_numbers_are_drawn(draw):
    """Enough seeds draw each number at least once, and no other."""
    seen = {
        number.value
        for number in draw_numbers(draw, [Variant(seed=s, template="t", variant=0) for s in range(4000)], "x")
    }
    assert draws([draw]) == len(seen)


def test_parameters_multiply():
    """Three times seven draws."""
    assert draws([Draw(choice=(8, 16, 32)), Draw(integer=(3, 9))]) == 21
    assert draws([]) == 1


def test_pages_that_print_the_same_are_told(starter):
    """The seeds of the commonest page are its twins."""
    found = space(starter(), {0: "a", 1: "b", 2: "a", 3: "c"}, accepted=0.5)
    assert (found.made, found.different, found.twins) == (4, 3, (0, 2))
    assert found.whole == 0.5 * 26 * 21  # w has 26 values, T has 21


def test_with_random_weights_the_whole_is_estimated_from_pairs(starter):
    """Of 4 pages there are 6 pairs; one of them alike means about 6 different ones."""
    random = starter(
        ("experiment: scalar_chain, activation: linear, weight: w, timesteps: T",
         "experiment: jacobian_product, cell: tanh, init: orthogonal, gain: w, hidden: 8, timesteps: T, input_std: 0.1"),
        ("run.product[T] to 3 figures", "w ** T to 3 figures"),
    )  # fmt: skip
    assert space(random, {0: "a", 1: "b", 2: "a", 3: "c"}, accepted=1.0).whole == 6
    assert space(random, {0: "a", 1: "b"}, accepted=1.0).whole is None
