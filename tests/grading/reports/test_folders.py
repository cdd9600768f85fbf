"""Folder names for students."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.grading.reports.folders import folder_names


def test_plain_names_stay_and_others_are_made_safe():
    """Only what needs changing is changed, and then marked by a digest."""
    names = folder_names(["ann", "../../etc", "Bo Li", "Bo-Li", "ANN2", "ann2", "山田"])
    assert names["ann"] == "ann"
    assert names["../../etc"].startswith("etc-")
    assert len({name.lower() for name in names.values()}) == 7
    assert names["山田"].isalnum()


@pytest.mark.parametrize("student", ["CON", "nul", "Aux", "COM1", "lpt9"])
def test_no_folder_is_called_as_windows_calls_a_device(student):
    """Such a name is marked by a digest, too."""
    assert folder_names([student])[student].startswith(f"{student}-")
    assert folder_names([f"{student}x"])[f"{student}x"] == f"{student}x"


@given(students=st.lists(st.text(min_size=1), unique=True, max_size=8))
def test_every_student_has_a_folder_of_their_own(students):
    """Safe characters only, never empty, never shared, whatever the case."""
    names = folder_names(students)
    assert len({name.lower() for name in names.values()}) == len(students)
    assert all(name and name.replace("-", "").isalnum() and name.isascii() for name in names.values())
