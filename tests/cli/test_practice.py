"""``quizgen practice``: typed answers, feedback at once, interrupted and gone on with."""

import io
import sys

import pytest

from quizgen.forms import record


@pytest.fixture
def typed(quizgen, monkeypatch, tmp_path):
    """``typed("0.5", "quit")`` answers the prompts of a practice of two questions on clipping, line by line."""

    def run(*lines, options=()):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        start = ["--blueprint", "warm-up", "--topic", "vanishing", "--seed", "4", "--out", tmp_path / "practice"]
        return quizgen("practice", *(options or start))

    return run


@pytest.fixture
def keys(typed, tmp_path):
    """The key of each part that such a practice asks; asking has begun."""
    typed("quit")
    form = record.read(tmp_path / "practice" / "form.json")
    from quizgen.items import ITEM_TYPES

    return {part.label: ITEM_TYPES[part.type].key_response(part) for item in form.items for part in item.parts}


def test_a_practice_may_be_interrupted_and_gone_on_with(typed, keys, tmp_path):
    """Every answer is kept before the next question; the report comes at the end."""
    labels = list(keys)
    first = typed(keys[labels[0]], "quit")
    assert first.code == 130
    assert "Right." in first.out
    assert "To go on: quizgen practice --out" in first.err
    kept = (tmp_path / "practice" / "responses.yaml").read_text()
    assert f"{labels[0]}:" in kept
    assert f"{labels[1]}:" not in kept
    rest = typed(*(keys[label] for label in labels[1:]))
    assert rest.code == 0
    assert f"Going on with form {record.read(tmp_path / 'practice' / 'form.json').id}: 1 part" in rest.out
    assert (tmp_path / "practice" / "report.html").exists()
    assert "went wrong" not in rest.out


def test_a_wrong_answer_may_be_tried_again_or_shown(typed, keys):
    """What cannot be read is asked for again, and a line without an answer brings help."""
    numeric = next(label for label, key in keys.items() if key[0].isdigit())
    before = ["skip"] * list(keys).index(numeric)
    ended = typed(*before, "frogs", "", "98765", "t", "98765", "s", "quit")
    assert "could not be read, and does not count" in ended.out
    assert "An answer, or: skip" in ended.out
    assert ended.out.count("Wrong") == 2
    assert "Model answer" in ended.out


def test_what_went_wrong_comes_again_with_new_numbers(typed, keys, tmp_path):
    """In a folder of its own, under another form's id, from the same templates."""
    ended = typed(*("skip" for _ in keys), "y", "quit")
    assert ended.code == 130
    first, second = (record.read(tmp_path / name / "form.json") for name in ("practice", "practice-2"))
    assert [item.template for item in second.items] == [item.template for item in first.items]
    assert second.id != first.id
    assert all(a.numbers != b.numbers for a, b in zip(first.items, second.items, strict=True) if a.numbers)


def test_another_form_does_not_take_the_place_of_a_practice(typed, keys, quizgen, tmp_path):
    """It is refused with a hint."""
    quizgen("exam", "--seed", "1", "--questions", "1", "--out", tmp_path / "exam")
    form = tmp_path / "exam" / "instructor" / "form.json"
    ended = typed("quit", options=[form, "--out", tmp_path / "practice"])
    assert (ended.code, "another practice lies there" in ended.err) == (2, True)
