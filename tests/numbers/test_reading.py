"""Reading what a person wrote as a number."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.numbers.comparing import accepts
from quizgen.numbers.printing import Precision
from quizgen.numbers.reading import MAX_LENGTH, Reading, Unreadable, read_number, thousands_fault, written_figures
from quizgen.numbers.spelling import to_unicode

ALPHABET = "0123456789+-−–.,eE×x*^⁻³½/% '_()infa\u2009\t\n"

READ = [
    ("1e-3", "0.001"),
    ("1E-3", "0.001"),
    ("+5", "5"),
    ("5.", "5"),
    (".5", "0.5"),
    ("- 5", "-5"),
    ("  5\n", "5"),
    ("007", "7"),
    ("1.5×10^-3", "0.0015"),
    ("1.5x10^-3", "0.0015"),
    ("1.5 X 10 ^ -3", "0.0015"),
    ("1.5*10^-3", "0.0015"),
    ("1.5*10**-3", "0.0015"),
    ("1.5×10^(-3)", "0.0015"),
    ("1.5×10^{-3}", "0.0015"),
    ("1.5·10⁻³", "0.0015"),
    ("1.5⋅10⁻³", "0.0015"),
    ("1.5 e−3", "0.0015"),
    ("10^-3", "0.001"),
    ("10⁻³", "0.001"),
    ("-10³", "-1000"),
    ("10", "10"),
    ("−5", "-5"),
    ("–5", "-5"),
    ("１２．５", "12.5"),
    ("1 000 000", "1000000"),
    ("1\u2009000\u2009000", "1000000"),
    ("1\u00a0000\u202f000.5", "1000000.5"),
    ("1e-400", "1e-400"),
    ("1e300", "1e300"),
    ("-3.20e-12", "-3.20e-12"),
]


@pytest.mark.parametrize(("text", "value"), READ)
def test_every_listed_spelling_reads(text, value):
    """Each spelling that the documentation lists gives exactly its number."""
    reading = read_number(text)
    assert isinstance(reading, Reading)
    assert reading.value == Decimal(value)


UNREADABLE = [
    ("", "there is no number", 0),
    ("  ", "there is no number", 0),
    ("inf", "not a finite number", 0),
    ("-Infinity", "not a finite number", 0),
    ("nan", "not a finite number", 0),
    ("∞", "not a finite number", 0),
    ("0x10", "not a decimal number", 0),
    ("1_000", "underscore", 1),
    ("1.2.3", "more than one point", 1),
    ("5 5", "a space between digits", 1),
    ("1 0000", "a space between digits", 1),
    ("0 500", "a space between digits", 1),
    ("about 5", "'about' is not part", 0),
    ("5 frogs", "'frogs' is not part", 2),
    ("3.14 frogs", "'frogs' is not part", 5),
    ("1'000", "apostrophe", 1),
    ("1’000", "apostrophe", 1),
    ("1,000", "could mean 1.000 or 1000", 0),
    ("1,000,000", "more than one point or comma", 1),
    ("1,5", "a comma", 1),
    ("1/2", "a fraction is not expected", 1),
    ("½", "a fraction is not expected", 0),
    ("50%", "a percentage is not expected", 2),
    ("1.5e", "'e' is not part", 3),
    ("1.5×10", "a calculation, not its result", 3),
    ("2^3", "a calculation, not its result", 1),
    ("sqrt(3)", "a calculation, not its result", 0),
    ("√3", "a calculation, not its result", 0),
    ("--5", "more than one sign", 0),
    (".", "not a number", 0),
    ("1e9999999", "exponent is beyond", 2),
    ("x", "'x' is not part", 0),
]


@pytest.mark.parametrize(("text", "reason", "offset"), UNREADABLE)
def test_what_could_be_misread_is_unreadable_and_says_why(text, reason, offset):
    """Each refused spelling comes with its reason, its place and a hint."""
    found = read_number(text)
    assert isinstance(found, Unreadable)
    assert reason in found.reason
    assert found.offset == offset
    assert found.hint


@pytest.mark.parametrize(
    ("text", "unit", "sentences"),
    [
        ("5 frogs", "", "'frogs' is not part of a number. Write the number alone."),
        ("2.66 steps", "timesteps", "'steps' is not part of a number. Write 2.66, or 2.66 timesteps."),
        ("2.66e", "timesteps", "'e' is not part of a number. Write the number alone, or with its unit, timesteps."),
        ("about 2", "steps", "'about' is not part of a number. Write the number alone, or with its unit, steps."),
        (
            "2,017",
            "",
            "A comma could mean 2.017 or 2017. Write a decimal point (2.017), or no mark at all (2017).",
        ),
        ("0,53e-3", "", "A comma in a number. Write a decimal point: 0.53e-3."),
        ("5,", "", "A comma in a number. Write a decimal point: 5."),
        ("2. steps", "timesteps", "'steps' is not part of a number. Write 2, or 2 timesteps."),
        ("0,53 or so", "", "A comma in a number. Write a decimal point."),
        ("1'000", "", "An apostrophe between digits. Write the digits together: 1000."),
        (
            "sqrt(3)",
            "",
            "This is a calculation, not its result. Work it out and write the number, such as 0.031 or 3.1e-12.",
        ),
    ],
)
def test_a_complaint_is_two_sentences_that_say_what_to_write(text, unit, sentences):
    """The reason, then what to write instead: with the student's own digits where they leave no doubt."""
    assert str(read_number(text, unit=unit)) == sentences


