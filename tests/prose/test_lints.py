"""What an author should mend."""

import pytest

from quizgen.prose.lints import lint, reading_work

BESIDE = "a value beside a digit, a sign or another value"
IN_FORMULA = "a value beside a number in a formula"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a -<< x >>", [(3, BESIDE)]),
        ("a 1<< x >>", [(3, BESIDE)]),
        ("a 1.<< x >>", [(4, BESIDE)]),
        ("<< x >>2", [(0, BESIDE)]),
        ("<< x >>.5", [(0, BESIDE)]),
        ("<< x >><< y >>", [(0, BESIDE)]),
        ("**<< x >>**<< y >>", [(2, BESIDE)]),
        ("$2 << x >>$", [(3, IN_FORMULA)]),
        ("$<< x >> << y >>$", [(1, IN_FORMULA)]),
        ("- a\n\n  $$<< x >> 3$$", [(9, IN_FORMULA)]),
        ("| a |\n|---|\n| $<< x >> 3$ |", [(15, IN_FORMULA)]),
        ("a <b>x</b>", [(2, "HTML <b>"), (6, "HTML </b>")]),
        ("a <!-- b -->", [(2, "HTML <!--")]),
        ("[a](http://b/<< x >>)", [(4, "a value inside a link's address")]),
        ("| a | b |\n|---|---|\n| $|x|$ | c |", [(20, "a row of 4 cells in a table of 2")]),
        ("<< x", [(0, "stray <<")]),
        ("\ue000", [(0, "private-use character U+E000")]),
    ],
)
def test_faults_are_found_with_their_places(source, expected):
    """Each with its offset in what the author wrote."""
    assert [(fault.offset, fault.message) for fault in lint(source)] == expected


@pytest.mark.parametrize(
    "source",
    [
        "<< x >> units, << y >>. Then (<< x >>), << x >>%, << n >>th; << a >>–<< b >>",
        "$10^{-<< k >>}$, $a-<< x >>$, $<< x >> y$, $2 \\cdot << x >>$, $<< x >>^2$, $x_{1,<< t >>}$",
        "- << x >>\n- << y >>",
        "`<b>` and a < b > c, 3 << x >>",
        "| a | b |\n|---|---|\n| $\\lvert x \\rvert$ | << y >> |",
    ],
)
def test_good_texts_have_no_faults(source):
    """A warning that is wrong teaches authors to ignore warnings."""
    assert lint(source) == ()


def test_every_branch_is_looked_at():
    """A formula in a branch that no variant has chosen yet is found too, and a fault in common words only once."""
    source = "<% if p %>$\\foo$<% else %>$\\frac$<% endif %> -<< x >>"
    assert [fault.offset for fault in lint(source)] == [11, 32, 46]


def test_many_conditions_are_tried_both_ways():
    """Ten conditions have a thousand combinations; twenty-two of them meet every branch."""
    source = " ".join(f"<% if p{i} %>$\\yes$<% else %>$\\no$<% endif %>" for i in range(10))
    assert len(lint(source)) == 20


def test_reading_is_counted():
    """Characters, formulas and cells of tables, as often as conditions make a text read; nothing of what is not read."""
    assert reading_work("four") == 4
    assert reading_work("$x$") == 3 + 100
    assert reading_work("|a|b|\n|-|-|") == 11 + 20 * 6
    choice = "<% if p %>a<% else %>b<% endif %>"
    assert reading_work(choice) == 2 * len(choice)
    assert reading_work("".join(f"<% if p{i} %>a<% endif %>" for i in range(7))) == 2 * 8 * 23 * 7
    assert reading_work("<< x") == 0
    assert reading_work("a" * 100_000) == 100_000
    assert reading_work("a" * 100_001) == 0


def test_a_text_that_would_take_too_long_is_refused_unread():
    """Whatever else is wrong with it."""
    (fault,) = lint("$\\foo$" + "a" * 100_000)
    assert fault.message.startswith("a text that takes too long to read: 100006 characters, 1 formulas")
