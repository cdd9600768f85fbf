"""``quizgen read``: one answer from the command line, or thousands from standard input."""

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.grading.trial import Attempt, attempt, to_plain


@pytest.fixture
def piped(quizgen, monkeypatch):
    """``piped(text, "--rtol", ...)`` runs ``quizgen read -`` with ``text`` on standard input."""

    def run(text, *options):
        content = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        ended = quizgen("read", "-", *options)
        return ended.code, [json.loads(line) for line in ended.out.splitlines()]

    return run


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["3e-12"], "read as 3×10⁻¹², 1 significant figure"),
        (["3e-12", "--key", "3e-12"], "read as 3×10⁻¹², 1 significant figure\nright: within 2.97e-12 to 3.03e-12"),
        (["0", "--key", "3e-12"], "read as 0, 1 significant figure\nwrong: below 2.97e-12 to 3.03e-12"),
        (
            ["1e-400", "--key", "1.005e-400"],
            "read as 1×10⁻⁴⁰⁰, 1 significant figure\nright: within 9.9495e-401 to 1.01505e-400",
        ),
        (
            ["12.34", "--key", "12.345", "--figures", "3"],
            "read as 12.34, 4 significant figures\nright: within 12.25 to 12.395",
        ),
        (
            ["0.13", "--key", "0.125", "--decimals", "2"],
            "read as 0.13, 2 significant figures\nright: within 0.115 to 0.135",
        ),
        (["17", "--key", "17", "--exact"], "read as 17, 2 significant figures\nright: equal to the key"),
        (["5 steps", "--unit", "steps"], "read as 5 steps, 1 significant figure"),
        (["1,5"], "could not be read: a comma in a number (character 2)\n  hint: write a decimal point: 1.5"),
        ([" "], "not answered"),
    ],
)
def test_one_answer(quizgen, arguments, printed):
    """How it is read and, with a key, how it is graded and why."""
    ended = quizgen("read", *arguments)
    assert (ended.code, ended.out) == (0, printed + "\n")


def test_json_says_the_same_for_programs(quizgen):
    """With every digit of the value."""
    ended = quizgen("read", "50%", "--percent", "--key", "0.5", "--atol", "0.01", "--json")
    assert json.loads(ended.out) == {
        "text": "50%",
        "status": "right",
        "read_as": "50% = 0.50",
        "value": "0.50",
        "figures": 2,
        "why": "within 0.49 to 0.51",
    }


def test_many_answers_come_a_line_each(piped):
    """In their order; a line's own rule takes the place of the one that was given for all."""
    lines = [
        {"text": "3.05e-12", "key": 3e-12},
        {"text": "3.05e-12", "key": "3e-12", "figures": 1},
        {"text": "2,5", "key": 2.5, "decimal-comma": True},
        {"text": "2,5"},
    ]
    code, found = piped("\n".join(map(json.dumps, lines)), "--rtol", "0.001")
    assert code == 0
    assert [one["status"] for one in found] == ["wrong", "right", "right", "unreadable"]
    assert found[3]["offset"] == 1


def test_a_line_at_fault_is_answered_in_its_place(piped):
    """And the others all the same; the exit code tells."""
    text = b'{"text": "1"}\n[1]\nnot json\n{"txt": 1}\n{"text": 1}\n{"text": "1", "key": "x"}\n{"text": "1", "rtol": 2, "key": 1}\n\n\xff\n{"text": "1", "figures": true}\n'
    code, found = piped(text)
    assert code == 1
    assert found[0]["status"] == "read"
    told = [one["error"] for one in found[1:]]
    assert told[0] == "line 2: not an object"
    assert told[1] == "line 3: not JSON"
    assert told[2] == "line 4: no key named 'txt'"
    assert told[3] == "line 5: text: 1 is not a str"
    assert "line 6: the key 'x' is no number" in told[4]
    assert "rtol is 2" in told[5]
    assert told[6] == "line 9: not JSON"
    assert told[7] == "line 10: figures: True is not a int"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--key", "x"], "the key 'x' is no number"),
        (["--key", "1", "--exact", "--rtol", "0.1"], "several rules"),
        (["--key", "1", "--figures", "0"], "figures is 0"),
        (["--key", "1", "--order-of-magnitude", "-1"], "decades is -1"),
        (["--figures", "x"], "not a valid integer"),
    ],
)
def test_wrong_usage_is_told(quizgen, options, told):
    """With exit code 2."""
    ended = quizgen("read", "1", *options)
    assert ended.code == 2
    assert told in ended.err


@given(text=st.text(), key=st.none() | st.floats(allow_nan=False, allow_infinity=False).map(repr))
def test_whatever_is_written_gets_an_answer(text, key):
    """Nothing is raised, and what cannot be read is neither right nor wrong."""
    outcome = attempt(Attempt(text=text, key=key, atol=0.0, rtol=0.01))
    assert outcome.status in ("read", "right", "wrong", "unreadable", "not-answered")
    assert ("value" in to_plain(outcome)) is (outcome.status in ("read", "right", "wrong"))
