"""The author's page: one item as students see it, its answer, what students are told, and its numbers' origin."""

from collections.abc import Iterator, Mapping, Sequence

from quizgen.blocks import Block, Document, Facts, Grid, Heading, Notice, Prose, Sentence
from quizgen.documents.questions import answered, asked
from quizgen.items.explanation import Asked, Explanation, Worked, spelt
from quizgen.items.item import Item
from quizgen.values import immutable


@immutable
class Tried:
    """A response to a part, why someone might give it, and what became of it."""

    label: str
    response: str
    why: str
    verdict: str
    said: tuple[str | Prose, ...]


def preview(item: Item, explanation: Explanation, tried: Sequence[Tried]) -> Document:
    """The page of one labelled item."""
    return Document(
        kind="preview",
        title=item.title,
        subtitle=f"{item.template}, seed {explanation.seed}",
        blocks=(
            Heading(level=2, text="What students see"),
            asked(item),
            Heading(level=2, text="What model answers show"),
            answered(item),
            Heading(level=2, text="What students are told"),
            *(_tried(one) for one in tried),
            Heading(level=2, text="Where the numbers came from"),
            *_origins(explanation),
        ),
        footer=(", ".join((item.topic, item.level, *item.claims)), f"attempt {explanation.attempt}"),
    )


def broken(name: str, faults: Sequence[str]) -> Document:
    """The page of a template from which no item can be made."""
    lines = tuple(Sentence(text=fault) for fault in faults)
    return Document(
        kind="preview",
        title=name,
        subtitle="nothing to show yet",
        blocks=(Notice(kind="warning", title="No item can be made of this template", blocks=lines),),
    )


def _tried(one: Tried) -> Block:
    said = tuple(Sentence(text=words) if isinstance(words, str) else words for words in one.said)
    title = f"{one.label}: {one.response} ({one.why}): {one.verdict}"
    return Notice(kind="feedback", title=title, blocks=said)


def _origins(explanation: Explanation) -> Iterator[Block]:
    """The tables from the first draw to the keys, without those that would be empty."""
    if explanation.turned_down:
        rules = [(f"attempt {number}", rule) for number, rule in enumerate(explanation.turned_down)]
        yield Facts(rows=(("Turned down before", f"{len(rules)}"), *rules))
    if explanation.drawn:
        yield _grid(
            "Drawn", ("Name", "Value", "Rule"), [(one.name, one.printed, one.rule) for one in explanation.drawn]
        )
    if explanation.ran:
        told = [(run.name, run.experiment, _arguments(run.arguments)) for run in explanation.ran]
        yield _grid("Simulated", ("Run", "Experiment", "Arguments"), told)
    for caption, found in (("Given", explanation.given), ("Computed", explanation.computed)):
        if found:
            rows = [(one.name, one.expression, one.with_values, spelt(one.key), one.printed) for one in found]
            yield _grid(caption, ("Name", "Expression", "With values", "Value", "Printed"), rows)
    values = (*explanation.given, *explanation.computed)
    if rounded := [one for one in values if not one.raw == one.key == one.hand]:
        header = ("Name", "Nothing rounded", "From the page", "Every step rounded")
        yield _grid("What rounding does", header, [_frames(one) for one in rounded])
    for asked_for in explanation.asked:
        if asked_for.misconceptions:
            yield _grid(f"Mistakes in {asked_for.part}", ("Mistake", "Expression", "Value"), _mistakes(asked_for))


def _grid(caption: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Grid:
    return Grid(header=header, rows=tuple(rows), align=tuple("left" for _ in header), caption=caption)


def _arguments(arguments: Mapping[str, float | str]) -> str:
    return ", ".join(f"{name} {spelt(value)}" for name, value in arguments.items())


def _frames(one: Worked) -> tuple[str, ...]:
    return one.name, spelt(one.raw), spelt(one.key), spelt(one.hand)


def _mistakes(asked_for: Asked) -> list[tuple[str, ...]]:
    return [(one.name, one.expression, spelt(one.key)) for one in asked_for.misconceptions]
