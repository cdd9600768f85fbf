"""Certifying a template: what would stop an exam is told before one is made."""

from quizgen import api
from quizgen.forms import record

SIMULATION = "  chain: {experiment: scalar_chain, weight: 2.0, activation: linear, timesteps: 2000}\ngiven:"
FIGURE = """figure:
  kind: semilog
  title: Products
  x: lag
  y: product
  lines: {product: chain.product}
  alt: |
    It grows.
stem: |"""


def test_a_figure_that_overflows_can_be_recorded(decay):
    """2 to the 2000th is beyond the range of numbers, and the pages say so."""
    template = decay(("given:", SIMULATION), ("stem: |", FIGURE))
    assert api.check_template(template, seeds=3).faults == ()


def test_what_cannot_be_written_is_a_fault_of_the_template(decay, monkeypatch):
    """Whatever goes wrong while the first items are written out, the seed and the reason are named."""

    def refuse(form):
        raise ValueError("no room for it")

    monkeypatch.setattr(record, "to_json", refuse)
    faults = api.check_template(decay(), seeds=5).faults
    assert len(faults) == api.SEEDS_ON_PAGES
    assert "seed 0: no exam can be made of it: ValueError: no room for it" in faults[0]
