"""Reading response files of every format, good and bad."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizgen.errors import FileFaults
from quizgen.forms import response_file
from quizgen.grading.intake.files import MAX_BYTES
from quizgen.grading.intake.responses import read_responses

GOOD = """\
form: f-1
student: Ann
responses:
  1a: 1e-3
  1b: no
  2: [A, C]
  3: |
    It vanishes.
    Twice.
"""


@pytest.fixture
def write(tmp_path):
    def to(text: str | bytes, name: str = "ann.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return to


def faults(form, *paths: Path) -> list[str]:
    with pytest.raises(FileFaults) as caught:
        read_responses(paths, form)
    return [str(fault).replace(f"{paths[0].parent}/", "") for fault in caught.value.faults]


# -- good files --------------------------------------------------------------------------------------------------------


def test_yaml_keeps_every_response_as_it_was_written(form, write):
    """Scalars stay raw: no number, no truth value, no octal; blocks keep their lines."""
    (response,) = read_responses([write(GOOD)], form)
    assert (response.form, response.student) == ("f-1", "Ann")
    assert response.responses == {"1a": "1e-3", "1b": "no", "2": "A, C", "3": "It vanishes.\nTwice.\n"}


@pytest.mark.parametrize(
    "raw", ["010", "1:30", "~", "0x1F", "1_000", "2001-01-01", "5.", "inf", "1 000", "− 5", "=", "50%"]
)
def test_yaml_interprets_nothing(form, write, raw):
    """What YAML 1.1 would turn into something else arrives as it stands."""
    (response,) = read_responses([write(f"form: f-1\nstudent: 007\nresponses:\n  1a: {raw}\n")], form)
    assert response.responses == {"1a": raw}
    assert response.student == "007"


def test_json_keeps_numbers_as_they_were_written(form, write):
    """1e-400 and 1.50 survive; null is blank; lists are ticks."""
    text = '{"form": "f-1", "student": "Bo", "responses": {"1a": 1.50, "1b": 1e-400, "2": ["A", "C"], "3": null}}'
    (response,) = read_responses([write(text, "bo.json")], form)
    assert response.responses == {"1a": "1.50", "1b": "1e-400", "2": "A, C", "3": ""}


def test_csv_has_a_row_for_each_student(form, write):
    """Columns in any order; quotes, line breaks, a byte order mark and blank rows are no obstacle."""
    text = '\ufeffstudent,2,1a,3\r\nAnn,"A, C",0.5,"One.\nTwo."\r\n,,,\r\nBo,,.5,\r\n'
    ann, bo = read_responses([write(text, "class.csv")], form)
    assert ann.responses == {"2": "A, C", "1a": "0.5", "3": "One.\nTwo."}
    assert (bo.student, bo.responses["1a"], bo.place.line) == ("Bo", ".5", 5)


def test_csv_may_be_as_a_spreadsheet_leaves_it(form, write):
    """Column names in any case, and blank columns at the end, are no fault."""
    text = "Student, FORM ,1A,,\nAnn,f-1,0.5,,\nBo,f-1,,,\nCy,f-1,1\n"
    ann, bo, cy = read_responses([write(text, "class.csv")], form)
    assert (ann.student, ann.responses) == ("Ann", {"1a": "0.5"})
    assert (bo.responses, cy.responses) == ({"1a": ""}, {"1a": "1"})


def test_csv_may_be_separated_by_semicolons(form, write):
    """Spreadsheets write them where the comma is the decimal mark."""
    (ann,) = read_responses([write("student;1a;1b\nAnn;0,5;1\n", "class.csv")], form)
    assert ann.responses == {"1a": "0,5", "1b": "1"}


def test_the_response_file_that_quizgen_writes_reads_back(form, write):
    """The empty file needs a student's name only; the filled-in key reads as it is."""
    empty = response_file.empty(form).replace('student: ""', "student: Ann")
    (response,) = read_responses([write(empty)], form)
    assert response.responses == {"1a": "", "1b": "", "2": "", "3": ""}
    (key,) = read_responses([write(response_file.key(form))], form)
    assert key.responses == {"1a": "0.500", "1b": "9.09e-13", "2": "A, B", "3": ""}


def test_a_blank_name_is_that_of_the_file(form, write):
    """Whoever practises alone need not write a name."""
    (response,) = read_responses([write(GOOD.replace("Ann", '""'), "monday.yaml")], form)
    assert response.student == "monday"


