"""A class of forty is graded, marked by a person and graded again: every score is the one that was known beforehand."""

import csv
import json
import math

import numpy as np
import pytest
import yaml


@pytest.fixture(scope="module")
def rows(graded):
    """The rows of scores.csv, by student and label."""
    with (graded[1] / "scores.csv").open(encoding="utf-8", newline="") as table:
        return {(row["student"].removeprefix("'"), row["label"]): row for row in csv.DictReader(table)}


@pytest.fixture(scope="module")
def table(rows, known):
    """The scores as an array.  Shape: (students, parts)."""
    return np.array([[float(rows[student, one.label]["score"]) for one in sheet] for student, sheet in known.items()])


@pytest.fixture(scope="module")
def points(known, rows):
    """What each part can earn.  Shape: (parts,)."""
    student, sheet = next(iter(known.items()))
    return np.array([float(rows[student, one.label]["points"]) for one in sheet])


def by_hand(graded, student, one):
    """The score of a part as it was known, with the made person's points for open answers."""
    if one.how != "open":
        return one.score
    plain = yaml.safe_load((graded[1].parent / "filled.yaml").read_text(encoding="utf-8"))
    (part,) = (
        part
        for entry in plain["students"]
        if entry["student"] == student
        for part in entry["parts"]
        if part["label"] == one.label
    )
    return math.fsum(line["score"] for line in part["rubric"])


def test_the_class_does_what_it_is_made_for(known):
    """Every way of answering occurs, often enough to mean something."""
    ways = [one.how for sheet in known.values() for one in sheet]
    assert len(known) == 40
    for how, least in {
        "right": 200,
        "mistake": 60,
        "carried": 5,
        "wrong": 5,
        "garbled": 20,
        "blank": 40,
        "open": 20,
    }.items():
        assert ways.count(how) >= least, how


def test_every_score_is_the_known_one(known, rows, graded):
    """Right, wrong, by an own earlier number, garbled, blank and in words: nothing else earns or costs anything."""
    for student, sheet in known.items():
        for one in sheet:
            row = rows[student, one.label]
            assert float(row["score"]) == pytest.approx(by_hand(graded, student, one), abs=1e-6), (student, one)
            assert row["response"].removeprefix("'") == one.response
            if one.how != "open":
                assert row["status"] == one.status, (student, one)


def test_every_known_mistake_is_named(known, rows):
    """Alone or with others that lead to the same answer."""
    for student, sheet in known.items():
        for one in sheet:
            if one.mistake:
                assert one.mistake in rows[student, one.label]["diagnosis"].split(" or "), (student, one)


def test_totals_are_the_sums_by_hand(known, graded, grade):
    """Those printed, and those that the students read."""
    printed = [json.loads(line) for line in grade("--marks", "filled.yaml", "--json").splitlines()]
    totals = {student: math.fsum(by_hand(graded, student, one) for one in sheet) for student, sheet in known.items()}
    assert {one["student"]: one["score"] for one in printed} == pytest.approx(totals, abs=1e-6)
    pages = [path.read_text(encoding="utf-8") for path in (graded[1] / "students").glob("*/report.md")]
    assert len(pages) == len(known)
    for page in pages:
        student = page.split("\n")[2].replace("\\", "")
        told = next(line for line in page.split("\n") if line.startswith("- **Score**: "))
        assert told.split()[2] == f"{totals[student]:.2f}".rstrip("0").rstrip(".")


def test_what_waits_is_said_until_it_is_marked(known, graded):
    """The first reports leave out the open part and say so; the second ones have nothing left to mark."""
    labels = {one.label for sheet in known.values() for one in sheet if one.how == "open"}
    first, second = ((folder / "report.md").read_text(encoding="utf-8") for folder in graded)
    assert all(f"without part {label}, still to be marked" in first for label in labels)
    assert "still to be marked" not in second
    absent = next(student for student, sheet in known.items() if all(one.how == "blank" for one in sheet))
    assert f"Handed in nothing: {absent}." in second.replace("\\", "")


def test_the_figures_of_the_parts_are_those_by_hand(known, rows, graded, table, points):
    """Difficulty, corrected item–total correlation and α without a part, from their definitions."""
    readable = np.array([[rows[s, one.label]["status"] != "unreadable" for one in sheet] for s, sheet in known.items()])
    with (graded[1] / "items.csv").open(encoding="utf-8", newline="") as items:
        figures = list(csv.DictReader(items))
    for part, found in enumerate(figures):
        counted = readable[:, part]
        own = table[counted, part] / points[part]
        rest = np.delete(table, part, axis=1).sum(axis=1)[counted]
        others = np.delete(table, part, axis=1)
        alpha = alpha_of(others)
        assert float(found["difficulty"]) == pytest.approx(own.mean(), abs=2e-6)
        assert float(found["discrimination"]) == pytest.approx(np.corrcoef(own, rest)[0, 1], abs=2e-5)
        assert float(found["alpha_without"]) == pytest.approx(alpha, abs=2e-5)


def test_the_figures_of_the_class_are_those_by_hand(graded, table, points):
    """Mean, spread, quartiles and Cronbach's α as the page prints them."""
    totals = table.sum(axis=1)
    page = (graded[1] / "report.md").read_text(encoding="utf-8")
    assert f"- **Mean score**: {totals.mean():.2f} of {points.sum():g}" in page
    assert f"- **Standard deviation**: {totals.std(ddof=1):.2f}" in page
    assert f"- **Cronbach's α**: {alpha_of(table):.2f} (95 % interval " in page
    error = totals.std(ddof=1) * math.sqrt(1 - alpha_of(table))
    assert f"- **Standard error**: {error:.2f} of {points.sum():g} points" in page


def alpha_of(scores):
    """Cronbach's α by way of the covariances: the mean covariance over the mean of all entries, k times."""
    covariances = np.cov(scores, rowvar=False)
    parts = len(covariances)
    between = (covariances.sum() - np.trace(covariances)) / (parts * (parts - 1))
    return parts**2 * between / covariances.sum()


def test_a_void_item_and_another_right_answer(known, graded, grade, exam, rows):
    """Everyone loses the points of the void part; only who gave the accepted answer gains; nothing else moves."""
    sheet = next(iter(known.values()))
    choices = [one.label for one in sheet if rows[next(iter(known)), one.label]["type"] == "numeric"]
    void = choices[-1]
    wrong = next(
        one for known_sheet in known.values() for one in known_sheet if one.how == "wrong" and one.label != void
    )
    before = {path: path.read_bytes() for path in graded[1].rglob("*") if path.is_file()}
    told = grade(
        "--marks", "filled.yaml", "--out", "out", "--void", void, "--also-accept", f"{wrong.label}={wrong.response}"
    )
    assert {path: path.read_bytes() for path in before} == before
    (entry,) = [
        json.loads(line) for line in (exam / "out" / "regrading.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    again = {one["student"]: one for one in entry["students"]}
    gained = 0
    for student, own in known.items():
        lost = next(one for one in own if one.label == void)
        tried = next(one for one in own if one.label == wrong.label)
        more = by_hand(graded, student, lost)
        expected = again[student]["old"] - more
        if tried.response == wrong.response:
            gained += 1
            expected += float(rows[student, wrong.label]["points"])
        assert again[student]["new"] == pytest.approx(expected, abs=1e-6), student
        changed = [part["label"] for part in again[student]["parts"]]
        assert set(changed) == {void, wrong.label} if tried.response == wrong.response else {void}
    assert gained >= 1
    assert told.count(f"{void}: ") >= len(known)
    assert told.count(f"({wrong.response} is right as well)") == gained
