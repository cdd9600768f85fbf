"""The instructor's page: every question with its key, worked answer and common mistakes, and its numbers' origin."""

from collections.abc import Iterator

from quizgen.blocks import Block, Document, Facts, Heading, Sentence
from quizgen.documents.questions import answered
from quizgen.documents.quiz import extent
from quizgen.forms.form import Form
from quizgen.items.item import Item
from quizgen.words import say


def model_answers(form: Form) -> Document:
    """The exam with its answers."""
    return Document(
        kind="model-answers",
        title=say("answers.title", exam=form.title),
        subtitle=say("head.form", form=form.id),
        masthead=form.masthead,
        blocks=(
            Sentence(text=extent(form), strong=True),
            Sentence(text=say("answers.for_instructors")),
            *(answered(item) for item in form.items),
            *_sources(form),
        ),
        footer=(
            say("head.form", form=form.id),
            say("head.seed", seed=str(form.seed)),
            say("head.version", version=form.quizgen_version),
        ),
    )


def _sources(form: Form) -> Iterator[Block]:
    """Where the numbers came from: enough to simulate them again."""
    yield Heading(level=2, text=say("answers.where_from"))
    yield from (source(item, number) for number, item in enumerate(form.items, start=1))


def source(item: Item, number: int) -> Facts:
    """Where the numbers of question ``number`` came from."""
    return Facts(rows=((say("answers.question", number=number), item.objective), *_source(item)))


def _source(item: Item) -> Iterator[tuple[str, str]]:
    origin = item.provenance
    yield (
        say("answers.item_template"),
        say(
            "answers.template",
            template=item.template,
            seed=str(origin.seed),
            variant=str(origin.variant),
            attempt=str(origin.attempt),
        ),
    )
    for run, arguments in origin.simulations.items():
        yield (
            say("answers.simulation", run=run),
            ", ".join(f"{name} {_plain(value)}" for name, value in arguments.items()),
        )


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.12g}"
