"""``quizgen read``: one answer from the command line, or thousands from standard input."""

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.grading.trial.attempts import Attempt
from quizgen.grading.trial.plain import to_plain
from quizgen.grading.trial.trying import attempt


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


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["1, 2, 3", "--vector"], "read as (1, 2, 3)"),
        (
            ["[1, 2; 3, 4.5]", "--key", "[1, 2; 3, 4]"],
            "read as [1, 2; 3, 4.5]\npartial: 3 of 4 entries are right; row 2, column 2 is above 3.96 to 4.04",
        ),
        (["1 2; 3 4", "--key", "[1, 2; 3, 4]"], "read as [1, 2; 3, 4]\nright: 4 of 4 entries are right"),
        (["(1,5; 2)", "--key", "1,5; 2", "--decimal-comma"], "read as (1.5, 2)\nright: 2 of 2 entries are right"),
        (["2, 1", "--key", "1, 2"], "read as (2, 1)\nwrong: 0 of 2 entries are right; number 1 is above 0.99 to 1.01, number 2 is below 1.98 to 2.02"),
        (["2, 1", "--key", "1, 2", "--any-order"], "read as (2, 1)\nright: 2 of 2 entries are right"),
        (["2, 2", "--key", "1, 2", "--any-order"], "read as (2, 2)\npartial: 1 of 2 entries are right; number 2 is met by none of the key that is left"),
        (["1.04e-400, 0", "--key", "1e-400, 0", "--figures", "1"], "read as (1.04×10⁻⁴⁰⁰, 0)\nright: 2 of 2 entries are right"),
        (["1/2, 50%", "--key", "0.5, 0.5", "--fractions", "--percent"], "read as (1/2 = 0.5, 50% = 0.50)\nright: 2 of 2 entries are right"),
        (["1, 2 s", "--key", "1, 2", "--unit", "s"], "read as (1, 2 s)\nright: 2 of 2 entries are right"),
        (["1, x", "--key", "1, 2"], "could not be read: 'x' is not part of a number (character 4)\n  hint: write the number alone"),
        ([" ", "--key", "[1, 2]"], "not answered"),
        (["10^(-3)", "--key", "10^(-3)"], "read as 1×10⁻³, 1 significant figure\nright: within 0.00099 to 0.00101"),
    ],
)  # fmt: skip
def test_vectors_and_matrices_are_compared_entry_by_entry(quizgen, arguments, printed):
    """By the rules of numbers; a key in brackets or with commas says that there are several."""
    ended = quizgen("read", *arguments)
    assert (ended.code, ended.out) == (0, printed + "\n")


def test_another_shape_cannot_be_read(quizgen):
    """It says what was asked for, and what is there."""
    ended = quizgen("read", "1, 2, 3", "--key", "[1, 2; 3, 4]", "--json")
    found = json.loads(ended.out)
    assert (found["status"], found["reason"]) == ("unreadable", "expected a matrix of 2 × 2 numbers, found 3 numbers")
    assert "value" not in found


def test_a_matrix_that_is_wrong_everywhere_names_its_first_entries(quizgen):
    """And says how many more there are."""
    ended = quizgen("read", "[0 0 0; 0 0 0]", "--key", "[1, 2, 3; 4, 5, 6]")
    assert "row 2, column 2 is below" in ended.out
    assert ended.out.endswith(", and 1 more\n")


SYMBOLS = ("--symbols", "w=0.1:2, T=1:20")


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["w**T"], "read as w^T"),
        (["w*w^(T-1)", "--key", "w^T"], "read as w·w^(T − 1)\nright: equal to the key at 12 points"),
        (["-w^T", "--key", "w^T"], "read as −w^T\nwrong: Compared with the right formula, the sign is the other way round."),
        (["2w^T", "--key", "w^T"], None),
        (["w^2T"], "could not be read: 'T' could belong to the power before it or not (character 4)\n  hint: write (w^2)*T or w^(2*T)"),
        (["0.5", "--key", "w^T"], "could not be read: 0.5 is a number (character 1)\n  hint: write a formula in w and T"),
        (["v^T", "--key", "w^T"], None),
        ([" ", "--key", "w^T"], "not answered"),
    ],
)  # fmt: skip
def test_formulas_are_compared_at_points(quizgen, arguments, printed):
    """Any formula that equals the key is right; the same attempt has the same outcome."""
    text, *options = arguments
    ended = quizgen("read", *SYMBOLS, *options, "--", text)
    assert ended.code == 0
    if printed is None:
        assert ended.out.startswith(("read as 2·w^T\nwrong: At every point your formula is 2", "could not be read: "))
    else:
        assert ended.out == printed + "\n"


