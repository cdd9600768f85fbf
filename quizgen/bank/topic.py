"""A topic: what its item templates have in common, and what a study sheet says about it."""

from typing import Literal

from quizgen.items.demonstration import Demonstration
from quizgen.values import immutable

Idea = Literal["define", "cause", "effect", "example", "solution", "why_recurrent", "conclusion"]


@immutable
class Formula:
    """A formula worth remembering."""

    name: str
    """What it is called."""
    formula: str
    """LaTeX, without dollar signs."""
    meaning: str
    """What it says, and what its symbols stand for; a text."""
    idea: Idea = "cause"
    """Which of the topic's ideas it belongs to: it stands below that text in study sheets."""
    key: bool = True
    """Whether it is one of the few to know by heart, which the cheat sheet lists."""


@immutable
class Topic:
    """What `<topic>/topic.yaml` says. Texts are Markdown with LaTeX between dollar signs."""

    id: str
    """The name of the topic's folder."""
    title: str
    """The heading of its study sheet."""
    order: int
    """Where it stands among the topics: smaller comes first."""
    summary: str = ""
    """What the topic is about, in a few sentences."""
    define: str = ""
    """What it is."""
    cause: str = ""
    """Why it happens."""
    effect: str = ""
    """What it does to training."""
    example: str = ""
    """A measured case; may print the numbers of `example_numbers`."""
    example_numbers: str = ""
    """The id of the item template whose numbers the example prints; they are measured anew for each study sheet."""
    solution: str = ""
    """What helps, and what does not."""
    why_recurrent: str = ""
    """Why recurrent networks suffer from it most."""
    conclusion: str = ""
    """What to take away, in a sentence or two; the cheat sheet begins with it."""
    formulas: tuple[Formula, ...] = ()
    """The formulas of the study sheet."""
    demonstration: Demonstration | None = None
    """A simulation whose numbers and figure the study sheet shows; they are measured anew for each sheet."""
    example_template: str = ""
    """The id of the item template that the study sheet works through."""
    self_test: tuple[str, ...] = ()
    """The ids of the item templates that the study sheet asks; left out, three short ones of the topic are chosen: not
    the worked example, none that a person must grade, of different item types where it can be, the quickest first."""
