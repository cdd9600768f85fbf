"""Graded reports read back from JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.errors import FileFaults
from quizgen.grading.grade import grade
from quizgen.grading.reports.report_json import read_graded, to_plain
from quizgen.items.contract import Settings


@pytest.fixture
def reports(form, respond):
    ann = respond("Ann", _1a="0.0312", _1b="9.1e-13", _2="A", _3="The sum of Jacobians. It\nshrinks.")
    bo = respond("Bo <b> “é”", _1a="1,5", _2="A B", _3="")
    return [grade(form, response, Settings()) for response in (ann, bo)]


@pytest.fixture
def line(reports):
    return to_plain(reports[0])


@pytest.mark.parametrize("ascii_only", [True, False])
def test_what_was_written_is_read_back(reports, tmp_path, ascii_only):
    """Every entry of every student, in any spelling of JSON, with blank lines and a mark at the start."""
    path = tmp_path / "class.json"
    text = "\n\n".join(json.dumps(to_plain(report), ensure_ascii=ascii_only) for report in reports)
    path.write_text(f"\ufeff{text}\r\n", encoding="utf-8")
    again = read_graded([path, path])
    assert [to_plain(report) for report in again] == [to_plain(report) for report in reports]
    assert [report.parts[0].asked for report in again] == [report.parts[0].asked for report in reports]


def faults_of(path):
    with pytest.raises(FileFaults) as caught:
        read_graded([path])
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda one: one.pop("form"), "a report has no 'form'"),
        (lambda one: one.update(more=1), "a report has a key 'more'"),
        (lambda one: one.update(student=7), "'student' is not a text"),
        (lambda one: one.update(parts={}), "'parts' is not a list"),
        (lambda one: one.update(passed="yes"), "'passed' is not true or false"),
        (lambda one: one["parts"].append(3), "a part is not an object"),
        (lambda one: one["parts"].append(one["parts"][0]), "part '1a' stands there twice"),
        (lambda one: one["parts"][0].update(status="rihgt"), "no status 'rihgt'"),
        (lambda one: one["parts"][0].update(score=True), "'score' is not a number"),
        (lambda one: one["parts"][0].update(score=float("nan")), "'score' is not a number"),
        (lambda one: one["parts"][0].update(points=10**400), "'points' is not a number"),
        (lambda one: one["parts"][0].update(variant=1.5), "'variant' is not a whole number"),
        (lambda one: one["parts"][0].update(claims=[1]), "'claims' is not a list of texts"),
        (lambda one: one.update(student="\ud800"), "not JSON that can be read"),
    ],
)
def test_a_line_that_is_no_report_is_named(line, tmp_path, change, message):
    """By its place, with what is wrong."""
    change(line)
    path = tmp_path / "class.json"
    path.write_text(f"\n{json.dumps(line)}\n")
    assert f"{path}:2:1: {message}" in faults_of(path)


def test_what_is_no_json_is_named_with_its_column(tmp_path):
    """A file that was laid out over several lines, too."""
    path = tmp_path / "class.json"
    path.write_text('{\n "form": 1}\n')
    assert f"{path}:1:2: not JSON" in faults_of(path)
    assert "one object a line" in faults_of(path)
    path.write_text(" \n")
    assert "the file is empty" in faults_of(path)
    assert "cannot be read" in faults_of(tmp_path / "none.json")


def test_a_student_counts_once_a_form(line, tmp_path):
    """The same report in two files would count twice; on another form it is another exam."""
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_text(json.dumps(line))
    second.write_text(f"{json.dumps({**line, 'form': 'f-2'})}\n{json.dumps(line)}\n")
    with pytest.raises(FileFaults) as caught:
        read_graded([first, second])
    (fault,) = caught.value.faults
    assert str(fault.place) == f"{second}:2:1"
    assert fault.hint == f"the first one stands at {first}:1:1"


@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(
        lambda plain: json.dumps(plain).encode()
    )
)
def test_no_bytes_are_a_traceback(tmp_path_factory, content):
    """Whatever stands in a file, it is read or it is a fault."""
    path = tmp_path_factory.mktemp("bytes") / "class.json"
    path.write_bytes(content)
    with pytest.raises(FileFaults):
        read_graded([path])


@pytest.mark.parametrize("content", [b"[" * 100_000, b"9" * 5000, b'{"form": ' + b"1" * 5000 + b"}"])
def test_what_breaks_readers_of_json_is_a_fault(tmp_path, content):
    """Nested without end, and numbers of thousands of digits."""
    path = tmp_path / "class.json"
    path.write_bytes(content)
    assert f"{path}:1:1: " in faults_of(path)
