"""Records that are put together are those that are written as a whole."""

from dataclasses import replace

from quizgen.cohort.records import RecordWriter
from quizgen.forms import record
from quizgen.forms.assemble import form_of
from quizgen.items.realise import realise

VARIANTS = 3


def test_every_template_is_recorded_as_a_whole_form_is(bank):
    """form.json of several variants, byte for byte, with its digest."""
    blueprint = bank.blueprints["practice"]
    writer = RecordWriter()
    for template in bank.templates.values():
        items = realise(template, seed=5, variants=range(VARIANTS)).items
        forms = [replace(form_of(blueprint, [item], seed=5), title="Prüfung „α“ \\ %s") for item in items]
        for form, written in zip(forms, writer.to_json(forms), strict=True):
            assert written.decode() == record.to_json(form), template.id
