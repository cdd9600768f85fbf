"""A blueprint: what an exam must contain, without saying which questions."""

from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.items.template import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A run of questions of an exam, and where they may come from."""

    topics: tuple[str, ...]
    """The topics that the questions are picked from."""
    questions: int
    """How many questions."""
    levels: tuple[Level, ...] = ()
    """The levels that they may have; any, if left out."""
    types: tuple[str, ...] = ()
    """The item types that their parts may have; any, if left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """What `blueprints/<id>.yaml` says."""

    id: str
    """The name of the file."""
    title: str
    """The title of the exam."""
    questions: int
    """How many questions all sections have together."""
    sections: tuple[Section, ...]
    """The exam from its first question to its last."""
    minutes: float | None = None
    """The time for the exam; if left out, the sum over its questions."""
    instructions: str = ""
    """What the first page tells the student."""


def blueprint_faults(blueprint: Blueprint) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What a blueprint asks that no bank could give, each with the entry at fault."""
    total = sum(section.questions for section in blueprint.sections)
    if total != blueprint.questions:
        yield ("questions",), f"{blueprint.questions} questions, but the sections have {total}"
    if blueprint.minutes is not None and blueprint.minutes <= 0:
        yield ("minutes",), f"{blueprint.minutes:g}: expected a time greater than 0"
    for index, section in enumerate(blueprint.sections):
        if section.questions < 1:
            yield ("sections", index, "questions"), f"{section.questions}: expected at least 1"
        if not section.topics:
            yield ("sections", index, "topics"), "no topic to pick from"
