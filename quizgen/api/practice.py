"""Questions asked again with new numbers."""

from collections.abc import Sequence
from dataclasses import replace

from quizgen.bank.load import read_template_text
from quizgen.forms.assemble import label, renewed
from quizgen.forms.form import Form
from quizgen.items.item import Item
from quizgen.items.realise import realise


def again(form: Form, labels: Sequence[str]) -> Form:
    """A form of the questions with these parts, each with new numbers: the next variant of the same template."""
    items = [item for item in form.items if any(part.label in labels for part in item.parts)]
    made = [_next_variant(item) for item in items]
    return renewed(form, tuple(label(item, number) for number, item in enumerate(made, start=1)))


def _next_variant(item: Item) -> Item:
    template = read_template_text(item.provenance.source, name=item.template)
    origin = item.provenance
    made = realise(template, seed=origin.seed, variants=[origin.variant + 1]).items[0]
    return replace(made, digest=item.digest)
