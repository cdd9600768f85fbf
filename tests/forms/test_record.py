"""form.json as it comes back: whole, or refused with the reason."""

import json
import math
from dataclasses import replace

import pytest

from quizgen.errors import QuizgenError
from quizgen.figures.figure import Curve
from quizgen.forms import record


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a whole JSON file"),
        (b'{"schema": 1, "id"', "not a whole JSON file"),
        (b"[1, 2]", "not a form"),
        (b'{"student": "A"}', "not a form"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b'{"schema": 99}', "schema 99 is newer"),
        (b'{"schema": 1}', "its digest does not fit"),
        (b"[" * 100_000, "not a whole JSON file"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "not a whole JSON file"),
    ],
)
def test_what_is_no_form_is_refused(tmp_path, content, message):
    """Any other file is refused with its name and the reason."""
    path = tmp_path / "form.json"
    path.write_bytes(content)
    with pytest.raises(QuizgenError, match=message) as caught:
        record.read(path)
    assert str(path) in str(caught.value)


def test_a_missing_form_is_named(tmp_path):
    """No such file: the message names it."""
    with pytest.raises(QuizgenError, match="No such file"):
        record.read(tmp_path / "form.json")


def test_an_edited_form_is_refused(form, tmp_path):
    """A key that was changed by hand no longer fits the digest."""
    plain = json.loads(record.to_json(form))
    plain["items"][0]["parts"][0]["points"] += 1
    path = tmp_path / "form.json"
    path.write_text(json.dumps(plain))
    with pytest.raises(QuizgenError, match="edited or damaged"):
        record.read(path)


def test_a_truncated_form_is_refused(form, tmp_path):
    """Half a form is no form."""
    text = record.to_json(form)
    path = tmp_path / "form.json"
    path.write_text(text[: len(text) // 2])
    with pytest.raises(QuizgenError, match="not a whole JSON file"):
        record.read(path)


def test_points_that_no_number_holds_come_back(form):
    """A curve that overflows is drawn without those points, so the record keeps them."""
    item = next(item for item in form.items if item.figure)
    height = (1.0, math.inf, -math.inf)
    curve = Curve(label="norm", x=(0.0, 1.0, 2.0), y=height)
    overflown = replace(form, items=(replace(item, figure=replace(item.figure, curves=(curve,))),))
    assert record.from_json(record.to_json(overflown)) == overflown


def test_any_other_infinite_number_is_not_written(form):
    """A key or a number of the text must be finite."""
    with pytest.raises(ValueError, match="JSON"):
        record.to_json(replace(form, minutes=math.inf))
