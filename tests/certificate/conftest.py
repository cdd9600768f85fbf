"""A starter of any item type as a template, and ways to change it."""

import pytest

from quizgen.bank.load import read_template_text
from quizgen.bank.starter import starter_template


@pytest.fixture
def starter():
    """The starter of a type, with replacements: ``starter(("old", "new"))`` says "new" instead."""

    def make(*replacements, item_type="numeric"):
        text = starter_template(item_type, "mine", "practice")
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        return read_template_text(text, name="mine.yaml")

    return make
