"""Where randomness starts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.draws import Variant, draw_numbers
from quizgen.items.template import Draw


def variant(number=0, **changes):
    return Variant(**{"seed": 7, "template": "decay", "variant": number, "attempt": 0} | changes)


def test_a_number_depends_on_its_own_name_alone():
    """Drawing other parameters, in any order, changes nothing; every part of the address changes it."""
    base = variant().uniform("rho")
    assert base == variant().uniform("rho")
    others = [
        variant(seed=8).uniform("rho"),
        variant(template="growth").uniform("rho"),
        variant(1).uniform("rho"),
        variant(attempt=1).uniform("rho"),
        variant().uniform("T"),
    ]
    assert len({base, *others}) == 6


def test_known_digest():
    """The address is hashed as documented, so that seeds survive a change of machine or of Python."""
    import hashlib

    digest = hashlib.sha256(b"7\x1fdecay\x1f0\x1f0\x1frho").hexdigest()
    first_53_bits = int(digest[:14], 16) >> 3
    assert variant().uniform("rho") == first_53_bits / 2**53


def test_uniform_numbers_fill_the_interval_evenly():
    """The mean and the tenths of ten thousand draws are those of a uniform distribution."""
    draws = [variant(v).uniform("x") for v in range(10_000)]
    assert abs(sum(draws) / 10_000 - 0.5) < 4 * (1 / 12 / 10_000) ** 0.5
    counts = [sum(t / 10 <= u < (t + 1) / 10 for u in draws) for t in range(10)]
    assert all(abs(count - 1000) < 4 * 30 for count in counts)


@given(number=st.integers(0, 10**6))
def test_drawn_numbers_are_what_is_printed_and_lie_in_range(number):
    """Whatever is drawn is rounded to the page before anything is computed from it."""
    v = variant(number)
    rho = draw_numbers(Draw(uniform=(0.6, 0.95), decimals=2), [v], "rho")[0]
    eps = draw_numbers(Draw(log_uniform=(1e-9, 1e-3), figures=2), [v], "eps")[0]
    steps = draw_numbers(Draw(integer=(30, 60)), [v], "T")[0]
    n = draw_numbers(Draw(choice=(8.0, 16.0)), [v], "n")[0]
    assert 0.6 <= rho.value <= 0.95
    assert len(rho.printed) == 4
    assert 1e-9 <= eps.value <= 1e-3
    assert 30 <= steps.value <= 60
    assert steps.printed.isdigit()
    assert n.printed in {"8", "16"}
    assert all(number.raw == number.value for number in (rho, eps, steps, n))


def test_an_order_is_a_shuffle_and_every_order_occurs():
    """Options are shuffled by the variant's own digest; all six orders of three occur about equally often."""
    orders = [tuple(variant(v).order("options", 3)) for v in range(1200)]
    assert {frozenset(order) for order in orders} == {frozenset({0, 1, 2})}
    counts = [orders.count(order) for order in set(orders)]
    assert len(counts) == 6
    assert max(counts) < 260


@pytest.mark.parametrize("count", [1, 2, 5])
def test_streams_differ_between_runs(count):
    """Each simulation of a variant has 128 bits of its own."""
    streams = {variant().stream(f"run{i}") for i in range(count)}
    assert len(streams) == count
    assert all(0 <= stream < 2**128 for stream in streams)
