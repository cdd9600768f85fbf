"""Items of every template: a few seeds of each, or as many as QUIZGEN_SEEDS says (`make acceptance`: 200)."""

import os
from dataclasses import replace

import pytest

from quizgen.items.draws import Variant
from quizgen.items.realise import attempt

SEEDS = int(os.environ.get("QUIZGEN_SEEDS", "3"))


@pytest.fixture(scope="session")
def items(bank):
    """An item of every template with every seed, its parts labelled."""
    found = []
    for name, template in bank.templates.items():
        variants = [Variant(seed=seed, template=name, variant=0) for seed in range(SEEDS)]
        found += [outcome.item for outcome in attempt(template, variants)]
    return [labelled(item) for item in found]


def labelled(item):
    """The item as the first of a form."""
    parts = (replace(part, label=f"1{'abcdefgh'[number]}") for number, part in enumerate(item.parts))
    return replace(item, parts=tuple(parts))


@pytest.fixture(scope="session")
def parts(items):
    """Every part with the template it is of; the gaps of a cloze are parts as well."""
    return [
        (item.template, part)
        for item in items
        for whole in item.parts
        for part in (whole.key.gaps if whole.type == "cloze" else (whole,))
    ]
