"""The way from the printed numbers to a key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.certificate.way import Steps, way_to
from quizgen.expressions import parse


def steps(computed=None, arguments=None, truths=None):
    return Steps(
        computed={name: parse(source) for name, source in (computed or {}).items()},
        arguments={run: tuple(map(parse, sources)) for run, sources in (arguments or {}).items()},
        decide=lambda condition: (truths or {})[condition],
    )


def test_steps_are_followed_to_what_is_printed():
    """Norm = rate ** T, rate = first ** (1/10): three operations, from first and T."""
    way = way_to(["norm"], steps({"rate": "first ** (1/10)", "norm": "rate ** T", "unused": "T + 1"}))
    assert way.operations == 3
    assert way.sources == {"first", "T"}


def test_a_step_that_is_used_twice_is_worked_out_once():
    """The sum is written down and used again."""
    way = way_to(["s * s"], steps({"s": "a + b"}))
    assert (way.operations, way.sources) == (2, {"a", "b"})


def test_only_the_branch_that_is_taken_counts():
    """Two variants of one template may be of different length."""
    source = {"key": "a if small else ln(a) * b + 1"}
    assert way_to(["key"], steps(source, truths={"small": True})).operations == 0
    long = way_to(["key"], steps(source, truths={"small": False}))
    assert (long.operations, long.sources) == (3, {"a", "b"})


def test_a_measurement_to_work_out_counts_once_with_its_arguments():
    """The index and the run's arguments are on the way."""
    way = way_to(["run.product[T]"], steps(arguments={"run": ["w", "2 * n"]}))
    assert way.operations == 2
    assert way.sources == {"T", "w", "n"}


LEAVES = st.sampled_from(["a", "b", "2", "0.5"])


@given(
    st.recursive(
        LEAVES,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            inner.map(lambda one: f"sqrt({one})"),
            inner.map(lambda one: f"-({one})"),
        ),
        max_leaves=12,
    )
)
def test_arithmetic_counts_as_the_expression_itself_counts(source):
    """Without steps, branches and measurements, the count is the parser's own."""
    way = way_to([source], steps())
    assert way.operations == parse(source).operations
    assert way.sources == set(parse(source).names)


@pytest.mark.parametrize("name", ["pi", "e"])
def test_constants_are_no_sources(name):
    """Nobody reads pi off the page."""
    assert way_to([f"2 * {name}"], steps()).sources == frozenset()
