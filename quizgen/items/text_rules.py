"""What is wrong with a text: unreadable marks, unknown names, Markdown or formulas that do not come out as meant."""

from collections.abc import Collection, Iterator

from quizgen import texts
from quizgen.errors import did_you_mean


def names_in(source: str) -> frozenset[str]:
    """The numbers that a text shows; none where its marks cannot be read."""
    try:
        return texts.parse(source).names
    except texts.TextFaults:
        return frozenset()


def text_faults(
    source: str,
    *,
    printable: Collection[str] = (),
    unprinted: Collection[str] = (),
    conditions: Collection[str] = (),
) -> Iterator[tuple[int, str, str]]:
    """Offset, message and hint of each fault; conditions that nobody knows hide what else is wrong.

    ``printable`` are the numbers that a text may show, ``unprinted`` those that exist but have no printed form.
    """
    try:
        text = texts.parse(source)
    except texts.TextFaults as error:
        yield from error.faults
        return
    for name in sorted(text.names - set(printable)):
        known = name in unprinted
        message = f"{name!r} does not say how it is printed" if known else f"nothing here is named {name!r}"
        hint = "add 'to 3 figures' where it is computed" if known else did_you_mean(name, printable)
        yield max(source.find(name), 0), message, hint
    unknown = sorted(text.conditions - set(conditions))
    for name in unknown:
        yield max(source.find(name), 0), f"no condition is named {name!r}", did_you_mean(name, conditions)
    if not unknown:
        from quizgen.prose.lints import lint  # with Markdown's parser, which only faults need

        yield from lint(source)
