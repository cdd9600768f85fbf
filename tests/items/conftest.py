"""A small template, written as an author would, and ways to change it."""

import pytest

from quizgen.bank.bank import read_template_text

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
