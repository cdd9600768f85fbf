"""A person's points: read back from the sheet, and merged into the scores."""

import pytest
import yaml

from quizgen.errors import FileFaults
from quizgen.grading.grade import grade
from quizgen.grading.marking.marking_sheet import to_yaml
from quizgen.grading.marking.marks import read_marks, unused, with_marks
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
    done = with_marks(report, read_marks(fill(*points, comment="Well put."), form))
    assert (done.parts[3].status, done.parts[3].score) == ("right", sum(points))
    assert done.parts[3].feedback == "Well put."
    assert done.is_final
    none = with_marks(report, read_marks(fill(*(0 for _ in points)), form))
    assert (none.parts[3].status, none.parts[3].score) == ("wrong", 0)


def test_a_blank_line_leaves_the_part_to_be_marked(form, report, fill):
    """The total says so, as before."""
    half = with_marks(report, read_marks(fill(1), form))
    count = len(form.items[2].parts[0].key.criteria)
    assert half.parts[3].status == ("needs-review" if count > 1 else "partial")
    assert with_marks(report, read_marks(fill(), form)) == report


def test_marks_for_nothing_are_told(form, report, fill):
    """A student who is not there is no reason to drop points in silence."""
    points = [line.points for line in form.items[2].parts[0].key.criteria]
    marks = read_marks(
        fill(*points, change=lambda text: text.replace(f"student: {report.student}", "student: Eve")), form
    )
    assert unused(marks, [report]) == (("Eve", "3"),)
    assert with_marks(report, marks) == report


@pytest.mark.parametrize(
    ("scores", "change", "told"),
    [
        (("99",), None, "99 points"),
        ((-1,), None, "-1 points"),
        (("much",), None, "'much' is not a number of points"),
        ((".nan",), None, "points"),
        ((), lambda text: text.replace("label: '3'", "label: '7'"), "no part '7'"),
        ((), lambda text: text.replace("form: ", "form: X"), "marks for form"),
        ((), lambda text: "- 1\n- 2\n", "not a marking sheet"),
        ((), lambda text: "a: [", "not YAML"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(form, fill, scores, change, told):
    """Line and column, and nothing is merged."""
    with pytest.raises(FileFaults, match=told):
        read_marks(fill(*scores, change=change or (lambda text: text)), form)
