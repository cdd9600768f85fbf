"""Versions of one exam: what they share, and what tells them apart."""

from pathlib import Path

import pytest

from quizgen import api
from quizgen.errors import Place, UsageError
from quizgen.forms.record import from_json, to_json
from quizgen.forms.versions import make_versions, version_names
from quizgen.grading.grade import Grader, settings_for
from quizgen.grading.intake.responses import Response
from quizgen.items import ITEM_TYPES


@pytest.fixture(scope="module")
def versions(bank):
    return make_versions(bank, bank.blueprints["practice"], ("A", "B", "C"), seed=7)


def templates(version):
    return [item.template for item in version.form.items]


def test_all_versions_ask_the_same_templates_in_different_orders(versions):
    """The same questions for the same points and minutes, each version in an order of its own."""
    assert len({frozenset(templates(version)) for version in versions}) == 1
    assert len({tuple(templates(version)) for version in versions}) == 3
    assert len({(version.form.points, version.form.minutes) for version in versions}) == 1


def test_the_first_version_asks_what_the_exam_of_this_seed_asks(bank, versions):
    """Who makes versions later has the first one already."""
    alone = api.make_form(bank, bank.blueprints["practice"], seed=7)
    assert [item.numbers for item in versions[0].form.items] == [item.numbers for item in alone.items]
    assert templates(versions[0]) == [item.template for item in alone.items]


def test_numbers_are_drawn_anew(versions):
    """A question that draws anything prints other numbers in each version."""
    first, *others = ({item.template: item for item in version.form.items} for version in versions)
    for other in others:
        differing = [name for name, item in first.items() if item.numbers and item.numbers != other[name].numbers]
        drawing = [name for name, item in first.items() if item.numbers]
        assert len(differing) >= len(drawing) - 1


def test_each_version_is_a_form_of_its_own(versions):
    """Its id, its title and its labels are its own; its record reads back as it was."""
    assert len({version.form.id for version in versions}) == 3
    for version in versions:
        assert version.form.title.endswith(f", version {version.name}")
        assert [item.parts[0].label.rstrip("abcdefghij") for item in version.form.items] == [
            str(number) for number in range(1, len(version.form.items) + 1)
        ]
        assert from_json(to_json(version.form)) == version.form


def test_more_names_leave_the_first_versions_as_they_are(bank, versions):
    """Versions can be added after an exam was printed."""
    two = make_versions(bank, bank.blueprints["practice"], ("A", "B"), seed=7)
    assert two == versions[:2]


def test_the_key_of_a_version_earns_full_points_in_it_alone(versions):
    """Each version is graded against its own form; the neighbour's answers are not right."""
    first, second = versions[0].form, versions[1].form
    parts = [part for item in second.items for part in item.parts]
    key = {part.label: ITEM_TYPES[part.type].key_response(part) for part in parts}
    answered = {label: text for label, text in key.items() if text}

    def score(form):
        known = {part.label for item in form.items for part in item.parts}
        given = {label: text for label, text in answered.items() if label in known}
        response = Response(form=form.id, student="s", responses=given, place=Place(path=Path("s.yaml")))
        return Grader(form, settings_for(form)).grade(response).score

    assert score(second) == sum(part.points for part in parts if key[part.label])
    assert score(first) < score(second) / 2


def test_two_questions_have_two_orders(bank):
    """Where there are as many orders as versions, no two versions share one."""
    made = make_versions(bank, bank.blueprints["practice"], ("A", "B"), seed=3, questions=2)
    assert templates(made[0]) == templates(made[1])[::-1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A", "2 to 26 names"),
        ("A,,B", "is no name"),
        ("A,../B", "is no name"),
        ("A,a", "stands there twice"),
        (",".join(f"v{n}" for n in range(27)), "2 to 26 names"),
    ],
)
def test_names_that_make_no_folders_are_refused(text, message):
    """The message says which name, or how many there may be."""
    with pytest.raises(UsageError, match=message):
        version_names(text)


def test_spaces_around_names_are_no_fault():
    """A, B is A,B."""
    assert version_names("A, B") == ("A", "B")