@given(text=st.text(ALPHABET + "{}frogs", max_size=30), decimal_comma=st.booleans())
def test_what_a_complaint_offers_can_be_read(text, decimal_comma):
    """Whatever stands after the colon is a number, so that a student who copies it is understood."""
    found = read_number(text, decimal_comma=decimal_comma)
    if isinstance(found, Unreadable):
        assert not str(found).endswith("..")
        if found.hint.startswith(("write a decimal point: ", "write the digits together: ")):
            assert isinstance(read_number(found.hint.partition(": ")[2], decimal_comma=decimal_comma), Reading)


@pytest.mark.parametrize(("text", "value"), [("1,5", "1.5"), ("1.5", "1.5"), ("1,000", "1"), ("-0,5e-3", "-0.0005")])
def test_a_declared_decimal_comma_reads_beside_the_point(text, value):
    """Where the form declares a decimal comma, both marks read."""
    assert read_number(text, decimal_comma=True).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [("1.000", "1,000", "1000"), ("-12.345", "12,345", "12345"), ("123.456e-7", "123,456", "123456")],
)
def test_where_a_comma_is_declared_a_point_before_three_digits_is_not_guessed_at(text, one, other):
    """1.000 could be one or a thousand there; the hint spells out both, and both read."""
    found = read_number(text, decimal_comma=True)
    assert isinstance(found, Unreadable)
    assert str(found) == (
        f"A point could mean {one} or {other}. Write a decimal comma ({one}), or no mark at all ({other})."
    )
    assert read_number(one, decimal_comma=True).value * 1000 == read_number(other, decimal_comma=True).value
    assert isinstance(read_number(text), Reading)


@pytest.mark.parametrize("text", ["0.031", ".500", "1.5", "1.0000", "1234.567", "1 234.567", "3.20e-12", "0.123e3"])
def test_where_a_comma_is_declared_other_points_read(text):
    """What cannot be thousands is no doubt."""
    assert read_number(text, decimal_comma=True) == read_number(text)


@pytest.mark.parametrize("text", ["1,000,000", "1.000,5"])
def test_a_decimal_comma_does_not_allow_thousands_marks(text):
    """Two marks in one number stay ambiguous."""
    assert isinstance(read_number(text, decimal_comma=True), Unreadable)


