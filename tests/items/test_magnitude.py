"""Orders of magnitude: compared by logarithms, so that 1e-400 is a number like any other."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.contract import Settings
from quizgen.items.item import Misconception, Part
from quizgen.items.magnitude import Magnitude, MagnitudeKey

MAGNITUDE = "magnitude: {key: x ** 9 / 1000}"


def part(value, *, is_log10=False, within=0.5, mistakes=()):
    """A part with this key."""
    empty = MagnitudeKey(value=1.0, is_log10=is_log10, printed="", within=within, figures=2, unit="")
    found = tuple(Misconception(id=name, value=wrong, because=f"{name}!") for name, wrong in mistakes)
    key = Magnitude().with_number(empty, value)
    return Part(label="1a", id="a", type="magnitude", points=1, ask="", key=key, misconceptions=found)


def grade(asked, response):
    """The verdict on a response."""
    return Magnitude().grade(asked, response, Settings())


@pytest.mark.parametrize(
    ("response", "status"),
    [
        ("3e-12", "right"),
        ("10^-12", "right"),
        ("1×10⁻¹¹", "wrong"),
        ("9.4e-12", "right"),
        ("9.5e-12", "wrong"),
        ("9.6e-13", "right"),
        ("-3e-12", "wrong"),
        ("0", "wrong"),
        ("1e-400", "wrong"),
        ("1e400", "wrong"),
        ("small", "unreadable"),
    ],
)
def test_a_number_is_right_within_half_a_power_of_ten(response, status):
    """A factor of about 3 to either side, and the sign must agree."""
    assert grade(part(3e-12), response).status == status


@pytest.mark.parametrize(
    ("response", "status"),
    [("1e-400", "right"), ("1.9e-400", "right"), ("10^-401", "wrong"), ("0", "wrong"), ("-1e-400", "wrong")],
)
def test_a_logarithm_goes_where_float64_ends(response, status):
    """The key is 10 to the power of -400.2, and is printed with its figures."""
    asked = part(-400.2, is_log10=True)
    assert asked.key.printed == "6.3e-401"
    assert grade(asked, response).status == status


def test_both_edges_of_the_width_count():
    """One power of ten more or less, exactly."""
    assert [grade(part(1e-4, within=1.0), text).status for text in ("1e-3", "1e-5", "1.01e-3")] == [
        "right",
        "right",
        "wrong",
    ]


@pytest.mark.parametrize(
    ("response", "diagnosis", "feedback"),
    [
        ("2e-4", "adds", "adds!"),
        ("-3e-12", "sign", "the sign is the other way round"),
        ("3e11", "reciprocal", "the exponent has the other sign"),
        ("0", "zero", "has no order of magnitude"),
        ("3e-10", None, "This is about 2 powers of ten too large."),
        ("3e-15", None, "This is about 3 powers of ten too small."),
        ("-7", None, ""),
    ],
)
def test_a_wrong_magnitude_is_explained(response, diagnosis, feedback):
    """By a mistake of the part, by a slip, or by how far it is off."""
    verdict = grade(part(3e-12, mistakes=[("adds", 1e-4)]), response)
    assert verdict.diagnosis == diagnosis
    assert feedback in verdict.feedback


@given(exponent=st.integers(-300, 300), mantissa=st.floats(1, 9.99), off=st.floats(-2, 2))
def test_only_the_logarithm_of_the_ratio_decides(exponent, mantissa, off):
    """An independent oracle: the difference of two logarithms."""
    key = float(f"{mantissa:.3g}e{exponent}")
    response = f"{10 ** (math.log10(key) - exponent + off):.12e}".partition("e")
    shifted = f"{response[0]}e{int(response[2]) + exponent}"
    verdict = grade(part(key), shifted)
    if abs(abs(off) - 0.5) > 1e-6:
        assert verdict.fraction == float(abs(off) < 0.5)


@given(value=st.floats(-900_000, 900_000))
def test_the_key_is_right_however_small_or_large(value):
    """Whatever its logarithm: full points for the key as printed."""
    asked = part(value, is_log10=True)
    assert grade(asked, Magnitude().key_response(asked)).fraction == 1.0


def test_the_number_read_is_spoken_of_as_the_key_is():
    """Parts that follow get a number, or its logarithm where the key is one."""
    assert grade(part(3e-12), "1e-7").number == 1e-7
    assert grade(part(-400.2, is_log10=True), "1e-500").number == -500.0
    assert grade(part(-400.2, is_log10=True), "-2").number is None


def test_the_key_follows_from_the_printed_numbers(made):
    """Evaluated from what the page prints; the page says how near is near enough."""
    asked = made(MAGNITUDE)
    assert grade(asked, Magnitude().key_response(asked)).fraction == 1.0
    request, _ = Magnitude().quiz_blocks(asked, fill=str)
    assert request.text == "An answer counts if it is right to within a factor of 3.2."
    assert "\n" not in Magnitude().how_to_answer(asked)


@pytest.mark.parametrize(
    ("spec", "changes", "rule"),
    [
        ("magnitude: {key: y / (a - a)}", [], "key is not finite"),
        ("magnitude: {log10: 10 ** 9 * a}", [], "key is not finite"),
        ("magnitude: {key: x - x}", [], "the key is 0, which has no order of magnitude"),
        ("magnitude: {key: x ** 90, within: 0.1}", [("9] to 4", "9] to 1")], "raw value drifts from the key"),
        ("magnitude: {key: x * 1.5}", [], "the page prints the key as x"),
        (f"{MAGNITUDE}\nmisconceptions: {{m: {{value: x ** 9 / 200, because: No.}}}}", [], "misconception m is too close"),
        (f"{MAGNITUDE}\nmisconceptions: {{m: {{value: 1 / (a - a), because: No.}}}}", [], "misconception m is not finite"),
    ],
)  # fmt: skip
def test_every_rule_of_the_certificate_turns_a_variant_down(broken_rule, spec, changes, rule):
    """Each rule is broken on purpose, and says so by name."""
    assert f"only: {rule}" in broken_rule(spec, *changes)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("magnitude: {within: 1}", "expected either key or log10"),
        ("magnitude: {key: y, log10: y}", "expected either key or log10"),
        ("magnitude: {key: y, within: 0}", "expected a width from above 0 to 3 powers of ten"),
        ("magnitude: {key: y, figures: 0}", "expected 1 to 12"),
    ],
)
def test_a_spec_that_makes_no_sense_is_refused(refusal, spec, message):
    """Before any number is drawn, at its place in the file."""
    assert message in refusal(spec)
