"""The two marks that texts may use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import UnknownNameError
from quizgen.texts import MAX_DEPTH, TextFaults, parse

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,5}(_[a-z0-9]{1,3})?", fullmatch=True)
WORDS = st.text(st.sampled_from("ab \n$\\{}|*1-.é"), max_size=12)


def offsets_and_messages(source):
    with pytest.raises(TextFaults) as error:
        parse(source)
    return [(fault.offset, fault.message) for fault in error.value.faults]


def test_values_become_private_use_characters_in_the_order_of_the_text():
    """Each occurrence has its own character, even of the same name."""
    text = parse("<< n >> units, norm <<first>>, again << n >>")
    assert text.resolve({}) == ("\ue000 units, norm \ue001, again \ue002", ("n", "first", "n"))
    assert text.names == {"n", "first"}


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ({"p": True, "q": True}, "a both z"),
        ({"p": True, "q": False}, "a one z"),
        ({"p": False, "q": True}, "a none z"),
    ],
)
def test_choices_nest(truths, expected):
    """The inner choice is made only inside the branch that holds it."""
    text = parse("a <% if p %><% if not q %>one<% else %>both<% endif %><% else %>none<% endif %> z")
    assert text.conditions == {"p", "q"}
    assert text.resolve(truths) == (expected, ())


def test_names_of_a_branch_that_is_not_chosen_are_known_but_not_used():
    """All names can be checked without running anything; slots are numbered in the chosen text only."""
    text = parse("<% if p %><< a >><% else %><< b >><% endif %> << c >>")
    assert text.names == {"a", "b", "c"}
    assert text.resolve({"p": False}) == ("\ue000 \ue001", ("b", "c"))


def test_a_mark_alone_on_its_line_takes_the_line_away():
    """Choices between lines leave no empty lines, which would part paragraphs."""
    source = "one\n<% if p %>\ntwo\n  <% else %>  \nthree\n<% endif %>\nfour\n"
    assert parse(source).resolve({"p": True})[0] == "one\ntwo\nfour\n"
    assert parse(source).resolve({"p": False})[0] == "one\nthree\nfour\n"


def test_a_mark_among_words_leaves_its_line():
    """Only a line that holds nothing else vanishes."""
    assert parse("one\n<% if p %>two<% endif %>\nthree").resolve({"p": False})[0] == "one\n\nthree"


def test_all_faults_come_at_once_with_their_places():
    """An author mends a text in one go."""
    source = "<< x+1 >> << y\n<% if a b %> <% foo %> >> \ue000 <% else %> <% else %>"
    assert offsets_and_messages(source) == [
        (0, "'x+1' is no name"),
        (10, "stray <<"),
        (15, "'a b' is no name"),
        (15, "<% if a b %> is never closed"),
        (28, "<% foo %> is no mark"),
        (38, "stray >>"),
        (41, "private-use character U+E000"),
        (54, "second <% else %> of one choice"),
    ]


@pytest.mark.parametrize("mark", ["<% else %>", "<% endif %>"])
def test_a_mark_without_its_beginning_is_a_fault(mark):
    """Else and endif belong to an if."""
    assert offsets_and_messages(f"ab {mark}") == [(3, f"{mark} without <% if name %>")]


@pytest.mark.parametrize("name", ["", "a__b", "_a", "1a", "a.b", "run.norm[3]", "a b", "__class__", "é"])
def test_a_mark_holds_one_plain_name(name):
    """Expressions have their own place, where they are checked and evaluated."""
    assert offsets_and_messages(f"<< {name} >>") == [(0, f"{name!r} is no name")]


def test_depth_is_limited():
    """Twenty choices inside each other are read, twenty-one are not."""
    deep = "<% if a %>" * MAX_DEPTH + "x" + "<% endif %>" * MAX_DEPTH
    assert parse(deep).resolve({"a": True})[0] == "x"
    assert offsets_and_messages(f"<% if a %>{deep}<% endif %>")[0][1] == "choices nested deeper than 20"


def test_a_hundred_thousand_open_choices_are_faults_and_no_crash():
    """Reading does not recurse."""
    assert len(offsets_and_messages("<% if a %>" * 100_000)) > 100_000


def test_more_values_than_private_use_characters_is_a_fault():
    """Beyond U+F8FF a slot would be somebody's letter."""
    assert parse("<<a>> " * 6400).resolve({})[0].count("\uf8ff") == 1
    assert offsets_and_messages("<<a>> " * 6401) == [(0, "6401 values in one text")]


def test_an_unknown_condition_is_named():
    """Truths come from compute; a form whose truths lack one is damaged."""
    with pytest.raises(UnknownNameError, match="no condition named 'p'"):
        parse("<% if p %>x<% endif %>").resolve({"q": True})


def test_the_same_source_is_read_once():
    """A form fills thousands of texts from a few sources."""
    assert parse("a << b >>") is parse("a << b >>")


@given(st.lists(st.tuples(WORDS, NAMES), max_size=8), WORDS)
def test_resolving_and_putting_the_marks_back_gives_the_source(pairs, tail):
    """Nothing of a text is lost or moved."""
    source = "".join(f"{words}<< {name} >>" for words, name in pairs) + tail
    resolved, names = parse(source).resolve({})
    for i, name in enumerate(names):
        resolved = resolved.replace(chr(0xE000 + i), f"<< {name} >>")
    assert resolved == source


@given(st.lists(st.tuples(WORDS, NAMES), max_size=8), WORDS)
def test_every_place_of_a_resolved_text_is_known_in_its_source(pairs, tail):
    """Faults that are found after resolving point into what the author wrote."""
    source = "".join(f"{words}<< {name} >>" for words, name in pairs) + tail
    resolved = parse(source).trace({})
    for offset, character in enumerate(resolved.text):
        place = resolved.origin(offset)
        assert source[place] == character or source.startswith("<<", place)


@given(st.text(st.sampled_from("<>% ifelsendot\n"), max_size=60))
def test_any_text_is_read_or_refused(source):
    """Neither an accident nor an attack does anything else, and all offsets lie inside the text."""
    try:
        parse(source)
    except TextFaults as error:
        assert all(0 <= fault.offset <= len(source) for fault in error.faults)