@pytest.mark.parametrize(
    ("text", "value", "read_as"),
    [
        ("1/2", "0.5", "1/2 = 0.5"),
        ("1 / 2", "0.5", "1/2 = 0.5"),
        ("3 1/2", "3.5", "3 1/2 = 3.5"),
        ("-3 1/2", "-3.5", "−3 1/2 = −3.5"),
        ("½", "0.5", "1/2 = 0.5"),
        ("3½", "3.5", "3 1/2 = 3.5"),
        ("1⁄4", "0.25", "1/4 = 0.25"),
        ("0.5", "0.5", "0.5"),
    ],
)
def test_fractions_read_where_allowed(text, value, read_as):
    """A part that allows fractions reads them exactly and echoes their decimals."""
    reading = read_number(text, fractions=True)
    assert (reading.value, reading.read_as) == (Decimal(value), read_as)


def test_a_fraction_without_end_is_close_to_fifty_figures():
    """1/3 is kept far beyond any tolerance, and is said to be rounded in the echo."""
    reading = read_number("1/3", fractions=True)
    assert abs(3 * reading.value - 1) < Decimal("1e-27")  # limited by the arithmetic of this test
    assert reading.read_as == "1/3 ≈ 0.333333"
    assert reading.figures == 0


@pytest.mark.parametrize("text", ["3 1 / 2", "1/0", "3 1/0", "1/2/3", "1 500/700", "1 5/4", "1/-2"])
def test_ambiguous_fractions_are_unreadable(text):
    """A fraction that could mean two numbers, or none, is not guessed at."""
    assert isinstance(read_number(text, fractions=True), Unreadable)


def test_percentages_read_where_allowed():
    """50% is 0.5 where the part says so, and 0.5 is still 0.5."""
    reading = read_number("50 %", percent=True)
    assert (reading.value, reading.read_as, reading.figures) == (Decimal("0.5"), "50% = 0.50", 2)
    assert read_number("0.5", percent=True).value == Decimal("0.5")


def test_only_the_declared_unit_may_follow():
    """The part's unit reads with or without a space; any other word makes the response unreadable."""
    for text in ("12 steps", "12steps", "12", " 12 steps "):
        assert read_number(text, unit="steps").value == 12
    assert read_number("3.1 m·s", unit="m⋅s").read_as == "3.1 m⋅s"
    found = read_number("3.14 frogs", unit="steps")
    assert isinstance(found, Unreadable)
    assert "steps" in found.hint
    assert isinstance(read_number("steps", unit="steps"), Unreadable)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("1.50e-3", "1.50×10⁻³"), ("-.5", "−0.5"), ("5.", "5"), ("1 000 000", "1000000"), ("007.10", "7.10"), ("0", "0")],
)
def test_the_echo_shows_how_it_was_read(text, read_as):
    """The echo is in the page's own spelling, with every figure that was written."""
    assert read_number(text).read_as == read_as


@pytest.mark.parametrize(
    ("text", "figures"), [("1.00e5", 3), ("0.0010", 2), ("100", 3), ("5", 1), ("0", 1), ("0.000", 1), ("1.5×10^-3", 2)]
)
def test_written_figures_count_trailing_zeros(text, figures):
    """Trailing zeros count, because the string is graded; leading ones do not."""
    assert read_number(text).figures == figures


def test_written_figures_of_digits():
    """The same count for digits alone."""
    assert written_figures("0.0120") == 3


def test_a_long_text_is_refused_before_it_is_read():
    """Length is limited, so that no response makes reading slow."""
    found = read_number("9" * (MAX_LENGTH + 1))
    assert isinstance(found, Unreadable)
    assert found.offset == MAX_LENGTH
    assert isinstance(read_number("9" * MAX_LENGTH), Reading)


OPTIONS = st.fixed_dictionaries(
    {
        "decimal_comma": st.booleans(),
        "fractions": st.booleans(),
        "percent": st.booleans(),
        "unit": st.sampled_from(["", "steps", "%", "1"]),
    }
)


@given(text=st.text() | st.text(ALPHABET, max_size=30), options=OPTIONS)
def test_any_text_is_read_or_refused_but_never_raises(text, options):
    """Whatever is written, the outcome is a finite number or a reason with a place in the text."""
    found = read_number(text, **options)
    if isinstance(found, Reading):
        assert found.value.is_finite()
        assert found.read_as
    else:
        assert found.reason
        assert 0 <= found.offset <= len(text)


