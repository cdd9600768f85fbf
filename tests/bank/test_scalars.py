"""Plain scalars mean what YAML 1.2 says, and nothing becomes a number or a truth by surprise."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank.scalars import ScalarFault, resolve


@pytest.mark.parametrize(
    "text", ["no", "yes", "on", "off", "y", "1:30", "2026-01-02", "1_000", "1e", "e3", "-", ".", "0b1"]
)
def test_what_yaml_1_1_would_twist_stays_text(text):
    """A word, a time or a date is the text that was written."""
    assert resolve(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("010", 10), ("-7", -7), ("+5", 5), ("0x1f", 31), ("0o17", 15), ("1e-3", 0.001), (".5", 0.5), ("1.", 1.0)],
)
def test_numbers_are_read_as_yaml_1_2_writes_them(text, value):
    """A number has its value and its kind: whole or not."""
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_null(text):
    """An empty value is null, however it is spelt."""
    assert resolve(text) is None


@pytest.mark.parametrize("text", [".inf", "-.inf", ".nan", "1e999", "9007199254740993", "9" * 5000, "0x" + "f" * 40])
def test_numbers_that_no_template_can_use_are_refused(text):
    """Infinities, NaN and whole numbers beyond 2**53 are faults, also those too long for Python's int."""
    with pytest.raises(ScalarFault):
        resolve(text)


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53) | st.booleans() | st.none())
def test_what_json_writes_is_read_back(value):
    """JSON's scalars are a part of YAML 1.2."""
    assert resolve(json.dumps(value)) == value
