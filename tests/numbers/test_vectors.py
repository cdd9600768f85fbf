"""Vectors and matrices as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.numbers.reading import Reading, Unreadable
from quizgen.numbers.vectors import ArrayReading, asked_for, in_shape, read_array, spelt


def rows(text, **flags):
    """What was read, as floats."""
    array = read_array(text, **flags)
    assert isinstance(array, ArrayReading), str(array)
    return [[float(entry.value) for entry in row] for row in array.rows]


@pytest.mark.parametrize(
    "text",
    ["1, -2.5", "1,-2.5", "(1, −2.5)", "[1, -2.5]", "{1, -2.5}", "1 -2.5", "[1 -2.5]", "(1; -2.5)^T", "[[1], [-2.5]]ᵀ", "[[1, -2.5]]",
     " 1 ,\n -2.5 ", "（1，-2.5）", "1, -2.5e0", "10^0, -25×10^(-1)"],
)  # fmt: skip
def test_a_row_is_read_however_it_is_marked(text):
    """Commas or spaces, any brackets or none."""
    assert rows(text) == [[1.0, -2.5]]


@pytest.mark.parametrize(
    "text", ["1; -2.5", "1\n-2.5\n", "[1; -2.5]", "1;\n-2.5", "[1, -2.5]^T", "((1), (-2.5))", "(1 -2.5)^{T}"]
)
def test_a_column_is_read_however_it_is_marked(text):
    """Semicolons, lines of their own, or a transposed row."""
    assert rows(text) == [[1.0], [-2.5]]


@pytest.mark.parametrize(
    "text",
    ["[1, 2; 3, 4]", "1, 2; 3, 4", "1 2\n3 4", "[[1, 2], [3, 4]]", "[1, 2], [3, 4]", "(1 2)(3 4)", "[[1,2],\n [3,4]]", "[1, 2;\n 3, 4\n]",
     "[1, 3; 2, 4]^T", "[[1; 2]; [3; 4]]"],
)  # fmt: skip
def test_a_matrix_is_read_however_it_is_marked(text):
    """Rows end at semicolons, at lines, or at brackets of their own."""
    assert rows(text) == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,5; 2", [[1.5], [2.0]]),
        ("(1,5; 2)", [[1.5], [2.0]]),
        ("1,5, 2", [[1.5, 2.0]]),
        ("1,5 2; 3 4,25", [[1.5, 2.0], [3.0, 4.25]]),
        ("[[1,5; 2], [3; 4]]", [[1.5, 2.0], [3.0, 4.0]]),
        ("1.5; 2", [[1.5], [2.0]]),
    ],
)
def test_with_a_declared_decimal_comma_a_comma_separates_only_before_a_space(text, expected):
    """1,5 is one number then, and entries stand between semicolons."""
    assert rows(text, decimal_comma=True) == expected


def test_entries_may_be_whatever_the_part_allows_of_a_number():
    """Fractions, percentages and a unit, behind each entry or behind all."""
    assert rows("1/2, 3", fractions=True) == [[0.5, 3.0]]
    assert rows("50%, 3", percent=True) == [[0.5, 3.0]]
    assert rows("1 mV, 2 mV", unit="mV") == rows("(1, 2) mV", unit="mV") == [[1.0, 2.0]]


@pytest.mark.parametrize(
    ("text", "offset", "reason"),
    [
        ("", 0, "There is no number"),
        ("1, , 2", 2, "There is no number"),
        ("[1, 2", 0, "A bracket is not closed"),
        ("1, 2)", 4, "Closes no bracket"),
        ("(1, 2]", 5, "Closes no bracket"),
        ("x = [1, 2]", 0, "stands outside the brackets"),
        ("[1, 2; 3, o]", 10, "'o' is not part of a number"),
        ("1, 2; 3", 6, "A row of 1 below a row of 2"),
        ("  1, 2 frogs", 7, "'frogs' is not part of a number"),
        ("1,000", 2, "could be an entry, or the end of a number of thousands"),
        ("1 000 2", 2, "could be an entry, or the end of a number of thousands"),
        ("[1, 2] mV", 7, "stands outside the brackets"),
    ],
)
def test_what_cannot_be_read_says_why_and_where(text, offset, reason):
    """The place counts from the beginning of the response as it was written."""
    fault = read_array(text)
    assert isinstance(fault, Unreadable)
    assert reason.lower() in str(fault).lower()
    assert fault.offset == offset


def test_one_number_in_groups_of_three_is_no_vector():
    """What reads as one number is one number: nothing is guessed."""
    assert rows("100 200") == [[100200.0]]


@pytest.mark.parametrize(
    ("text", "shape", "reason"),
    [
        ("1, 2, 3", (1, 2), "Expected 2 numbers, found 3 numbers."),
        ("1", (1, 2), "Expected 2 numbers, found 1 number."),
        ("1, 2, 3, 4", (2, 2), "Expected a matrix of 2 × 2 numbers, found 4 numbers."),
        ("[1, 2; 3, 4]", (1, 4), "Expected 4 numbers, found a matrix of 2 × 2 numbers."),
    ],
)
def test_another_shape_is_unreadable_with_both_shapes(text, shape, reason):
    """A student sees what was found, what was expected, and how to write it."""
    fault = in_shape(read_array(text), shape)
    assert isinstance(fault, Unreadable)
    assert str(fault).startswith(reason)
    assert "semicolons" in fault.hint


def test_a_vector_may_be_a_row_or_a_column():
    """Which of the two was meant is no part of the answer."""
    assert in_shape(read_array("1; 2"), (1, 2)).read_as == "(1, 2)"
    assert in_shape(read_array("1, 2"), (1, 2)).read_as == "(1, 2)"


def test_shapes_are_named():
    """For hints and for the line that says what to write."""
    assert [asked_for(shape) for shape in [(1, 1), (1, 3), (3, 1), (2, 3)]] == [
        "1 number",
        "3 numbers",
        "3 numbers",
        "a matrix of 2 × 3 numbers",
    ]


decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**6), max_value=10**6)


@given(
    st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(decimals, min_size=n, max_size=n), min_size=1, max_size=4))
)
def test_what_is_spelt_is_read_back(matrix):
    """The spelling of model answers is one that students may use."""
    array = read_array(spelt([[str(entry) for entry in row] for row in matrix]))
    flat = [Decimal(entry) for row in matrix for entry in row]
    assert isinstance(array, ArrayReading)
    assert [entry.value for row in array.rows for entry in row] == flat


@given(text=st.text(max_size=60) | st.text(alphabet="0123 .,;()[]{}\n^Te-/%", max_size=60), comma=st.booleans())
def test_any_text_is_read_or_refused(text, comma):
    """Nothing is raised; what was read has rows of one length, and a fault lies within the text."""
    found = read_array(text, decimal_comma=comma, fractions=True, percent=True, unit="m")
    if isinstance(found, Unreadable):
        assert 0 <= found.offset <= len(text)
    else:
        assert len({len(row) for row in found.rows}) == 1
        assert all(isinstance(entry, Reading) for row in found.rows for entry in row)


def test_a_long_response_is_refused_at_once():
    """A thousand characters hold any vector that is asked for."""
    assert "Longer than" in str(read_array("1," * 501))