def test_several_files_come_in_their_order_and_each_once(form, write):
    """The same file named twice is read once."""
    ann, bo = write(GOOD), write(GOOD.replace("Ann", "Bo"), "bo.yml")
    assert [response.student for response in read_responses([bo, ann, bo], form)] == ["Bo", "Ann"]


@pytest.mark.parametrize("label", ["1A", "1 a", "1 A"])
def test_a_label_may_be_spelt_with_a_capital_or_a_space(form, write, label):
    """The response arrives under the form's label, and how it was written is kept."""
    (response,) = read_responses([write(GOOD.replace("1a:", f"{label}:"))], form)
    assert response.responses["1a"] == "1e-3"
    assert response.written_labels == {"1a": label}
    (response,) = read_responses([write(f"student,{label},2\nBo,5,A\n", "class.csv")], form)
    assert (response.responses, response.written_labels) == ({"1a": "5", "2": "A"}, {"1a": label})


def test_labels_as_the_form_spells_them_are_nothing_to_tell(form, write):
    """A file as it was handed out has no labels written otherwise."""
    assert read_responses([write(GOOD)], form)[0].written_labels == {}


# -- bad files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("f-1", "f-2"), "ann.yaml:1:7: responses to form 'f-2', not to 'f-1'"),
        (GOOD.replace("1b:", "1c:"), "ann.yaml:5:3: no part '1c' in form f-1\n  hint: known: 1a, 1b, 2, 3"),
        (GOOD.replace("1b:", "1a:"), "ann.yaml:5:3: '1a' stands here a second time"),
        (GOOD.replace("1b:", "1 A:"), "ann.yaml:5:3: '1 A' is the same part as '1a'\n  hint: keep one of them"),
        (GOOD.replace("1b:", "Question 1b:"), "ann.yaml:5:3: no part 'Question 1b' in form f-1\n  hint: "),
        ("- form: f-1\n- student: Ann\n", "ann.yaml:1:1: not a response file but a list\n  hint: take the dashes away"),
        ("form: f-1\nstudent: Ann\nresponses:\n  - 1a: 5\n", "ann.yaml:4:5: a list that holds more than words"),
        (GOOD.replace("student:", "studnet:"), "ann.yaml:1:1: 'student' is missing"),
        (GOOD.replace("1e-3", "{a: b}"), "ann.yaml:4:7: the response to '1a' has keys of its own"),
        (GOOD.replace("1e-3", "{a: {b: c}}"), "ann.yaml:4:11: nested too deep for a response file"),
        (GOOD.replace("1e-3", "*x"), "ann.yaml:4:7: a value that begins with &, * or !"),
        (GOOD.replace("1e-3", "!!python/name:os.system x"), "ann.yaml:4:7: a value that begins with &, * or !"),
        (GOOD.replace("[A, C]", "[[A], C]"), "ann.yaml:6:7: a list that holds more than words and numbers"),
        (GOOD.replace("1e-3", "'0.5"), "ann.yaml:"),
        (GOOD.replace("1e-3", "- 5"), "ann.yaml:4:"),
        (GOOD.replace("1e-3", "%5"), "ann.yaml:4:"),
        (GOOD + "---\nform: f-1\n", "ann.yaml:10:1: a second document"),
        ("? [a]\n: b\n", "ann.yaml:1:3: a key that is not a word"),
        ("hello\n", "ann.yaml:1:1: not a response file"),
        ("form: f-1\nstudent: Ann\nresponses: 5\n", "ann.yaml:3:12: 'responses' has no labels"),
        ("", "ann.yaml:1:1: the file is empty"),
        ("# nothing\n", "ann.yaml:1:1: the file is empty"),
        (b"\x89PNG\0\0", "ann.yaml:1:1: not text: there are zero bytes in it"),
        (
            GOOD.replace("Ann", "Jos\u00e9").encode("latin-1"),
            "ann.yaml:2:13: not UTF-8: byte 0xe9\n  hint: save it as UTF-8; a spreadsheet",
        ),
        ("form: \x07\n", "ann.yaml:"),
        ("[" * 100_000, "ann.yaml:"),
    ],
)
def test_a_bad_yaml_file_has_a_clear_fault_with_its_place(form, write, text, message):
    """Every way in which a file can be bad has its message, at the place where it is."""
    assert faults(form, write(text))[0].startswith(message)