def test_a_huge_or_tiny_power_is_compared_as_any_other(quizgen):
    """Neither is 0 or infinite."""
    for key, text, status in (("w^T", "w^T", "right"), ("w^T", "w^(T+1)", "wrong"), ("w^T", "0*w", "wrong")):
        ended = quizgen("read", "--symbols", "w=0.001:0.002, T=5000:6000", "--key", key, "--json", "--", text)
        assert json.loads(ended.out)["status"] == status, text


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


def test_lines_may_ask_for_vectors_and_formulas(piped):
    """By the same names as on the command line, with what was given for all."""
    lines = [
        {"text": "(1, 2.1)", "key": "(1, 2)"},
        {"text": "1, 2", "vector": True},
        {"text": "2 1", "key": "1, 2", "any-order": True},
        {"text": "w w^2", "key": "w^3", "symbols": "w=-1:1"},
        {"text": "w", "symbols": "w"},
    ]
    code, found = piped("\n".join(map(json.dumps, lines)))
    assert code == 1
    assert [one.get("status") for one in found] == ["partial", "read", "right", "right", None]
    assert (found[0]["share"], found[0]["value"]) == (0.5, "(1, 2.1)")
    assert found[4]["error"] == "line 5: 'w' is no symbol with a range"


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
        (["--key", "1,5"], "the key '1,5' is no number"),
        (["--key", "[1, x]"], "the key '[1, x]' is no vector or matrix"),
        (["--key", "[1, 2; 3, 4]", "--any-order"], "the entries of a matrix have their places"),
        (["--key", "[1, 2]", "--order-of-magnitude", "99"], "decades is 99"),
        (["--symbols", "w=1:"], "'w=1:' is no symbol with a range"),
        (["--symbols", "w=2:1"], "'w=2:1' is no symbol with a range"),
        (["--symbols", "w=0:1e999"], "'w=0:1e999' is no symbol with a range"),
        (["--symbols", "w=0:1, w=1:2"], "the symbol 'w' is there twice"),
        (["--symbols", "tanh=0:1"], "'tanh' is the name of a function"),
        (["--symbols", "w=0:1", "--vector"], "a formula is no vector"),
        (["--symbols", "w=0:1", "--key", "w", "--figures", "2"], "formulas are compared by rtol alone"),
        (["--symbols", "w=0:1", "--key", "w", "--rtol", "0.1"], "rtol is 0.1"),
        (["--symbols", "w=0:1", "--key", "2"], "2 is a number"),
        (["--symbols", "w=-2:-1", "--key", "sqrt(w)"], "the key is finite at 0 of 32 points"),
    ],
)
def test_wrong_usage_is_told(quizgen, options, told):
    """With exit code 2."""
    ended = quizgen("read", "1", *options)
    assert ended.code == 2
    assert told in ended.err


KINDS = [
    {},
    {"vector": True},
    {"key": "[1, 2; 3, 4]"},
    {"key": "1, 2", "any_order": True},
    {"symbols": "w=0:1", "key": "w"},
]


@given(
    text=st.text() | st.text("0123456789.,;()[]{}wT^*/+- \n"),
    kind=st.sampled_from(KINDS),
    key=st.floats(allow_nan=False, allow_infinity=False),
)
def test_whatever_is_written_gets_an_answer(text, kind, key):
    """Nothing is raised, and what cannot be read is neither right nor wrong."""
    outcome = attempt(Attempt(**{"key": repr(key) if not kind else None, **kind}, text=text, rtol=0.01))
    assert outcome.status in ("read", "right", "partial", "wrong", "unreadable", "not-answered")
    assert ("read_as" in to_plain(outcome)) is (outcome.status in ("read", "right", "partial", "wrong"))
    assert (outcome.share is None) or (outcome.share == 1) is (outcome.status == "right")
