"""Strict YAML: every value with its place, every trap of YAML a fault at its place, no bomb a hang."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank.yaml_nodes import parse_yaml, read_yaml
from quizgen.bank.yaml_source import MAX_BYTES
from quizgen.errors import FileFaults

HERE = Path("x.yaml")


def faults(source: str) -> list[str]:
    with pytest.raises(FileFaults) as caught:
        parse_yaml(source, HERE)
    return [f"{fault.place.line}:{fault.place.column}: {fault.message}" for fault in caught.value.faults]


def test_keys_are_words_as_they_are_written():
    """No key becomes a number, a truth or null."""
    assert parse_yaml("no: 1\n1: 2\ntrue: 3\nnull: 4\n", HERE).value == {"no": 1, "1": 2, "true": 3, "null": 4}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "a: 1\nb:\n  c: 1\n  c: 2\na: 3",
            ["4:3: the key 'c' stands here a second time", "5:1: the key 'a' stands here a second time"],
        ),
        (r'a: "\rho"', ["1:4: a backslash in double quotes becomes another character"]),
        ('a: "over\n  \\frac"', ["1:4: a backslash in double quotes becomes another character"]),
        ('a: 😀\nb: "\\tanh"', ["2:4: a backslash in double quotes becomes another character"]),
        ("a: &x 1\nb: *x", ["1:4: the anchor &x", "2:4: the alias *x"]),
        ("a: !!python/object/apply:os.system [ls]", ["1:4: the tag tag:yaml.org,2002:python/object/apply:os"]),
        ("a: {value: max(a, b)}", ["1:12: 'max(a' ends before its parenthesis closes"]),
        (
            "a: .inf\nb: 1e999",
            [
                "1:4: .inf is not a number that a template can use",
                "2:4: 1e999 is beyond 1.8e308, the largest number of float64",
            ],
        ),
        ("a: b: c", ["1:5: not YAML: mapping values are not allowed in this context"]),
        ("a: {x: r[1]}", ["1:9: not YAML: did not find expected ',' or '}'"]),
        ("---\na: 1\n---\nb: 2", ["3:1: a second document begins"]),
        ("[a]: 1", ["1:1: a key must be a word"]),
        ("a:\n\tb: 1", ["2:1: a tab"]),
        ("a: \u202eevil\nb: \ue000\nc: \ue000", ["1:4: invisible character U+202E", "2:4: invisible character U+E000"]),
        ("a: \x07", ["1:4: invisible character U+0007"]),
        ("", ["1:1: the file is empty"]),
        ("# nothing but a remark\n", ["1:1: the file is empty"]),
    ],
)
def test_traps_are_faults_at_their_place(source, expected):
    """What YAML would twist silently, or what is no YAML, is told with its line and column."""
    assert faults(source) == expected


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(2000)), "the anchor &a"),
        ("[" * 100_000, "nested deeper than 30 levels"),
        ("{a: " * 50_000, "nested deeper than 30 levels"),
        ("\n".join(" " * i + "a:" for i in range(600)), "nested deeper than 30 levels"),
        ("[" + "a," * 120_000 + "]", "more than 20000 values"),
        ("".join(f"k{i}:\n" for i in range(30_000)), "more than 20000 values"),
        ("a: " + "9" * 250_000, "a whole number of 250000 characters"),
    ],
    ids=["aliases", "brackets", "braces", "indents", "list", "mapping", "digits"],
)
def test_bombs_end_in_a_clear_fault(source, words):
    """Whatever would swell or nest without end is refused within a second."""
    started = time.perf_counter()
    assert words in faults(source)[0]
    assert time.perf_counter() - started < 1


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    """A file beyond the limit is one fault."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(FileFaults, match="larger than 256 KiB"):
        read_yaml(path)


def test_a_byte_that_is_no_utf_8_is_named_with_its_place(tmp_path):
    """Latin-1 and binary files are told apart from text."""
    path = tmp_path / "x.yaml"
    path.write_bytes("a: 1\nb: Schläft\n".encode("latin-1"))
    with pytest.raises(FileFaults, match=r"x\.yaml:2:8: byte 0xe4 is not UTF-8"):
        read_yaml(path)


def test_byte_order_mark_and_carriage_returns_change_nothing(tmp_path):
    """A file from another system holds the same values and the same source."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: |\r\n  b\r\n")
    assert read_yaml(path).source == "a: |\n  b\n"
    assert read_yaml(path).value == {"a": "b\n"}


def test_a_folder_named_like_a_file_is_a_fault(tmp_path):
    """What cannot be read is a fault of that path, not a traceback."""
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(FileFaults, match="is not a file"):
        read_yaml(tmp_path / "x.yaml")


LINE = st.text(st.characters(max_codepoint=0x24F, categories=["L", "N", "P", "S"]), min_size=1)


@given(LINE)
def test_places_inside_single_quotes_are_those_of_their_characters(text):
    """Every character of a quoted text is found in the source, quotes inside it included."""
    source = "a:\n  b: '" + text.replace("'", "''") + "'\n"
    file = parse_yaml(source, HERE)
    assert file.value == {"a": {"b": text}}
    assert_places_are_right(file, ("a", "b"), text)


@given(st.lists(LINE | st.just(""), min_size=1).filter(any), st.integers(1, 6))
def test_places_inside_a_block_are_those_of_their_characters(lines, indent):
    """Every character of a block is found in the source, however deep it is indented and whatever lines are empty."""
    text = "\n".join(lines).strip("\n") + "\n"
    block = "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in text[:-1].split("\n"))
    file = parse_yaml(f"a: |  # a remark\n{block}", HERE)
    assert file.value == {"a": text}
    assert_places_are_right(file, ("a",), text)


def assert_places_are_right(file, entry, text) -> None:
    rows = file.source.split("\n")
    for offset, character in enumerate(text):
        place = file.place(entry, offset)
        if offset > 0 and character != "\n":
            assert rows[place.line - 1][place.column - 1] == character


def test_places_of_values_and_keys():
    """A value is where it begins; a key is where it stands; what is not there is at the value around it."""
    file = parse_yaml("a:\n  - b: 1\n    c: {d: x y}\n", HERE)
    assert str(file.place(("a", 0, "c", "d"))) == "x.yaml:3:12"
    assert str(file.place(("a", 0, "c", "d"), 2)) == "x.yaml:3:14"
    assert str(file.key_place(("a", 0, "c"))) == "x.yaml:3:5"
    assert str(file.key_place(("a", 0))) == "x.yaml:2:5"
    assert str(file.place(("a", 0, "c", "nowhere", 3))) == "x.yaml:3:8"