def test_a_misspelt_key_is_recognised(form, write):
    """The nearest key is suggested."""
    found = faults(form, write(GOOD.replace("student:", "studnet:")))
    assert found[1].startswith("ann.yaml:2:1: no key named 'studnet'\n  hint: did you mean 'student'?")


def test_all_faults_of_all_files_are_reported_at_once(form, write):
    """Nobody mends one fault only to meet the next."""
    first = write("form: f-1\nresponses:\n  9: 1\n  1a: {a: b}\nextra: 1\n")
    second = write(GOOD.replace("1b:", "1c:"), "bo.yaml")
    found = faults(form, first, second)
    assert [fault.split(": ", 1)[1].split("\n")[0] for fault in found] == [
        "'student' is missing",
        "the response to '1a' has keys of its own",
        "no key named 'extra'",
        "no part '1c' in form f-1",
    ]


def test_a_student_may_not_hand_in_twice(form, write):
    """Which of the two counts is not for quizgen to say."""
    (fault,) = faults(form, write(GOOD), write(GOOD, "again.yaml"))
    assert fault.startswith("again.yaml:2:10: student 'Ann' a second time\n  hint: the first one stands at ")
    (fault,) = faults(form, write("student,1a\nBo,1\nBo,2\n", "class.csv"))
    assert fault.startswith("class.csv:3:1: student 'Bo' a second time")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"form": "f-1",', "bad.json:1:16: not JSON: "),
        ("[" * 100_000, "bad.json:1:1: nested too deep"),
        ("[1]", "bad.json:1:1: not a response file but a list"),
        ('[{"form": "f-1"}]', "bad.json:1:1: not a response file but a list\n  hint: take the square brackets away"),
        ('{"form": "f-1", "student": "A", "responses": {"1a": "1", "1a": "2"}}', "bad.json:1:58: '1a' stands here"),
        ('{"form": "f-1", "student": "A",\n "responses": {"9": "1"}}', "bad.json:2:16: no part '9'"),
        ('{"form": "f-1", "student": "A", "responses": {"2": [["A"]]}}', "bad.json:1:1: a list that holds more"),
    ],
)
def test_a_bad_json_file_is_a_clear_fault(form, write, text, message):
    """JSON says where, too."""
    assert faults(form, write(text, "bad.json"))[0].startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("student,1a,9\nAnn,1,2\nBo,1,2\n", "bad.csv:1:1: no part '9' in form f-1"),
        ("student,1a\nAnn,0,5\n", "bad.csv:2:1: 3 cells, where the first row has 2"),
        ("name,1a\nAnn,1\n", "bad.csv:1:1: no column 'student'"),
        ("student,1a,1a\nAnn,1,2\n", "bad.csv:1:1: '1a' stands here a second time"),
        ("student,1a\n", "bad.csv:1:1: no row under the first one"),
        (";\n;\n", "bad.csv:1:1: every cell is blank"),
        ("student,form,1a\nAnn,f-2,1\n", "bad.csv:2:1: responses to form 'f-2', not to 'f-1'"),
        ('student,1a\nAnn,"1\n', "bad.csv:2:1: not CSV: "),
        ("student,1a\n  ,1\n", "bad.csv:2:1: no student is named"),
    ],
)
def test_a_bad_csv_file_is_a_clear_fault(form, write, text, message):
    """Columns and rows that do not fit are named; one column is one fault, however many rows there are."""
    found = faults(form, write(text, "bad.csv"))
    assert len(found) == 1
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ('{"form": "f-1", "student": "A\\ud800", "responses": {"1a": "1"}}', "bad.json", "bad.json:1:"),
        ('{"form": "f-1", "student": "A",\n"responses": {"1a": "\\udcff"}}', "bad.json", "bad.json:2:"),
        ('form: f-1\nstudent: A\nresponses:\n  1a: "\\ud800"\n', "bad.yaml", "bad.yaml:4:"),
    ],
)
def test_half_a_character_is_a_fault_as_bytes_are_that_are_not_utf8(form, write, text, name, place):
    """An escape may spell what no report could be written with; the place is that of the text."""
    (found,) = faults(form, write(text, name))
    assert found.startswith(place)
    assert "character" in found


def test_size_is_checked_before_reading(form, tmp_path):
    """A file of 50 MB is refused at once."""
    path = tmp_path / "big.yaml"
    with path.open("wb") as stream:
        stream.truncate(10 * MAX_BYTES)
    assert faults(form, path)[0].startswith("big.yaml:1:1: 50.0 MB long")


