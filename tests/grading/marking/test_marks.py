"""A person's points: read back from the sheet, and merged into the scores."""

import pytest
import yaml

from quizgen.errors import FileFaults
from quizgen.grading.grade import grade
from quizgen.grading.marking.filled_sheet import read_marks
from quizgen.grading.marking.marking_sheet import to_yaml
from quizgen.grading.marking.marks import used, with_marks
from quizgen.items.contract import Settings


@pytest.fixture
def report(form, respond):
    return grade(form, respond(_1a="0.5", _3="It is a product.\nAnd 1: 2"), Settings())


@pytest.fixture
def fill(form, report, tmp_path):
    """The sheet of one student, with these scores written into its lines."""

    def write(*scores, comment="", change=lambda text: text):
        plain = yaml.safe_load(to_yaml(form, [report]))
        part = plain["students"][0]["parts"][0]
        for line, score in zip(part["rubric"], scores, strict=False):
            line["score"] = score
        if comment:
            part["comment"] = comment
        path = tmp_path / "marking-sheet.yaml"
        path.write_text(change(yaml.safe_dump(plain, allow_unicode=True)))
        return path

    return write


def test_a_filled_sheet_settles_the_part(form, report, fill):
    """The points of its lines are added; the teacher's comment is what the student reads."""
    points = [line.points for line in form.items[2].parts[0].key.criteria]
    done = with_marks(report, read_marks([fill(*points, comment="Well put.")], form))
    assert (done.parts[3].status, done.parts[3].score) == ("right", sum(points))
    assert done.parts[3].feedback == "Well put."
    assert done.is_final
    none = with_marks(report, read_marks([fill(*(0 for _ in points))], form))
    assert (none.parts[3].status, none.parts[3].score) == ("wrong", 0)


def test_a_blank_line_leaves_the_part_to_be_marked(form, report, fill):
    """The total says so, as before."""
    half = with_marks(report, read_marks([fill(1)], form))
    count = len(form.items[2].parts[0].key.criteria)
    assert half.parts[3].status == ("needs-review" if count > 1 else "partial")
    assert with_marks(report, read_marks([fill()], form)) == report


def test_marks_for_nothing_are_told(form, report, fill):
    """A student who is not there is no reason to drop points in silence."""
    points = [line.points for line in form.items[2].parts[0].key.criteria]
    sheet = fill(*points, change=lambda text: text.replace(f"student: {report.student}", "student: Eve"))
    marks = read_marks([sheet], form)
    assert (set(marks), used(marks, [report])) == ({("Eve", "3")}, {})
    assert with_marks(report, marks) == report


@pytest.mark.parametrize(
    ("scores", "change", "told"),
    [
        (("99",), None, "99 points"),
        ((-1,), None, "'-1' is not a number of points"),
        (("much",), None, "'much' is not a number of points"),
        ((".nan",), None, "points"),
        ((), lambda text: text.replace("label: '3'", "label: '7'"), "no part '7'"),
        ((), lambda text: text.replace("form: ", "form: X"), "marks for form"),
        ((), lambda text: "- 1\n- 2\n", "not a marking sheet"),
        ((), lambda text: "a: [", "not YAML"),
        ((), lambda text: "[" * 100_000, "nested too deep"),
        ((), lambda text: f"{text}again: &a 1\n", "begins with &"),
        ((), lambda text: f"{text}{text}", "a second time"),
        ((), lambda text: f"{text}---\na: 1\n", "a second document"),
        ((), lambda text: text.replace("score:", "scroe:"), "no key named 'scroe'"),
        ((), lambda text: text.replace("form: f-1", ""), "'form' is missing"),
        ((), lambda text: text.replace("student: Ann", "student: ''"), "no student is named"),
        ((), lambda text: text.replace("    points: 4", "    points: 4\n    score: 4"), "a score beside a rubric"),
        (("1_0",), None, "'1_0' is not a number of points"),
        (("1,5",), None, "'1,5' is not a number of points"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(form, fill, scores, change, told):
    """Line and column, and nothing is merged."""
    with pytest.raises(FileFaults, match=told):
        read_marks([fill(*scores, change=change or (lambda text: text))], form)


def test_the_sheet_holds_what_was_given_before(form, report, fill):
    """Written again with the marks, it reads back as the same marks: the latest sheet holds everything."""
    points = [line.points for line in form.items[2].parts[0].key.criteria]
    for scores in (points, points[:1], ()):
        marks = read_marks([fill(*scores, comment="See 1.")], form)
        again = fill().with_name("again.yaml")
        again.write_text(to_yaml(form, [report], marks))
        assert read_marks([again], form) == marks


def test_several_sheets_are_taken_together(form, fill, tmp_path):
    """Two people may share a class; what one left blank the other may fill in; two opinions are told."""
    done = fill(2, 1).rename(tmp_path / "done.yaml")
    sheets = [fill().rename(tmp_path / "blank.yaml"), done]
    assert read_marks(sheets, form) == read_marks(sheets[::-1], form)
    assert read_marks(sheets, form)["Ann", "3"].score == 3
    with pytest.raises(FileFaults, match="other points for part 3 of 'Ann'"):
        read_marks([*sheets, fill(1, 1)], form)


def test_a_part_may_get_one_score_without_its_rubric(form, report, fill):
    """Whoever takes the lines away writes the points of the whole part, and no more than it has."""

    def whole(score):
        text = to_yaml(form, [report])
        return text[: text.index("    rubric:")] + f"    score: {score}\n"

    path = fill()
    path.write_text(whole(3.5))
    assert read_marks([path], form)["Ann", "3"].score == 3.5
    path.write_text(whole(4.5))
    with pytest.raises(FileFaults, match=r"4\.5 points"):
        read_marks([path], form)
