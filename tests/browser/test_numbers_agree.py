"""The numbers that a page for practice reads are those that grading reads; it reads nothing that grading refuses."""

import re
from decimal import Decimal
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from quizgen.numbers.comparing import EXACT
from quizgen.numbers.reading import Unreadable, read_number
from quizgen.shipped import PAGE_TEMPLATES

ROOT = Path(__file__).parents[2]
FORMS = [(False, ""), (True, ""), (False, ","), (False, "'"), (True, ".")]
PARTS = [("", False, False), ("steps", True, True), ("µs", False, True)]
SIGNS = ["1", "0", "5", "12", "000", "1000", ".", ",", "e", "E", "-", "+", " ", "%", "/", "x10^", "×10⁻³", "10^(", ")", "½", "'", "−",
         "steps", "μs", "*10**", "10", "_", "\u00a0", "７", "inf"]  # fmt: skip


def spellings() -> list[str]:
    """All that students are told of, the numbers of ordinary pages, and what a cat on the keyboard writes."""
    told = re.findall(r"^\|.*?`([^`]+)` \|", (ROOT / "docs" / "answers.md").read_text(), re.MULTILINE)
    generator = np.random.default_rng(7)
    noise = ["".join(generator.choice(SIGNS, size=generator.integers(1, 7))) for _ in range(4000)]
    plain = [f"{sign}{digits}{power}" for sign, digits, power in
             product(["", "-", "+ "], ["0", "7", "0.5", ".25", "3.", "007", "12.50", "1 234 567.8"], ["", "e-12", " E +3", "x10^-4", "e999999"])]  # fmt: skip
    return [*told, *plain, *noise, "", "1" * 1001, "3 1/2", "1/0", "7/3", "1 100/200", "2 5/3", "1e9999999", "10^-400"]


@pytest.fixture
def reader(page):
    """A window that has the reading part of the script, and nothing else."""
    page.add_script_tag(content=(PAGE_TEMPLATES / "html/scripts/numbers.js").read_text())
    return page


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("part", PARTS, ids=str)
def test_a_page_reads_what_grading_reads(reader, form, part):
    """Same value, same figures, same unit; and of what grading reads, the page reads nearly all."""
    comma, thousands = form
    unit, fractions, percent = part
    texts = spellings()
    found = reader.evaluate(
        """([texts, check, form]) => texts.map((text) => {
            const number = readNumber(text, check, form);
            return number && [`${number.top}`, `${number.bottom}`, number.tens, number.figures, number.unit];
        })""",
        [
            texts,
            {"unit": unit, "fractions": fractions, "percent": percent, "thousands": True},
            {"decimal_comma": comma, "thousands": thousands},
        ],
    )
    read = 0
    for text, number in zip(texts, found, strict=True):
        expected = read_number(
            text, decimal_comma=comma, thousands=thousands, fractions=fractions, percent=percent, unit=unit
        )
        if number is not None:
            assert not isinstance(expected, Unreadable), text
            top, bottom, tens, figures, its_unit = number
            value = EXACT.scaleb(EXACT.divide(EXACT.create_decimal(top), EXACT.create_decimal(bottom)), int(tens))
            distance = EXACT.abs(EXACT.subtract(value, expected.value))
            assert distance <= EXACT.multiply(EXACT.abs(expected.value), Decimal("1e-45")), text
            assert (figures, its_unit) == (expected.figures, expected.unit), text
            read += 1
        elif not isinstance(expected, Unreadable):
            assert re.search("[½]", text), f"grading reads {text!r}, and the page does not"
    assert read > 100


def test_numbers_compare_exactly(reader):
    """As decimals do: 1e-400 is more than 0, and 0.1 + 0.2 has no dust."""
    generator = np.random.default_rng(3)
    numbers = ["0", "-0", "1e-400", "-1e-400", "1E+300", "0.3", "0.30000000000000001", "-7", "1e999999", "1e-999999"]
    numbers += [f"{generator.uniform(-1, 1):.{generator.integers(1, 10)}e}" for _ in range(60)]
    found = reader.evaluate(
        "(numbers) => numbers.map((a) => numbers.map((b) => Math.sign(compare(exactly(a), exactly(b)))))", numbers
    )
    values = [Decimal(text) for text in numbers]
    assert found == [[(a > b) - (a < b) for b in values] for a in values]