def test_a_missing_file_a_folder_and_an_unknown_ending_are_faults(form, tmp_path, write):
    """Each is named with what is wrong with it."""
    (tmp_path / "folder.yaml").mkdir()
    assert faults(form, tmp_path / "none.yaml") == ["none.yaml:1:1: cannot be read: No such file or directory"]
    assert "an empty folder" in faults(form, tmp_path / "folder.yaml")[0]
    assert "does not end in '.docx'" in faults(form, write("x", "ann.docx"))[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    content=st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
    ending=st.sampled_from(["yaml", "json", "csv"]),
)
def test_any_bytes_are_read_or_refused(form, tmp_path, content, ending):
    """No file makes the reader raise anything but its faults."""
    path = tmp_path / f"any.{ending}"
    path.write_bytes(content)
    with contextlib.suppress(FileFaults):
        read_responses([path], form)


@given(text=st.text())
def test_any_response_survives_json(form, tmp_path_factory, text):
    """A string in JSON arrives exactly as it was, whatever it holds."""
    path = tmp_path_factory.mktemp("json") / "x.json"
    path.write_text(json.dumps({"form": "f-1", "student": "A", "responses": {"3": text}}), encoding="utf-8")
    (response,) = read_responses([path], form)
    assert response.responses["3"] == text


# -- folders, spreadsheets and Moodle ----------------------------------------------------------------------------------


def test_a_folder_is_all_its_files(form, tmp_path, write):
    """In the order of their names, hidden ones left out; what is no response file is complained of, not dropped."""
    (tmp_path / "in" / "b").mkdir(parents=True)
    write(GOOD, "in/b/ann.yaml")
    write(GOOD.replace("Ann", "Bob"), "in/a.yaml")
    write("junk", "in/.DS_Store")
    assert [one.student for one in read_responses([tmp_path / "in"], form)] == ["Bob", "Ann"]
    write("x", "in/notes.docx")
    assert "does not end in '.docx'" in faults(form, tmp_path / "in")[0]


@pytest.mark.parametrize(
    "text",
    [
        'student,1a,2\nAnn,1e-3,"A, C"\n',
        "student;1a;2\nAnn;1e-3;A, C\n",
        "student\t1a\t2\r\nAnn\t1e-3\tA, C\r\n",
        "sep=;\nstudent;1a;2\nAnn;1e-3;A, C\n",
        "\ufeffstudent;1a;2;;\nAnn;1e-3;A, C;;\n;;;;\n",
        "student\t1a\t2\nAnn\t1e-3\tA, C\n".encode("utf-16"),
    ],
)
def test_a_class_file_as_spreadsheets_write_it(form, write, text):
    """Whatever stands between the cells, and with what they put in front."""
    (response,) = read_responses([write(text, "class.csv")], form)
    assert (response.student, response.responses) == ("Ann", {"1a": "1e-3", "2": "A, C"})


MOODLE = """\
Last name,First name,ID number,Email address,State,Started on,Completed,Time taken,Grade/10.00,Response 1,Response 2,Response 3,Response 4
Byron,Ada,007,ada@example.org,Finished,1 May,1 May,20 mins,7.5,0.5,-,A,It shrinks.
Gray,Bob,,bob@example.org,Finished,1 May,1 May,25 mins,5.0,"0,5",1e-3,"A, C",-
Overall average,,,,,,,,6.3,,,,
"""


def test_moodles_export_is_read_by_the_order_of_the_parts(form, write):
    """Students by number, else by address; a dash is no answer; grades and averages are passed over."""
    ada, bob = read_responses([write(MOODLE, "moodle.csv")], form)
    assert (ada.student, bob.student) == ("007", "bob@example.org")
    assert ada.responses == {"1a": "0.5", "1b": "", "2": "A", "3": "It shrinks."}
    assert bob.responses == {"1a": "0,5", "1b": "1e-3", "2": "A, C", "3": ""}


