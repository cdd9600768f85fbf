"""The way from an earlier part's key to a later one's: the steps that grading goes again with a wrong value."""

from collections.abc import Iterator, Mapping

from quizgen.expressions import Expression, parse

Steps = tuple[tuple[str, str], ...]  # names with their expressions, in order


def steps_between(compute: Mapping[str, Expression], name: str, key: str) -> Steps:
    """The steps that turn ``name`` into ``key``, an expression, which is the last of them and is named "key".

    ``compute``: what each name is computed from, in the order in which it happens.
    """
    changed = {name}
    for step, expression in compute.items():
        if changed & set(expression.names):
            changed.add(step)
    needed = set(parse(key).names)
    steps = [("key", key)]
    for step, expression in reversed(list(compute.items())):
        if step in needed and step in changed and step != name:
            needed |= set(expression.names)
            steps.append((step, expression.source))
    return tuple(reversed(steps))


def inputs(steps: Steps, name: str) -> frozenset[str]:
    """What the steps read beside ``name`` and each other."""
    read = {read for _, source in steps for read in parse(source).names}
    return frozenset(read - {name, *(step for step, _ in steps)})


def measurements(steps: Steps) -> Iterator[str]:
    """The measurements that the steps read, which grading cannot make again: ``run.quantity``."""
    for _, source in steps:
        for reference in parse(source).references:
            yield f"{reference.run}.{reference.quantity}"
