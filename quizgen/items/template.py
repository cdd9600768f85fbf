"""An item template as its author wrote it: plain values, in the order in which things happen.

The attribute docstrings are the editor's help: the JSON Schema of the bank is made from them.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from quizgen.values import immutable

Level = Literal["recall", "explain", "apply", "analyse"]


@immutable
class Draw:
    """How a parameter is drawn. Exactly one of choice, uniform, log_uniform and integer."""

    choice: tuple[float, ...] | None = None
    """One of these numbers, all equally likely."""
    uniform: tuple[float, float] | None = None
    """A number between these two, rounded to `decimals`."""
    log_uniform: tuple[float, float] | None = None
    """A positive number between these two, its logarithm uniform, rounded to `figures`."""
    integer: tuple[int, int] | None = None
    """A whole number from the first to the last of these two."""
    decimals: int | None = None
    """Decimals that are drawn and printed (with uniform)."""
    figures: int | None = None
    """Significant figures that are drawn and printed (with log_uniform)."""


@immutable
class Simulation:
    """One run of an experiment: its name, and its arguments as expressions over what was drawn, or as words."""

    experiment: str
    arguments: Mapping[str, str]


@immutable
class MisconceptionSpec:
    """A named mistake: the expression that it leads to, and what to tell who made it."""

    value: str
    """The wrong number, as an expression: it is recomputed for every variant."""
    because: str = ""
    """What went wrong and what to do instead, kindly and with the numbers; if left out, what the catalogue says."""
    name: str = ""
    """What the mistake is called; the catalogue says it."""


@immutable
class MarkSpec:
    """A value that a figure marks among the measurements; one that lies outside the points is left out."""

    axis: Literal["x", "y", "radius", "level"]
    """Where it lies: y is a horizontal line, x a vertical one (line, semilog, bar), radius a circle (vectors), level
    the border between smaller and larger cells (heat, which knows x too)."""
    at: str
    """The value, as an expression."""
    label: str
    """The words beside it."""


@immutable
class FigureSpec:
    """A figure drawn from measurements: `lines` maps each label to the series that it shows."""

    kind: str
    """The kind of figure: semilog, line, bar (a panel for each line), vectors (the first two entries of each line),
    heat (a row for each line)."""
    title: str
    """The title above the figure; a text."""
    x: str
    """The words at the horizontal axis."""
    y: str
    """The words at the vertical axis."""
    lines: Mapping[str, str]
    """label: run.series, each drawn over its timesteps or lags; `A: one.series if first == 1 else two.series` lets a
    drawn or computed condition choose."""
    alt: str
    """What the figure shows, for those who cannot see it; a text, without giving the answer away."""
    over: str = ""
    """run.series that the lines are drawn over, entry by entry, instead of over their timesteps or lags."""
    marks: tuple[MarkSpec, ...] = ()
    """Limits, thresholds and single updates that the figure marks."""


@immutable
class PartSpec:
    """One thing to answer, worth points. `type` names how; `spec` says it in that type's own fields."""

    id: str
    """The part's own name in this template; other parts follow it by this name."""
    points: float
    """The points that it can earn."""
    ask: str
    """What is asked, with the figures and the unit that are wanted; a text."""
    type: str
    """The item type; in YAML it is the key under which the type's own fields stand."""
    spec: object
    """The type's own fields."""
    misconceptions: Mapping[str, MisconceptionSpec] = field(default_factory=dict)
    """Mistakes by their ids in misconceptions.yaml, each with the number it leads to and what to tell who made it."""
    follows: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """An earlier part, and the range in which a wrong answer to it is still carried on: `rate: [0.05, 0.995]`."""
    model_answer: str = ""
    """The worked steps with their numbers; a text for the instructor's page."""


@immutable
class StructuredAnswer:
    """A model answer in the order in which an exam wants it."""

    define: str = ""
    """What it is, in a sentence or two."""
    cause: str = ""
    """Why it happens."""
    example: str = ""
    """The numbers that were measured, as evidence."""
    effect: str = ""
    """What it does to training."""
    solution: str = ""
    """What helps, and what does not."""
    why_recurrent: str = ""
    """Why recurrent networks suffer from it most."""
    conclusion: str = ""
    """One sentence to end with."""


@immutable(eq=False)
class ItemTemplate:
    """A pattern for questions: what is drawn, simulated, given, computed, asked and answered."""

    id: str
    """The name of the file, without .yaml."""
    title: str
    """The heading of the question."""
    topic: str
    """The name of the folder that the file lies in."""
    level: Level
    """What is asked of the student: recall, explain, apply or analyse."""
    minutes: float
    """The time that a prepared student needs."""
    objective: str
    """What a student can do who answers this."""
    stem: str
    """What the parts have in common: the situation and its numbers; a text."""
    parts: tuple[PartSpec, ...]
    """What is asked, in order."""
    claims: tuple[str, ...] = ()
    """The claims of the subject that this examines, such as S1."""
    draw: Mapping[str, Draw] = field(default_factory=dict)
    """Parameters, drawn for each variant and rounded to what is printed."""
    simulate: Mapping[str, Simulation] = field(default_factory=dict)
    """Runs of experiments by name; arguments are expressions over what was drawn, or words."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Measurements that the page prints, each with its rounding: `first: run.product_norm[10] to 3 figures`."""
    compute: Mapping[str, str] = field(default_factory=dict)
    """Values computed in order; `to 3 figures` says how one is printed and never rounds it."""
    require: tuple[str, ...] = ()
    """Conditions without which the question makes no sense; a variant that breaks one is drawn again."""
    figure: FigureSpec | None = None
    """A drawing of what was measured, shown below the stem."""
    model_answer: StructuredAnswer = field(default_factory=StructuredAnswer)
    """The answer in the order in which an exam wants it."""
    source: str = ""
    """The text of the file."""
    digest: str = ""
    """The SHA-256 of the text."""
