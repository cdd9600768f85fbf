"""Rosters as spreadsheets write them, and what is wrong with them, row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.cohort.roster import ExtraTime, Student, numbered, read_roster
from quizgen.errors import FileFaults, UsageError


@pytest.fixture
def read(tmp_path):
    """The roster that a text or bytes hold."""

    def reading(content):
        path = tmp_path / "students.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_roster(path)

    return reading


@pytest.fixture
def faults(read):
    """The faults of a roster as lines ``line: message``."""

    def reading(content):
        with pytest.raises(FileFaults) as error:
            read(content)
        return [f"{fault.place.line}: {fault.message}" for fault in error.value.faults]

    return reading


def test_every_column_is_read(read):
    """Id, name, group, seed and extra time; the order of the columns makes no difference."""
    roster = read("Extra_Time,ID,name,group,seed\n25 %,s1,Ada Lovelace,B,17\n,s2,,,\n")
    assert roster.students == (
        Student(id="s1", name="Ada Lovelace", group="B", seed=17, extra_time=ExtraTime(share=0.25)),
        Student(id="s2"),
    )
    assert roster.notes == ()


def test_copies_are_numbered_with_equally_many_digits():
    """So that folders sort as they were made."""
    assert [student.id for student in numbered(12).students][::11] == ["01", "12"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_cells_may_be_separated_as_spreadsheets_do(read, separator):
    """Commas, semicolons and tabs, and a line that says which."""
    text = separator.join(["id", "name"]) + "\n" + separator.join(["s1", '"Doe, Jo; x"'])
    assert read(text).students[0].name == "Doe, Jo; x"
    assert read(f"sep={separator}\n{text}").students[0].name == "Doe, Jo; x"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_roster_is_read_in_whatever_encoding_it_was_saved(read, encoding):
    """With a byte order mark or without; where the encoding had to be guessed, a note says so."""
    roster = read("id,name\ns1,Zoë Müller\n".encode(encoding))
    assert roster.students[0].name == "Zoë Müller"
    assert bool(roster.notes) == (encoding == "latin-1")


@pytest.mark.parametrize("own_id", ["a/b", "..", ".", "a b", "😀", "ä" * 300, "con", "assets", "-rf", "'x'", "a\\b"])
def test_any_id_that_prints_is_taken_as_it_is(read, own_id):
    """It is the folder's name that is changed, not the student's."""
    assert read(f'id\n"{own_id}"\n').students[0].id == own_id


def test_columns_that_are_not_used_are_told(read):
    """A list from elsewhere may hold more."""
    assert read("id,email\ns1,a@b.c\n").notes == ("columns that were not used: email",)


def test_blank_rows_and_cells_beyond_the_table_are_passed_over(read):
    """As spreadsheets add them."""
    assert len(read("id,name,,\ns1,A,,\n,,,\ns2,B,,\n").students) == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("id,name\ns1,A\n,B\n", ["3: no id"]),
        ("id\ns1\ns2\ns1\n", ["4: id 's1' stands in row 2 already"]),
        ("id\nZoe\u0301\nZo\u00e9\n", ["3: id 'Zoé' stands in row 2 already"]),
        ("id,seed\ns1,4\ns2,4\n", ["3: seed '4' stands in row 2 already"]),
        ("id,seed\ns1,-4\n", ["2: seed '-4': expected a whole number from 0 to 9007199254740991"]),
        ("id,seed\ns1,99999999999999999999999999\n", None),
        ("id,extra time\ns1,soon\n", ["2: extra time 'soon'"]),
        ("id,name\ns1\ns2,B,C\n", ["2: 1 cells, where the first row has 2", "3: 3 cells, where the first row has 2"]),
        ("id,name\ns1,A\x07\n", None),
        ("name\nA\n", ["1: no column 'id'"]),
        ("id,nmae\ns1,A\n", ["1: no column is called 'nmae'"]),
        ("id,id\ns1,A\n", ["1: column 'id' stands there twice"]),
        ("id\n", ["1: no student under the first row"]),
        ("", ["1: nothing in it"]),
        ('id\n"s1\n', None),
        (b"PK\x03\x04\0\0", ["1: not text: there are zero bytes in it"]),
        (b"\xff\xfei", ["1: not whole UTF-16"]),
    ],
)
def test_what_is_wrong_is_told_with_its_row(faults, content, expected):
    """All rows at once, each with its line."""
    found = faults(content)
    assert found == expected if expected else len(found) == 1


def test_a_roster_that_is_not_there(tmp_path):
    """It is named."""
    with pytest.raises(UsageError, match=r"none\.csv"):
        read_roster(tmp_path / "none.csv")


@given(st.binary(max_size=200))
def test_no_file_whatsoever_makes_reading_fail_but_with_a_fault(tmp_path_factory, content):
    """Damaged files are refused, and never end in a traceback."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        read_roster(path)
    except FileFaults as error:
        assert error.faults


def test_extra_time_is_added_up_to_whole_minutes():
    """Minutes, or a share of the time; none leaves the time as it is."""
    assert ExtraTime(share=0.25).added_to(75) == 94
    assert ExtraTime(minutes=15).added_to(75) == 90
    assert ExtraTime().added_to(72.5) == 72.5
