"""A stranger's template keeps no machine busy: what would take minutes is refused, or given up, within seconds."""

import time
from contextlib import contextmanager

import pytest

from quizgen.bank.load import read_template_text
from quizgen.errors import FileFaults, QuizgenError
from quizgen.items.realise import realise

SECONDS = 4.0  # of the processor; far more than any of them takes
RUN = "run: {experiment: scalar_chain, activation: linear, weight: 0.9, timesteps: 5, bias: 0, start: 1e-3}"
TEMPLATE = rf"""id: mine
title: Mine
topic: strange
level: apply
minutes: 3
objective: Test.
draw:
  a: {{integer: [2, 9]}}
simulate:
  {RUN}
given:
  first: run.product[2] to 3 figures
compute:
  twice: a * 2 to exact
require:
  - a > 0
stem: |
  Take << a >> and << first >>.
parts:
  - id: twice
    points: 1
    ask: |
      What is twice that?
    numeric: {{key: twice, rtol: 0}}
"""
KEY = "    numeric: {key: twice, rtol: 0}\n"
NEVER = ("a > 0", "a > 100")


def changed(*replacements):
    source = TEMPLATE
    for old, new in replacements:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


def simulated(run, quantity):
    return (RUN, f"run: {{{run}}}"), ("run.product[2]", f"run.{quantity}")


@contextmanager
def within_seconds():
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def made(source):
    """An item can be made, and soon."""
    with within_seconds():
        return realise(read_template_text(source, name="mine"), seed=1, variants=[0]).items[0]


def refused(source, kind=QuizgenError):
    """What is said when an item is made of a template."""
    with within_seconds(), pytest.raises(kind) as caught:
        realise(read_template_text(source, name="mine"), seed=1, variants=[0])
    return str(caught.value)


def test_the_template_that_the_attacks_change_is_harmless():
    """Else the faults below would prove nothing."""
    assert made(TEMPLATE)


TRAINING = "updates: 5000, hidden: 128, timesteps: 500, sequences: 256"


@pytest.mark.parametrize(
    ("run", "quantity", "told"),
    [
        (
            f"experiment: adding_problem, {TRAINING}",
            "loss[1]",
            "adding_problem with updates 5000, hidden 128, timesteps 500, sequences 256 is about 3.1e+13 multiplications",
        ),
        (f"experiment: copy_memory, cell: lstm, {TRAINING}", "loss[1]", "sequences 256, cell lstm is about "),
        ("experiment: cliff, grid: 401, timesteps: 1000", "largest_gradient", "cliff with grid 401, timesteps 1000"),
        ("experiment: initialisation, fan_in: 1024, fan_out: 1024", "radius", "initialisation with fan_in 1024"),
        ("experiment: scalar_chain, weight: -3, timesteps: 1000000", "product[2]", "scalar_chain with weight -3"),
        ("experiment: adding_problem, updates: a * 500, hidden: 128", "loss[1]", "adding_problem with updates "),
    ],
)
def test_a_simulation_that_takes_minutes_is_refused_before_it_runs(run, quantity, told):
    """The error names the run, its arguments, what it would be, and the limit."""
    message = refused(changed(*simulated(run, quantity)))
    assert message.startswith("mine: simulate.run: too much work for an item (seed 1): ")
    assert told in message
    assert "hint: at most 2e+09 in all" in message


def test_what_is_cheap_of_a_costly_experiment_may_be_asked():
    """Of large weights whose singular values nobody reads, only the weights are drawn."""
    assert made(changed(*simulated("experiment: initialisation, fan_in: 1024, fan_out: 1024", "sampled_std")))


def test_simulations_are_refused_for_their_sum():
    """Five, each of which would be allowed."""
    more = "".join(f"\n  r{i}: {{experiment: jacobian_product, hidden: 64, timesteps: 2000}}" for i in range(5))
    message = refused(changed((RUN, RUN + more)))
    assert "jacobian_product with hidden 64, timesteps 2000 is about 1.2e+09 multiplications, of 6.2e+09" in message


def test_simulations_by_the_hundred_are_a_fault():
    """Even if each is nothing."""
    more = "".join(f"\n  r{i}: {RUN.removeprefix('run: ')}" for i in range(300))
    assert "simulate: 301 simulations in one template\n  hint: at most 20" in refused(
        changed((RUN, RUN + more)), FileFaults
    )


def numbered(line, count):
    return "".join(line.replace("#", str(number)) for number in range(count))


