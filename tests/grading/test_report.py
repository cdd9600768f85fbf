"""Score reports as JSON, pages and tables."""

import json

import pytest
import yaml

from quizgen.blocks import Facts, Grid, Notice, Prose, Sentence
from quizgen.grading.grade import grade
from quizgen.grading.marking_sheet import to_yaml
from quizgen.grading.report import class_document, student_document
from quizgen.grading.report_text import to_plain, to_text
from quizgen.items.contract import Settings
from quizgen.renderers import html, markdown


@pytest.fixture
def reports(form, respond):
    ann = respond("Ann", _1a="0.0312", _1b="9.1e-13", _2="A", _3="The sum of Jacobians. It\nshrinks.")
    bo = respond("Bo <b>", _1a="1,5", _2="A B", _3="")
    return [grade(form, response, Settings()) for response in (ann, bo)]


def test_json_has_exactly_the_documented_shape(reports):
    """One object a student, with plain text and no dust."""
    plain = json.loads(json.dumps(to_plain(reports[0])))
    assert list(plain) == ["form", "student", "score", "points", "parts"]
    assert (plain["form"], plain["student"], plain["score"], plain["points"]) == ("f-1", "Ann", 3, 9)
    assert plain["parts"][0] == {
        "label": "1a",
        "status": "wrong",
        "score": 0,
        "points": 1,
        "response": "0.0312",
        "read_as": "0.0312",
        "key": "0.500",
        "diagnosis": "arithmetic-mean",
        "feedback": "You divided 0.312 by 10; take the root.",
    }
    assert plain["parts"][3]["diagnosis"] is None


def test_a_student_page_shows_what_was_read_and_what_to_say(reports):
    """Score, one row a part, and feedback with the author's words."""
    facts, grid, *notices = student_document(reports[0]).blocks
    assert isinstance(facts, Facts)
    assert ("Score", "3 of 9 points, 4 of them to be reviewed") in facts.rows
    assert isinstance(grid, Grid)
    assert grid.rows[1] == ("1b", "9.1e-13", "9.1×10⁻¹³", "9.09×10⁻¹³", "right", "2 / 2")
    assert grid.rows[3][-1] == "– / 4"
    first = notices[0]
    assert isinstance(first, Notice)
    assert (first.title, isinstance(first.blocks[0], Prose)) == ("1a: wrong", True)


def test_an_earlier_answer_that_was_carried_is_said_on_the_page(form, respond):
    """The note stands before any other feedback."""
    report = grade(form, respond(_1a="0.6", _1b=f"{0.6**40:.4g}"), Settings())
    notice = next(block for block in student_document(report).blocks if getattr(block, "title", "") == "1b: right")
    assert notice.blocks[0] == Sentence(text="Consistent with your answer to 1a.")
    assert to_plain(report)["parts"][1]["feedback"] == "Consistent with your answer to 1a."


def test_a_class_page_counts_statuses_and_mistakes_and_lists_what_could_not_be_read(reports):
    """A teacher sees each student, each part, each mistake, and each unreadable response with its reason."""
    grids = [block for block in class_document(reports).blocks if isinstance(block, Grid)]
    scores, parts, mistakes, unreadable = grids
    assert scores.rows == (("Ann", "3", "9", "", "1"), ("Bo <b>", "2", "9", "1", ""))
    assert parts.rows[0] == ("1a", "0.00 / 1", "", "", "1", "1", "", "")
    assert mistakes.rows == (("1a", "arithmetic mean", "1"),)
    assert unreadable.rows[0][:3] == ("Bo <b>", "1a", "1,5")
    assert "point" in unreadable.rows[0][3]


def test_pages_render_in_both_formats_and_escape_what_students_wrote(reports):
    """A name or response is text, never markup."""
    for document in (class_document(reports), *map(student_document, reports)):
        page = html.render(document).decode()
        assert "<b>" not in page.split("</style>")[-1]
        assert markdown.render(document)


def test_the_terminal_shows_one_student_in_full_and_a_class_in_brief(reports):
    """A table with aligned columns, then what needs saying."""
    one = to_text(reports[:1]).splitlines()
    assert one[0] == "Ann: 3 of 9 points, 4 of them to be reviewed"
    assert one[2].split() == ["Part", "Response", "Read", "as", "Key", "Verdict", "Score", "Mistake"]
    assert "1a: You divided 0.312 by 10; take the root." in one
    text = to_text(reports)
    assert "Bo <b>, 1a: “1,5” could not be read: " in text


def test_control_characters_never_reach_the_terminal(form, respond):
    """What a student wrote cannot move the cursor."""
    report = grade(form, respond("A\x1b[2J", _1a="\x1b[31m5\ue000"), Settings())
    assert "\x1b" not in to_text([report])
    assert "\x1b" not in to_text([report, report])
    assert "\ue000" not in str(student_document(report).blocks[1])


def test_the_marking_sheet_holds_evidence_and_blank_scores(form, reports):
    """Only what a person must grade, with sentences found and room for scores."""
    text = to_yaml(form, reports)
    (student,) = yaml.safe_load(text)["students"]
    assert student["student"] == "Ann"
    (part,) = student["parts"]
    assert (part["label"], part["points"], part["response"]) == ("3", 4, "The sum of Jacobians. It\nshrinks.")
    first, second = part["rubric"]
    assert first == {
        "criterion": "Names the product of T Jacobians.",
        "points": 2,
        "finding": "contradiction found",
        "evidence": ["The sum of Jacobians."],
        "contradiction": ["The sum of Jacobians."],
        "not_found": ["product or multiplied"],
        "score": None,
    }
    assert (second["finding"], second["evidence"]) == ("evidence found", ["It shrinks."])
    assert "      score:\n" in text
    assert "response: |-\n" in text
    assert "!!" not in text


def test_there_is_no_marking_sheet_where_nothing_waits(form, reports):
    """Nothing to review, nothing to write."""
    assert to_yaml(form, reports[1:]) == ""
