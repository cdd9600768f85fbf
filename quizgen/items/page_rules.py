"""What is right must follow from the page: it may read what is printed, and nothing else that a student cannot compute.

To follow from, only the stem and the asks count: not what a figure describes, nor options, which may not be shown.
An option may also follow from the curves of a figure, and one that is itself a given measurement tells it.
A measurement that is not printed may be read only if its experiment is determined: if printed arguments alone fix the
outcome, so that a student could work it out.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from quizgen import expressions, texts
from quizgen.experiments import EXPERIMENTS
from quizgen.expressions import Expression, ExpressionFault, Reference
from quizgen.items import ITEM_TYPES
from quizgen.items.figure_lines import all_series
from quizgen.items.plan import split_rounding
from quizgen.items.template import ItemTemplate

Path = tuple[str | int, ...]


def unprinted_sources(
    template: ItemTemplate, *, printed: frozenset[str], computed: Mapping[str, Expression]
) -> Iterator[tuple[Path, str, str]]:
    """Path, message and hint for everything that a key reads although the page does not print it."""
    for path, source in _needs(template, computed):
        if isinstance(source, Reference):
            message = f"the key reads {source.run}.{source.quantity}, which is not on the page"
            yield path, message, "print it under given, or use an experiment without random weights"
        elif source not in printed:
            message = f"the key needs {source!r}, which the page does not print"
            yield path, message, "print it in the stem or in an ask"


def needed_names(template: ItemTemplate, computed: Mapping[str, Expression]) -> frozenset[str]:
    """The drawn and the given numbers from which the keys of a template follow."""
    return frozenset(source for _, source in _needs(template, computed) if isinstance(source, str))


def printed_names(template: ItemTemplate, truths: Mapping[str, bool]) -> frozenset[str]:
    """The numbers that the stem and the asks print where these conditions hold."""
    return _printed_names(template, tuple(truths.items()))


@lru_cache(maxsize=1024)
def _printed_names(template: ItemTemplate, truths: tuple[tuple[str, bool], ...]) -> frozenset[str]:
    shown = (template.stem, *(part.ask for part in template.parts))
    return frozenset(name for source in shown for name in texts.parse(source).trace(dict(truths)).names)


def _needs(template: ItemTemplate, computed: Mapping[str, Expression]) -> Iterator[tuple[Path, Reference | str]]:
    """What the page must print, for whom: all that the keys come from, but for what options need no number of."""
    for path, key in _keys(template):
        for source in _sources(template, key, computed):
            if path[-1] != "text" or not _is_drawn(template, source):
                yield path, source


def _is_drawn(template: ItemTemplate, source: Reference | str) -> bool:
    """Whether the figure draws what is measured: well enough to choose among options, too coarsely to compute with."""
    if isinstance(source, str):
        given = _parsed(split_rounding(template.given.get(source, ""))[0])
        return given is not None and all(_is_drawn(template, read) for read in given.references)
    lines = template.figure.lines.values() if template.figure else ()
    return f"{source.run}.{source.quantity}" in {series for line in lines for series in all_series(line)}


def _keys(template: ItemTemplate) -> Iterator[tuple[Path, Expression]]:
    for index, part in enumerate(template.parts):
        for place, source in ITEM_TYPES[part.type].derived(part.spec):
            is_told = place[-1] == "text" and source in template.given  # an option that is itself a measurement
            if not is_told and (key := _parsed(source)):
                yield ("parts", index, part.type, *place), key


def _sources(template: ItemTemplate, key: Expression, computed: Mapping[str, Expression]) -> Iterator[Reference | str]:
    """Where ``key`` comes from in the end: measurements of random runs, and names that are drawn or given."""
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
                yield reference
        for name in set(expression.names) - seen:
            seen.add(name)
            if name in computed:
                waiting.append(computed[name])
            elif name in template.draw or name in template.given:
                yield name


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
