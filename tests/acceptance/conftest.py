"""A class that was made up: forty students who answer a form in known ways, so that every score is known beforehand.

What a student does with a part depends on the student and the part alone. Scores are found here by hand: from the
points of the part, the published rule for several options, and the expressions that a later part goes on by.
"""

import csv
import io
import json
import math
import random
import subprocess
import sys
from dataclasses import dataclass

import pytest
import yaml

from quizgen import api
from quizgen.forms import record
from quizgen.items import ITEM_TYPES

SEED = 5
FAMILY = ("Ada Byron", "Bo Li", "Chloé Ndiaye", "Dov O'Neill", "Eva Šimková", "Fei 李", "Guðrún Jónsdóttir", "=Hal+1")
STUDENTS = tuple(f"{name} {number}" for number in range(1, 6) for name in FAMILY)
OPEN_ANSWERS = (
    "The gradient is a product of Jacobians, one for each timestep.\nIf their norms stay below 1, the product vanishes.",
    "The gradient grows without bound, since Jacobians are added up.",
    "I ran out of time.",
    "A gated cell adds instead of multiplying, so the error reaches early timesteps. Orthogonal weights help as well.",
)
GARBLED = {"numeric": "0,5 or 1,000", "choice": "the second one", "true_false": "perhaps B"}
FUNCTIONS = {
    "ln": math.log,
    "max": max,
    "min": min,
    **{name: getattr(math, name) for name in ("exp", "log10", "log2", "sqrt", "tanh", "floor", "ceil")},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a student wrote for a part, what it is, and what it must earn; ``mistake`` must be named if there is one."""

    label: str
    response: str
    how: str
    status: str
    score: float
    mistake: str = ""


def made_class(form):
    """What every student writes: by student, a list in the order of the form. The last student hands in nothing."""
    return {
        student: _sheet(form, student, 0.2 + 0.75 * ((7 * place) % 40) / 40, is_absent=place == len(STUDENTS) - 1)
        for place, student in enumerate(STUDENTS)
    }


def _sheet(form, student, ability, *, is_absent):
    known = []
    for item in form.items:
        own = {}  # part id -> the wrong number that the student goes on from
        for part in item.parts:
            chance = random.Random(f"{student}/{part.label}")  # noqa: S311 - it keeps no secret
            one = _blank(part) if is_absent else _known(part, ability, chance, own)
            known.append(one)
    return known


def _known(part, ability, chance, own):
    if part.type == "open":
        text = chance.choice((*OPEN_ANSWERS, ""))
        return (
            Known(label=part.label, response=text, how="open", status="needs-review", score=0) if text else _blank(part)
        )
    carried = _carried(part, own)
    if carried:
        return carried
    if chance.random() < ability:
        return _right(part)
    how = chance.choice(("mistake", "mistake", "mistake", "wrong", "garbled", "blank"))
    ways = {"mistake": _mistaken, "wrong": _wrong, "garbled": _garbled}
    one = ways[how](part, chance) if how in ways else None
    if one and one.how in ("mistake", "wrong") and part.type == "numeric":
        own[part.id] = float(one.response)
    return one or _blank(part)


def _blank(part):
    return Known(label=part.label, response="", how="blank", status="not-answered", score=0)


def _right(part):
    key = ITEM_TYPES[part.type].key_response(part)
    return Known(label=part.label, response=key, how="right", status="right", score=part.points)


def _garbled(part, chance):
    if part.type not in GARBLED:
        return None
    return Known(label=part.label, response=GARBLED[part.type], how="garbled", status="unreadable", score=0)


def _wrong(part, chance):
    if part.type != "numeric":
        return None
    return Known(label=part.label, response=f"{part.key.value * 1.2345:.6g}", how="wrong", status="wrong", score=0)


def _mistaken(part, chance):
    if part.type == "choice":
        return _ticked(part, chance)
    if part.type != "numeric" or not part.misconceptions:
        return None
    mistake = chance.choice(part.misconceptions)
    return Known(
        label=part.label,
        response=f"{mistake.value:.7g}",
        how="mistake",
        status="wrong",
        score=0,
        mistake=mistake.id,
    )


def _ticked(part, chance):
    """One wrong option in the place of the right one, or beside the right ones: balanced scoring says what it earns."""
    right = [option.letter for option in part.key.options if option.right]
    wrong = [option for option in part.key.options if not option.right and option.misconception]
    if not wrong or part.key.score != "balanced":
        return None
    tempting = chance.choice(wrong)
    ticked = sorted([*right[:-1], tempting.letter]) if part.key.several else [tempting.letter]
    hits, slips = len(ticked) - 1, 1
    others = len(part.key.options) - len(right)
    share = max(0.0, hits / len(right) - slips / max(others, 2)) if part.key.several else 0.0
    return Known(
        label=part.label,
        response=", ".join(ticked),
        how="mistake",
        status="partial" if share > 0 else "wrong",
        score=share * part.points,
        mistake=tempting.misconception,
    )


def _carried(part, own):
    """The number that follows from the student's own earlier one, where that is plausible; it earns full points."""
    follows = part.follows
    if part.type != "numeric" or follows is None or follows.part not in own:
        return None
    number = own[follows.part]
    if not follows.low <= number <= follows.high:
        return None
    values = {**FUNCTIONS, **follows.values, follows.name: number}
    for name, source in follows.steps:
        values[name] = eval(source, {"__builtins__": {}}, values)  # noqa: S307 - an expression of our own bank
    found = values[follows.steps[-1][0]]
    if abs(found - number) <= 0.1 * abs(found) or not math.isfinite(found):
        return None  # repeating the earlier number shows no working
    response = f"{found:.8g}"
    return Known(label=part.label, response=response, how="carried", status="right", score=part.points)


# -- as files ----------------------------------------------------------------------------------------------------------


def write_class(form, known, folder):
    """A folder as a teacher has it: one student's YAML, one's JSON, and a spreadsheet in UTF-16 for the others."""
    folder.mkdir(parents=True, exist_ok=True)
    first, second, *others = known

    def plain(student):
        responses = {one.label: one.response for one in known[student]}
        return {"form": form.id, "student": student, "responses": responses}

    (folder / "first.yaml").write_text(yaml.safe_dump(plain(first), allow_unicode=True), encoding="utf-8")
    (folder / "second.json").write_text(json.dumps(plain(second)), encoding="utf-8")
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter="\t")
    writer.writerow(["Student", *(one.label for one in known[first])])
    writer.writerows([student, *(one.response for one in known[student])] for student in others)
    (folder / "others.txt").write_bytes(table.getvalue().encode("utf-16"))


