"""The record of a form, simulated again."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Final

from quizgen.bank.load import read_template_text
from quizgen.forms.assemble import label
from quizgen.forms.form import Form
from quizgen.items.item import Item
from quizgen.items.realise import realise
from quizgen.values import immutable

DRIFT: Final = 1e-9  # relative: other processors round the last digits otherwise, never the printed ones


@immutable
class Drift:
    """A number that came out otherwise when the form was simulated again."""

    label: str
    name: str
    recorded: str
    measured: str


def verify(form: Form) -> tuple[Drift, ...]:
    """Simulate every item of a form again, from the template text in the record, and report what differs."""
    drifts: list[Drift] = []
    for number, item in enumerate(form.items, start=1):
        template = read_template_text(item.provenance.source, name=item.template)
        again = realise(template, seed=item.provenance.seed, variants=[item.provenance.variant]).items[0]
        drifts += _drifts(item, label(replace(again, digest=item.digest), number))
    return tuple(drifts)


def _drifts(recorded: Item, again: Item) -> Iterator[Drift]:
    question = recorded.parts[0].label
    for name, number in recorded.numbers.items():
        measured = again.numbers.get(name)
        if measured is None or measured.printed != number.printed or _far(measured.raw, number.raw):
            shown = "nothing" if measured is None else f"{measured.raw:.12g} (printed {measured.printed})"
            yield Drift(
                label=question, name=name, recorded=f"{number.raw:.12g} (printed {number.printed})", measured=shown
            )
    for before, after in zip(recorded.parts, again.parts, strict=True):
        if not _same(asdict(before)["key"], asdict(after)["key"]):
            yield Drift(label=before.label, name="key", recorded=str(before.key), measured=str(after.key))


def _same(a: object, b: object) -> bool:
    """Whether two keys are equal but for the last digits of their numbers."""
    if isinstance(a, float) and isinstance(b, float):
        return not _far(a, b)
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[name], b[name]) for name in a)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(_same, a, b))
    return a == b


def _far(a: float, b: float) -> bool:
    return abs(a - b) > DRIFT * max(abs(a), abs(b))
