"""A numeric key must follow from the page: it may read what is printed, and nothing else that a student cannot compute.

A measurement that is not printed may be read only if its experiment is determined: if printed arguments alone fix the
outcome, so that a student could work it out.
"""

from collections.abc import Iterator, Mapping

from quizgen import expressions
from quizgen.experiments import EXPERIMENTS
from quizgen.expressions import Expression, ExpressionFault
from quizgen.items import ITEM_TYPES
from quizgen.items.template import ItemTemplate

Path = tuple[str | int, ...]


def unprinted_sources(
    template: ItemTemplate, *, printed: frozenset[str], computed: Mapping[str, Expression]
) -> Iterator[tuple[Path, str, str]]:
    """Path, message and hint for everything that a key reads although the page does not print it."""
    for index, part in enumerate(template.parts):
        for place, source in ITEM_TYPES[part.type].expressions(part.spec):
            if place == ("key",) and (key := _parsed(source)):
                path: Path = ("parts", index, part.type, *place)
                for message, hint in _unprinted(template, key, printed, computed):
                    yield path, message, hint


def _unprinted(
    template: ItemTemplate, key: Expression, printed: frozenset[str], computed: Mapping[str, Expression]
) -> Iterator[tuple[str, str]]:
    waiting, seen = [key], set[str]()
    while waiting:
        expression = waiting.pop()
        for reference in expression.references:
            simulation = template.simulate.get(reference.run)
            if simulation is None or simulation.experiment not in EXPERIMENTS:
                continue  # an unknown name is a fault of its own
            if EXPERIMENTS[simulation.experiment].determined:
                waiting += _arguments(template, reference.run)
            else:
                message = f"the key reads {reference.run}.{reference.quantity}, which is not on the page"
                yield message, "print it under given, or use an experiment without random weights"
        for name in set(expression.names) - seen:
            seen.add(name)
            if name in computed:
                waiting.append(computed[name])
            elif (name in template.draw or name in template.given) and name not in printed:
                yield f"the key needs {name!r}, which the page does not print", "print it in the stem or in an ask"


def _arguments(template: ItemTemplate, run: str) -> list[Expression]:
    """The numeric arguments of a simulation."""
    simulation = template.simulate[run]
    words = {p.name for p in EXPERIMENTS[simulation.experiment].parameters if p.kind == "word"}
    parsed = (_parsed(source) for name, source in simulation.arguments.items() if name not in words)
    return [expression for expression in parsed if expression]


def _parsed(source: str) -> Expression | None:
    try:
        return expressions.parse(source)
    except ExpressionFault:
        return None
