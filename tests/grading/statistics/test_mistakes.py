"""How often known mistakes were made."""

from quizgen.grading.statistics.mistakes import count_mistakes
from tests.grading.statistics.conftest import made_part, made_report


def test_students_are_counted_once_and_open_diagnoses_apart():
    """A diagnosis that leaves two mistakes open is no more than perhaps; a sure one outweighs it."""
    reports = [
        made_report("Ann", [made_part("a", 0, diagnosis="sign"), made_part("b", 0, diagnosis="sign")]),
        made_report("Bo", [made_part("a", 0, diagnosis="sign or percent"), made_part("b", 1)]),
        made_report("Cy", [made_part("a", 0, diagnosis="sign or percent"), made_part("b", 0, diagnosis="percent")]),
    ]
    sign, percent = count_mistakes(reports)
    assert (percent.id, percent.students, percent.perhaps, percent.answers) == ("percent", 1, 1, 3)
    assert (sign.id, sign.students, sign.perhaps, sign.answers) == ("sign", 1, 2, 4)
    assert [label for _, label in sign.parts] == ["a", "b"]
    assert count_mistakes(reports[:0]) == ()