def fill_in(sheet_text, points):
    """The marking sheet as a person fills it in: ``points(student, label, line, most)`` beside each line."""
    plain = yaml.safe_load(sheet_text)
    for student in plain["students"]:
        for part in student["parts"]:
            for place, line in enumerate(part["rubric"]):
                line["score"] = points(student["student"], part["label"], place, line["points"])
            part["comment"] = f"Read on {part['label']} again."
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)


@pytest.fixture(scope="session")
def form(bank):
    """A whole exam."""
    return api.make_form(bank, bank.blueprints["full-exam"], seed=SEED)


@pytest.fixture(scope="session")
def known(form):
    """What every student wrote and must earn."""
    return made_class(form)


@pytest.fixture(scope="session")
def exam(form, known, tmp_path_factory):
    """A folder with form.json and the responses of the class in ``in``."""
    folder = tmp_path_factory.mktemp("exam")
    (folder / "form.json").write_text(record.to_json(form), encoding="utf-8")
    write_class(form, known, folder / "in")
    return folder


def given(student, label, line, most):
    """What the made person gives for a line of a rubric: half points, by a rule that anyone can follow."""
    return (len(student) + len(label) + line) % (int(2 * most) + 1) / 2


@pytest.fixture(scope="session")
def graded(exam):
    """The folders of two gradings: by the program alone, and with the points of a person who filled in the sheet."""
    _quizgen(exam, "--out", "first")
    sheet = (exam / "first" / "marking-sheet.yaml").read_text(encoding="utf-8")
    (exam / "filled.yaml").write_text(fill_in(sheet, given), encoding="utf-8")
    _quizgen(exam, "--marks", "filled.yaml", "--out", "out")
    return exam / "first", exam / "out"


def _quizgen(exam, *options):
    command = [sys.executable, "-m", "quizgen", "grade", "form.json", "in", *options]
    ended = subprocess.run(command, cwd=exam, capture_output=True, encoding="utf-8", check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


@pytest.fixture(scope="session")
def grade(exam):
    """``grade("--void", "2", "--json")`` grades the class and returns what was printed."""
    return lambda *options: _quizgen(exam, *options)
