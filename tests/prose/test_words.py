"""Prose as plain words."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from quizgen.numbers.printing import Number
from quizgen.prose import fill, words

CASES = read_fixture_file(Path(__file__).parent / "fixtures" / "words.md")
NUMBERS = {
    name: Number(printed=printed, raw=float(printed))
    for name, printed in {"n": "16", "first": "0.031", "rate": "-0.5", "tiny": "3.20e-12"}.items()
}


@pytest.mark.parametrize(("source", "expected"), [case[2:] for case in CASES], ids=[case[1] for case in CASES])
def test_words_read_as_one_would_say_them(source, expected):
    """Descriptions of figures and response files need no formula set, and no Markdown."""
    assert words(fill(source, numbers=NUMBERS)) == expected.rstrip("\n")
