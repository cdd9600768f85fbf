"""What must hold for every exam."""

import re
from dataclasses import fields, is_dataclass, replace

import pytest

from quizgen import api
from quizgen.forms import record
from quizgen.grading.grade import grade
from quizgen.grading.intake.responses import read_responses
from quizgen.items.contract import Settings

FORMATS = ("md", "html")


@pytest.fixture(scope="module", params=[1, 7, 2026])
def exam(request, bank):
    """Three exams of the practice blueprint."""
    return api.make_form(bank, bank.blueprints["practice"], seed=request.param)


def garbled(value):
    """A key of the same shape in which everything is wrong."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, float):
        return value * 3 + 1
    if isinstance(value, str):
        return "GARBLED" + value
    return value


def with_garbled_keys(form):
    """The form with every key, mistake and answer changed, and all that a student may see left alone."""
    visible = {"options", "reasons", "letter", "text", "unit", "lines", "several", "fractions", "percent"}
    visible |= {"label", "id", "type", "points", "ask"}  # of the gaps of a cloze, which are parts

    def garble(key):
        changes = {}
        for field in fields(key):
            value = getattr(key, field.name)
            if isinstance(value, tuple) and value and is_dataclass(value[0]):
                changes[field.name] = tuple(garble(entry) for entry in value)
            elif field.name not in visible and not isinstance(value, tuple):
                changes[field.name] = garbled(value)
        return replace(key, **changes)

    def garble_part(part):
        wrong = tuple(replace(m, value=m.value * 3 + 1, because="GARBLED") for m in part.misconceptions)
        return replace(part, key=garble(part.key), misconceptions=wrong, model_answer="GARBLED", follows=None)

    def garble_item(item):
        origin = replace(item.provenance, seed=123456789, source="GARBLED", simulations={})
        parts = tuple(garble_part(part) for part in item.parts)
        return replace(item, parts=parts, model_answer={"define": "GARBLED"}, provenance=origin, objective="GARBLED")

    return replace(form, seed=123456789, items=tuple(garble_item(item) for item in form.items))


def test_no_byte_for_students_depends_on_a_key(exam):
    """Change every key, and the student's folder stays the same to the byte: what is not in it cannot leak."""
    true, false = api.exam_files(exam, FORMATS), api.exam_files(with_garbled_keys(exam), FORMATS)
    for name in true:
        if name.startswith("student/"):
            assert true[name] == false[name], name
    assert true["instructor/model-answers.md"] != false["instructor/model-answers.md"]


def test_no_key_stands_in_the_students_folder(exam):
    """Searching the student's files as a student would finds no key of three figures or more, and no reason."""
    files = {n: c.decode() for n, c in api.exam_files(exam, FORMATS).items() if n.startswith("student/")}
    text = "\n".join(re.sub(r"base64,[^)\"']*", "", content) for content in files.values())
    tokens = set(re.findall(r"\d+\.\d+", text))
    for item in exam.items:
        for part in item.parts:
            printed = getattr(part.key, "printed", "")
            if len(re.sub(r"\D", "", printed.partition("e")[0].lstrip("0."))) >= 3 and "." in printed:
                assert printed.partition("e")[0].lstrip("-") not in tokens, (item.template, part.id)
            assert not part.model_answer or part.model_answer.strip() not in text
    assert str(exam.seed) not in re.findall(r"\d+", text) or exam.seed < 100


def test_equal_seeds_give_equal_bytes(bank, exam):
    """Making an exam twice gives the same files."""
    again = api.make_form(bank, bank.blueprints["practice"], seed=exam.seed)
    assert api.exam_files(again, FORMATS) == api.exam_files(exam, FORMATS)


def test_a_form_survives_its_record(exam):
    """What form.json says is the form, whole."""
    assert record.from_json(record.to_json(exam)) == exam


def test_a_form_from_its_record_makes_the_same_files(exam):
    """Pages need neither the bank nor a simulation, only the record."""
    again = record.from_json(record.to_json(exam))
    assert api.exam_files(again, FORMATS) == api.exam_files(exam, FORMATS)


def test_the_key_earns_full_points_on_every_part_that_is_not_open(exam, tmp_path):
    """responses-key.yaml, graded, is right wherever a program can tell."""
    path = tmp_path / "responses-key.yaml"
    path.write_bytes(api.exam_files(exam, FORMATS)["instructor/responses-key.yaml"])
    (response,) = read_responses([path], exam)
    report = grade(exam, response, Settings())
    types = {part.label: part.type for item in exam.items for part in item.parts}
    for part in report.parts:
        if types[part.label] != "open":
            assert (part.status, part.score) == ("right", part.points), part


def test_an_empty_response_file_earns_nothing_and_is_not_answered(exam, tmp_path):
    """The file as handed out is blank in every part, whatever its comments say."""
    path = tmp_path / "responses.yaml"
    path.write_bytes(api.exam_files(exam, FORMATS)["student/responses.yaml"])
    (response,) = read_responses([path], exam)
    report = grade(exam, response, Settings())
    assert {part.status for part in report.parts} == {"not-answered"}
    assert report.score == 0


def test_simulating_again_finds_the_recorded_numbers(exam):
    """Nothing drifts on the machine that made the form."""
    assert api.verify(exam) == ()


def test_a_changed_number_is_reported_as_drift(exam):
    """Verify does notice: a number that was recorded otherwise is named."""
    item = exam.items[0]
    name, number = next(iter(item.numbers.items()))
    numbers = {**item.numbers, name: replace(number, raw=number.raw * (1 + 1e-6) + 1e-300)}
    changed = replace(exam, items=(replace(item, numbers=numbers), *exam.items[1:]))
    assert [(drift.label, drift.name) for drift in api.verify(changed)] == [(item.parts[0].label, name)]


def test_no_template_stands_twice_and_all_topics_are_there(bank, exam):
    """Ten questions are ten templates, spread over the topics."""
    assert len({item.template for item in exam.items}) == len(exam.items) == 10
    assert {item.topic for item in exam.items} == set(bank.topics)
