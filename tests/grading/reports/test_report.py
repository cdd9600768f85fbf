"""Score reports as JSON, pages and tables."""

import json
from dataclasses import replace

import pytest
import yaml

from quizgen.blocks import Facts, Grid, Heading, Notice, Prose, Sentence, Words
from quizgen.grading.grade import grade
from quizgen.grading.marking.marking_sheet import to_yaml
from quizgen.grading.policy import Grade, Policy
from quizgen.grading.reports.class_report import class_document
from quizgen.grading.reports.names import Names
from quizgen.grading.reports.report_json import to_plain
from quizgen.grading.reports.report_text import to_text
from quizgen.grading.reports.student_report import student_document
from quizgen.items.contract import Settings
from quizgen.prose import words
from quizgen.renderers import html, markdown


@pytest.fixture
def reports(form, respond):
    ann = respond("Ann", _1a="0.0312", _1b="9.1e-13", _2="A", _3="The sum of Jacobians. It\nshrinks.")
    bo = respond("Bo <b>", _1a="1,5", _2="A B", _3="")
    return [grade(form, response, Settings()) for response in (ann, bo)]


def test_json_has_exactly_the_documented_shape(reports):
    """One object a student, with plain text and no dust."""
    plain = json.loads(json.dumps(to_plain(reports[0])))
    assert list(plain) == ["form", "title", "student", "score", "points", "grade", "passed", "parts"]
    assert (plain["title"], plain["grade"], plain["passed"]) == ("Practice", "", None)
    assert (plain["form"], plain["student"], plain["score"], plain["points"]) == ("f-1", "Ann", 3, 9)
    assert plain["parts"][0] == {
        "label": "1a",
        "template": "decay",
        "variant": 0,
        "part": "rate",
        "type": "numeric",
        "question": "Decay",
        "topic": "vanishing",
        "level": "apply",
        "claims": [],
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
    facts, grid, heading, *notices = student_document(reports[0]).blocks
    assert heading.text == "What to look at again"
    assert isinstance(facts, Facts)
    assert ("Score", "3 points so far; 4 of the 9 are still to be marked") in facts.rows
    assert isinstance(grid, Grid)
    assert [row[1] for row in grid.rows] == ["Decay", "\u00a0", "Cure", "Explain"]
    assert grid.rows[1][2:] == ("9.1e-13 (read as 9.1×10⁻¹³)", "9.09×10⁻¹³", "right", "2\u00a0/\u00a02")
    assert grid.rows[3][2:] == ("see below", "·", "to be marked", "–\u00a0/\u00a04")
    first = notices[0]
    assert isinstance(first, Notice)
    assert first.title == "1a: wrong (Decay)"
    answer, why = first.blocks
    assert answer.rows == (("Your answer", "0.0312"), ("Right answer", "0.500"), ("Mistake", "Arithmetic mean"))
    assert isinstance(why, Prose)


def test_an_earlier_answer_that_was_carried_is_said_on_the_page(form, respond):
    """The note stands before any other feedback."""
    report = grade(form, respond(_1a="0.6", _1b=f"{0.6**40:.4g}"), Settings())
    notice = next(
        block for block in student_document(report).blocks if getattr(block, "title", "") == "1b: right (Decay)"
    )
    note = "Consistent with your answer to 1a: with your 0.6 there, the key here is 1.34×10⁻⁹."
    assert notice.blocks[-1] == Sentence(text=note)
    assert to_plain(report)["parts"][1]["feedback"] == note


@pytest.mark.parametrize(
    ("response", "cell"),
    [
        ("5e-1", "5e-1 (read as 5×10⁻¹)"),
        (".5", ".5 (read as 0.5)"),
        ("-0.5", "-0.5"),
        (" 0.5 ", "0.5"),
        ("0.5 frogs", "0.5 frogs"),
        ("", "·"),
    ],
)
def test_a_page_says_how_an_answer_was_read_where_that_differs(form, respond, response, cell):
    """What differs only in spaces or in the kind of minus is not worth saying."""
    document = student_document(grade(form, respond(_1a=response), Settings()))
    assert document.blocks[1].rows[0][2] == cell


@pytest.mark.parametrize("ticks", ["A,B", "a b", "BA", "AB"])
def test_ticks_in_any_spelling_need_no_reading(form, respond, ticks):
    """Case and separators are no news; an order is."""
    cell = student_document(grade(form, respond(_2=ticks), Settings())).blocks[1].rows[2][2]
    assert cell == (ticks if ticks != "BA" else "BA (read as A, B)")


def test_a_label_written_otherwise_is_said_where_the_reading_is(form, respond):
    """On the page, in the terminal and in JSON."""
    report = grade(form, replace(respond(_1a="0.5"), written_labels={"1a": "1 A"}), Settings())
    assert student_document(report).blocks[1].rows[0][2] == "0.5 (label “1 A” read as 1a)"
    assert "0.5; label “1 A” read as 1a" in to_text([report])
    assert to_plain(report)["parts"][0]["feedback"] == "Label “1 A” read as 1a."


def test_an_answer_in_words_is_shown_whole(form, respond):
    """Every line and paragraph, as text and never as markup or marks."""
    essay = "First <b>line</b>.\r\n- second\n\n\n<< third >> \ue000 $x$\n" + "long " * 100
    page = student_document(grade(form, respond(_3=essay), Settings()))
    (notice,) = [block for block in page.blocks if getattr(block, "title", "") == "3: to be marked (Explain)"]
    said, quoted = notice.blocks
    assert said == Sentence(text="Your teacher will mark this answer.")
    paragraphs = [
        [inline.text for inline in paragraph.inlines if isinstance(inline, Words)]
        for paragraph in quoted.blocks[0].pattern.blocks
    ]
    assert paragraphs == [["First <b>line</b>.", "- second"], ["<< third >> \ufffd $x$", ("long " * 100).strip()]]
    written = html.render(page).decode()
    assert "First &lt;b&gt;line&lt;/b&gt;." in written
    assert "&lt;&lt; third &gt;&gt;" in written


def test_parts_without_an_answer_are_named_kindly_with_the_right_one(form, respond):
    """One notice for all of them."""
    page = student_document(grade(form, respond(_1b="9.09e-13"), Settings()))
    assert [block.title for block in page.blocks if isinstance(block, Notice)] == ["Not answered"]
    (notice,) = [block for block in page.blocks if isinstance(block, Notice)]
    (sentence,) = notice.blocks
    assert sentence.text == (
        "You gave no answer here. See whether you can get to the right answers, which are 0.500\u00a0(1a) and "
        "A, B\u00a0(2). For 3, a few sentences in your own words can already earn points."
    )
    assert "right answer, which is 0.500" in to_text([grade(form, respond(_1b="1", _2="A", _3="x"), Settings())])


def test_every_wrong_answer_has_a_word_of_advice(form, respond):
    """Where no known mistake explains a number, the model answer does; unreadable ones are not counted as wrong."""
    page = student_document(grade(form, respond(_1a="0.123", _1b="1,5", _2="A"), Settings()))
    said = {block.title: block.blocks for block in page.blocks if isinstance(block, Notice)}
    assert said["1a: wrong (Decay)"][-1] == Sentence(text="Compare your steps with the model answer.")
    assert said["1b: could not be read (Decay)"][-1] == Sentence(
        text="A comma in a number. Write a decimal point: 1.5. "
        "This was not counted as wrong; please tell your teacher what you meant."
    )
    assert words(said["2: partly right (Cure)"][-1]) == "You left out B."


def grids_of(page):
    """The grids of a page by the heading that they stand under, the last one where there are several."""
    found, under = {}, ""
    for block in page.blocks:
        if isinstance(block, Heading):
            under = block.text
        elif isinstance(block, Grid):
            found[under] = block
    return found


def test_a_class_page_counts_statuses_and_mistakes_and_lists_what_could_not_be_read(reports):
    """A teacher sees each student, each part, each mistake, each unreadable response, and what is still to be marked."""
    grids = grids_of(class_document(reports))
    assert grids["Scores"].rows == (("Ann", "3", "9", "·", "4 points"), ("Bo <b>", "2", "9", "1", "·"))
    header = ("Part", "Points", "Right", "Partly right", "Wrong", "Could not be read", "Not answered", "To be marked")
    assert grids["Parts"].header == header
    assert grids["Parts"].rows[0] == ("1a", "1", "·", "·", "1", "1", "·", "·")
    mistakes = grids["Mistakes behind the wrong answers"]
    assert mistakes.rows == (("Arithmetic mean", "1", "·", "1a"),)
    unreadable = grids["Answers that could not be read"]
    assert unreadable.rows[0][:3] == ("Bo <b>", "1a", "1,5")
    assert "point" in unreadable.rows[0][3]
    assert grids["Still to be marked"].rows == (("3", "1", "4"),)


def test_what_is_not_marked_yet_drags_no_mean_down(reports):
    """A part that waits for a person, for anyone, has no figures and is left out of the mean score."""
    page = class_document(reports)
    assert page.blocks[0].rows[-1] == ("Mean score", "2.50 of 5, without part 3, still to be marked")
    figures = grids_of(page)["Difficulty, discrimination and reliability"]
    assert [row[2] for row in figures.rows] == ["0\u00a0%", "50\u00a0%", "75\u00a0%", "–"]
    assert class_document(reports[1:]).blocks[0].rows[-1] == ("Mean score", "2.00 of 9")


def test_a_form_of_open_parts_alone_has_no_mean_yet(form, respond):
    """Nothing is marked, and nothing is divided by zero."""
    essays = replace(form, items=form.items[2:])
    page = class_document([grade(essays, respond(_3="It shrinks."), Settings())])
    assert page.blocks[0].rows[-1] == ("Mean score", "–, without part 3, still to be marked")
    assert "Distribution" not in grids_of(page)


def test_two_students_are_said_to_be_few(reports):
    """No figure is shown as if a class stood behind it."""
    page = class_document(reports)
    warning = next(block for block in page.blocks if isinstance(block, Notice) and block.kind == "warning")
    said = " ".join(block.text for block in warning.blocks)
    assert "Only 2 students: too few for discrimination and reliability, which take 10 at least." in said
    assert "Part 3 is still to be marked for someone" in said
    assert "1 answer could not be read." in said
    figures = grids_of(page)["Difficulty, discrimination and reliability"]
    assert {row[3:6] for row in figures.rows} == {("–", "–", "–")}


def test_options_are_shown_with_what_they_say(form, reports):
    """Where the form is given: who ticked them, and which are right."""
    options = grids_of(class_document(reports, form=form))["Options chosen"]
    assert options.caption == "2: Cure (2 answers)"
    assert [row[:3] for row in options.rows] == [
        ("A\u00a0✓", "Option A", "2\u00a0(100\u00a0%)"),
        ("B\u00a0✓", "Option B", "1\u00a0(50\u00a0%)"),
        ("C", "Option C", "0\u00a0(0\u00a0%)"),
        ("D", "Option D", "0\u00a0(0\u00a0%)"),
    ]
    assert "Options chosen" not in grids_of(class_document(reports))


def test_a_student_page_repeats_what_was_asked(form, respond):
    """With the form at hand: the question, and of its options those that are right or were ticked."""
    report = grade(form, respond(_1a="0.0312", _2="A C"), Settings())
    notices = {
        block.title: block.blocks for block in student_document(report, form=form).blocks if isinstance(block, Notice)
    }
    assert words(notices["1a: wrong (Decay)"][0]) == "What is r?"
    ask, options, *_ = notices["2: wrong (Cure)"]
    assert words(ask) == "Which help?"
    assert [(option.letter, option.mark) for option in options.options] == [
        ("A", "right"),
        ("B", "right"),
        ("C", "wrong"),
    ]


def test_a_student_reads_what_to_study_next(form, respond):
    """Topics and ideas by the points they cost, called by their names; what could not be read costs nothing yet."""
    cure, decay = replace(form.items[1], topic="clipping", claims=("S9",)), replace(form.items[0], claims=("S1",))
    taught = replace(form, items=(decay, cure, form.items[2]))
    names = Names(topics={"clipping": "Gradient clipping"}, claims={"S1": "Gradients shrink"})
    report = grade(taught, respond(_1a="1,5", _1b="7", _2="A", _3="x"), Settings())
    page = student_document(report, names=names)
    headings = [block.text for block in page.blocks if isinstance(block, Heading)]
    assert headings == ["What to look at again", "What to study next"]
    topics, ideas = [block for block in page.blocks if isinstance(block, Grid)][1:]
    assert topics.rows == (("Vanishing", "2 of 2", "1b"), ("Gradient clipping", "1 of 2", "2"))
    assert ideas.rows == (("Gradients shrink", "2", "1b"), ("S9", "1", "2"))


def test_whoever_lost_nothing_has_nothing_to_study(form, respond):
    """No empty advice."""
    page = student_document(grade(form, respond(_1a="0.5", _1b="9.09e-13", _2="A B", _3="x"), Settings()))
    assert "What to study next" not in [block.text for block in page.blocks if isinstance(block, Heading)]


def test_grades_are_shown_where_the_policy_gives_them(form, respond):
    """On the student's page, in the class's table, and in JSON."""
    policy = Policy(pass_at=0.5, grades=(Grade(grade="good", at_least=0.5), Grade(grade="poor", at_least=0.0)))
    report = grade(form, respond(_1a="0.5", _1b="9.09e-13", _2="A B"), Settings(), policy)
    assert student_document(report).blocks[0].rows[-2:] == (("Grade", "good"), ("Passed", "yes"))
    scores = grids_of(class_document([report]))["Scores"]
    assert (scores.header[-2:], scores.rows[0][-2:]) == (("Grade", "Passed"), ("good", "yes"))
    assert (to_plain(report)["grade"], to_plain(report)["passed"]) == ("good", True)


def test_pages_render_in_both_formats_and_escape_what_students_wrote(reports):
    """A name or response is text, never markup."""
    for document in (class_document(reports), *map(student_document, reports)):
        page = html.render(document).decode()
        assert "<b>" not in page.split("</style>")[-1]
        assert markdown.render(document)


def test_the_terminal_shows_one_student_in_full_and_a_class_in_brief(reports):
    """A table with aligned columns, then what needs saying."""
    one = to_text(reports[:1]).splitlines()
    assert one[0] == "Ann: 3 points so far; 4 of the 9 are still to be marked"
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