@pytest.mark.parametrize("piece", ["1 ", " ", "1 000", "10^", "- ", "(", "1/", ".,", "0_", "e"])
def test_reading_takes_no_longer_for_hostile_text(piece):
    """Long repetitions end at once: a slow pattern would make this test hang."""
    for tail in ("", "z", "%"):
        read_number((piece * MAX_LENGTH)[: MAX_LENGTH - 1] + tail, fractions=True, percent=True, unit="z z")


@given(value=st.floats(-1e300, 1e300), figures=st.integers(1, 15))
def test_a_printed_number_reads_back_exactly(value, figures):
    """What a page prints, in the canonical spelling or in Unicode, is read as the number that it shows."""
    printed = Precision(kind="figures", count=figures).spell(value)
    for text in (printed, to_unicode(printed, "text")):
        reading = read_number(text)
        assert isinstance(reading, Reading)
        assert reading.value == Decimal(printed)
        assert reading.read_as == to_unicode(printed, "text")
        assert accepts(reading.value, float(printed), rtol=1e-12, atol=5e-324)


# -- the examples of docs/answers.md -----------------------------------------------------------------------------------

DOCS = (Path(__file__).parents[2] / "docs" / "answers.md").read_text(encoding="utf-8")
READS = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", DOCS, re.MULTILINE)
READS_WHERE = re.findall(r"^\| ([a-z][^|`]*) \| `([^`]+)` \| `([^`]+)` \|$", DOCS, re.MULTILINE)
REFUSED = re.findall(r"^\| `([^`]+)` \| ([^`|]+) \|$", DOCS, re.MULTILINE)
WHERE = {
    "fractions are allowed": {"fractions": True},
    "percentages are allowed": {"percent": True},
    "the form declares a decimal comma": {"decimal_comma": True},
    "the unit is steps": {"unit": "steps"},
}


def test_the_documented_examples_are_found():
    """The tables are read from the page for students, so they cannot go stale unseen."""
    assert (len(READS), len(READS_WHERE), len(REFUSED)) == (17, 6, 13)


@pytest.mark.parametrize(("text", "read_as"), READS)
def test_documented_spellings_read_as_the_page_says(text, read_as):
    """What the page promises is what happens."""
    assert read_number(text).read_as == read_as


@pytest.mark.parametrize(("where", "text", "read_as"), READS_WHERE)
def test_documented_spellings_of_some_parts_read_as_the_page_says(where, text, read_as):
    """What only some parts allow reads there, and nowhere else."""
    assert read_number(text, **WHERE[where]).read_as == read_as
    assert isinstance(read_number(text), Unreadable)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_documented_refusals_give_the_reason_on_the_page(text, reason):
    """The page and the report give the same reason."""
    assert read_number(text).reason == reason


# -- thousands that a form declares ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mark", "comma", "value"),
    [
        ("1,000", ",", False, "1000"),
        ("-12,345,678.5", ",", False, "-12345678.5"),
        ("1.000,5", ".", True, "1000.5"),
        ("1'000'000", "'", False, "1000000"),
        ("1,000e-3", ",", False, "1"),
        ("0.031", ",", False, "0.031"),
        ("1 000", ",", False, "1000"),
    ],
)
def test_a_declared_mark_may_stand_between_groups_of_three(text, mark, comma, value):
    """Together with everything that reads without it."""
    assert read_number(text, thousands=mark, decimal_comma=comma).value == Decimal(value)


@pytest.mark.parametrize("text", ["1,00", "1,0000", "0,000", "1,000,00", ",000", "1,000,", "1.5,000"])
def test_other_groups_remain_unreadable(text):
    """Nobody can tell what they mean."""
    assert isinstance(read_number(text, thousands=","), Unreadable)


@pytest.mark.parametrize(
    ("mark", "comma", "told"), [(",", True, "already"), (".", False, "already"), ("_", False, "one of")]
)
def test_a_mark_that_could_be_taken_for_another_is_refused(mark, comma, told):
    """Before an exam is written."""
    assert told in thousands_fault(mark, decimal_comma=comma)
    assert thousands_fault("", decimal_comma=comma) == ""