@pytest.mark.parametrize(
    "replacements",
    [
        simulated("experiment: jacobian_product, hidden: 64, timesteps: 2000", "product_norm[2000]"),
        simulated("experiment: adding_problem, updates: 100, hidden: 8, timesteps: 20", "loss[1]"),
        [("draw:\n", "draw:\n" + numbered("  d#: {integer: [2, 9]}\n", 4000))],
        [("compute:\n", "compute:\n" + numbered("  y#: a + # to exact\n", 4000))],
        [(KEY, KEY + "    misconceptions:\n" + numbered("      m#: {value: a + #.5, because: x}\n", 1000))],
        [(KEY, KEY + numbered(f"  - id: p#\n    points: 1\n    ask: Number #?\n{KEY}", 500))],
    ],
    ids=["a large simulation", "a training", "draws", "values", "misconceptions", "parts"],
)
def test_hopeless_draws_are_given_up_when_they_were_enough_work(replacements):
    """Two hundred of them would take minutes; the error names the rule that is never kept."""
    message = refused(changed(NEVER, *replacements))
    assert " draws in a row were turned down, and more would be too much work (seed 1, variant 0)" in message
    assert "times): require: a > 100" in message


def test_hopeless_draws_of_a_small_template_are_all_tried():
    """What is little work is tried two hundred times."""
    assert "mine: 200 draws in a row were turned down (seed 1, variant 0)" in refused(changed(NEVER))


@pytest.mark.parametrize("kind", ["figures", "decimals"])
@pytest.mark.parametrize("count", ["9" * 5000, "1000", "0" * 4 + "3"])
def test_a_precision_of_more_than_three_digits_is_a_fault(count, kind):
    """Python reads no number of more than 4,300 digits; nobody prints a thousand."""
    message = refused(changed(("a * 2 to exact", f"a * 2 to {count} {kind}")), FileFaults)
    assert f"1000 or more {kind}: expected " in message


CONDITIONS = ("  twice: a * 2 to exact\n", "  twice: a * 2 to exact\n" + numbered("  c#: a > #\n", 100))
FORMULAS = "$x_{#}$ "
CHOICES = "<% if c# %>x<% endif %> "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            numbered(CHOICES, 6) + numbered(FORMULAS, 200),
            "200 formulas, 0 cells of tables; conditions: 6, readings: 64",
        ),
        (numbered(CHOICES, 100), "conditions: 100, readings: 202"),
        (numbered(FORMULAS, 15_000), "15000 formulas, 0 cells of tables; conditions: 0, readings: 1"),
        ("word " * 30_000, "0 formulas"),
        ("|a" * 1000 + "\n\n  " + "|-" * 1000 + "\n" + "  |\n" * 70, "cells of tables"),
    ],
    ids=["formulas in many readings", "conditions", "formulas", "words", "a table"],
)
def test_a_text_that_takes_long_to_read_is_a_fault(text, told):
    """Its numbers are told, and the most that is read."""
    message = refused(changed(CONDITIONS, ("<< first >>.", f"<< first >>.\n\n  {text}")), FileFaults)
    assert ": stem: a text that takes too long to read: " in message
    assert told in message
    assert "hint: at most 100000 characters in all readings" in message


def test_texts_that_take_long_together_are_a_fault():
    """Each is short enough, and there are hundreds."""
    parts = numbered(f"  - id: p#\n    points: 1\n    ask: |\n      {numbered('$#x$ ', 90)}\n{KEY}", 200)
    message = refused(changed((KEY, KEY + parts)), FileFaults)
    assert "with this text the template takes too long to read\n  hint: at most 300000 characters" in message


def test_conditions_that_nobody_knows_are_told_without_reading_on():
    """Else an example without numbers could still be read in sixty-four ways."""
    message = refused(
        changed(("<< first >>.", "<< first >>. " + numbered("<% if z# %>$\\oops$<% endif %>", 6))), FileFaults
    )
    assert message.count("no condition is named") == 6
    assert "oops" not in message


@pytest.mark.parametrize(
    "replacement",
    [
        ("a * 2 to exact", f'"a{" " * 100_000}b"'),
        ("<< first >>.", f"<< first >>. <% if a{' ' * 100_000}b %>"),
        ("<< first >>.", "<< first >>. " + "<< a >>" * 6_000),
        ("<< first >>.", "<< first >>. " + "[" * 50_000),
    ],
    ids=["an expression", "a choice", "values beside values", "brackets"],
)
def test_what_a_pattern_could_look_for_without_end_is_read_once(replacement):
    """Spaces, values and brackets by the ten thousand: a fault or not, but soon."""
    with within_seconds():
        try:
            read_template_text(changed(replacement), name="mine")
        except FileFaults as faults:
            assert len(faults.faults) >= 1
