"""What every item type must offer to authors: a starter that loads, passes the check, and explains itself."""

from pathlib import Path

import pytest

from quizgen import api
from quizgen.bank import starter
from quizgen.bank.load import read_templates
from quizgen.bank.starter import starter_template
from quizgen.errors import UnknownNameError
from quizgen.items import ITEM_TYPES
from quizgen.items.realise import realise
from quizgen.shipped import QUESTION_BANK

FOLDER = Path(starter.__file__).parent


@pytest.fixture
def begun(tmp_path):
    """The starter of a type as the template that an author begins with."""

    def begin(item_type):
        assert (FOLDER / f"{item_type}.yaml").exists(), f"write quizgen/bank/starter/{item_type}.yaml"
        path = tmp_path / "practice" / "mine.yaml"
        path.parent.mkdir()
        path.write_text(starter_template(item_type, "mine", "practice"), encoding="utf-8")
        (template,) = read_templates([path], banks=[QUESTION_BANK])
        return template

    return begin


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_a_starter_passes_the_check(item_type, begun):
    """What an author begins with is written in the type that was asked for, certified, and without a note."""
    template = begun(item_type)
    assert [part.type for part in template.parts] == [item_type]
    found = api.check_template(template, seeds=60)
    assert found.faults == ()
    assert found.notes == ()


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_a_starter_can_be_previewed(item_type, begun):
    """The author's page shows the item, its answer, that the key is right, and where the numbers came from."""
    template = begun(item_type)
    page = api.preview_page(template, seed=1).decode()
    (part,) = realise(template, seed=1, variants=[0]).items[0].parts
    if ITEM_TYPES[item_type].key_response(part):
        assert "(the key): right" in page
    for heading in ("What students see", "What model answers show", "What students are told", "Drawn"):
        assert heading in page


def test_no_starter_is_left_over():
    """Each file is the body of a type, or what they share."""
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*ITEM_TYPES, "head", "topic"}


def test_a_misspelt_type_is_helped():
    """The nearest names are told."""
    with pytest.raises(UnknownNameError, match="did you mean 'numeric'"):
        starter_template("numerical", "mine", "practice")
