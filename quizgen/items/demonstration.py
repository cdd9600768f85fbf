"""A demonstration: numbers and a figure from a real simulation, with a text that says what they show.

It is made as an item is, from the same sections of YAML, but asks nothing: `as_template` turns it into an item template
without parts, so drawing, simulating, rounding and checking are those of the items.
"""

from collections.abc import Mapping
from dataclasses import field

from quizgen.items.template import Draw, FigureSpec, ItemTemplate, Simulation
from quizgen.values import immutable


@immutable
class Demonstration:
    """What a study sheet shows of a topic: measured anew for each sheet."""

    simulate: Mapping[str, Simulation]
    """Runs of experiments by name, as in an item template."""
    text: str
    """What was run, and what the numbers and the figure show; a text that may print what was drawn or computed."""
    figure: FigureSpec
    """The drawing of what was measured."""
    draw: Mapping[str, Draw] = field(default_factory=dict)
    """Parameters, drawn for each sheet."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Measurements that the text prints, each with its rounding."""
    compute: Mapping[str, str] = field(default_factory=dict)
    """Values computed in order; `to 3 figures` says how one is printed."""
    require: tuple[str, ...] = ()
    """Conditions without which the text would be wrong; where one is broken, the numbers are drawn again."""


def as_template(demonstration: Demonstration, *, topic: str) -> ItemTemplate:
    """The demonstration as an item template that asks nothing; its stem is the text."""
    return ItemTemplate(
        id=f"demonstration-{topic}",
        title=demonstration.figure.title,
        topic=topic,
        level="explain",
        minutes=0.0,
        objective="",
        stem=demonstration.text,
        parts=(),
        draw=demonstration.draw,
        simulate=demonstration.simulate,
        given=demonstration.given,
        compute=demonstration.compute,
        require=demonstration.require,
        figure=demonstration.figure,
    )


def written_at(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where an entry of the template stands in the topic that the demonstration belongs to."""
    return ("demonstration", *(("text",) if path[0] == "stem" else path))
