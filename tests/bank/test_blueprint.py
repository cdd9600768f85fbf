"""Bounds of a blueprint as an author writes them."""

from pathlib import Path
from shutil import copytree

import pytest

from quizgen.bank.blueprint import Bound
from quizgen.bank.load import load_bank, read_blueprint
from quizgen.errors import FileFaults

EXAMPLE = Path(__file__).parent / "example"
HEAD = "id: mine\ntitle: Mine\nquestions: 1\nminutes: 20\nsections:\n  - questions: 1\n"


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        (Bound(at_least=3), "at least 3"),
        (Bound(at_most=2.5), "at most 2.5"),
        (Bound(at_least=30, at_most=40), "30 to 40"),
        (Bound(at_least=2, at_most=2), "exactly 2"),
    ],
)
def test_a_bound_reads_as_it_is_said(bound, words):
    """In messages and reports."""
    assert str(bound) == words


def test_a_bound_accepts_its_ends():
    """Enough is enough, and what adding up tenths loses is forgiven."""
    assert Bound(at_least=0.3).accepts(0.1 + 0.1 + 0.1)
    assert Bound(at_most=0.3).accepts(0.1 + 0.2)
    assert not Bound(at_least=3, at_most=4).accepts(4.5)
    assert not Bound(at_least=3, at_most=4).accepts(2.5)


def load(folder, text):
    bank = copytree(EXAMPLE, folder / "bank")
    (bank / "blueprints" / "mine.yaml").write_text(text)
    return load_bank([bank]).blueprints["mine"]


def test_bounds_are_read_with_their_names(tmp_path):
    """Each by the way to it, whatever is left out; sections without topics may take from any."""
    bounds = "bounds:\n  points: {at_most: 40}\n  levels:\n    recall: {at_least: 1, at_most: 2}\n"
    blueprint = load(tmp_path, HEAD + bounds)
    assert blueprint.bounds.by_entry() == {
        ("points",): Bound(at_most=40),
        ("levels", "recall"): Bound(at_least=1, at_most=2),
    }
    assert blueprint.sections[0].topics == ()


def test_what_no_bank_could_keep_is_a_fault_at_its_place(tmp_path):
    """Empty and contradictory bounds, names that nobody knows, more minutes than are announced."""
    bounds = (
        "bounds:\n"
        "  points: {}\n"
        "  minutes: {at_least: 25}\n"
        "  levels:\n"
        "    analyse: {at_least: 3, at_most: 2}\n"
        "    aply: {at_least: 1}\n"
        "  topics:\n"
        "    chians: {at_most: 1}\n"
        "  types:\n"
        "    open: {at_most: -1}\n"
        "    opne: {at_most: 1}\n"
    )
    with pytest.raises(FileFaults) as caught:
        load(tmp_path, HEAD + bounds)
    found = [str(fault).split("mine.yaml:")[1].split("\n")[0] for fault in caught.value.faults]
    assert found == [
        "8:11: bounds.points: no bound: expected at_least, at_most or both",
        "9:12: bounds.minutes: at least 25, but the first page announces 20 minutes",
        "11:14: bounds.levels.analyse: at least 3 and at most 2 cannot both be",
        "12:5: bounds.levels: no level named 'aply'",
        "14:5: bounds.topics: no topic named 'chians'",
        "16:11: bounds.types.open: at most -1: no amount is below 0",
        "17:5: bounds.types: no item type named 'opne'",
    ]


@pytest.mark.parametrize("questions", [0, 201, 1_000_000_000])
def test_an_exam_has_between_1_and_200_questions(tmp_path, questions):
    """More would be no exam, and a thousand million would be an attack."""
    text = HEAD.replace("questions: 1\n", f"questions: {questions}\n")
    with pytest.raises(FileFaults, match=rf"questions: {questions} questions: expected between 1 and 200"):
        load(tmp_path, text)


def test_bounds_by_the_hundred_are_refused(tmp_path):
    """A bank without a catalogue of claims allows any, but not any number of them."""
    claims = "".join(f"    S{number}: {{at_most: 1}}\n" for number in range(61))
    with pytest.raises(FileFaults, match=r"mine\.yaml:8:3: bounds: 61 bounds: expected at most 60"):
        load(tmp_path, f"{HEAD}bounds:\n  claims:\n{claims}")


def test_bounded_claims_are_those_of_the_bank(tmp_path):
    """Where the bank has a catalogue of them; a misspelt one is answered with the nearest."""
    text = f"{HEAD}bounds:\n  claims:\n    S1: {{at_most: 1}}\n    S11: {{at_most: 1}}\n"
    load(tmp_path, text)
    folder = tmp_path / "bank"
    (folder / "claims.yaml").write_text("claims:\n  S1: {title: a, claim: A.}\n  S12: {title: b, claim: B.}\n")
    blueprint = (folder / "blueprints" / "mine.yaml").rename(tmp_path / "mine.yaml")
    bank = load_bank([folder])
    with pytest.raises(FileFaults, match=r"mine\.yaml:10:5: bounds\.claims: no claim named 'S11'") as caught:
        read_blueprint(blueprint, bank)
    assert "did you mean 'S1' or 'S12'?" in str(caught.value)
    blueprint.rename(folder / "blueprints" / "mine.yaml")
    with pytest.raises(FileFaults, match="no claim named 'S11'"):
        load_bank([folder])
