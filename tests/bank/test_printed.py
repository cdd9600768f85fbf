"""What a page prints within a line must be one."""

import pytest

from quizgen.bank.load import read_template_text
from quizgen.bank.printed import printed_faults

TEMPLATE = """
id: units
title: Units
topic: vanishing
level: recall
minutes: 1
objective: Name a unit.
draw:
  a: {integer: [2, 9]}
stem: |
  Given is << a >>.
parts:
  - id: only
    points: 1
    ask: |
      What follows?
"""


PARTS = {
    "numeric": "key: 2 * a",
    "vector": "entries: [2 * a, 3 * a]",
    "interval": "low: 2 * a\n      example: 3 * a\n      includes: low",
    "magnitude": "key: 2 * a",
}


def faults(kind, unit):
    """What is wrong with a template whose only part has this unit."""
    text = f"{TEMPLATE}    {kind}:\n      {PARTS[kind]}\n      unit: {unit}\n"
    return list(printed_faults(read_template_text(text, name="units.yaml")))


@pytest.mark.parametrize("kind", PARTS)
def test_a_unit_is_one_line(kind):
    """It stands behind the answer box."""
    assert faults(kind, "ms") == []
    [(entry, message, _)] = faults(kind, "|\n        m\n        s")
    assert entry == ("parts", 0, kind, "unit")
    assert message.endswith("expected a single line")
