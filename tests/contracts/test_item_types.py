"""What every item type must do; a newcomer in the table is tested before its author writes a test."""

from dataclasses import is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.certificate.page import form_of
from quizgen.documents.questions import filler
from quizgen.forms import record
from quizgen.items import ITEM_TYPES
from quizgen.items.contract import Settings
from quizgen.items.number_key import NumericKey
from quizgen.items.realise import realise

TYPES = list(ITEM_TYPES)
STATUSES = {"right", "partial", "wrong", "unreadable", "not-answered", "needs-review"}


@pytest.fixture(scope="module")
def parts(bank):
    """Every part of the bank in two variants, with its item, by item type."""
    found = {name: [] for name in TYPES}
    for template in bank.templates.values():
        for item in realise(template, seed=5, variants=[0, 1]).items:
            for number, part in enumerate(item.parts):
                found[part.type].append((item, replace(part, label=f"1{'abcdefgh'[number]}")))
    return found


@pytest.mark.parametrize("name", TYPES)
def test_the_name_in_the_table_is_the_types_own(name):
    """The table cannot call a type otherwise than it calls itself."""
    assert ITEM_TYPES[name].name == name


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("which", ["spec", "key"])
def test_specs_and_keys_are_immutable_dataclasses(name, which):
    """What an author writes and what is recorded are plain values, which mypy freezes."""
    cls = getattr(ITEM_TYPES[name], which)
    assert is_dataclass(cls)
    assert cls.__hash__ is NumericKey.__hash__  # that of quizgen.values


@pytest.mark.parametrize("name", TYPES)
def test_the_bank_uses_the_type(name, parts):
    """Every type is at work in the shipped bank."""
    assert parts[name]


@pytest.mark.parametrize("name", TYPES)
def test_its_own_key_is_right(name, parts):
    """The key, written as a response, earns full points, or is left to a person."""
    for _, part in parts[name]:
        response = ITEM_TYPES[name].key_response(part)
        if response:
            verdict = ITEM_TYPES[name].grade(part, response, Settings())
            assert (verdict.status, verdict.fraction) == ("right", 1.0), (part, response)


@pytest.mark.parametrize("name", TYPES)
def test_its_key_survives_the_record(name, parts):
    """A form that is written down and read back is graded as before."""
    item, part = parts[name][0]
    form = form_of(replace(item, parts=(part,)))
    (again,) = record.from_json(record.to_json(form)).items
    assert again.parts[0].key == part.key
    if response := ITEM_TYPES[name].key_response(part):
        assert ITEM_TYPES[name].grade(again.parts[0], response, Settings()).status == "right"


@pytest.mark.parametrize("name", TYPES)
def test_no_misconception_is_right(name, parts):
    """The wrong number of each misconception earns nothing, and the diagnosis knows it."""
    for item, part in parts[name]:
        for misconception in part.misconceptions if name == "numeric" else ():
            verdict = ITEM_TYPES[name].grade(part, repr(misconception.value), Settings())
            assert verdict.status == "wrong", (item.template, misconception)
            same = [m.id for m in part.misconceptions if abs(m.value - misconception.value) <= 0.06 * abs(m.value)]
            named = set(str(verdict.diagnosis).split(" or "))
            assert misconception.id in named, (item.template, part.id, misconception.id, verdict)
            assert named <= {misconception.id, *same}


@pytest.mark.parametrize("name", TYPES)
def test_pages_and_response_files_have_something_to_show(name, parts):
    """The quiz has room for an answer, the model answer says something, the response file says what to write."""
    for item, part in parts[name][:20]:
        fill = filler(item)
        assert ITEM_TYPES[name].quiz_blocks(part, fill)
        assert ITEM_TYPES[name].answer_blocks(part, fill)
        assert "\n" not in ITEM_TYPES[name].how_to_answer(part)


@pytest.mark.parametrize("name", TYPES)
@given(text=st.text(max_size=40))
def test_any_text_is_a_response(name, parts, text):
    """Whatever a student writes, grading answers, and what is unreadable earns nothing."""
    _, part = parts[name][0]
    verdict = ITEM_TYPES[name].grade(part, text, Settings())
    assert verdict.status in STATUSES
    assert 0 <= verdict.fraction <= 1
    assert verdict.status in {"right", "partial"} or verdict.fraction == 0
