"""An explanation as plain text, from the first draw to the keys."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final

from quizgen.items.explanation import Asked, Drawn, Explanation, Ran, Worked, spelt

LINE: Final = 110  # characters


def lines(explanation: Explanation) -> Iterator[str]:
    """The explanation line by line."""
    yield explanation.title
    yield f"{explanation.template}, seed {explanation.seed}, accepted at attempt {explanation.attempt}"
    yield from _section("Turned down before", _turned_down(explanation.turned_down))
    yield from _section("Drawn", _drawn(explanation.drawn))
    yield from _section("Simulated", (line for run in explanation.ran for line in _ran(run)))
    yield from _section("Given: measured, and rounded for all that follows", _all_worked(explanation.given))
    yield from _section("Computed", _all_worked(explanation.computed))
    yield from _section("Required", (f"{one.expression}: {one.with_values}" for one in explanation.required))
    for asked in explanation.asked:
        yield from _section(f"Part {asked.part} ({asked.type})", _asked(asked))


def _section(title: str, found: Iterable[str]) -> Iterator[str]:
    """A heading and what stands below it, unless that is nothing."""
    body = list(found)
    if body:
        yield from ("", title, *(f"  {line}" for line in body))


def _turned_down(rules: Iterable[str]) -> Iterator[str]:
    for number, rule in enumerate(rules):
        yield f"attempt {number}: {rule}"


def _drawn(parameters: Sequence[Drawn]) -> Iterator[str]:
    names = max((len(one.name) for one in parameters), default=0)
    values = max((len(one.printed) for one in parameters), default=0)
    for one in parameters:
        yield f"{one.name:<{names}} = {one.printed:<{values}}  {one.rule}"


def _ran(run: Ran) -> Iterator[str]:
    yield f"{run.name}: {run.experiment} ({run.title})"
    told = ", ".join(f"{name} {spelt(value)}" for name, value in run.arguments.items())
    yield from (f"  {line}" for line in wrap(told, LINE))


def _all_worked(found: Iterable[Worked]) -> Iterator[str]:
    """Each value as it is printed, its expression, the same with values, and what that comes to."""
    for one in found:
        is_printed = f"{one.printed}, printed {one.rounding}" if one.printed else f"{spelt(one.key)}, never printed"
        yield f"{one.name} = {is_printed if not isinstance(one.key, bool) else spelt(one.key)}"
        for step in dict.fromkeys((one.expression, one.with_values, spelt(one.key))):
            yield f"  = {step}"
        if not one.raw == one.key == one.hand:
            yield f"  ({spelt(one.raw)} with nothing rounded, {spelt(one.hand)} with every step rounded)"


def _asked(asked: Asked) -> Iterator[str]:
    if asked.answer:
        yield asked.answer
    for source in asked.sources:
        yield f"{source.name}: {_equation(source)}"
    for mistake in asked.misconceptions:
        yield f"mistake {mistake.name}: {_equation(mistake)}"


def _equation(one: Worked) -> str:
    """An expression, the same with its values, and what it comes to."""
    if isinstance(one.key, bool):
        return f"{one.with_values}: {spelt(one.key)}"
    steps = [one.expression] if one.expression.isidentifier() else [one.expression, one.with_values]
    return " = ".join(dict.fromkeys((*steps, spelt(one.key))))