def test_a_column_that_is_not_moodles_is_told(form, write):
    """A column that nobody knows, and students twice."""
    told = faults(form, write(MOODLE.replace("Completed", "Remark"), "moodle.csv"))
    assert "no part 'Remark'" in told[0]
    assert (
        "a second time"
        in faults(
            form, write(MOODLE.replace("bob@example.org", "").replace("Gray,Bob,", "Gray,Bob,007"), "moodle.csv")
        )[0]
    )


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (("Response 4", "Response 9"), "responses 1, 2, 3, 9"),
        (("Response 3,", "Response 3,Response 5,"), "responses 1, 2, 3, 5, 4"),
        (("Response 2", "Response 1"), "responses 1, 1, 3, 4"),
    ],
)
def test_moodles_responses_must_be_one_for_each_part(form, write, change, seen):
    """Otherwise their order does not tell which is which, and a wrong one would be graded."""
    (found,) = faults(form, write(MOODLE.replace(*change, 1), "moodle.csv"))
    assert f"{seen}, where the form has 4 parts" in found
    assert "stand for 1a, 1b, 2, 3" in found


# -- nothing is dropped in silence -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("form: f-1\nstudent: Ann\nresponses:\n", "ann.yaml"),
        ("form: f-1\nstudent: Ann\nresponses: {}\n", "ann.yaml"),
        ('{"form": "f-1", "student": "Ann", "responses": {}}', "ann.json"),
        ("student,1a,1b\nAnn,,\n", "class.csv"),
        ("student;form;1a\nAnn;;\n", "class.tsv"),
        ("Email address,Response 1,Response 2,Response 3,Response 4\nAnn,-,-,-,-\n", "moodle.csv"),
    ],
)
def test_whoever_handed_in_nothing_is_there(form, write, text, name):
    """A student who is named has a response without answers, not none."""
    (ann,) = read_responses([write(text, name)], form)
    assert (ann.student, set(ann.responses.values()) - {""}) == ("Ann", set())


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (f"{GOOD}attempts: 3\n", "ann.yaml", "'attempts' has no labels"),
        (f"{GOOD}attempts: {{1a: {{x: 2}}}}\n", "ann.yaml", "the number of '1a' has keys of its own"),
        (f"{GOOD}attempts: {{1a: 2, 1A: 3}}\n", "ann.yaml", "'1A' is the same part as '1a'"),
        (f"{GOOD}attempts: {{9: 2}}\n", "ann.yaml", "no part '9'"),
        (f"{GOOD}attempts: {{1a: 0}}\n", "ann.yaml", "'0' is not a number of attempts"),
        (f"{GOOD}remark: late\n", "ann.yaml", "no key named 'remark'"),
        ("student,1a,,2\nAnn,1,see back,A\n", "class.csv", "no part ''"),
        ("student,1a,2\nAnn,1\n", "class.csv", "2 cells, where the first row has 3"),
        ("student,1a\n,1\n", "class.csv", "no student is named"),
        ("student,1a,remark\nAnn,1,late\n", "class.csv", "no part 'remark'"),
        ("Email address,Response 1,Response 2,Response 3,Response 4\n,1,1,A,\n", "moodle.csv", "no student is named"),
        ('{"form": "f-1", "student": "A", "responses": {}, "attempts": 3}', "a.json", "'attempts' has no labels"),
        ("x", "class.xlsx", "save the sheet as “CSV UTF-8”"),
    ],
)
def test_what_has_no_place_is_told(form, write, text, name, message):
    """No column, key, row or file is left out in silence."""
    assert any(message in found for found in faults(form, write(text, name)))


def test_names_that_look_alike_are_one_student(form, write):
    """An accent may be spelt in two ways in Unicode, and a space be written twice."""
    first, second = write(GOOD.replace("Ann", "José B")), write(GOOD.replace("Ann", "Jose\u0301  B"), "b.yaml")
    assert "a second time" in faults(form, first, second)[0]


def test_a_link_that_leads_nowhere_is_told(form, tmp_path, write):
    """A folder's file that cannot be read is no reason to forget a student."""
    write(GOOD, "ann.yaml")
    (tmp_path / "bo.yaml").symlink_to(tmp_path / "gone.yaml")
    assert "bo.yaml:1:1: cannot be read" in faults(form, tmp_path)[0].replace(f"{tmp_path}/", "")


def test_a_large_class_is_read(form, tmp_path):
    """A class file may be longer than one student's."""
    path = tmp_path / "class.csv"
    path.write_text("student,1a,3\n" + "".join(f"s{number},0.5,{'word ' * 200}\n" for number in range(6_000)))
    assert path.stat().st_size > MAX_BYTES
    assert len(read_responses([path], form)) == 6_000
