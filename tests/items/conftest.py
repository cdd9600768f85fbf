"""A small template, written as an author would, and ways to change it."""

import textwrap

import pytest

from quizgen.bank.load import read_template_text
from quizgen.errors import FileFaults, QuizgenError
from quizgen.items.realise import realise

DECAY = r"""
id: decay
title: How fast?
topic: vanishing
level: apply
minutes: 5
objective: Predict a norm over many timesteps from the norm over a few.

draw:
  rho: {uniform: [0.60, 0.86], decimals: 2}
  T:   {integer: [30, 50]}

simulate:
  run: {experiment: jacobian_product, cell: tanh, init: orthogonal, gain: rho, hidden: 8, timesteps: T, input_std: 0.1}

given:
  first: run.product_norm[10] to 4 figures

compute:
  rate:      first ** (1/10) to 4 figures
  predicted: rate ** T to 3 figures
  small:     predicted < 0.001

require:
  - rate < 0.9

stem: |
  Over 10 timesteps the norm fell to << first >>; take << T >> timesteps.

parts:
  - id: rate
    points: 1
    ask: |
      What is the factor of one timestep?
    numeric: {key: rate, rtol: 0.005}
    misconceptions:
      adds-instead-of-multiplies:
        value: first / 10
        because: |
          You divided << first >> by 10.
    model_answer: |
      The root is << rate >>.
  - id: norm
    points: 2
    ask: |
      What is the norm after << T >> timesteps?
    numeric: {key: predicted, rtol: 0.05}
    follows: {rate: [0.05, 0.995]}
    model_answer: |
      <% if small %>Small<% else %>Not small<% endif %>: << predicted >>.
"""


@pytest.fixture
def decay():
    """The template's text, with replacements: ``decay(("old", "new"))`` is the template that says "new" instead."""

    def make(*replacements):
        text = DECAY
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        return read_template_text(text, name="decay.yaml")

    return make


ONE_PART = r"""
id: one-part
title: One part
topic: vanishing
level: apply
minutes: 2
objective: Answer one part.

draw:
  a: {integer: [2, 9]}
  w: {uniform: [0.60, 0.90], decimals: 2}

simulate:
  run: {experiment: scalar_chain, activation: linear, weight: w, start: 1, timesteps: 9}

given:
  x: run.product[9] to 4 figures

compute:
  y: x * a to 4 figures
  z: x - a to 4 figures

stem: |
  Given are << a >>, << w >> and << x >>.

parts:
  - id: only
    points: 2
    ask: |
      What follows?
"""


@pytest.fixture
def one_part():
    """A template whose only part is written by the test: ``one_part("vector: {…}", ("old", "new"))``.

    It draws a and w, measures x, and computes y = x·a and z = x − a; replacements change what stands around the part.
    """

    def make(part, *replacements):
        text = ONE_PART
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        return read_template_text(
            text + textwrap.indent(textwrap.dedent(part).strip("\n"), "    ") + "\n", name="one-part.yaml"
        )

    return make


@pytest.fixture
def made(one_part):
    """The only part of the template that `one_part` makes, in one variant."""

    def make(part, *replacements, seed=1, variant=0):
        return realise(one_part(part, *replacements), seed=seed, variants=[variant]).items[0].parts[0]

    return make


@pytest.fixture
def broken_rule(one_part):
    """What the certificate says of a part that every draw breaks."""

    def make(part, *replacements):
        with pytest.raises(QuizgenError, match="draws in a row were turned down") as caught:
            realise(one_part(part, *replacements), seed=1, variants=[0])
        return str(caught.value)

    return make


@pytest.fixture
def refusal(one_part):
    """What is said of a part that makes no sense, whatever the numbers."""

    def make(part, *replacements):
        with pytest.raises(FileFaults) as caught:
            one_part(part, *replacements)
        return str(caught.value)

    return make
